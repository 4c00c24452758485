"""A chat as the people in it have it: hands to write, edit and press with, and eyes to see what is there."""

from collections.abc import Callable, Sequence
from typing import Protocol

from sandbox.telegram.accounts import User
from sandbox.telegram.entities import Entity, found, trimmed, units
from sandbox.telegram.messages import Content, Message
from sandbox.telegram.queries import Press
from sandbox.telegram.rooms import INSIDE, RULING, Room, Status
from sandbox.telegram.views import MessageView, view
from sandbox.telegram.world import World


class Someone(Protocol):
    """Whoever acts in a chat."""

    @property
    def user(self) -> User:
        """The account."""
        ...


class Chat:
    """One chat. What a real client would not let a person do is a ValueError or a LookupError."""

    def __init__(self, world: World, room: Room) -> None:
        self._world = world
        self._room = room

    @property
    def id(self) -> int:
        """Its id; negative for all but private chats."""
        return self._room.id

    @property
    def kind(self) -> str:
        """`private`, `group`, `supergroup` or `channel`."""
        return self._room.kind

    @property
    def history(self) -> list[MessageView]:
        """Every message there ever was, as it is or last was, oldest first."""
        return [view(self._room, self._world.files, message) for message in self._room.messages.values()]

    @property
    def messages(self) -> list[MessageView]:
        """The messages that are shown now, oldest first."""
        return [message for message in self.history if not message.deleted]

    @property
    def actions(self) -> list[str]:
        """What the bot showed that it was at, oldest first."""
        events = self._world.events.after(0)
        return [event.data["action"] for event in events if event.kind == "action" and event.chat == self.id]

    def last(self) -> MessageView:
        """The newest message that is shown. LookupError when the chat is empty."""
        return self.messages[-1]

    def message(self, message_id: int) -> MessageView:
        """A message by its id, deleted or not. KeyError if there never was one."""
        return view(self._room, self._world.files, self._room.messages[message_id])

    async def wait_for(
        self,
        wanted: Callable[[MessageView], object],
        timeout: float = 5.0,  # noqa: ASYNC109 -- a guard in real seconds
    ) -> MessageView:
        """The first message shown that is wanted, as soon as there is one. TimeoutError, telling what is there."""
        try:
            return await self._world.events.pulse.until(lambda: next(filter(wanted, self.messages), None), timeout)
        except TimeoutError:
            shown = "\n".join(
                f"  {one.id} {one.sender_name}: {one.media_kind or ''} {one.text}" for one in self.messages
            )
            raise TimeoutError(f"no such message within {timeout} s; chat {self.id} shows:\n{shown}") from None

    def say(
        self, person: Someone, text: str, *, reply_to: int | None = None, entities: Sequence[Entity] | None = None
    ) -> MessageView:
        """Write a text. Commands, addresses and mentions are marked unless `entities` are given."""
        bare, marked = trimmed(text, found(text) if entities is None else entities)
        if not 0 < units(bare) <= 4096:
            raise ValueError("a text has 1 to 4096 characters")
        return self._write(person, Content(text=bare, entities=marked), reply_to)

    def send_photo(
        self,
        person: Someone,
        data: bytes,
        *,
        caption: str = "",
        as_file: bool = False,
        name: str = "photo.png",
        mime: str = "image/png",
        reply_to: int | None = None,
    ) -> MessageView:
        """Send a picture, or any bytes `as_file`; name and type are told for files only. ApiError if it is none."""
        media = self._world.files.keep("document" if as_file else "photo", data, name=name, mime=mime)
        bare, marked = trimmed(caption, found(caption))
        return self._write(person, Content(text=bare, entities=marked, media=media), reply_to)

    def edit(self, person: Someone, message_id: int, text: str) -> MessageView:
        """Change the text or the caption of a message of one's own."""
        message = self._shown(message_id)
        if message.sender != person.user:
            raise ValueError(f"message {message_id} is not of {person.user.first_name}")
        bare, marked = trimmed(text, found(text))
        content = Content(text=bare, entities=marked, media=message.content.media, shown=message.content.shown)
        edited = self._world.change(self._room, message, content=content)
        self._world.tell(self._room, edited, edited=True)
        return self.message(message_id)

    def delete(self, person: Someone, message_id: int) -> None:
        """Delete a message for everybody. The bot is not told."""
        message = self._shown(message_id)
        rules = self._room.kind == "private" or self._room.status(person.user.id) in RULING
        if not rules and message.sender != person.user:
            raise ValueError(f"{person.user.first_name} may not delete message {message_id}")
        self._world.delete(self._room, message)

    def press(self, person: Someone, message_id: int, button: str) -> Press:
        """Press a button, named by its text or its data. LookupError if it isn't there or can't be pressed."""
        self._shown(message_id)
        found_button = self.message(message_id).button(button)
        if found_button.data is None or "disabled" in found_button.raw:
            raise LookupError(f"button {button!r} sends nothing to the bot")
        return self.press_data(person, message_id, found_button.data)

    def press_data(self, person: Someone, message_id: int, data: str) -> Press:
        """A press with any data, under any message there ever was: what a forged client can send."""
        return self._world.press(self._room, person.user, self._room.messages[message_id], data)

    def set_bot(self, by: Someone, status: Status) -> None:
        """Make the bot a member, an administrator, a guest who left, or kick it."""
        self._world.set_status(self._room, by.user, self._world.bot, status)

    def set_member(self, by: Someone, person: Someone, status: Status) -> None:
        """Let somebody in, promote or remove them."""
        self._world.set_status(self._room, by.user, person.user, status)

    def _write(self, person: Someone, content: Content, reply_to: int | None) -> MessageView:
        self._check_writer(person)
        if reply_to is not None:
            self._shown(reply_to)
        self._room.open = True
        message = self._world.post(self._room, person.user, content, reply_to=reply_to)
        self._world.tell(self._room, message)
        return self.message(message.id)

    def _check_writer(self, person: Someone) -> None:
        status = self._room.status(person.user.id)
        if status not in (RULING if self._room.kind == "channel" else INSIDE):
            raise ValueError(f"{person.user.first_name} can't write in chat {self.id}")
        if self._room.kind == "private" and self._room.status(self._world.bot.id) == "kicked":
            raise ValueError(f"{person.user.first_name} has blocked the bot")

    def _shown(self, message_id: int) -> Message:
        if (message := self._room.shown(message_id)) is None:
            raise LookupError(f"there is no message {message_id} in chat {self.id}")
        return message
