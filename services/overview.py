"""How the bot goes, for its operators: at this moment, and over days."""

from datetime import UTC, date, datetime, time, timedelta

from domain.figures import Overview, Stats
from domain.rules import Rules
from domain.task import TaskId
from services import ways
from storage import figures, guests, providers, tasks
from storage.database import Transaction

NO_LACKS = (ways.SAME_CHANNEL,)
"""Noted of a provider, though it is nothing that it lacks."""
TOP = 5
"""Persons and chats that are named."""


def overview(tx: Transaction, rules: Rules, now: datetime) -> Overview:
    """At this moment."""
    trouble = providers.trouble(tx, rules.provider)
    oldest = figures.oldest_running(tx)
    noted = providers.noted(tx, rules.provider, now)
    return Overview(
        provider=rules.provider,
        mode=rules.mode,
        paused_since=trouble.paused_since if trouble else None,
        key_refused=trouble is not None and trouble.key_refused,
        lacks={name: until for name, until in sorted(noted.items()) if name not in NO_LACKS},
        running=figures.count_running(tx),
        waiting=figures.count_waiting(tx),
        today=figures.tally(tx, midnight(now.astimezone(UTC).date())),
        unclear=figures.count_unclear(tx),
        oldest=tasks.select_task(tx, TaskId(oldest)) if oldest is not None else None,
        guests_waiting=guests.count_waiting(tx),
    )


def stats(tx: Transaction, days: int, now: datetime) -> Stats:
    """The last so many days, today included."""
    today = now.astimezone(UTC).date()
    first = today - timedelta(days=days - 1)
    since = midnight(first)
    counted = figures.count_by_day(tx, since)
    chats = figures.top_chats(tx, since, TOP)
    names = guests.select_names(tx, [chat.id for chat in chats])
    return Stats(
        days=tuple((day, counted.get(day, 0)) for day in (first + timedelta(days=n) for n in range(days))),
        tally=figures.tally(tx, since),
        people=figures.top_people(tx, since, TOP),
        chats=tuple(type(chat)(id=chat.id, name=names.get(chat.id, ""), count=chat.count) for chat in chats),
    )


def midnight(day: date) -> datetime:
    """When a (UTC) day begins."""
    return datetime.combine(day, time(), tzinfo=UTC)
