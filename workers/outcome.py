"""What Telegram's answer to a send means, as `verdicts` section 3 has it: arrived, certainly not, or unclear."""

import re
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum, auto

from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError


class No(Enum):
    """Certainly not sent, and what stood in the way."""

    NOW = auto()
    """Nothing left this machine; the same again may well pass."""
    CHAT = auto()
    """The chat cannot be written to."""
    TOPIC = auto()
    REPLY = auto()
    MESSAGE = auto()
    """The message to edit or delete is not there."""
    TOO_OLD = auto()
    """The message is there, and Telegram does not let it be deleted any more."""
    MEDIA = auto()
    """Not in this form."""
    FILE_ID = auto()
    ENTITIES = auto()
    BUTTON = auto()
    TOKEN = auto()
    OTHER = auto()


@dataclass(frozen=True, slots=True)
class Wait:
    """Not sent: this chat is to be left alone for so many seconds."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Moved:
    """Not sent: the chat has another id now."""

    chat_id: int


@dataclass(frozen=True, slots=True)
class Arrived:
    """It shows already what it should."""


@dataclass(frozen=True, slots=True)
class Perhaps:
    """Perhaps sent, perhaps not."""


Outcome = No | Wait | Moved | Arrived | Perhaps

WORDS: tuple[tuple[str, No | Arrived], ...] = (
    ("message is not modified", Arrived()),
    ("message to edit not found", No.MESSAGE),
    ("message can't be edited", No.MESSAGE),
    ("message to delete not found", No.MESSAGE),
    ("message can't be deleted", No.TOO_OLD),
    ("message to react not found", No.MESSAGE),
    ("there is no text in the message", No.MESSAGE),
    ("there is no caption in the message", No.MESSAGE),
    ("message_id_invalid", No.MESSAGE),
    ("message to be replied not found", No.REPLY),
    ("message thread not found", No.TOPIC),
    ("message thread is not a forum topic", No.TOPIC),
    ("topic_closed", No.TOPIC),
    ("topic_deleted", No.TOPIC),
    ("topic_id_invalid", No.TOPIC),
    ("chat not found", No.CHAT),
    ("deactivated", No.CHAT),
    ("not enough rights to send text messages", No.CHAT),
    ("have no rights to send a message", No.CHAT),
    ("need administrator rights in the channel chat", No.CHAT),
    ("chat_write_forbidden", No.CHAT),
    ("chat_restricted", No.CHAT),
    ("peer_id_invalid", No.CHAT),
    ("user_is_blocked", No.CHAT),
    ("not enough rights to send photos", No.MEDIA),
    ("not enough rights to send documents", No.MEDIA),
    ("not enough rights to send videos", No.MEDIA),
    ("chat_send_photos_forbidden", No.MEDIA),
    ("chat_send_docs_forbidden", No.MEDIA),
    ("chat_send_videos_forbidden", No.MEDIA),
    ("photo_invalid_dimensions", No.MEDIA),
    ("image_process_failed", No.MEDIA),
    ("photo_save_file_invalid", No.MEDIA),
    ("file is too big", No.MEDIA),
    ("photo is too big", No.MEDIA),
    ("request entity too large", No.MEDIA),
    ("wrong file identifier", No.FILE_ID),
    ("file reference", No.FILE_ID),
    ("file_reference", No.FILE_ID),
    ("can't parse entities", No.ENTITIES),
    ("entity_", No.ENTITIES),
    ("button_", No.BUTTON),
    ("reply markup is too long", No.BUTTON),
)
"""Beginnings of Telegram's own sentences, without regard to case."""

SLOW_MODE = re.compile(r"slowmode_wait_(\d{1,6})", re.IGNORECASE)

NOT_STARTED = (
    "ConnectError",
    "ConnectTimeout",
    "PoolTimeout",
    "ProxyError",
    "UnsupportedProtocol",
    "LocalProtocolError",
)
"""The HTTP library's errors before the first byte. Known by name: this room has no business with that library."""


def judge(error: TelegramError) -> Outcome:
    """Sort an error of the library."""
    match error:
        case RetryAfter():
            after = error.retry_after
            return Wait(after.total_seconds() if isinstance(after, timedelta) else float(after))
        case ChatMigrated():
            return Moved(error.new_chat_id)
        case Forbidden():
            return No.CHAT
        case InvalidToken():
            return No.TOKEN
        case BadRequest() if slow := SLOW_MODE.search(error.message):
            return Wait(float(slow[1]))
        case BadRequest():
            return _by_words(error) or No.OTHER
        case NetworkError() if type(error.__cause__).__name__ in NOT_STARTED:
            return No.NOW
        case NetworkError() if "(429)" in error.message or "too many requests" in error.message.lower():
            return Wait(5.0)
        case NetworkError() if "(413)" in error.message or _by_words(error) is No.MEDIA:
            return No.MEDIA
        case _:
            return Perhaps()


def _by_words(error: TelegramError) -> No | Arrived | None:
    said = error.message.lower()
    return next((meaning for words, meaning in WORDS if words in said), None)
