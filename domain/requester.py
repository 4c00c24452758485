"""Who asks, and where: the person (or channel), chat, topic and language behind a request."""

from dataclasses import dataclass
from enum import StrEnum


class ChatKind(StrEnum):
    """What kind of room a chat is; a supergroup is a group to us."""

    PRIVATE = "private"
    GROUP = "group"
    CHANNEL = "channel"


@dataclass(frozen=True, slots=True, kw_only=True)
class Requester:
    """The person behind a request and the place where the answer belongs."""

    user_id: int
    """Whoever pays and owns: a person's Telegram id, or the chat's id where nobody signs (channels, anonymous)."""
    chat_id: int
    chat_kind: ChatKind
    message_id: int | None = None
    """What the answer replies to."""
    topic_id: int | None = None
    name: str = ""
    language: str | None = None
    """Of what the bot says to the chat about it: one of the bot's own languages, as `messages.languages` settles it."""
    is_admin: bool | None = None
    """Whether this person rules the chat; `None` where nobody has asked Telegram yet."""
