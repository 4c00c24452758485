"""Whose turn it is: which recorded tasks may go to the provider now."""

from datetime import datetime, timedelta

from domain.rules import Rules
from domain.task import Task
from storage import deliveries, tasks
from storage.database import Transaction

LEASE = timedelta(minutes=5)
"""Longer than any submit can take; a start lets go of all leases anyway."""

SHOWN_MOVING = 50
"""How many of those who wait see their place fall; for whoever is further behind it changes soon enough."""


def take_turns(tx: Transaction, rules: Rules, now: datetime) -> tuple[Task, ...]:
    """Claim the tasks that are due and have a free place, in the order of asking."""
    places = tasks.count_at_provider(tx, rules.provider, now)
    free = rules.max_running - sum(places.values()) if rules.max_running else None
    chosen: list[Task] = []
    waiting: list[Task] = []
    for task in tasks.select_to_submit(tx, rules.provider, now):
        own = places.get(task.user_id, 0)
        full = (free is not None and free <= len(chosen)) or 0 < rules.max_running_per_user <= own
        if full or task.due_at is None or task.due_at > now:
            waiting.append(task)
        else:
            chosen.append(task)
            places[task.user_id] = own + 1
    if chosen:
        tasks.take_to_submit(tx, [task.id for task in chosen], now + LEASE)
        for task in waiting[:SHOWN_MOVING]:
            deliveries.refresh_status(tx, task.id, now)  # its place in line has changed
    return tuple(chosen)


def place_of(tx: Transaction, task: Task, rules: Rules, now: datetime) -> int | None:
    """A task's place in line, from 1; `None` where it need not wait. The person's own limit comes first."""
    for limit, own in ((rules.max_running_per_user, True), (rules.max_running, False)):
        if limit and (ahead := tasks.count_ahead(tx, task, now, own=own)) >= limit:
            return ahead - limit + 1
    return None
