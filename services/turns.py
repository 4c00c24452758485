"""The order of the line: turns go round between people, whoever of them shouts loudest.

Everybody's next one stands before anybody's one after that; of two in the same round the one asked first goes first.
Nobody is ever put before somebody's next one, so its place only falls.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from domain.rules import Rules
from domain.task import Task
from storage import line, statuses, tasks
from storage.database import Transaction
from storage.line import Rounds, Waiting

SHOWN_MOVING = 50
"""How many of those who wait see their place fall; for whoever is further behind it changes soon enough."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where one stands in line."""

    waiting: Waiting
    place: int | None
    """How many places have to become free until it goes; `None`: it goes now."""
    side_by_side: int = 1
    """How many are drawn at once before it."""


def round_behind(everybody: Mapping[int, Rounds], user_id: int, *, asked_now: bool = True) -> int:
    """The round of a new wish: behind everybody's next one, and behind the person's own.

    `asked_now`: it has the highest number of all, so in the round of the others' next ones it is the last.
    """
    nexts = [rounds.first for rounds in everybody.values()]
    current = max(nexts, default=1) if asked_now else max(nexts, default=0) + 1
    own = everybody.get(user_id)
    return max(current, own.last + 1) if own else current


def moved_up(waiting: Sequence[Waiting], left: Waiting) -> list[Waiting]:
    """The line without the one that left: each of its person's later ones has the turn of the one before it."""
    free, line_now = left.turn, []
    for one in waiting:
        if one.user_id == left.user_id and (one.turn, one.id) > (left.turn, left.id):
            line_now.append(replace(one, turn=free))
            free = one.turn
        elif one.id != left.id:
            line_now.append(one)
    return sorted(line_now, key=lambda one: (one.turn, one.id))


def laid_out(waiting: Sequence[Waiting], running: Mapping[int, int], rules: Rules) -> list[Spot]:
    """Where all stand who wait, in their order; `running`: how many places each person takes at the provider."""
    free = rules.max_running - sum(running.values()) if rules.max_running else None
    ahead = max(0, -free) if free is not None else 0  # too many run: so many have to end before anybody moves
    own, held = dict(running), dict[int, int]()
    spots = []
    for one in waiting:
        who, at_once = one.user_id, rules.max_running_per_user
        excess = own.get(who, 0) - at_once
        if at_once and excess >= 0:  # its person's others have to end first, and then those who are ready
            held[who] = held.get(who, 0) + 1
            spots.append(Spot(waiting=one, place=ahead + excess + held[who], side_by_side=_narrowest(rules)))
            continue
        if one.due:
            own[who] = own.get(who, 0) + 1
        if one.due and (free is None or free > 0):
            free = free - 1 if free is not None else None
            spots.append(Spot(waiting=one, place=None))
        else:
            ahead += 1
            spots.append(Spot(waiting=one, place=ahead, side_by_side=rules.max_running or _narrowest(rules)))
    return spots


def as_it_is(tx: Transaction, rules: Rules, now: datetime) -> list[Spot]:
    """The line at this moment."""
    waiting = line.select_waiting(tx, rules.provider, now)
    return laid_out(waiting, tasks.count_at_provider(tx, rules.provider, now), rules)


def join(tx: Transaction, provider: str, user_id: int, now: datetime, *, asked_now: bool = True) -> int:
    """The round in which a task of this person will go that joins the line; see `round_behind`."""
    return round_behind(line.rounds_of_all(tx, provider, now), user_id, asked_now=asked_now)


def leave(tx: Transaction, task: Task, rules: Rules, now: datetime) -> None:
    """One was withdrawn: its person's others move up, and whoever sees a place sees it fall."""
    left = Waiting(id=task.id, user_id=task.user_id, turn=line.turn_of(tx, task.id), due=True)
    waiting = line.select_waiting(tx, task.provider, now)
    for one in set(moved_up(waiting, left)) - set(waiting):
        line.give_turn(tx, one.id, one.turn)
    show_moving(tx, as_it_is(tx, rules, now), now)


def show_moving(tx: Transaction, spots: Sequence[Spot], now: datetime) -> None:
    """The places have changed, which is shown as soon as edits may follow each other."""
    for spot in [spot for spot in spots if spot.place is not None][:SHOWN_MOVING]:
        statuses.refresh_status(tx, spot.waiting.id, now)


def _narrowest(rules: Rules) -> int:
    return min((limit for limit in (rules.max_running_per_user, rules.max_running) if limit), default=1)
