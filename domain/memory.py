"""What somebody has drawn: one of their pictures and where it came from, and a page of them."""

from dataclasses import dataclass

from domain.task import Task, TaskId


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """One of a person's pictures."""

    task: Task
    origin: tuple[Task, ...] = ()
    """The pictures of theirs that it came from, the first one first."""
    is_whole: bool = True
    """Whether those are all: the chain ends at somebody else's picture, and long ones are cut."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """A page of them, the newest first."""

    memories: tuple[Memory, ...]
    words: str = ""
    """What was searched for; empty for all."""
    words_id: int = 0
    """Under which number that is kept."""
    older: TaskId | None = None
    """Older ones than this there are."""
    newer: TaskId | None = None
