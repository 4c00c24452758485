"""A span of time as an operator writes it: a number of days, or a month."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from services.overview import midnight

MOST_DAYS = 366
USUAL_DAYS = 30
DAYS = re.compile(r"[1-9]\d{0,2}", re.ASCII)
MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])", re.ASCII)


@dataclass(frozen=True, slots=True)
class Span:
    """From a moment until just before another one."""

    since: datetime
    until: datetime


def days_in(said: str) -> int | None:
    """How many days are meant; the usual ones where nothing is said, `None` where it is no number of days."""
    said = said.strip()
    if not said:
        return USUAL_DAYS
    return int(said) if DAYS.fullmatch(said) and int(said) <= MOST_DAYS else None


def span_in(said: str, now: datetime) -> Span | None:
    """The last so many days, or a month; this month where nothing is said, `None` where it is neither."""
    said = said.strip()
    today = now.astimezone(UTC).date()
    if not said:
        return _month(today.year, today.month)
    if found := MONTH.fullmatch(said):
        return _month(int(found[1]), int(found[2]))
    days = days_in(said)
    if days is None:
        return None
    return Span(midnight(today - timedelta(days=days - 1)), midnight(today + timedelta(days=1)))


def _month(year: int, month: int) -> Span:
    following = date(year + month // 12, month % 12 + 1, 1)
    return Span(midnight(date(year, month, 1)), midnight(following))
