"""A page of settings as facts: for whom is chosen, what can be chosen, and what holds."""

from dataclasses import dataclass
from enum import IntEnum

from domain.errors import ButtonGone
from domain.options import Chosen, Layer, Option


class Where(IntEnum):
    """For whom is chosen; a button carries the number."""

    OWN = 0
    CHAT = 1
    TOPIC = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One option: what can be chosen, and what holds."""

    option: Option
    values: tuple[str, ...]
    chosen: Chosen


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """All that can be chosen in one place."""

    where: Where
    lines: tuple[Line, ...]
    has_topic: bool
    """Whether there is a topic beside the chat."""

    def line(self, option: Option) -> Line:
        """One of them. Raises `ButtonGone` where it cannot be chosen (any more)."""
        for line in self.lines:
            if line.option is option:
                return line
        raise ButtonGone

    @property
    def layer(self) -> Layer:
        """Whose word is chosen on it."""
        return {Where.OWN: Layer.OWN, Where.CHAT: Layer.CHAT, Where.TOPIC: Layer.TOPIC}[self.where]
