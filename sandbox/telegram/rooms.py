"""A chat as Telegram keeps it: its kind, its members, its messages."""

from dataclasses import dataclass, field
from typing import Any, Literal

from sandbox.telegram.accounts import User
from sandbox.telegram.keyboards import is_inline
from sandbox.telegram.members import RULING, Rights, Status
from sandbox.telegram.messages import Message
from sandbox.telegram.topics import Topic

RoomKind = Literal["private", "group", "supergroup", "channel"]


@dataclass(slots=True, kw_only=True, eq=False)
class Room:
    """A chat of any kind. `members` tells the status by user id, the bot's too; `owner` is a private chat's person.

    `open` is false for a private chat in which the person has not written yet; `deleted` is true where the group, or
    the owner's account, is gone. `moved_to` is the supergroup that took a group's place, `linked` a channel's
    discussion group, or that group's channel. `last_bot` wrote last of all bots.
    """

    id: int
    kind: RoomKind
    title: str = ""
    username: str | None = None
    owner: User | None = None
    open: bool = True
    deleted: bool = False
    forum: bool = False
    moved_to: int | None = None
    linked: int | None = None
    slow_mode: int = 0
    reactions: bool = True
    signed: bool = False
    last_bot: int | None = None
    members: dict[int, Status] = field(default_factory=dict)
    rights: dict[int, Rights] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)

    def status(self, user_id: int) -> Status:
        """What somebody is here."""
        return self.members.get(user_id, "left")

    def rules(self, user_id: int) -> bool:
        """Whether somebody owns or administers this chat."""
        return self.status(user_id) in RULING

    def shown(self, message_id: int | None) -> Message | None:
        """A message that is there and not deleted."""
        message = self.messages.get(message_id or 0)
        return None if message is None or message.deleted else message

    def next_id(self) -> int:
        """The id of the next message; they rise by 1. In a forum 1 is General's."""
        return len(self.messages) + (2 if self.forum else 1)

    def thread_of(self, reply_to: int | None, thread: int | None) -> int | None:
        """The thread of a new message: in a forum a topic, else what grew from a first message by replies."""
        target = self.shown(reply_to)
        if thread is not None or target is None or self.kind != "supergroup":
            return thread
        return target.thread if self.forum else target.thread or target.id

    def origin_of(self, message: Message) -> dict[str, Any]:
        """Where a forward of a message of this chat comes from."""
        date = int(message.date.timestamp())
        if message.origin:
            return message.origin
        if self.kind == "channel":
            told = {"type": "channel", "date": date, "chat": self.as_json(), "message_id": message.id}
        elif message.sender_chat:
            told = {"type": "chat", "date": date, "sender_chat": message.sender_chat}
        else:
            return {"type": "user", "date": date, "sender_user": message.sender.as_json()}
        return told | ({"author_signature": message.signature} if message.signature else {})

    def as_json(self) -> dict[str, Any]:
        """As a Chat."""
        told: dict[str, Any] = {"id": self.id, "type": self.kind}
        if self.owner:
            told["first_name"] = self.owner.first_name
        else:
            told["title"] = self.title
        if self.username:
            told["username"] = self.username
        if self.forum:
            told["is_forum"] = True
        return told

    def message_json(self, message: Message, *, with_reply: bool = True) -> dict[str, Any]:
        """A message of this chat as a Message; what it replies to is embedded one level deep."""
        told: dict[str, Any] = {"message_id": message.id, "date": int(message.date.timestamp()), "chat": self.as_json()}
        told |= self._source(message)
        if message.thread is not None:
            told["message_thread_id"] = message.thread
            told |= {"is_topic_message": True} if self.forum else {}
        if with_reply and (target := self.shown(message.reply_to) or self._root(message)):
            told["reply_to_message"] = self.message_json(target, with_reply=False)
        if message.edit_date:
            told["edit_date"] = int(message.edit_date.timestamp())
        if message.album:
            told["media_group_id"] = message.album
        if message.markup and is_inline(message.markup):
            told["reply_markup"] = message.markup
        return told | message.content.as_json() | message.service

    def _root(self, message: Message) -> Message | None:
        """What made the topic of a message: without a reply of its own, that is what it is told to reply to."""
        return self.shown(message.thread) if self.forum and message.thread != message.id else None

    def _source(self, message: Message) -> dict[str, Any]:
        """The fields that say who speaks: posts come from the channel itself, others perhaps from a chat."""
        told: dict[str, Any] = {}
        if self.kind == "channel":
            told["sender_chat"] = self.as_json()
        else:
            told["from"] = message.sender.as_json()
        if message.sender_chat:
            told["sender_chat"] = message.sender_chat
        if message.signature:
            told["author_signature"] = message.signature
        if message.origin:
            told["forward_origin"] = message.origin
        if message.automatic:
            told["is_automatic_forward"] = True
        return told
