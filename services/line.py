"""Whose turn it is: which recorded tasks may go to the provider now."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.rules import Rules
from domain.task import Submission, Task
from services import life, ways
from storage import providers, statuses, tasks
from storage.database import Transaction

LEASE = timedelta(minutes=5)
"""Longer than any submit can take; a start lets go of all leases anyway."""

SHOWN_MOVING = 50
"""How many of those who wait see their place fall; for whoever is further behind it changes soon enough."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A task that may go now, and the way it goes."""

    task: Task
    way: Submission


def take_turns(tx: Transaction, rules: Rules, now: datetime) -> tuple[Turn, ...]:
    """Claim the tasks that are due and have a free place, in the order of asking. None while the account is paused."""
    if providers.trouble(tx, rules.provider) is not None:
        return ()
    off = providers.noted(tx, rules.provider, now)
    places = tasks.count_at_provider(tx, rules.provider, now)
    free = rules.max_running - sum(places.values()) if rules.max_running else None
    chosen: list[Turn] = []
    waiting: list[Task] = []
    for task in tasks.select_to_submit(tx, rules.provider, now):
        own = places.get(task.user_id, 0)
        full = (free is not None and free <= len(chosen)) or 0 < rules.max_running_per_user <= own
        if full or task.due_at is None or task.due_at > now:
            waiting.append(task)
        elif (way := ways.way_of(tx, task, off)) is None:
            life.no_way(tx, task, now)
        else:
            chosen.append(Turn(task, way))
            places[task.user_id] = own + 1
    if chosen:
        tasks.take_to_submit(tx, [turn.task.id for turn in chosen], now + LEASE)
        for task in waiting[:SHOWN_MOVING]:
            statuses.refresh_status(tx, task.id, now)  # its place in line has changed
    return tuple(chosen)


def place_of(tx: Transaction, task: Task, rules: Rules, now: datetime) -> int | None:
    """A task's place in line, from 1; `None` where it need not wait. The person's own limit comes first."""
    for limit, own in ((rules.max_running_per_user, True), (rules.max_running, False)):
        if limit and (ahead := tasks.count_ahead(tx, task, now, own=own)) >= limit:
            return ahead - limit + 1
    return None
