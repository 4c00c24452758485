"""What can be chosen, by a person or for a room: the options, their values, and whose word holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Protocol

ON: Final = "on"
OFF: Final = "off"
ASK: Final = "ask"
AS_IT_IS: Final = "asis"


class Option(StrEnum):
    """What can be chosen. A button carries the place of one here: new ones come last."""

    LANGUAGE = "language"
    MODEL = "model"
    RATIO = "ratio"
    STYLIZE = "stylize"
    MODE = "mode"
    REMIX = "remix"
    """Whether to be asked for words before a variation and the like."""
    PREVIEWS = "previews"
    PRESSES = "presses"
    """Who may use the buttons under somebody's picture."""
    SPOILER = "spoiler"
    """Whether pictures are covered until they are tapped."""
    QUIET = "quiet"
    """Whether nothing but results is said."""
    CLOSED = "closed"
    """The commands that nobody may use there, with blanks between them."""


FAMILIES: Mapping[Option, str] = {Option.MODEL: "v", Option.RATIO: "ar", Option.STYLIZE: "s"}
"""What is a parameter of the prompt: kept among those that are added to every one, by its family's name."""

VALUES: Mapping[Option, tuple[str, ...]] = {
    Option.LANGUAGE: ("en", "vi", "zh-hans", "ru", "es"),
    Option.MODEL: ("--v 8.1", "--v 8", "--v 7", "--v 6.1", "--v 5.2", "--niji 7", "--niji 6", "--niji 5"),
    Option.RATIO: tuple(
        f"--ar {shape}" for shape in ("1:1", "3:2", "2:3", "4:3", "3:4", "16:9", "9:16", "2:1", "21:9")
    ),
    Option.STYLIZE: tuple(f"--s {much}" for much in (0, 50, 100, 250, 500, 750, 1000)),
    Option.MODE: ("fast", "relax", "turbo"),
    Option.REMIX: (ASK, AS_IT_IS),
    Option.PREVIEWS: (ON, OFF),
    Option.PRESSES: ("owner", "members", "admins"),
    Option.SPOILER: (ON, OFF),
    Option.QUIET: (ON, OFF),
    Option.CLOSED: ("imagine", "blend", "animate", "edit", "swap", "describe", "shorten", "show", "seed"),
}
"""In the order of the buttons, which carry their places: new ones come last."""

OWN = (
    Option.LANGUAGE,
    Option.MODEL,
    Option.RATIO,
    Option.STYLIZE,
    Option.MODE,
    Option.REMIX,
    Option.PREVIEWS,
)
"""What a person chooses for themselves. For a room all can be chosen."""


class Layer(StrEnum):
    """Whose word it is, from the strongest to the weakest; what stands in the prompt is stronger than all."""

    OWN = "own"
    TOPIC = "topic"
    CHAT = "chat"
    BOT = "bot"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What holds; `value` is `None` where nobody has chosen anything."""

    value: str | None
    layer: Layer


class Room(Protocol):
    """Something that has a place: a request, a task, a delivery."""

    @property
    def chat_id(self) -> int:
        """The chat."""

    @property
    def topic_id(self) -> int | None:
        """The topic in it."""


class Wish(Room, Protocol):
    """Something that has a place and a person: a request, a task."""

    @property
    def user_id(self) -> int:
        """Whoever asks."""
