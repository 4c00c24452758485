"""The rhythm of a worker: one pass, then rest until something is due or somebody rings."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

import pytest
import structlog

from tests.clock import MovedClock
from workers.rounds import LONGEST_REST, Bells, Jobs, Rounds, rest, until_written


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """Failures are meant here."""
    with structlog.testing.capture_logs():
        yield


async def settle() -> None:
    for _ in range(10):
        await asyncio.sleep(0)


class Work:
    """Counts its rounds and answers what it is told to."""

    def __init__(self, clock: MovedClock) -> None:
        self.rounds = 0
        self.due: Callable[[], datetime | None] = lambda: None
        self.fails = False
        self._clock = clock

    async def __call__(self) -> datetime | None:
        self.rounds += 1
        await asyncio.sleep(0)
        if self.fails:
            raise RuntimeError("broken")
        return self.due()


@asynccontextmanager
async def running(rounds: Rounds) -> AsyncIterator[asyncio.Task[None]]:
    task = asyncio.create_task(rounds.run())
    await settle()
    try:
        yield task
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


@pytest.fixture
def clock() -> MovedClock:
    return MovedClock()


@pytest.fixture
def work(clock: MovedClock) -> Work:
    return Work(clock)


async def test_a_worker_begins_at_once_and_rests_until_something_is_due(clock: MovedClock, work: Work) -> None:
    due = clock.now() + timedelta(seconds=7)
    work.due = lambda: due
    async with running(Rounds("worker", work, asyncio.Event(), clock)):
        assert work.rounds == 1
        clock.advance(6.9)
        await settle()
        assert work.rounds == 1
        work.due = lambda: None
        clock.advance(0.1)
        await settle()
        assert work.rounds == 2


async def test_a_ring_wakes_it_at_once(clock: MovedClock, work: Work) -> None:
    bell = asyncio.Event()
    async with running(Rounds("worker", work, bell, clock)):
        bell.set()
        await settle()
        assert work.rounds == 2
        await settle()
        assert work.rounds == 2  # and once


async def test_a_ring_during_a_round_is_another_round(clock: MovedClock, work: Work) -> None:
    bell = asyncio.Event()
    work.due = lambda: bell.set() if work.rounds == 1 else None
    async with running(Rounds("worker", work, bell, clock)):
        assert work.rounds == 2


async def test_without_a_ring_it_looks_by_itself_now_and_then(clock: MovedClock, work: Work) -> None:
    work.due = lambda: clock.now() + timedelta(days=1)
    rounds = Rounds("worker", work, asyncio.Event(), clock)
    async with running(rounds):
        for number in range(2, 5):
            clock.advance(LONGEST_REST.total_seconds())
            await settle()
            assert work.rounds == number
            assert rounds.last == clock.now()


async def test_work_that_is_always_due_lets_others_have_their_turn(clock: MovedClock, work: Work) -> None:
    work.due = clock.now
    async with running(Rounds("worker", work, asyncio.Event(), clock)):
        before = work.rounds
        await settle()
        assert work.rounds > before


async def test_a_round_that_fails_is_tried_again_ever_later(clock: MovedClock, work: Work) -> None:
    work.fails = True
    async with running(Rounds("worker", work, asyncio.Event(), clock)) as task:
        for number, wait in enumerate((2, 4, 8, 16, 30, 30), start=1):
            assert work.rounds == number
            clock.advance(wait - 0.1)
            await settle()
            assert work.rounds == number
            clock.advance(0.1)
            await settle()
        assert not task.done()


async def test_a_round_that_fails_for_hours_is_still_tried_again(clock: MovedClock, work: Work) -> None:
    work.fails = True
    async with running(Rounds("worker", work, asyncio.Event(), clock)) as task:
        for _ in range(200):
            clock.advance(30)
            await settle()
        assert not task.done()
        work.fails = False
        clock.advance(30)
        await settle()
        assert work.rounds > 190


async def test_after_a_success_failures_begin_anew(clock: MovedClock, work: Work) -> None:
    work.fails = True
    async with running(Rounds("worker", work, asyncio.Event(), clock)):
        for _ in range(5):
            clock.advance(30)
            await settle()
        work.fails = False
        clock.advance(30)
        await settle()
        work.fails = True
        clock.advance(30)
        await settle()
        before = work.rounds
        clock.advance(2)
        await settle()
        assert work.rounds == before + 1


async def test_a_ring_does_not_hurry_what_has_just_failed(clock: MovedClock, work: Work) -> None:
    """Whatever it did wakes it again; without this a broken database is asked a thousand times a second."""
    bell = asyncio.Event()

    async def ring_and_fail() -> datetime | None:
        bell.set()
        return await work()

    work.fails = True
    async with running(Rounds("worker", ring_and_fail, bell, clock)):
        await settle()
        assert work.rounds == 1


async def test_rest_leaves_nothing_behind(clock: MovedClock) -> None:
    bell = asyncio.Event()
    resting = asyncio.create_task(rest(bell, clock, clock.now() + timedelta(seconds=5)))
    await settle()
    assert not resting.done()
    bell.set()
    await resting
    await settle()
    assert asyncio.all_tasks() == {asyncio.current_task()}


async def test_rest_until_a_time_that_has_passed_is_none(clock: MovedClock) -> None:
    await rest(asyncio.Event(), clock, clock.now() - timedelta(seconds=5))


async def test_bells_ring_for_everybody() -> None:
    bells = Bells()
    bells.ring()
    assert bells.submitter.is_set()
    assert bells.poller.is_set()
    assert bells.sender.is_set()


async def test_jobs_run_side_by_side_and_one_that_fails_disturbs_no_other() -> None:
    jobs, gate, done = Jobs("jobs"), asyncio.Event(), []

    async def work(number: int) -> None:
        await gate.wait()
        if number == 1:
            raise RuntimeError("broken")
        done.append(number)

    for number in range(3):
        jobs.start(work(number))
    assert len(jobs) == 3
    gate.set()
    await jobs.finish(5)
    await settle()
    assert (sorted(done), len(jobs)) == ([0, 2], 0)


async def test_jobs_that_take_too_long_are_cut_off() -> None:
    jobs, ends = Jobs("jobs"), []

    async def work() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ends.append("cut off")

    jobs.start(work())
    await settle()
    await jobs.finish(0.01)
    await settle()
    assert (ends, len(jobs)) == (["cut off"], 0)


async def test_no_jobs_are_finished_at_once() -> None:
    await Jobs("jobs").finish(60)


async def test_what_is_known_only_here_is_written_down_however_often_that_takes(clock: MovedClock, work: Work) -> None:
    work.fails = True
    writing = asyncio.create_task(until_written(work, clock, task=1))
    for tries in range(1, 100):
        await settle()
        assert work.rounds == tries
        clock.advance(1)
    work.fails = False
    await asyncio.wait_for(writing, 1)
    assert work.rounds == 100
