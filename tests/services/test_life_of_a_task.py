"""Whatever the order of verdicts, reports, sends and restarts: no second charge, no second news, nothing forgotten."""

import asyncio
import shutil
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy import select

from domain.delivery import Delivery, DeliveryKind, DeliveryState
from domain.errors import Refusal
from domain.provider import RemoteStatus, Report
from domain.rules import Access, Rules
from domain.task import Press, RemoteId, Task, TaskId, TaskState
from domain.verdict import Reason, Refused, Unclear, Verdict, Window
from services import copies, life, line, news, sightings, tasks
from storage import buttons, deliveries, files, placed
from storage import statuses as status_rows
from storage import tasks as task_rows
from storage.database import Database, Transaction
from storage.schema import deliveries as delivery_table
from storage.schema import ledger as ledger_table
from storage.schema import tasks as task_table
from tests.services.house import ANNA, NOON, PACE, PROVIDER, accepted, done, snapshot

R = TypeVar("R")

RULES = Rules(provider=PROVIDER, access=Access.OPEN)
OPEN = {TaskState.RECORDED, TaskState.SENDING, TaskState.RUNNING, TaskState.UNCLEAR}
COUNTED = {TaskState.SUCCEEDED: "kept", TaskState.CANCELLED: "returned"} | dict.fromkeys(OPEN, "held")
REFUSED = [
    Refused(reason=Reason.BUSY, busy=True),
    Refused(reason=Reason.NOT_READY, busy=True),
    Refused(reason=Reason.NO_ACCOUNT),
    Refused(reason=Reason.INVALID, said="no"),
]

verdicts = st.sampled_from(["accepted", "accepted twice", "window", "unclear", *REFUSED])
statuses = st.sampled_from([*RemoteStatus, "no picture", "missing", "silent"])
outcomes = st.sampled_from(
    ["arrived", "arrived", "perhaps", "in place", "wait", "not now", "gone", "stop", "stop before"]
)


