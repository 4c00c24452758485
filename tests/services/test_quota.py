"""How much a person or a chat may ask for: exact at the limits, counted with what records it."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from domain.errors import LineFull, QuotaExceeded
from domain.provider import RemoteStatus
from domain.rules import LINE_LENGTH
from domain.verdict import Reason, Refused, Unclear
from services import tasks
from tests.services.house import ANNA, BEN, NOON, OPEN, House, accepted, done, in_group, snapshot

MIDNIGHT = datetime(2026, 11, 22, tzinfo=UTC)


async def test_a_persons_day_is_full_exactly_at_the_limit(house: House) -> None:
    house.rules = replace(OPEN, daily_per_user=2)
    await house.imagine()
    await house.imagine(in_group(ANNA))
    with pytest.raises(QuotaExceeded) as refused:
        await house.imagine()
    assert (refused.value.limit, refused.value.whose, refused.value.opens_at) == (2, "user", MIDNIGHT)
    await house.imagine(BEN)
    assert len(await house.tasks()) == 3


async def test_a_chats_day_is_full_exactly_at_the_limit(house: House) -> None:
    house.rules = replace(OPEN, daily_per_chat=2)
    await house.imagine(in_group(ANNA))
    await house.imagine(in_group(BEN))
    with pytest.raises(QuotaExceeded) as refused:
        await house.imagine(in_group(ANNA))
    assert (refused.value.limit, refused.value.whose) == (2, "chat")
    await house.imagine(ANNA)


async def test_the_day_turns_at_midnight_utc_wherever_the_clock_stands(house: House) -> None:
    house.rules = replace(OPEN, daily_per_user=1)
    elsewhere = timezone(timedelta(hours=-8))
    house.now = MIDNIGHT.astimezone(elsewhere) - timedelta(microseconds=1)
    await house.imagine()
    with pytest.raises(QuotaExceeded) as refused:
        await house.imagine()
    assert refused.value.opens_at == MIDNIGHT
    house.now = MIDNIGHT.astimezone(elsewhere)
    await house.imagine()


async def test_no_two_slip_through_at_once(house: House) -> None:
    house.rules = replace(OPEN, daily_per_user=5)
    ends = await asyncio.gather(*(house.imagine() for _ in range(20)), return_exceptions=True)
    assert sum(isinstance(end, QuotaExceeded) for end in ends) == 15
    assert len(await house.tasks()) == 5


async def test_what_was_refused_or_failed_is_given_back(house: House) -> None:
    house.rules = replace(OPEN, daily_per_user=1)
    refused = await house.imagine()
    await house.submit(refused, Refused(reason=Reason.INVALID))
    failed = await house.running()
    await house.observe(failed, snapshot(status=RemoteStatus.FAILURE))
    cancelled = await house.imagine()
    await house.run(tasks.cancel, ANNA, cancelled, house.rules, house.now)
    for task_id in (refused, failed, cancelled):
        assert await house.counted(task_id) == "returned"
    await house.imagine()


async def test_what_was_drawn_or_may_have_been_charged_is_kept(house: House) -> None:
    house.rules = replace(OPEN, daily_per_user=2)
    drawn = await house.picture()
    unclear = await house.imagine()
    await house.submit(unclear, Unclear(what="ReadTimeout"))
    assert (await house.counted(drawn), await house.counted(unclear)) == ("kept", "held")
    with pytest.raises(QuotaExceeded):
        await house.imagine()


async def test_what_was_lost_or_stuck_is_not_given_back(house: House) -> None:
    lost, stuck = await house.running(), await house.running(remote_id="r2")
    for _ in range(5):
        await house.observe(lost, missing=True)
        house.pass_time(200)
    house.pass_time(3600)
    await house.observe(stuck, snapshot("r2"))
    for task_id in (lost, stuck):
        assert str((await house.task(task_id)).reason) in {"lost", "stuck"}
        assert await house.counted(task_id) == "held"


async def test_a_late_success_counts_after_all(house: House) -> None:
    task_id = await house.running()
    await house.observe(task_id, snapshot(status=RemoteStatus.FAILURE))
    await house.observe(task_id, done())
    assert await house.counted(task_id) == "kept"


async def test_one_request_that_becomes_several_tasks_counts_once(house: House) -> None:
    house.rules = replace(OPEN, daily_per_user=2)
    task_id = await house.imagine()
    await house.submit(task_id, accepted("a", "b", "c"))
    await house.imagine()
    with pytest.raises(QuotaExceeded):
        await house.imagine()


@pytest.mark.parametrize(("own", "all_", "fits"), [(3, 0, 3), (0, 2, 2), (3, 2, 2), (1, 5, 1)])
async def test_ten_more_may_wait_in_line(house: House, own: int, all_: int, fits: int) -> None:
    house.rules = replace(OPEN, max_running_per_user=own, max_running=all_)
    for _ in range(fits + LINE_LENGTH):
        await house.imagine()
    with pytest.raises(LineFull) as refused:
        await house.imagine()
    assert refused.value.waiting == LINE_LENGTH
    await house.imagine(BEN)


async def test_without_limits_there_is_no_line(house: House) -> None:
    house.rules = replace(OPEN, max_running_per_user=0, max_running=0)
    for _ in range(30):
        await house.imagine()
    assert len(await house.take()) == 30


async def test_whoever_waits_longer_than_a_day_counts_for_the_day_of_asking(house: House) -> None:
    house.rules = replace(OPEN, daily_per_user=1)
    await house.imagine()
    house.now = NOON + timedelta(days=1)
    await house.imagine()
    with pytest.raises(QuotaExceeded):
        await house.imagine()
