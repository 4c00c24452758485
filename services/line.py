"""Whose turn it is: which recorded tasks may go to the provider now, and how long the others will wait."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from domain.rules import Rules
from domain.task import Submission, Task
from services import life, turns, ways
from storage import durations, providers, tasks
from storage.database import Transaction

LEASE = timedelta(minutes=5)
"""Longer than any submit can take; a start lets go of all leases anyway."""

ENOUGH_SEEN = 3
"""Finished tasks of a kind from which on their time says something about the next."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A task that may go now, and the way it goes."""

    task: Task
    way: Submission


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What somebody who waits may expect."""

    place: int
    ready_in: timedelta | None
    """Until the result is there; `None` as long as nobody knows how long such things take."""


def take_turns(tx: Transaction, rules: Rules, now: datetime) -> tuple[Turn, ...]:
    """Claim the tasks that are due and whose turn it is. None while the account is paused."""
    if providers.trouble(tx, rules.provider) is not None:
        return ()
    while (chosen := _choose(tx, rules, now)) is None:
        pass  # one has ended, since there is no way for it: its turn is somebody else's
    if chosen:
        tasks.take_to_submit(tx, [turn.task.id for turn in chosen], now + LEASE)
        turns.show_moving(tx, turns.as_it_is(tx, rules, now), now)
    return chosen


def place_of(tx: Transaction, task: Task, rules: Rules, now: datetime) -> int | None:
    """A task's place in line, from 1; `None` where it need not wait."""
    spot = _spot_of(tx, task, rules, now)
    return spot.place if spot else None


def outlook_of(tx: Transaction, task: Task, rules: Rules, now: datetime) -> Outlook | None:
    """Its place, and when it will be ready as far as that is known; `None` where it need not wait."""
    spot = _spot_of(tx, task, rules, now)
    if spot is None or spot.place is None:
        return None
    seen = durations.recent(tx, task.id)
    if len(seen) < ENOUGH_SEEN:
        return Outlook(place=spot.place, ready_in=None)
    one_after_the_other = spot.place / spot.side_by_side + 1  # those before it, then itself
    return Outlook(place=spot.place, ready_in=timedelta(seconds=median(seen) * one_after_the_other))


def _choose(tx: Transaction, rules: Rules, now: datetime) -> tuple[Turn, ...] | None:
    """Those whose turn it is; `None` where one of them had to be ended."""
    off = providers.noted(tx, rules.provider, now)
    chosen = []
    for spot in turns.as_it_is(tx, rules, now):
        task = tasks.select_task(tx, spot.waiting.id) if spot.place is None else None
        if task is None:
            continue
        if (way := ways.way_of(tx, task, off)) is None:
            life.no_way(tx, task, now)
            return None
        chosen.append(Turn(task, way))
    return tuple(chosen)


def _spot_of(tx: Transaction, task: Task, rules: Rules, now: datetime) -> turns.Spot | None:
    return next((spot for spot in turns.as_it_is(tx, rules, now) if spot.waiting.id == task.id), None)