class LifeOfATask(RuleBasedStateMachine):
    """One person, one provider, one chat, and every kind of luck."""

    template: Path
    folder: Callable[[], Path]

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.db = self.runner.run(Database.open(Path(shutil.copy(self.template, self.folder() / "bot.db"))))
        self.now: datetime = NOON
        self.sent: Counter[TaskId] = Counter()
        """Submits of each task that went out and were not certainly refused."""
        self.ids = 0
        self.copy: Path | None = None

    def teardown(self) -> None:
        self.runner.run(self.db.close())
        self.runner.close()

    def run(self, work: Callable[[Transaction], R]) -> R:
        return self.runner.run(self.db.run(work))

    def new_id(self) -> str:
        self.ids += 1
        return f"r{self.ids}"

    @rule()
    def ask(self) -> None:
        self.run(lambda tx: _unless_refused(lambda: tasks.imagine(tx, ANNA, "a fox", RULES, self.now)))

    @rule()
    def press(self) -> None:
        def press_all(tx: Transaction) -> None:
            for task in _all(tx, TaskState.SUCCEEDED):
                for button in buttons.select_of(tx, task.id)[:1]:
                    _unless_refused(lambda button=button: tasks.press(tx, ANNA, button.id, RULES, self.now))  # type: ignore[misc]

        self.run(press_all)

    @rule(verdict=verdicts)
    def submit(self, verdict: str | Refused) -> None:
        for turn in self.run(lambda tx: line.take_turns(tx, RULES, self.now)):
            self._begin(turn.task.id)
            came_to = self._verdict(verdict, turn.task)
            self.run(
                lambda tx, turn=turn, came_to=came_to: life.submitted(  # type: ignore[misc]
                    tx, turn.task, turn.way, came_to, RULES, self.now
                )
            )
            if isinstance(came_to, Refused | Window):
                self.sent[turn.task.id] -= 1

    @rule(before=st.booleans())
    def stop_while_submitting(self, *, before: bool) -> None:
        for turn in self.run(lambda tx: line.take_turns(tx, RULES, self.now)):
            if not before:
                self._begin(turn.task.id)
        self.restart()

    @rule(status=statuses)
    def poll(self, status: RemoteStatus | str) -> None:
        def ask_and_write_down(tx: Transaction) -> None:
            asked = task_rows.select_to_ask(tx, PROVIDER, self.now)
            sightings.observed(tx, asked, _report(asked, status), PACE, self.now)
            for earlier in asked:
                task = task_rows.select_task(tx, earlier.id)
                assert task is not None
                if task.state is TaskState.RECORDED:
                    assert status is RemoteStatus.WINDOW
                    assert isinstance(earlier.submission, Press)
                    self.sent[task.id] = 0  # the press made a window; its answer is a submit of its own

        self.run(ask_and_write_down)

    @rule()
    def turn_up(self) -> None:
        def adopt(tx: Transaction) -> None:
            for task in _all(tx, TaskState.UNCLEAR)[:1]:
                life.adopted(tx, task, RemoteId(self.new_id()), self.now)

        self.run(adopt)

    @rule(again=st.booleans())
    def decide(self, *, again: bool) -> None:
        def by_a_person(tx: Transaction) -> None:
            for task in _all(tx):
                if again:
                    _unless_refused(lambda task=task: tasks.submit_again(tx, ANNA, task.id, RULES, self.now))  # type: ignore[misc]
                else:
                    _unless_refused(lambda task=task: tasks.cancel(tx, ANNA, task.id, RULES, self.now))  # type: ignore[misc]

        self.run(by_a_person)

    @rule(outcome=outcomes)
    def deliver(self, outcome: str) -> None:
        for delivery in self.run(lambda tx: deliveries.claim_due(tx, self.now, room=9, busy_chats=())):
            self.run(lambda tx, delivery=delivery: _brought(tx, delivery, outcome, self.now))  # type: ignore[misc]
        if outcome.startswith("stop"):
            self.restart()

    @rule(status=statuses, outcome=outcomes)
    def all_goes_well_until_the_end(self, status: RemoteStatus | str, outcome: str) -> None:
        self.submit("accepted")
        for _ in range(3):
            self.deliver("arrived")
        self.poll(status)
        self.deliver(outcome)
        self.now += timedelta(minutes=1)
        self.deliver("arrived")

    @rule(seconds=st.sampled_from([0.5, 5, 61, 700, 4000, -90]))
    def pass_time(self, seconds: float) -> None:
        """Also backwards: a clock may be set right."""
        self.now += timedelta(seconds=seconds)

    @rule()
    def restart(self) -> None:
        self.run(lambda tx: life.recover(tx, self.now))

    @precondition(lambda self: self.ids)
    @rule()
    def restart_for_good(self) -> None:
        """The file is closed and opened, as by another process."""
        path = self._path()
        self.runner.run(self.db.close())
        self.db = self.runner.run(Database.open(path))
        self.restart()

    @rule()
    def back_up(self) -> None:
        self.copy = self.folder() / "copy.db"
        files.back_up(self._path(), self.copy, self.now)

    @precondition(lambda self: self.copy is not None)
    @rule()
    def put_back(self) -> None:
        """What was done since the backup was made is forgotten, but not undone."""
        path = self._path()
        self.runner.run(self.db.close())
        shutil.copy(self.copy or "", path)
        self.db = self.runner.run(Database.open(path))
        assert self.db.is_older
        self.now += timedelta(seconds=1)
        self.runner.run(self.db.begin_run(lambda tx: _sorted(tx, self.now)))

    @rule()
    def hurry(self) -> None:
        """Nobody may send what nobody has claimed."""

        def send_unclaimed(tx: Transaction) -> None:
            for task in _all(tx):
                assert not task_rows.begin_sending(tx, task.id)

        self.run(send_unclaimed)

    def _path(self) -> Path:
        return self.run(lambda tx: Path(str(tx.engine.url.database)))

    @invariant()
    def nothing_is_charged_told_or_forgotten_twice(self) -> None:
        self.run(self._look)

    def _look(self, tx: Transaction) -> None:
        lines = {row.task_id: row.state for row in tx.execute(select(ledger_table))}
        for task in _all(tx):
            rows = tx.execute(select(delivery_table).where(delivery_table.c.task_id == task.id)).all()
            kinds = Counter(row.kind for row in rows)
            assert self.sent[task.id] <= 1, "a second submit went out though the first was not refused"
            assert kinds["result"] == (task.state is TaskState.SUCCEEDED)
            assert kinds["failure"] <= 1
            assert kinds["unclear"] <= 1
            assert kinds["status"] <= 1
            if task.state in {TaskState.FAILED, TaskState.UNCLEAR}:
                assert kinds[{TaskState.FAILED: "failure", TaskState.UNCLEAR: "unclear"}[task.state]] == 1
            if task.state in {TaskState.RECORDED, TaskState.RUNNING}:
                assert task.due_at is not None, "nobody would ever look at it again"
            assert task.state is not TaskState.SENDING, "nobody is sending it"
            if task.id in lines:
                assert lines[task.id] == _line_of(task)
            for row in rows:
                assert row.state not in {"claimed", "sending"}, "nobody is sending it"
                assert (row.due_at is not None) == (row.state == "due")
            _no_status_outlives_its_end(tx, task, rows)

    def _begin(self, task_id: TaskId) -> None:
        assert self.run(lambda tx: task_rows.begin_sending(tx, task_id))
        assert not self.run(lambda tx: task_rows.begin_sending(tx, task_id))
        self.sent[task_id] += 1

    def _verdict(self, kind: str | Refused, task: Task) -> Verdict:
        match kind:
            case "accepted":
                return accepted(self.new_id())
            case "accepted twice":
                return accepted(self.new_id(), self.new_id())
            case "window" if isinstance(task.submission, Press):
                return Window(remote_id=RemoteId(self.new_id()), offered=None)
            case Refused():
                return kind
            case _:
                return Unclear(what="ReadTimeout")


