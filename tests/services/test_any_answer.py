"""Whatever a provider answers, whole or in any of its fields: it comes to an end that the database takes."""

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from domain.provider import Report, Snapshot
from domain.task import RemoteId, TaskId, TaskState
from midjourney.polls import read_fetch
from midjourney.verdicts import read_submit
from services import line, sightings
from storage import providers
from storage import tasks as task_rows
from storage.database import Database, Transaction
from tests.services.house import ANNA, PACE, PROVIDER, House

HOSTILE = (
    "\ud800", "a\udfffb", "\x00", "\u202e", "<b>&", "x" * 9000, "1752210001234567", "https://cdn.example/\ud83d.png",
    "https://cdn.example/a.png", "confirm", "null", "SUCCESS", "MODAL", "FAILURE", "100%", "DESCRIBE", "-1", "9" * 30,
)  # fmt: skip
NUMBERS = st.sampled_from((0, -1, 2**31, 2**63, -(2**63) - 1, 10**39, 1e308, -0.0, float("nan"), float("inf"), True))
SCALARS = st.none() | NUMBERS | st.sampled_from(HOSTILE) | st.text(max_size=8)
VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner))
PROPERTIES = VALUES | st.fixed_dictionaries(
    {},
    optional={"numberOfQueues": NUMBERS | VALUES}
    | dict.fromkeys(("finalPrompt", "status", "remix", "bannedWord"), SCALARS | VALUES),
)
ANSWERS = st.fixed_dictionaries(
    {"code": st.sampled_from((1, 21, 22, 24, 4)) | VALUES, "result": st.just("1752210001234567") | VALUES},
    optional={"properties": PROPERTIES} | dict.fromkeys(("description", "error", "success", "message"), VALUES),
)
ADDRESSES = st.sampled_from(("https://cdn.example/a.png", "https://cdn.example/\ud83d.png", "https://\u202e.example/"))
BUTTON = st.fixed_dictionaries(
    {}, optional={"customId": st.just("MJ::JOB::upsample::1::u") | VALUES, "label": VALUES, "emoji": VALUES}
)
TASKS = st.fixed_dictionaries(
    {"id": st.just("1752210001234567")},
    optional={
        "status": st.sampled_from(("IN_PROGRESS", "SUCCESS", "FAILURE", "CANCEL", "MODAL")) | VALUES,
        "action": st.sampled_from(("IMAGINE", "DESCRIBE", "SHORTEN", "VIDEO")) | VALUES,
        "properties": PROPERTIES,
        "buttons": VALUES | st.lists(BUTTON | VALUES, max_size=4),
        "videoUrls": VALUES | st.lists(st.fixed_dictionaries({"url": VALUES}), max_size=3),
    }
    | dict.fromkeys(
        ("progress", "failReason", "state", "prompt", "promptEn", "description"),
        SCALARS | VALUES,
    )
    | dict.fromkeys(("imageUrl", "videoUrl"), ADDRESSES | VALUES),
)
ONE_FOR_ALL = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=settings().max_examples // 2
)
"""A database for all inputs: making one takes longer than what is tried."""


class Rooms(House):
    """The same by hand, from a test that cannot wait."""

    def __init__(self, runner: asyncio.Runner, db: Database) -> None:
        super().__init__(db)
        self.runner = runner

    def sent(self) -> line.Turn:
        """A submit that is under way."""
        return self.runner.run(self._sent())

    def running(self) -> TaskId:  # type: ignore[override]
        """A task that the provider has, under the id of all answers."""
        return self.runner.run(super().running(ANNA, "1752210001234567"))

    async def _sent(self) -> line.Turn:
        return await self.send(await self.imagine())


@pytest.fixture
def rooms(path: Path) -> Iterator[Rooms]:
    with asyncio.Runner() as runner:
        db = runner.run(Database.open(path))
        yield Rooms(runner, db)
        runner.run(db.close())


def written(value: Any) -> bytes:
    """As JSON, with all that JSON does not know and some write all the same."""
    return json.dumps(value).encode()


@ONE_FOR_ALL
@given(answer=ANSWERS)
@example(answer={"code": 22, "result": "12", "properties": {"numberOfQueues": 10**39}})
def test_every_answer_to_a_submit_can_be_written_down(rooms: Rooms, answer: dict[str, Any]) -> None:
    turn = rooms.sent()
    rooms.runner.run(rooms.write_down(turn, read_submit(200, {}, written(answer), now=rooms.now)))
    task = rooms.runner.run(rooms.task(turn.task.id))
    assert task.state not in {TaskState.SENDING, TaskState.CANCELLED}
    if task.state is not TaskState.RECORDED:  # certainly refused, for now
        assert not [one for one in rooms.runner.run(rooms.take()) if one == task.id]
    rooms.runner.run(rooms.run(_end_all))


@ONE_FOR_ALL
@given(shown=TASKS)
@example(shown={"id": "1752210001234567", "status": "SUCCESS", "imageUrl": "https://cdn.example/\ud83d.png"})
def test_every_word_about_a_task_can_be_written_down(rooms: Rooms, shown: dict[str, Any]) -> None:
    task_id = rooms.running()
    seen = read_fetch(200, {}, written(shown), now=rooms.now)
    assert isinstance(seen, Snapshot)
    task = rooms.runner.run(rooms.task(task_id))
    rooms.runner.run(rooms.run(sightings.observed, (task,), Report(found=(seen,)), PACE, rooms.now))
    assert rooms.runner.run(rooms.task(task_id)).state is not TaskState.RECORDED
    rooms.runner.run(rooms.run(_end_all))


@ONE_FOR_ALL
@given(number=st.integers(min_value=1, max_value=10**40 - 1))
def test_a_number_as_an_id_stays_exact_whatever_its_size(rooms: Rooms, number: int) -> None:
    turn = rooms.sent()
    rooms.runner.run(rooms.write_down(turn, read_submit(200, {}, b'{"code":1,"result":%d}' % number, now=rooms.now)))
    assert rooms.runner.run(rooms.task(turn.task.id)).remote_id == RemoteId(str(number))
    rooms.runner.run(rooms.run(_end_all))


def _end_all(tx: Transaction) -> None:
    """So that there is room for the next."""
    for task in task_rows.select_open_of(tx, ANNA.user_id):
        task_rows.move(tx, task.id, leave=tuple(TaskState), enter=TaskState.CANCELLED)
    providers.resume(tx, PROVIDER)
