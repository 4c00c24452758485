"""A task as the engine keeps it, and how it looks at a moment: nothing runs, all is computed from the time."""

from dataclasses import dataclass

from sandbox.midjourney.buttons import Press
from sandbox.midjourney.works import Work

STEPS = 6
"""How many previews a grid shows."""
UNSEEN, HANDED_OVER = 0.03, 0.1  # shares of the duration until SUBMITTED and IN_PROGRESS


@dataclass(frozen=True, slots=True, kw_only=True)
class Fate:
    """How a task ends badly: at `percent` of its way, or, if `after_success` is given, so many seconds after success.

    With `late_success` it succeeds after all, so many seconds after it failed.
    """

    reason: str
    percent: int = 0
    late_success: float | None = None
    after_success: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """What a task in MODAL waits to be told: which press opened it, on which work, and the prompt it offers."""

    press: Press
    custom_id: str
    parent: Work
    offered: str | None
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One task. Times are milliseconds since the epoch. `kind` names its duration."""

    id: str
    action: str
    kind: str
    prompt: str | None
    final: str | None
    description: str
    state: str
    hook: str | None
    bot: str
    job: str
    seed: int
    nonce: str
    message: str
    progress_message: str
    work: Work
    submitted: int
    started: int | None = None
    ends: int | None = None
    cancelled: int | None = None
    window: Window | None = None
    fate: Fate | None = None

    @property
    def leaves(self) -> int | None:
        """When its place is free again; None while it has none."""
        if self.started is None or self.ends is None or self.cancelled is not None:
            return None
        if self.fate is None or self.fate.after_success is not None:
            return self.ends
        return self.started + round((self.ends - self.started) * max(self.fate.percent / 100, HANDED_OVER))


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How a task looks at a moment; `step` is the preview to be seen (0: none yet)."""

    status: str
    percent: int = 0
    step: int = 0
    finished: int | None = None
    reason: str | None = None


def look(task: Task, now: int) -> Look:
    """Return how the task looks at `now`."""
    if task.cancelled is not None:
        return Look(status="CANCEL", finished=task.cancelled)
    if task.window is not None:
        return Look(status="MODAL")
    leaves = task.leaves
    if task.started is None or task.ends is None or leaves is None:
        return Look(status="NOT_START")
    if now >= leaves:
        return _ended(task, leaves, now)
    share = (now - task.started) / (task.ends - task.started)
    if share < HANDED_OVER:
        return Look(status="NOT_START" if share < UNSEEN else "SUBMITTED")
    step = int((share - HANDED_OVER) / (1 - HANDED_OVER) * (STEPS + 1))
    return Look(status="IN_PROGRESS", step=step, percent=int(step * 100 / (STEPS + 0.45)))


def _ended(task: Task, at: int, now: int) -> Look:
    fate = task.fate
    if fate is None:
        return Look(status="SUCCESS", percent=100, finished=at)
    if fate.after_success is not None:
        fails = at + round(fate.after_success * 1000)
        if now < fails:
            return Look(status="SUCCESS", percent=100, finished=at)
        return Look(status="FAILURE", finished=fails, reason=fate.reason)
    if fate.late_success is not None and now >= (late := at + round(fate.late_success * 1000)):
        return Look(status="SUCCESS", percent=100, finished=late)
    return Look(status="FAILURE", finished=at, reason=fate.reason)
