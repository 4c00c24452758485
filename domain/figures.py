"""How the bot goes, in numbers: what operators ask for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from domain.task import Task


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What became of the requests of a span."""

    asked: int = 0
    delivered: int = 0
    failed: int = 0
    """By the provider, once it had taken them; or lost there."""
    refused: int = 0
    """Certainly not taken."""
    unclear: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """All at one moment."""

    provider: str
    mode: str
    paused_since: datetime | None
    """Since when the provider does not take the operator's submits."""
    key_refused: bool
    lacks: Mapping[str, datetime] = field(default_factory=dict)
    """What the provider does not offer, and until when it is not tried again."""
    running: int
    waiting: int
    today: Tally
    unclear: int
    oldest: Task | None
    """What runs for the longest time."""
    guests_waiting: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How much one person or chat has asked for."""

    id: int
    name: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stats:
    """A span of days."""

    days: tuple[tuple[date, int], ...]
    """Each day and what was asked on it, the oldest first."""
    tally: Tally
    people: tuple[Share, ...]
    chats: tuple[Share, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """One request as it stands in the file of usage."""

    id: int
    recorded_at: datetime
    chat_id: int
    chat_kind: str
    user_id: int
    user_name: str
    action: str
    state: str
