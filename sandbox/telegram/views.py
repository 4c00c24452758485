"""What a person sees of a message."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sandbox.telegram.accounts import STAND_INS
from sandbox.telegram.entities import Entity
from sandbox.telegram.files import Files
from sandbox.telegram.keyboards import Markup
from sandbox.telegram.messages import Message
from sandbox.telegram.rooms import Room


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """A button under a message. `data` is what a press sends; `raw` is all that the bot said of it."""

    text: str
    data: str | None
    url: str | None
    raw: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageView:
    """A message as it is shown now. `text` is the text or the caption; `markup` is the keyboard as the bot gave it.

    `sender_name` is the chat's where a chat speaks for somebody; `from_bot` is of real bots only.
    `thread` is the topic of a forum, `album` what the parts of one have in common.
    `photo` and `document` are the bytes (animations and videos are documents here), `document_size` is how many;
    `size` is that of what is shown, in pixels, where it can be told.
    """

    id: int
    date: datetime
    sender_id: int
    sender_name: str
    from_bot: bool
    text: str
    entities: tuple[Entity, ...]
    photo: bytes | None
    document: bytes | None
    document_name: str | None
    document_size: int | None
    media_kind: str | None
    mime: str | None
    size: tuple[int, int] | None
    file_id: str | None
    keyboard: tuple[tuple[Button, ...], ...]
    markup: Markup | None
    reply_to: int | None
    thread: int | None
    album: str | None
    sender_chat: int | None
    signature: str | None
    edits: int
    deleted: bool
    pinned: bool
    reactions: tuple[str, ...]
    service: dict[str, Any]

    @property
    def buttons(self) -> list[Button]:
        """All buttons, row after row."""
        return [button for row in self.keyboard for button in row]

    def button(self, wanted: str) -> Button:
        """The button with this text, or else with this data. LookupError if there is none."""
        by_text = [button for button in self.buttons if button.text == wanted]
        by_data = [button for button in self.buttons if button.data == wanted]
        if found := by_text or by_data:
            return found[0]
        there = ", ".join(repr(button.text) for button in self.buttons) or "none"
        raise LookupError(f"no button {wanted!r} under message {self.id}; there are: {there}")


def view(room: Room, files: Files, message: Message) -> MessageView:
    """A message of a chat as a person sees it."""
    media = message.content.media
    data = files.data(media) if media else None
    is_photo = media is not None and media.kind == "photo"
    sender_chat = message.sender_chat
    rows = (message.markup or {}).get("inline_keyboard", [])
    return MessageView(
        id=message.id,
        date=message.date,
        sender_id=message.sender.id,
        sender_name=sender_chat["title"] if sender_chat else message.sender.first_name,
        from_bot=message.sender.is_bot and message.sender not in STAND_INS,
        text=message.content.text,
        entities=message.content.entities,
        photo=data if is_photo else None,
        document=None if is_photo else data,
        document_name=media.name if media and not is_photo else None,
        document_size=media.size if media and not is_photo else None,
        media_kind=media.kind if media else None,
        mime=media.mime if media else None,
        size=(media.width, media.height) if media and media.width else None,
        file_id=media.file_id() if media else None,
        keyboard=tuple(tuple(map(_button, row)) for row in rows),
        markup=message.markup,
        reply_to=message.reply_to,
        thread=message.thread if room.forum else None,
        album=message.album,
        sender_chat=sender_chat["id"] if sender_chat else None,
        signature=message.signature,
        edits=message.edits,
        deleted=message.deleted,
        pinned=message.id in room.pinned,
        reactions=tuple(str(one.get("emoji")) for one in message.reactions),
        service=message.service,
    )


def _button(raw: dict[str, Any]) -> Button:
    return Button(text=raw["text"], data=raw.get("callback_data"), url=raw.get("url"), raw=raw)
