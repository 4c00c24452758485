"""What may be wrong with a prompt, found before it is paid for: as facts; `messages.care` puts them into a question."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownFlag:
    """A parameter that Midjourney is not known to have."""

    flag: str
    """As written, such as "--aspct"."""
    nearest: str
    """What was probably meant; empty where nothing is like it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownVersion:
    """A version that Midjourney is not known to have."""

    flag: str
    value: str
    nearest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BadRatio:
    """A shape that no picture has."""

    value: str
    nearest: str
    """Empty where nothing of the kind can be guessed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutOfRange:
    """A value outside of what its parameter takes, or none at all."""

    flag: str
    value: str
    low: str
    high: str
    nearest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoValue:
    """A parameter that means nothing without a value."""

    flag: str


Concern = UnknownFlag | UnknownVersion | BadRatio | OutOfRange | NoValue


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """Why a prompt is asked about before it is sent."""

    concerns: tuple[Concern, ...] = ()
    repair: str = ""
    """The parameters as they would be right, such as "--ar 16:9"; empty where nothing obvious repairs it."""
    repaired: tuple[str, ...] = ()
    """The prompts with that repair."""
    expanded: tuple[str, ...] = ()
    """The prompts that it stands for: several for permutations and repeats."""
    too_many: bool = False
    """It stands for more than may be drawn at once."""
