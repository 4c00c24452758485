"""The line before a few places: who works, who waits, and when the next one starts."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from sandbox.midjourney.task import Task


@dataclass(slots=True, kw_only=True)
class Line:
    """Places and a waiting room over a book of tasks; the book is changed when one starts."""

    tasks: dict[str, Task]
    places: int
    room: int
    lasts: Callable[[Task], float]
    waiting: list[str] = field(default_factory=list)
    working: list[str] = field(default_factory=list)

    @property
    def full(self) -> bool:
        """Whether nobody can be taken on."""
        return len(self.working) >= self.places and len(self.waiting) >= self.room

    def join(self, task_id: str, now: int) -> int:
        """Take a task on; it starts now or waits. Returns how many it waits for, 0 if it started."""
        if len(self.working) < self.places:
            self._start(task_id, now)
            return 0
        self.waiting.append(task_id)
        return len(self.waiting)

    def leave(self, task_id: str, now: int) -> None:
        """Give up a place, working or waiting."""
        if task_id in self.waiting:
            self.waiting.remove(task_id)
        if task_id in self.working:
            self.working.remove(task_id)
            if self.waiting:
                self._start(self.waiting.pop(0), now)

    def advance(self, now: int) -> None:
        """Let time pass: who is done leaves, and who waited starts at that very moment, one after the other."""
        while self.working:
            leaves, first = min((self._leaves(task_id), task_id) for task_id in self.working)
            if leaves > now:
                return
            self.leave(first, leaves)

    def _leaves(self, task_id: str) -> int:
        leaves = self.tasks[task_id].leaves
        return leaves if leaves is not None else 0

    def _start(self, task_id: str, at: int) -> None:
        task = self.tasks[task_id]
        self.working.append(task_id)
        self.tasks[task_id] = replace(task, started=at, ends=at + max(1, round(self.lasts(task) * 1000)))