def _all(tx: Transaction, *states: TaskState) -> list[Task]:
    ids = tx.execute(select(task_table.c.id).order_by(task_table.c.id)).scalars().all()
    found = [task_rows.select_task(tx, TaskId(one)) for one in ids]
    return [task for task in found if task is not None and (not states or task.state in states)]


def _sorted(tx: Transaction, now: datetime) -> None:
    copies.sort(tx, RULES, now)


def _unless_refused(work: Callable[[], object]) -> None:
    try:
        work()
    except Refusal:
        return


def _line_of(task: Task) -> str:
    if task.state is TaskState.FAILED:
        return "held" if task.reason in {"lost", "stuck"} else "returned"
    return COUNTED[task.state]


def _no_status_outlives_its_end(tx: Transaction, task: Task, rows: Any) -> None:
    ended = task.state in news.ENDED and not placed.has_unsettled_end(tx, task.id)
    for row in rows:
        if row.kind == "status" and row.message_id is not None and ended:
            assert row.state == "due", "nobody would ever take that message away"


def _report(asked: tuple[Task, ...], status: RemoteStatus | str) -> Report:
    ids = [task.remote_id for task in asked if task.remote_id is not None]
    match status:
        case "missing":
            return Report(missing=frozenset(ids))
        case "silent":
            return Report()
        case "no picture":
            return Report(found=tuple(snapshot(one, RemoteStatus.SUCCESS) for one in ids))
        case RemoteStatus.SUCCESS:
            return Report(found=tuple(done(one) for one in ids))
        case _:
            return Report(found=tuple(snapshot(one, RemoteStatus(status), progress=40) for one in ids))


def _brought(tx: Transaction, delivery: Delivery, outcome: str, now: datetime) -> None:
    """What the sender does with one delivery, and what Telegram makes of it."""
    task = task_rows.select_task(tx, delivery.task_id) if delivery.task_id else None
    if outcome == "stop before":
        return
    if delivery.kind is DeliveryKind.STATUS and task is not None and task.state in news.ENDED:
        if delivery.message_id is None:
            deliveries.end(tx, delivery.id, DeliveryState.DROPPED)
            return
        if placed.has_unsettled_end(tx, task.id):
            deliveries.settle(tx, delivery.id, now=now)
            return
    deliveries.begin_sending(tx, delivery.id)
    match outcome:
        case "stop":
            return
        case "perhaps":
            news.perhaps(tx, delivery, now, timedelta(seconds=1))
        case "wait":
            news.wait(tx, delivery, now + timedelta(seconds=30))
        case "not now":
            deliveries.put_back(tx, delivery.id, now + timedelta(seconds=2), attempts=delivery.attempts + 1)
        case "gone" if delivery.kind is DeliveryKind.STATUS and delivery.message_id is not None:
            if task is not None and task.state in news.ENDED:
                status_rows.forget_status(tx, task.id)
            else:
                news.status_refused(tx, delivery, now)
        case "gone":
            ends = delivery.kind in news.ENDS
            deliveries.end(tx, delivery.id, DeliveryState.PARKED if ends else DeliveryState.DROPPED, "CHAT")
        case _:
            _arrived(tx, delivery, task, now, in_place=outcome == "in place")


def _arrived(tx: Transaction, delivery: Delivery, task: Task | None, now: datetime, *, in_place: bool) -> None:
    if delivery.kind in news.ENDS:
        status = status_rows.select_status(tx, delivery.task_id) if delivery.task_id else None
        replaced = in_place and status is not None and status.message_id is not None
        news.end_arrived(tx, delivery, now, message_id=delivery.id + 1000, in_place=replaced)
    elif delivery.kind is DeliveryKind.STATUS and task is not None:
        if task.state in news.ENDED:
            status_rows.forget_status(tx, task.id)
        else:
            news.status_shown(tx, delivery, task, now, message_id=delivery.id + 1000, shows="text", shown="x")
    else:
        deliveries.settle(tx, delivery.id, now=now)


def test_no_luck_charges_twice_tells_twice_or_forgets(template: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    class Here(LifeOfATask):
        def folder(self) -> Path:
            return tmp_path_factory.mktemp("life")

    Here.template = template
    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=settings().max_examples // 5,
            stateful_step_count=20,
            deadline=None,
            phases=(Phase.generate,),  # add Phase.shrink to see the shortest story; it takes minutes
            suppress_health_check=list(HealthCheck),
        ),
    )
