"""Pictures that come one by one and belong together: the parts of an album, or what somebody collects."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.requester import Requester
from domain.task import PictureId

FEWEST, MOST = 2, 5
"""Pictures of a blend. Some providers do not check, and charge."""


class GatheringKind(StrEnum):
    """Why the pictures belong together."""

    ALBUM = "album"
    """Telegram sends each part by itself, and tells neither how many there are nor which is the last."""
    OFFER = "offer"
    """They came without a command, and a person is asked what to do with them."""
    BASKET = "basket"
    """Somebody collects them for a blend."""
    REFERENCE = "reference"
    """They go along with the next words of that person."""


class GatheringState(StrEnum):
    """Whether more may come."""

    OPEN = "open"
    USED = "used"
    """Something was made of it; once."""
    ENDED = "ended"


class Use(StrEnum):
    """What a person may choose to do with gathered pictures."""

    BLEND = "blend"
    PORTRAIT = "portrait"
    LANDSCAPE = "landscape"
    DESCRIBE = "describe"
    REFERENCE = "reference"
    DRAW = "draw"
    """Draw the words that came along."""
    CANCEL = "cancel"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A picture and the message that brought it."""

    message_id: int
    picture: PictureId
    unique: str
    """Telegram's name for the file, which is the same wherever it is shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One message of an album."""

    message_id: int
    shown: Shown | None
    """`None` where it is no picture that can be read."""
    command: str | None
    words: str
    """Behind the command, or the whole caption where there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathering:
    """Pictures that belong together."""

    id: int
    kind: GatheringKind
    state: GatheringState
    owner: Requester
    """Who sent them; its message is what an answer replies to."""
    album: str | None
    command: str | None
    words: str
    unread: int
    """Parts that are no pictures."""
    answer: int | None
    """The delivery that shows it in its chat."""
    due_at: datetime | None
    created_at: datetime
    shown: tuple[Shown, ...]
    """In the order in which people see them."""

    @property
    def pictures(self) -> tuple[PictureId, ...]:
        """The pictures alone."""
        return tuple(one.picture for one in self.shown)
