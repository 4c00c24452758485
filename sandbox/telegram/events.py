"""Everything that changed, numbered in order, so that a page can be reloaded and go on where it was."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from sandbox.telegram.pulse import Pulse

Kind = Literal[
    "message", "edited", "deleted", "reaction", "pinned", "toast", "action", "commands", "people", "chats", "desk"
]
"""The last is of things beside this Telegram: whoever looks on should look at them again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One change; `data` is JSON. `chat` is None for what concerns no single chat."""

    number: int
    kind: Kind
    time: datetime
    chat: int | None = None
    data: dict[str, Any] = field(default_factory=dict)


class Events:
    """The last changes, up to `kept` of them; `pulse` beats at each."""

    def __init__(self, *, now: Callable[[], datetime], kept: int = 10_000) -> None:
        self._now = now
        self._all: deque[Event] = deque(maxlen=kept)
        self._last = 0
        self.pulse = Pulse()

    @property
    def last(self) -> int:
        """The number of the newest event; 0 before the first."""
        return self._last

    def add(self, kind: Kind, chat: int | None = None, **data: Any) -> None:
        """Note a change and wake who waits."""
        self._last += 1
        self._all.append(Event(number=self._last, kind=kind, time=self._now(), chat=chat, data=data))
        self.pulse.beat()

    def after(self, number: int) -> list[Event]:
        """The events with higher numbers, oldest first."""
        fresh = min(self._last - number, len(self._all))
        return [self._all[place] for place in range(-fresh, 0)]
