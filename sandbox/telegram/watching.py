"""What people see of a chat: its messages, now and ever, and waiting for one."""

from collections.abc import Callable, Collection

from sandbox.telegram.messages import Message
from sandbox.telegram.rooms import Room
from sandbox.telegram.views import MessageView, view
from sandbox.telegram.world import World


class Watched:
    """One chat, to look at."""

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

    def seen(self, ids: Collection[int] | None = None, *, deleted: bool = False) -> list[MessageView]:
        """The messages with these ids, or all, oldest first; the `deleted` ones only where they are wanted."""
        there = self._room.messages
        wanted = there.values() if ids is None else [there[number] for number in sorted(ids) if number in there]
        return [view(self._room, self._world.files, one) for one in wanted if deleted or not one.deleted]

    @property
    def history(self) -> list[MessageView]:
        """Every message there ever was, as it is or last was, oldest first."""
        return self.seen(deleted=True)

    @property
    def messages(self) -> list[MessageView]:
        """The messages that are shown now, oldest first."""
        return self.seen()

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

    def _shown(self, message_id: int) -> Message:
        if (message := self._room.shown(message_id)) is None:
            raise LookupError(f"there is no message {message_id} in chat {self.id}")
        return message
