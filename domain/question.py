"""What a person is asked before a press is carried out: the provider has opened a window that wants to be filled in."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum

from domain.task import RemoteId, TaskId

ZOOMS = ("1.2", "1.4", "1.5", "1.6", "1.8", "2", "1")
"""How far out; the last leaves the picture as large as it is and only changes its shape."""
RATIOS = ("1:1", "3:2", "2:3", "16:9", "9:16", "")
"""Shapes; the last keeps the picture's."""
MOST_CELLS = 25
USUAL_ZOOM = "2"

_ZOOM = re.compile(r"\s*(?<!\S)--zoom(?:\s+([\d.]+))?(?!\S)")
_RATIO = re.compile(r"\s*(?<!\S)--(?:ar|aspect)(?:\s+(\d+:\d+))?(?!\S)")


class QuestionKind(StrEnum):
    """What the window wants."""

    ZOOM = "zoom"
    WORDS = "words"
    """A prompt, or a yes."""
    REGION = "region"


class QuestionState(StrEnum):
    """Whether it can still be answered."""

    OPEN = "open"
    ANSWERED = "answered"
    ENDED = "ended"
    """Called off, or nobody answered in time."""


class Over(StrEnum):
    """Why nothing was drawn: the `reason` of a cancelled task."""

    NOT_ANSWERED = "not_answered"
    CALLED_OFF = "called_off"


class Choice(IntEnum):
    """What stands on a question's buttons; zooms, ratios and cells are counted up from the last three."""

    CANCEL = 0
    AS_IT_IS = 1
    SEND = 2
    OTHER_WORDS = 3
    ALWAYS_AS_IT_IS = 4
    ZOOM = 10
    RATIO = 20
    CELL = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """What stands in the window so far."""

    offered: str
    """The prompt that the provider, or the picture, offers."""
    key: str
    """Unguessable: a part of the address at which the window can be filled in on a page."""
    words: str | None = None
    """The person's own."""
    zoom: str | None = None
    ratio: str | None = None
    width: int = 0
    """Of the picture, in its own pixels; 0 until it was looked at."""
    height: int = 0
    cells: tuple[int, ...] = ()
    """Chosen, from 1, in their order."""

    @property
    def prompt(self) -> str:
        """The words that would be sent."""
        return self.offered if self.words is None else self.words

    @property
    def layout(self) -> tuple[int, int]:
        """Columns and rows over the picture, so that the cells are about square; at most five stand in a row."""
        ratio = self.width / self.height if self.width and self.height else 1.0
        for least, layout in ((2.1, (5, 2)), (1.3, (5, 3)), (0.77, (4, 4)), (0.6, (4, 5))):
            if ratio >= least:
                return layout
        return (3, 5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A window that is, or was, open at the provider."""

    id: int
    task_id: TaskId
    kind: QuestionKind
    user_id: int
    """The one who may answer."""
    chat_id: int
    """Where it was pressed."""
    remote_id: RemoteId
    filled: Filled
    state: QuestionState
    ends_at: datetime


def zoomed(prompt: str, zoom: str | None, ratio: str | None) -> str:
    """The prompt for a zoom: what was chosen takes the place of its own `--zoom` and `--ar`; a zoom must be named."""
    if zoom is None and (own := zoom_in(prompt)) is not None:
        zoom = own
    prompt = f"{_ZOOM.sub('', prompt).strip()} --zoom {zoom or USUAL_ZOOM}"
    if ratio:
        prompt = f"{_RATIO.sub('', prompt).strip()} --ar {ratio}"
    return prompt.strip()


def zoom_in(prompt: str) -> str | None:
    """The zoom that a prompt names itself, where the provider takes it: 1 to 2."""
    for found in _ZOOM.finditer(prompt):
        value = found[1] or ""
        if re.fullmatch(r"\d(\.\d{1,3})?", value) and 1 <= float(value) <= 2:
            return value
    return None


def cells_text(filled: Filled) -> str:
    """A chosen region as `Answer.mask` carries it until the mask is drawn."""
    columns, rows = filled.layout
    return f"cells:{filled.width}x{filled.height}:{columns}x{rows}:{','.join(map(str, filled.cells))}"


def toggled(cells: Collection[int], cell: int) -> tuple[int, ...]:
    """The same with one switched on or off."""
    return tuple(sorted(set(cells) ^ {cell}))
