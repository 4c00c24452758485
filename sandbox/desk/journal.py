"""What goes over both wires and what is done at the desk, in one list that can be waited for."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sandbox.telegram.pulse import Pulse

Side = Literal["telegram", "provider", "desk"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One call, or one act at the desk, in short words a person understands. Never a token or a key.

    `number` is that of its last change; `status` is None while it is open and where the connection was dropped;
    `seconds` is how long it took, None while it is open.
    """

    id: str
    number: int
    side: Side
    time: datetime
    what: str
    about: str
    status: int | None
    answer: str
    seconds: float | None


class LiveJournal:
    """The last lines, up to `kept` of them; `pulse` beats at each change."""

    def __init__(self, *, now: Callable[[], datetime], kept: int = 3000) -> None:
        self._now = now
        self._kept = kept
        self._lines: OrderedDict[str, Line] = OrderedDict()
        self._acts = 0
        self.last = 0
        self.first = 1
        self.pulse = Pulse()

    def put(
        self,
        key: str,
        side: Side,
        time: datetime,
        what: str,
        about: str,
        *,
        status: int | None = None,
        answer: str = "",
        ended: bool = False,
    ) -> None:
        """Write a line, or write it anew: then it moves to the end, under a new number."""
        self.last += 1
        seconds = round((self._now() - time).total_seconds(), 3) if ended else None
        self._lines[key] = Line(
            id=key,
            number=self.last,
            side=side,
            time=time,
            what=what,
            about=about,
            status=status,
            answer=answer,
            seconds=seconds,
        )
        self._lines.move_to_end(key)
        if len(self._lines) > self._kept:
            _key, oldest = self._lines.popitem(last=False)
            self.first = oldest.number + 1
        self.pulse.beat()

    def say(self, words: str) -> None:
        """Write down an act at the desk."""
        self._acts += 1
        self.put(f"d{self._acts}", "desk", self._now(), words, "")

    def after(self, number: int, most: int) -> list[Line]:
        """The lines with higher numbers, oldest first; of more than `most` the newest."""
        found: list[Line] = []
        for line in reversed(self._lines.values()):
            if line.number <= number or len(found) == most:
                break
            found.append(line)
        return found[::-1]
