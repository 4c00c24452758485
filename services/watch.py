"""What operators have to know without asking: looked at from time to time, told once, and told when it is over."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.rules import Rules
from services import alerts
from storage import figures, inbox
from storage.database import Transaction

TURNS_UP_FOR = timedelta(hours=24)
"""How long something unclear may still be adopted; what is older is news to nobody."""
LITTLE = 500_000_000
"""Bytes that should be free where the database is …"""
SMALL_PART = 0.05
"""… or, on a small disk, this part of it."""
AMPLE = 1.2
"""Well again is what is a little more than just enough: at the brink it would be told again and again."""


@dataclass(frozen=True, slots=True)
class Disk:
    """The disk that holds the database, in bytes."""

    free: int
    total: int


def look(tx: Transaction, rules: Rules, disk: Disk | None, now: datetime) -> None:
    """Tell what has begun, and what is over. `disk`: `None` where nobody can tell."""
    _unclear(tx, rules, now)
    _set_aside(tx, rules, now)
    if disk is not None:
        _disk(tx, rules, disk, now)


def _unclear(tx: Transaction, rules: Rules, now: datetime) -> None:
    count = figures.count_unclear(tx, now - TURNS_UP_FOR)
    if count:
        alerts.give(tx, rules, alerts.UNCLEAR, now, count=count)
    else:
        alerts.well_again(tx, rules, alerts.UNCLEAR, now, tell=not figures.count_unclear(tx))


def _set_aside(tx: Transaction, rules: Rules, now: datetime) -> None:
    aside = inbox.select_set_aside(tx)
    if aside:
        newest = aside[-1]
        alerts.give(tx, rules, alerts.SET_ASIDE, now, count=len(aside), update=newest.update_id, said=newest.error)
    else:
        alerts.well_again(tx, rules, alerts.SET_ASIDE, now, tell=False)


def _disk(tx: Transaction, rules: Rules, disk: Disk, now: datetime) -> None:
    needed = min(LITTLE, disk.total * SMALL_PART)
    if disk.free < needed:
        alerts.give(tx, rules, alerts.DISK, now, megabytes=disk.free // 1_000_000)
    elif disk.free > needed * AMPLE:
        alerts.well_again(tx, rules, alerts.DISK, now)
