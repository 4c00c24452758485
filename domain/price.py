"""What things cost, in points: by what is done and how fast."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import assert_never

from domain.task import Answer, Blend, Change, Describe, Edit, Imagine, Press, Shorten, Submission, Swap, Video


class Kind(StrEnum):
    """What is done, as the price list names it."""

    IMAGINE = "imagine"
    """A fresh picture; also drawing one anew, and whatever has no name of its own."""
    VARY = "vary"
    ZOOM = "zoom"
    PAN = "pan"
    UPSCALE = "upscale"
    BLEND = "blend"
    DESCRIBE = "describe"
    SHORTEN = "shorten"
    VIDEO = "video"
    EDIT = "edit"
    SWAP = "swap"


class Mode(StrEnum):
    """How fast it is done; `default` is whatever the provider does unless told."""

    DEFAULT = "default"
    RELAX = "relax"
    FAST = "fast"
    TURBO = "turbo"


USUAL: Mapping[Kind, int] = {
    Kind.IMAGINE: 4,
    Kind.VARY: 4,
    Kind.ZOOM: 4,
    Kind.PAN: 4,
    Kind.UPSCALE: 2,
    Kind.BLEND: 4,
    Kind.DESCRIBE: 2,
    Kind.SHORTEN: 2,
    Kind.VIDEO: 16,
    Kind.EDIT: 4,
    Kind.SWAP: 2,
}
"""Points of each in fast mode, in the proportions in which providers charge."""

PRESSED = (
    # parts of the ids of a provider's buttons, the first that fits
    ("variation", Kind.VARY),
    ("inpaint", Kind.VARY),
    ("outpaint", Kind.ZOOM),
    ("customzoom", Kind.ZOOM),
    ("::pan_", Kind.PAN),
    ("animate_", Kind.VIDEO),
    ("video_", Kind.UPSCALE),
    ("upsample", Kind.UPSCALE),
    ("picread::", Kind.DESCRIBE),
)
CHANGED = {"UPSCALE": Kind.UPSCALE, "VARIATION": Kind.VARY}


@dataclass(frozen=True, slots=True, kw_only=True)
class Prices:
    """A price list. What says nothing of its own follows from the fast price: relax is half of it, turbo twice."""

    fast: Mapping[Kind, int] = field(default_factory=lambda: USUAL)
    own: Mapping[tuple[Kind, Mode], int] = field(default_factory=dict)

    def of(self, kind: Kind, mode: Mode) -> int:
        """Points for one of them."""
        if (points := self.own.get((kind, mode))) is not None:
            return points
        points = self.fast[kind]
        match mode:
            case Mode.DEFAULT | Mode.FAST:
                return points
            case Mode.RELAX:
                return (points + 1) // 2
            case Mode.TURBO:
                return points * 2
            case _:
                assert_never(mode)


USUAL_PRICES = Prices()


def prices_from(text: str) -> Prices:
    """Read `imagine=4, video=20, imagine.turbo=10`; what is not named keeps its usual price. Raises `ValueError`."""
    fast, own, seen = dict(USUAL), dict[tuple[Kind, Mode], int](), set[str]()
    for part in filter(None, map(str.strip, text.lower().split(","))):
        name, _, number = (piece.strip() for piece in part.partition("="))
        if name in seen or not (number.isascii() and number.isdecimal() and len(number) <= len("100000")):
            raise ValueError("not a price")
        seen.add(name)
        kind, dot, mode = name.partition(".")
        if dot and Mode(mode) is Mode.DEFAULT:
            raise ValueError("the default mode costs what fast does")
        if dot:
            own[Kind(kind), Mode(mode)] = int(number)
        else:
            fast[Kind(kind)] = int(number)
    return Prices(fast=fast, own=own)


def kind_of(submission: Submission) -> Kind:
    """What a submission is in the price list."""
    match submission:
        case Press(custom_id=custom_id):
            known = custom_id.lower()
            return next((kind for part, kind in PRESSED if part in known), Kind.IMAGINE)
        case Change(action=action):
            return CHANGED.get(action, Kind.IMAGINE)
        case Imagine() | Answer():  # an answer belongs to a press, which was priced
            return Kind.IMAGINE
        case Blend() | Describe() | Shorten() | Video() | Edit() | Swap():
            return Kind(type(submission).__name__.lower())
        case _:
            assert_never(submission)
