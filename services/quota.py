"""How much a person or chat may ask for, counted in the transaction that records the task: no two can slip through."""

from datetime import UTC, datetime, time, timedelta

from domain.errors import LineFull, QuotaExceeded
from domain.requester import Requester
from domain.rules import LINE_LENGTH, Rules
from domain.task import TaskId
from services import allowance
from storage import ledger, tasks
from storage.database import Transaction


def check(tx: Transaction, requester: Requester, rules: Rules, now: datetime) -> None:
    """Raise `QuotaExceeded` or `LineFull` unless there is room for one more."""
    rules = allowance.applied(tx, requester, rules)
    day = now.astimezone(UTC).date()
    opens_at = datetime.combine(day + timedelta(days=1), time(), tzinfo=UTC)
    if 0 < rules.daily_per_user <= ledger.count_user(tx, requester.user_id, day):
        raise QuotaExceeded(limit=rules.daily_per_user, whose="user", opens_at=opens_at)
    if 0 < rules.daily_per_chat <= ledger.count_chat(tx, requester.chat_id, day):
        raise QuotaExceeded(limit=rules.daily_per_chat, whose="chat", opens_at=opens_at)
    at_once = min((limit for limit in (rules.max_running_per_user, rules.max_running) if limit), default=0)
    if at_once and tasks.count_open_of(tx, requester.user_id, rules.provider) >= at_once + LINE_LENGTH:
        raise LineFull(waiting=LINE_LENGTH)


def hold(tx: Transaction, requester: Requester, task_id: TaskId, now: datetime) -> None:
    """Count this task; `ledger.keep` or `ledger.give_back` settles it."""
    day = now.astimezone(UTC).date()
    ledger.hold(tx, task_id, user_id=requester.user_id, chat_id=requester.chat_id, day=day)
