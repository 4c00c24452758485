"""The table of troubles, walked: each does what its row says, makes a task only if it says so, and is had once."""

import asyncio
import json

import httpx
import pytest

from sandbox.midjourney.reasons import REASONS
from sandbox.midjourney.rows import QUESTION_ROWS, ROWS
from sandbox.midjourney.troubles import TROUBLES
from sandbox.midjourney.twists import TWISTS
from tests.sandbox.midjourney.desk import Desk

MADE = {"201": 1, "integer id": 1, "queued": 1, "several ids": 3, "existed": 1, "unknown code with id": 1}
ONCE_EACH = sorted({name for _, name in ROWS})


def test_the_rows_name_what_exists_and_each_only_once() -> None:
    named = [name for _, name in (*ROWS, *QUESTION_ROWS)]
    assert set(named) <= {*TROUBLES, *TWISTS}
    assert len(ROWS) == len(ONCE_EACH)
    assert not set(TROUBLES) & set(TWISTS)


def test_nothing_that_is_refused_or_broken_is_missing_from_the_rows() -> None:
    in_rows = {name for _, name in (*ROWS, *QUESTION_ROWS)}
    plain = {name for name in TROUBLES if not name.startswith("accept then")}
    assert plain - in_rows == set()


async def ended(desk: Desk, *, hangs: bool) -> httpx.Response | None:
    """What a submit is answered; None if nothing whole came. What hangs is let go once it has arrived."""
    asking = asyncio.create_task(desk.submit("imagine", prompt="a cat"))
    while hangs and not asking.done():
        await asyncio.sleep(0)
        if desk.server.submissions():
            desk.server.faults.release()
    try:
        return await asking
    except httpx.TransportError:
        return None


@pytest.mark.parametrize("name", ONCE_EACH)
async def test_a_trouble_makes_as_many_tasks_as_it_says_and_passes(name: str) -> None:
    async with Desk() as desk:
        desk.server.trouble(name)
        answer = await ended(desk, hangs="hang" in name)
        if name != "hang":  # let go, it goes on as if nothing had been
            made = 1 if name.startswith("accept then") else MADE.get(name, 0)
            assert len(desk.server.tasks()) == made
            assert len(desk.server.submissions(accepted=True)) == min(made, 1)
        assert (answer is None) == any(part in name for part in ("drop", "cut off"))
        assert len(desk.server.submissions()) == 1
        assert (await desk.submit("imagine", prompt="a dog")).json()["code"] in {1, 22}


@pytest.mark.parametrize(
    ("row", "statuses"),
    [
        ("busy", {200, 425, 429}),
        ("error after the charge", {200, 400, 500}),
        ("account", {200, 400, 401, 402, 403}),
        ("challenge", {403}),
        ("no channel", {503}),
        ("broken", {408, 500, 502, 503, 504, 520, 521, 522, 523, 524}),
        ("unreadable", {200, 204}),
        ("redirected", {301, 302, 303, 307, 308}),
        ("invalid", {200, 400, 413, 415, 422}),
        ("no such path", {404, 405, 501}),
    ],
)
async def test_a_row_has_these_statuses(row: str, statuses: set[int]) -> None:
    async with Desk() as desk:
        seen = set()
        for name in [trouble for found, trouble in ROWS if found == row]:
            desk.server.trouble(name)
            seen.add((await desk.submit("imagine", prompt="a cat")).status_code)
        assert seen == statuses


async def test_an_answer_can_break_off_in_its_middle() -> None:
    async with Desk() as desk:
        for name, tasks in (("cut off", 0), ("accept then cut off", 1)):
            desk.server.trouble(name)
            with pytest.raises(httpx.RemoteProtocolError, match="complete"):
                await desk.submit("imagine", prompt="a cat")
            assert len(desk.server.tasks()) == tasks


async def test_one_request_can_make_several_tasks_and_the_book_knows_them() -> None:
    async with Desk() as desk:
        desk.server.trouble("several ids")
        ids = (await desk.submit("imagine", prompt="a cat")).json()["result"]
        assert sorted(ids.split(",")) == sorted(desk.server.engine.tasks)
        assert desk.server.submissions()[0].task_id == ids
        assert len(desk.server.charges) == 3


async def test_an_acceptance_can_look_otherwise_and_keep_its_id() -> None:
    async with Desk() as desk:
        for name, code in (("queued", 22), ("existed", 21), ("unknown code with id", 7), ("code as text", "1")):
            desk.server.trouble(name)
            answer = (await desk.submit("imagine", prompt="a cat")).json()
            assert answer["code"] == code
            assert answer["result"] in desk.server.engine.tasks
        desk.server.trouble("integer id")
        assert str((await desk.submit("imagine", prompt="a cat")).json()["result"]) in desk.server.engine.tasks


async def test_bodies_can_be_too_deep_too_large_and_unreadable() -> None:
    async with Desk() as desk:

        async def body(name: str) -> bytes:
            desk.server.trouble(name)
            return (await desk.submit("imagine", prompt="a cat")).content

        with pytest.raises(RecursionError):
            json.loads(await body("deep json"))
        assert len(await body("huge json")) > 1 << 20
        for name in ("broken json", "binary", "200 html"):
            with pytest.raises((json.JSONDecodeError, UnicodeDecodeError)):
                json.loads(await body(name))


async def test_a_redirect_may_lead_wherever_a_test_likes() -> None:
    async with Desk() as desk:
        desk.server.trouble("redirect 307", headers={"location": "http://127.0.0.1:9/mj"})
        assert (await desk.submit("imagine", prompt="a cat")).headers["location"] == "http://127.0.0.1:9/mj"


async def test_a_trouble_may_come_several_times_and_be_forgotten() -> None:
    async with Desk() as desk:
        for name in ("queued", "500"):
            told = {"match": "/mj/submit/*", "trouble": name, "times": 3}
            assert (await desk.client.post("/_/faults", json=told)).status_code == 200
        assert [(await desk.submit("imagine", prompt="a")).status_code for _ in range(3)] == [500] * 3
        assert [(await desk.submit("imagine", prompt="a")).json()["code"] for _ in range(2)] == [22] * 2
        await desk.client.delete("/_/faults")
        assert (await desk.submit("imagine", prompt="a")).json()["code"] == 1


@pytest.mark.parametrize("dialect", ["engine", "gateway", "change"])
async def test_questions_have_troubles_too(dialect: str) -> None:
    async with Desk(dialect=dialect) as desk:
        task_id = await desk.imagine()
        desk.server.trouble("another task", match="/mj/task/*")
        assert (await desk.fetch(task_id))["id"] != task_id
        desk.server.trouble("204", match="/mj/task/*")
        assert (await desk.client.get(f"/mj/task/{task_id}/fetch")).status_code == 204
        assert (await desk.fetch(task_id))["id"] == task_id


async def test_reasons_are_shown_as_they_are() -> None:
    async with Desk(running_at_once=50) as desk:
        for name, reason in REASONS.items():
            desk.server.fail(f"cat, {name}.", reason)
        ids = [await desk.imagine(f"a cat, {name}.") for name in REASONS]
        desk.move(60)
        assert {(await desk.fetch(one))["failReason"] for one in ids} == set(REASONS.values())
