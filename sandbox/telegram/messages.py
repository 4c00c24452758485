"""A message as Telegram keeps it: a frozen value, changed only into a new one."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sandbox.telegram.accounts import User
from sandbox.telegram.entities import Entity
from sandbox.telegram.files import Stored
from sandbox.telegram.keyboards import Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What a message says: a text, or a file with the text as its caption. `shown` are Message's flags for a medium."""

    text: str = ""
    entities: tuple[Entity, ...] = ()
    media: Stored | None = None
    shown: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Its fields in a Message."""
        text, entities = ("caption", "caption_entities") if self.media else ("text", "entities")
        told: dict[str, Any] = dict.fromkeys(self.shown, True)
        if self.media:
            told[self.media.kind] = self.media.as_json()
        if self.media and self.media.kind == "animation":  # shown twice, for old clients
            told["document"] = {
                key: value for key, value in told["animation"].items() if key not in {"width", "height", "duration"}
            }
        if self.text:
            told[text] = self.text
        if self.entities:
            told[entities] = list(self.entities)
        return told


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message. `sender` is who wrote it, also in a channel, where nobody is shown.

    Where a chat speaks for somebody, `sender` is a stand-in, `sender_chat` that chat and `author` the real person.
    `service` are the fields of a service message, `origin` that of a forward, `reactions` those of the bot.
    `automatic` is a post that Telegram itself forwards into the discussion group.
    """

    id: int
    date: datetime
    sender: User
    content: Content = Content()
    markup: Markup | None = None
    reply_to: int | None = None
    thread: int | None = None
    album: str | None = None
    author: User | None = None
    sender_chat: dict[str, Any] | None = None
    signature: str | None = None
    origin: dict[str, Any] | None = None
    automatic: bool = False
    service: dict[str, Any] = field(default_factory=dict)
    reactions: tuple[dict[str, Any], ...] = ()
    edit_date: datetime | None = None
    edits: int = 0
    deleted: bool = False
