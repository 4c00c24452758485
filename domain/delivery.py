"""News that a chat has coming: promised in the transaction of its cause, sent, then settled."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Any

from domain.task import TaskId


class DeliveryKind(StrEnum):
    """What the news is; words and pictures are made when it is sent, from the task as it is then."""

    STATUS = "status"
    """The one message of a task that shows how it goes, until the end is there."""
    RESULT = "result"
    FAILURE = "failure"
    UNCLEAR = "unclear"
    """Perhaps charged, perhaps not: the person decides."""
    WORDS = "words"
    """A message that was put into words when it was promised."""
    ORIGINAL = "original"
    """The untouched file of a picture, when somebody wants it."""
    ALERT = "alert"
    """A word to an operator."""
    KEYBOARD = "keyboard"
    """The buttons under a picture, after one was used."""
    WINDOW = "window"
    """A question in another chat than the one of its task, or the request for words that belongs to it."""
    REMOVAL = "removal"
    """A picture that is to go from its chat."""
    SINGLES = "singles"
    """The four pictures of a grid, each by itself, when somebody wants them."""
    BUTTONS = "buttons"
    """What follows an album, since an album cannot have any."""
    PART = "part"
    """One more message of an album, written down when it stood there: it is never sent by itself."""
    STOP = "stop"
    """Somebody wants it stopped: the provider is asked, and only what it refuses is told."""
    SHOWN = "shown"
    """A finished picture once more, by Telegram's own copy of it."""
    SEED = "seed"
    """The seed of a picture, when somebody wants it; the provider has to be asked first."""
    CARD = "card"
    """To an operator: somebody has asked to be let in, and what was decided."""
    STATS = "stats"
    """To an operator: a picture of the days, drawn when it is sent."""
    USAGE = "usage"
    """To an operator: a file with a line for each request, written when it is sent."""
    MENU = "menu"
    """To an operator: the list of commands that Telegram shows in this chat. No message."""


class Priority(IntEnum):
    """Who goes first when limits press; lower goes first."""

    ANSWER = 0
    ACKNOWLEDGEMENT = 1
    """The first message of a status; in a busy group a reaction takes its place."""
    RESULT = 2
    FAILURE = 3
    PROGRESS = 4
    """Cosmetic: the newest alone waits, and only while there is plenty of room."""
    TIDYING = 5
    """Takes a message away, which Telegram does not count."""


class DeliveryState(StrEnum):
    """Where a delivery stands."""

    DUE = "due"
    CLAIMED = "claimed"
    """Being prepared; nothing went out."""
    SENDING = "sending"
    """The call may be out."""
    SETTLED = "settled"
    DROPPED = "dropped"
    """Not needed any more, or not worth a second try."""
    PARKED = "parked"
    """The chat cannot be written to at present."""
    OFFERED = "offered"
    """It can again, and was told that this waits."""


class Form(StrEnum):
    """How a picture is sent, from the best to the plainest."""

    PHOTO = "photo"
    VIDEO = "video"
    ANIMATION = "animation"
    JPEG = "jpeg"
    DOCUMENT = "document"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Kept:
    """Telegram's own copy of something that was sent; good for no other form."""

    file_id: str
    form: Form


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One promised message."""

    id: int
    kind: DeliveryKind
    state: DeliveryState
    task_id: TaskId | None
    chat_id: int
    topic_id: int | None
    reply_to: int | None
    body: Mapping[str, Any] = field(default_factory=dict)
    attempts: int
    """Sends that certainly did not arrive."""
    unclear: int
    """Sends that may have arrived."""
    form: Form | None
    message_id: int | None
    """The message in the chat, once there is one."""
    shows: str | None
    """STATUS only: "text" or "photo", what that message is at present; "reaction" where there is none."""
    shown: str | None
    """STATUS only: a digest of what that message says at present."""
    last_at: datetime | None
    """When the message was last sent or edited."""
    created_at: datetime
    covered: bool = False
    """Whether pictures are covered in that room until they are tapped; found out when it is brought."""

    @property
    def astray(self) -> bool:
        """Whether it goes to the chat at large because its topic takes nothing."""
        return bool(self.body.get("astray"))
