"""What the answer to a question about tasks means: the table of polling."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from domain.provider import Snapshot, Stop
from domain.task import RemoteId
from midjourney import said
from midjourney.reading import Unreadable, fields, is_html, read_json, retry_after
from midjourney.tasks import read_task, read_tasks

LONGEST_SEED = 20
NOT_FOUND = ("task_no_found", "task_not_found", "任务不存在")


class Plain(Enum):
    """Answers that say one thing only."""

    MISSING = "missing"
    """The provider does not know the task."""
    NOT_OFFERED = "not offered"
    """The provider does not answer this kind of question."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """Nothing was learned."""

    what: str
    status: int | None = None
    """Of the answer; `None`: none came."""
    retry_after: float | None = None
    everywhere: bool = False
    """Every other question would be answered so, too."""


def read_list(
    status: int, headers: Mapping[str, str], body: bytes, *, now: datetime, hidden: Sequence[str] = ()
) -> dict[RemoteId, Snapshot] | Plain | Silence:
    """What an answer to a question about many tasks says. Never raises."""
    if status in {404, 405, 501}:
        return Plain.NOT_OFFERED
    if silence := _silence(status, headers, now):
        return silence
    try:
        value = read_json(body) if body.strip() else None
    except Unreadable:
        return _no_json(status, headers, body)
    if isinstance(value, list) and 200 <= status < 300:
        return read_tasks(value, hidden=hidden)
    return Plain.NOT_OFFERED


def read_fetch(
    status: int, headers: Mapping[str, str], body: bytes, *, now: datetime, hidden: Sequence[str] = ()
) -> Snapshot | Plain | Silence:
    """What an answer to a question about one task says. Never raises."""
    if silence := _silence(status, headers, now):
        return silence
    try:
        value = read_json(body) if body.strip() else None
    except Unreadable:
        if status == 404 and not is_html(headers, body):
            return Plain.MISSING
        return _no_json(status, headers, body)
    return _one(status, value, hidden)


def read_seed(status: int, body: bytes) -> str | None:
    """The digits of a seed; `None` for any other answer. Never raises."""
    try:
        answer = fields(read_json(body))
    except Unreadable:
        return None
    seed = str(answer.get("result"))
    fine = 200 <= status < 300 and answer.get("code") == 1
    return seed if fine and seed.isascii() and seed.isdigit() and len(seed) <= LONGEST_SEED else None


def read_stop(status: int, body: bytes) -> Stop:
    """What the answer to a cancel says. Never raises."""
    if status >= 500 and status != 501:
        return Stop.NO_ANSWER
    try:
        code = fields(read_json(body)).get("code")
    except Unreadable:  # "demo mode, operation forbidden", as plain text
        return Stop.NOT_OFFERED
    if not 200 <= status < 300:
        return Stop.NOT_OFFERED
    return Stop.STOPPED if code == 1 else Stop.GOES_ON


def _one(status: int, value: Any, hidden: Sequence[str]) -> Snapshot | Plain | Silence:
    fine = 200 <= status < 300
    if status == 404 or (fine and value is None):
        return Plain.MISSING
    if fine and (task := read_task(value, hidden=hidden)):
        return task
    words = said.words(value, "")
    if (fine or status == 400) and any(sign in words for sign in NOT_FOUND):
        return Plain.MISSING
    return Silence(what=f"HTTP {status}, no task", status=status)


def _silence(status: int, headers: Mapping[str, str], now: datetime) -> Silence | None:
    everywhere = status in {401, 402, 403, 429}
    if everywhere or status >= 500 or status in {408, 425} or 300 <= status < 400:
        wait = retry_after(headers, now)
        return Silence(what=f"HTTP {status}", status=status, retry_after=wait, everywhere=everywhere)
    return None


def _no_json(status: int, headers: Mapping[str, str], body: bytes) -> Silence:
    form = "a page" if is_html(headers, body) else "not JSON"
    return Silence(what=f"HTTP {status}, {form}", status=status)
