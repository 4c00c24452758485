"""How much a person or chat may ask for, counted in the transaction that records the task: no two can slip through.

Two things are counted a UTC day: pictures, and points. What the day's points do not cover is paid with points that an
operator gave; those count for no day.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from domain.errors import LineFull, PointsMissing, QuotaExceeded
from domain.requester import Requester
from domain.rules import LINE_LENGTH, Rules
from domain.task import TaskId
from services import allowance
from storage import ledger, purse, tasks
from storage.database import Transaction
from storage.ledger import Used
from storage.purse import Why

GIVEN_UP_AFTER = timedelta(hours=25)
"""What may have been charged turns up within a day, or never."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What a day brings to a person or chat, and what is used of it; a limit of 0 means none."""

    whose: str
    """"user" or "chat"."""
    pictures: int
    points: int
    used: Used

    @property
    def pictures_left(self) -> int | None:
        """`None` where there is no limit."""
        return max(0, self.pictures - self.used.pictures) if self.pictures else None

    @property
    def points_left(self) -> int | None:
        """`None` where there is no limit."""
        return max(0, self.points - self.used.points) if self.points else None


def shares_of(tx: Transaction, requester: Requester, rules: Rules, now: datetime) -> tuple[Share, Share]:
    """The day of whoever asks, and that of the chat; the one place that knows where limits come from."""
    rules, day = allowance.applied(tx, requester, rules), _day(now)
    return (
        Share(
            whose="user",
            pictures=rules.daily_per_user,
            points=rules.points_per_user,
            used=ledger.of_user(tx, requester.user_id, day),
        ),
        Share(
            whose="chat",
            pictures=rules.daily_per_chat,
            points=rules.points_per_chat,
            used=ledger.of_chat(tx, requester.chat_id, day),
        ),
    )


def opens_at(now: datetime) -> datetime:
    """When the next day begins."""
    return datetime.combine(_day(now) + timedelta(days=1), time(), tzinfo=UTC)


def check(tx: Transaction, requester: Requester, prices: Sequence[int], rules: Rules, now: datetime) -> None:
    """Raise `QuotaExceeded`, `PointsMissing` or `LineFull` unless there is room for so many more, at these prices."""
    shares, wanted = shares_of(tx, requester, rules, now), len(prices)
    for share in shares:
        if share.pictures_left is not None and share.pictures_left < wanted:
            raise QuotaExceeded(
                limit=share.pictures,
                whose=share.whose,
                opens_at=opens_at(now),
                rest=share.pictures_left,
                wanted=wanted,
            )
    _check_points(tx, requester, shares, sum(prices), now)
    at_once = min((limit for limit in (rules.max_running_per_user, rules.max_running) if limit), default=0)
    most = at_once + LINE_LENGTH
    if at_once and tasks.count_open_of(tx, requester.user_id, rules.provider) + wanted > most:
        raise LineFull(waiting=LINE_LENGTH, wanted=wanted)


def hold(tx: Transaction, requester: Requester, task_id: TaskId, price: int, rules: Rules, now: datetime) -> None:
    """Count this task, its points first from the day's, then from those given; `keep` or `give_back` settles it."""
    tightest = _tightest(shares_of(tx, requester, rules, now))
    points = price if tightest is None else min(price, tightest.points_left or 0)
    given = price - points
    user_id, chat_id = requester.user_id, requester.chat_id
    ledger.hold(tx, task_id, user_id=user_id, chat_id=chat_id, day=_day(now), points=points, given=given)
    purse.move(tx, user_id, -given, Why.HELD, now, task_id=task_id)


def keep(tx: Transaction, task_id: TaskId, now: datetime) -> None:
    """It was done. What was given back for it is held anew, as far as it is still there: nobody comes to owe points."""
    line = ledger.select_line(tx, task_id)
    if line is None or line.state != "returned":
        ledger.keep(tx, task_id)
        return
    given = min(line.given, purse.balance(tx, line.user_id))
    purse.move(tx, line.user_id, -given, Why.HELD, now, task_id=task_id)
    ledger.keep(tx, task_id, given=given)


def give_back(tx: Transaction, task_id: TaskId, now: datetime) -> None:
    """It certainly cost nothing."""
    line = ledger.select_line(tx, task_id)
    if line is not None and ledger.give_back(tx, task_id):
        purse.move(tx, line.user_id, line.given, Why.RETURNED, now, task_id=task_id)


def keep_given_up(tx: Transaction, now: datetime) -> None:
    """What may have been charged and never turned up stays counted."""
    ledger.keep_given_up(tx, now - GIVEN_UP_AFTER)


def _check_points(tx: Transaction, requester: Requester, shares: Sequence[Share], wanted: int, now: datetime) -> None:
    tightest = _tightest(shares)
    rest = tightest.points_left if tightest else None
    if tightest is None or rest is None or wanted <= rest:
        return
    given = purse.balance(tx, requester.user_id)
    if wanted > rest + given:
        raise PointsMissing(
            wanted=wanted,
            rest=rest,
            given=given,
            limit=tightest.points,
            whose=tightest.whose,
            opens_at=opens_at(now),
        )


def _tightest(shares: Sequence[Share]) -> Share | None:
    """The one with the fewest points left; `None` where points have no limit."""
    limited = [share for share in shares if share.points_left is not None]
    return min(limited, key=lambda share: share.points_left or 0, default=None)


def _day(now: datetime) -> date:
    return now.astimezone(UTC).date()
