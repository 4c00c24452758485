"""A chat as Telegram keeps it: its kind, its members, its messages."""

from dataclasses import dataclass, field
from typing import Any, Literal

from sandbox.telegram.accounts import User
from sandbox.telegram.keyboards import is_inline
from sandbox.telegram.messages import Message

RoomKind = Literal["private", "group", "supergroup", "channel"]
Status = Literal["creator", "administrator", "member", "left", "kicked"]
INSIDE = frozenset({"creator", "administrator", "member"})
RULING = frozenset({"creator", "administrator"})


@dataclass(slots=True, kw_only=True, eq=False)
class Room:
    """A chat of any kind. `members` tells the status by user id, the bot's too; `owner` is a private chat's person.

    `open` is false for a private chat in which the person has not written yet.
    """

    id: int
    kind: RoomKind
    title: str = ""
    username: str | None = None
    owner: User | None = None
    open: bool = True
    members: dict[int, Status] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)

    def status(self, user_id: int) -> Status:
        """What somebody is here."""
        return self.members.get(user_id, "left")

    def shown(self, message_id: int | None) -> Message | None:
        """A message that is there and not deleted."""
        message = self.messages.get(message_id or 0)
        return None if message is None or message.deleted else message

    def next_id(self) -> int:
        """The id of the next message; they rise by 1."""
        return len(self.messages) + 1

    def as_json(self) -> dict[str, Any]:
        """As a Chat."""
        told: dict[str, Any] = {"id": self.id, "type": self.kind}
        if self.owner:
            told["first_name"] = self.owner.first_name
        else:
            told["title"] = self.title
        if self.username:
            told["username"] = self.username
        return told

    def message_json(self, message: Message, *, with_reply: bool = True) -> dict[str, Any]:
        """A message of this chat as a Message; what it replies to is embedded one level deep."""
        told: dict[str, Any] = {"message_id": message.id, "date": int(message.date.timestamp()), "chat": self.as_json()}
        if self.kind == "channel":  # posts come from the channel itself
            told["sender_chat"] = self.as_json()
        else:
            told["from"] = message.sender.as_json()
        if message.thread is not None:
            told |= {"message_thread_id": message.thread, "is_topic_message": True}
        if message.origin:
            told["forward_origin"] = message.origin
        if with_reply and (target := self.shown(message.reply_to)):
            told["reply_to_message"] = self.message_json(target, with_reply=False)
        if message.edit_date:
            told["edit_date"] = int(message.edit_date.timestamp())
        if message.markup and is_inline(message.markup):
            told["reply_markup"] = message.markup
        return told | message.content.as_json() | message.service
