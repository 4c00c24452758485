"""A chat as the people in it have it: hands to write, edit and press with, and eyes to see what is there."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from sandbox.telegram.accounts import ANONYMOUS, AS_CHANNEL
from sandbox.telegram.entities import Entity, found, trimmed, units
from sandbox.telegram.messages import Content, Message
from sandbox.telegram.queries import Press
from sandbox.telegram.ruling import Ruled, Someone
from sandbox.telegram.views import MessageView

__all__ = ["Chat", "Someone"]

_NONE: Mapping[int, str] = MappingProxyType({})


class Chat(Ruled):
    """One chat. What a real client would not let a person do is a ValueError or a LookupError.

    Where one may say how to write: `thread` is a forum's topic; `anonymous` is an administrator who speaks for the
    group, `as_channel` somebody who speaks for a channel of theirs.
    """

    def say(
        self,
        person: Someone,
        text: str,
        *,
        reply_to: int | None = None,
        entities: Sequence[Entity] | None = None,
        thread: int | None = None,
        anonymous: bool = False,
        as_channel: "Chat | None" = None,
    ) -> MessageView:
        """Write a text. Commands, addresses and mentions are marked unless `entities` are given."""
        bare, marked = trimmed(text, found(text) if entities is None else entities)
        if not 0 < units(bare) <= 4096:
            raise ValueError("a text has 1 to 4096 characters")
        how = self._how(person, reply_to, thread, anonymous=anonymous, as_channel=as_channel)
        return self._write(Content(text=bare, entities=marked), how)

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
        thread: int | None = None,
        anonymous: bool = False,
        as_channel: "Chat | None" = None,
        album: str | None = None,
    ) -> MessageView:
        """Send a picture, or any bytes `as_file`; name and type are told for files only. ApiError if it is none.

        `album` makes it a part of the album of that id; the bot is told of each part by itself.
        """
        how = self._how(person, reply_to, thread, anonymous=anonymous, as_channel=as_channel)
        return self._write(self._picture(data, caption, as_file=as_file, name=name, mime=mime), how | {"album": album})

    def send_album(
        self,
        person: Someone,
        pictures: Sequence[bytes],
        *,
        captions: Mapping[int, str] = _NONE,
        caption: str = "",
        as_files: bool = False,
        reply_to: int | None = None,
        thread: int | None = None,
        order: Sequence[int] | None = None,
    ) -> list[MessageView]:
        """Send 2 to 10 pictures as one album. `caption` is the first one's, `captions` are by place.

        `order` are the places in the order in which the bot is told of them; what it leaves out is never told.
        """
        if not 2 <= len(pictures) <= 10:
            raise ValueError("an album has 2 to 10 pictures")
        said = {0: caption} | dict(captions)
        contents = [
            self._picture(data, said.get(place, ""), as_file=as_files, name=f"photo{place + 1}.png", mime="image/png")
            for place, data in enumerate(pictures)
        ]
        how = self._how(person, reply_to, thread) | {"album": self._world.new_album(), "told": False}
        self._room.open = True
        parts = [self._world.post(self._room, content=content, **how) for content in contents]
        for place in range(len(parts)) if order is None else order:
            self._world.tell(self._room, parts[place])
        return [self.message(part.id) for part in parts]

    def edit(self, person: Someone, message_id: int, text: str) -> MessageView:
        """Change the text or the caption of a message of one's own."""
        self._check_there()
        message = self._shown(message_id)
        if not _wrote(person, message):
            raise ValueError(f"message {message_id} is not of {person.user.first_name}")
        bare, marked = trimmed(text, found(text))
        content = Content(text=bare, entities=marked, media=message.content.media, shown=message.content.shown)
        edited = self._world.change(self._room, message, content=content)
        self._world.tell(self._room, edited, edited=True)
        return self.message(message_id)

    def delete(self, person: Someone, message_id: int) -> None:
        """Delete a message for everybody. The bot is not told."""
        message = self._shown(message_id)
        rules = self._room.kind == "private" or self._room.rules(person.user.id)
        if not rules and not _wrote(person, message):
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

    def _picture(self, data: bytes, caption: str, *, as_file: bool, name: str, mime: str) -> Content:
        media = self._world.files.keep("document" if as_file else "photo", data, name=name, mime=mime)
        bare, marked = trimmed(caption, found(caption))
        return Content(text=bare, entities=marked, media=media)

    def _write(self, content: Content, how: Mapping[str, Any]) -> MessageView:
        self._room.open = True
        return self.message(self._world.post(self._room, content=content, **how).id)

    def _how(
        self,
        person: Someone,
        reply_to: int | None,
        thread: int | None,
        *,
        anonymous: bool = False,
        as_channel: "Chat | None" = None,
    ) -> dict[str, Any]:
        """Everything of a new message but its content, if the person may write so."""
        self._check_writer(person)
        if reply_to is not None:
            self._shown(reply_to)
        if thread is not None:
            self._check_forum()
        place = self._room.thread_of(reply_to, thread) if self._room.forum else None
        if place is not None and self._topic(place).closed and not self._room.rules(person.user.id):
            raise ValueError(f"topic {place} is closed")
        return {"reply_to": reply_to, "thread": place} | self._as_whom(person, as_channel, anonymous=anonymous)

    def _as_whom(self, person: Someone, as_channel: "Chat | None", *, anonymous: bool) -> dict[str, Any]:
        if anonymous:
            self._check_ruler(person)
            if self._room.kind == "channel":
                raise ValueError("only groups have anonymous administrators")
            return {"sender": ANONYMOUS, "author": person.user, "sender_chat": self._room.as_json()}
        if as_channel is not None:
            as_channel._check_ruler(person)
            if as_channel.kind != "channel" or self._room.kind not in {"group", "supergroup"}:
                raise ValueError("only a channel speaks for somebody, and only in a group")
            return {"sender": AS_CHANNEL, "author": person.user, "sender_chat": as_channel._room.as_json()}
        signed = self._room.kind == "channel" and self._room.signed
        return {"sender": person.user, "signature": person.user.first_name if signed else None}


def _wrote(person: Someone, message: Message) -> bool:
    return person.user == (message.author or message.sender)
