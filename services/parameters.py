"""The parameters in a prompt: where each stands, and which say the same thing."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from domain.task import BotType

FAMILIES = (
    ("ar", "aspect"),
    ("v", "version", "niji"),
    ("s", "stylize", "stylise"),
    ("c", "chaos"),
    ("w", "weird"),
    ("q", "quality"),
    ("r", "repeat"),
    ("p", "profile", "personalize"),
    ("style", "raw"),
    ("fast", "relax", "turbo"),
    ("stealth", "public"),
)
"""Parameters of which a prompt takes one."""

ALONE = (
    *("no", "seed", "sameseed", "iw", "stop", "tile", "zoom", "draft", "exp", "bs", "hd", "sd", "hq", "vibe"),
    *("cref", "cw", "sref", "sw", "sv", "oref", "ow"),
    *("motion", "video", "loop", "end"),
    *("test", "testp", "creative", "uplight", "upbeta", "upanime"),
)
KNOWN = frozenset(ALONE) | frozenset(name for family in FAMILIES for name in family)

_TOKEN = re.compile(r"(?<!\S)--([A-Za-z][A-Za-z_-]*)(\S*)")
_NIJI = re.compile(r"(?<!\S)--niji(?!\S)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """A parameter as it stands in a prompt."""

    name: str
    """As written, without the hyphens."""
    glued: str
    """What stands behind the name without a blank, as in "--ar3:2"."""
    after: str
    """All words behind it up to the next parameter, with the blanks."""
    start: int
    end: int
    """Where `after` begins."""

    @property
    def family(self) -> str:
        """A name for all parameters that say the same."""
        return family_of(self.name)

    @property
    def text(self) -> str:
        """The whole of it."""
        return f"--{self.name}{self.glued}{self.after}".strip()


def flags_of(prompt: str) -> Sequence[Flag]:
    """The parameters of a prompt, in their order."""
    found = list(_TOKEN.finditer(prompt))
    ends = [*(one.start() for one in found[1:]), len(prompt)]
    return [
        Flag(name=one[1], glued=one[2], after=prompt[one.end() : end], start=one.start(), end=one.end())
        for one, end in zip(found, ends, strict=False)  # without any, the prompt's end is left over
    ]


def family_of(name: str) -> str:
    """A name for all parameters that say the same as this one."""
    name = name.lower()
    return next((family[0] for family in FAMILIES if name in family), name)


def bot_of(prompt: str) -> BotType:
    """Which of the two models a prompt asks for."""
    return BotType.NIJI if _NIJI.search(prompt) else BotType.MIDJOURNEY
