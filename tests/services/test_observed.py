"""What the provider says of a task: section 2 of the verdicts, row by row."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.delivery import DeliveryKind, DeliveryState
from domain.provider import RemoteStatus, Report
from domain.task import Task, TaskId, TaskState
from messages import task as view
from messages.locale import locale_for
from services import sightings
from services.sightings import Pace
from storage import buttons, deliveries, statuses, tasks
from tests.services.house import GRID, OPEN, PACE, PROVIDER, House, accepted, done, snapshot

FAILURE, CANCEL, SUCCESS = RemoteStatus.FAILURE, RemoteStatus.CANCEL, RemoteStatus.SUCCESS
NO_PICTURE = snapshot(status=SUCCESS)


def wait_of(house: House, task: Task) -> float:
    assert task.due_at is not None
    return (task.due_at - house.now).total_seconds()


async def test_progress_is_shown_and_asked_for_again(house: House) -> None:
    task_id = await house.imagine()
    await house.show_status(task_id)
    await house.submit(task_id, accepted("r1", queue_place=3))
    await house.run(statuses.drop_unsent_status, task_id)
    task = await house.observe(task_id, snapshot(progress=30, image_url="https://cdn.example/p.webp"))
    assert (task.progress, task.preview_url, task.queue_place) == (30, "https://cdn.example/p.webp", None)
    assert (task.image_url, task.state) == (None, TaskState.RUNNING)
    assert (await house.one(task_id, DeliveryKind.STATUS)).state == DeliveryState.DUE
    assert await house.asked() == [task_id]


async def test_what_has_not_changed_is_not_shown_again(house: House) -> None:
    task_id = await house.imagine()
    await house.show_status(task_id)
    await house.submit(task_id, accepted("r1"))
    await house.observe(task_id, snapshot(progress=30))
    house.pass_time(60)
    (delivery,) = await house.claim()
    await house.run(deliveries.settle, delivery.id, now=house.now)
    await house.observe(task_id, snapshot(progress=30))
    assert (await house.one(task_id, DeliveryKind.STATUS)).state == DeliveryState.SETTLED
    await house.observe(task_id, snapshot(progress=31))
    assert (await house.one(task_id, DeliveryKind.STATUS)).state == DeliveryState.DUE


@given(said=st.lists(st.none() | st.integers(0, 100), max_size=12))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
async def test_progress_never_goes_back(house: House, said: list[int | None]) -> None:
    house.rules = replace(OPEN, max_running_per_user=0)
    task_id = await house.running()
    shown: list[int] = []
    for progress in said:
        task = await house.observe(task_id, snapshot(progress=progress))
        shown.append(task.progress or 0)
        assert task.state is TaskState.RUNNING
    assert shown == sorted(shown)
    assert max(shown, default=0) == max((one for one in said if one), default=0)


async def test_a_hundred_per_cent_are_no_success(house: House) -> None:
    task = await house.observe(await house.running(), snapshot(progress=100, image_url="https://cdn.example/p.webp"))
    assert task.state is TaskState.RUNNING


async def test_a_success_brings_picture_buttons_and_news_in_one_go(house: House) -> None:
    task_id = await house.running()
    task = await house.observe(task_id, done())
    assert (task.state, task.image_url, task.due_at) == (TaskState.SUCCEEDED, "https://cdn.example/a.png", None)
    assert [one.custom_id for one in await house.run(buttons.select_of, task_id)] == [one.custom_id for one in GRID]
    result = await house.one(task_id, DeliveryKind.RESULT)
    assert (result.state, result.chat_id, result.reply_to, result.due_at) == ("due", 7, 11, house.now)
    assert await house.counted(task_id) == "kept"
    assert await house.asked() == []


@pytest.mark.parametrize(("status", "reason"), [(FAILURE, "provider_failed"), (CANCEL, "provider_cancelled")])
async def test_a_failure_is_told_with_the_providers_words(house: House, status: RemoteStatus, reason: str) -> None:
    task_id = await house.running()
    task = await house.observe(task_id, snapshot(status=status, reason="too\nmuch"))
    assert (task.state, task.reason) == (TaskState.FAILED, f"{reason}\ntoo\nmuch")
    assert (await house.one(task_id, DeliveryKind.FAILURE)).state == DeliveryState.DUE
    assert await house.counted(task_id) == "returned"


async def test_a_failed_task_is_looked_at_three_times_more(house: House) -> None:
    task_id = await house.running()
    task = await house.observe(task_id, snapshot(status=FAILURE))
    gaps = []
    while task.due_at is not None:
        gaps.append(wait_of(house, task))
        house.pass_time(gaps[-1] - 1)
        assert await house.asked() == []
        house.pass_time(1)
        assert await house.asked() == [task_id]
        task = await house.observe(task_id, snapshot(status=FAILURE))
    assert gaps == [60, 540, 3000]  # at 1, 10 and 60 minutes
    assert len(await house.owed(task_id, DeliveryKind.FAILURE)) == 1


@pytest.mark.parametrize("look", range(3))
async def test_a_late_success_is_delivered_as_late(house: House, look: int) -> None:
    task_id = await house.running()
    task = await house.observe(task_id, snapshot(status=FAILURE))
    for _ in range(look):
        house.pass_time(wait_of(house, task))
        task = await house.observe(task_id, snapshot(status=RemoteStatus.RUNNING), missing=look == 2)
    house.pass_time(wait_of(house, task))
    task = await house.observe(task_id, done())
    assert (task.state, task.reason, task.later_looks, task.due_at) == (TaskState.SUCCEEDED, None, (), None)
    result = await house.one(task_id, DeliveryKind.RESULT)
    assert result.body == '{"late": true}'


async def test_a_failure_that_was_not_told_yet_is_not_told_after_the_success(house: House) -> None:
    """The chat may be paused for a minute; "could not draw this" under the picture helps nobody."""
    task_id = await house.running()
    await house.observe(task_id, snapshot(status=FAILURE))
    house.pass_time(60)
    await house.observe(task_id, done())
    assert [one.kind for one in await house.claim()] == [DeliveryKind.RESULT]
    failure = await house.one(task_id, DeliveryKind.FAILURE)
    assert failure.state in {DeliveryState.DROPPED, DeliveryState.SETTLED}


@pytest.mark.parametrize("status", RemoteStatus)
async def test_after_a_success_nothing_counts_any_more(house: House, status: RemoteStatus) -> None:
    task_id = await house.running()
    asked = await house.task(task_id)  # and while the answer is under way, another tells of the success
    after = await house.observe(task_id, done())
    report = Report(found=(snapshot(status=status, progress=5, reason="no"),))
    await house.run(sightings.observed, (asked,), report, PACE, house.now)
    assert await house.task(task_id) == after
    assert len(await house.owed(task_id, DeliveryKind.RESULT)) == 1
    assert await house.owed(task_id, DeliveryKind.FAILURE) == []
    assert await house.counted(task_id) == "kept"


async def test_another_tasks_body_is_ignored(house: House) -> None:
    task_id = await house.running()
    before = await house.task(task_id)
    assert await house.observe(task_id, done("r2"), done("0r1")) == before


async def test_an_answer_that_does_not_name_it_teaches_nothing(house: House) -> None:
    task_id = await house.running()
    before = await house.task(task_id)
    assert await house.observe(task_id) == before
    assert await house.asked() == [task_id]


async def test_the_same_picture_asked_for_by_two_comes_to_both(house: House) -> None:
    one, other = await house.running(), await house.running()  # the provider said that it existed already
    asked = (await house.task(one), await house.task(other))
    await house.run(sightings.observed, asked, Report(found=(done(),)), PACE, house.now)
    for task_id in (one, other):
        assert (await house.one(task_id, DeliveryKind.RESULT)).state == DeliveryState.DUE


async def miss(house: House, task_id: TaskId, times: int, apart: float) -> TaskState:
    for _ in range(times - 1):
        await house.observe(task_id, missing=True)
        house.pass_time(apart)
    return (await house.observe(task_id, missing=True)).state


@pytest.mark.parametrize(
    ("times", "apart", "given_up"), [(5, 150, True), (4, 200, False), (5, 149, False), (60, 10, False), (61, 10, True)]
)
async def test_not_found_means_lost_only_after_5_sightings_over_10_minutes(
    house: House, times: int, apart: float, given_up: bool
) -> None:
    task_id = await house.running()
    assert (await miss(house, task_id, times, apart) is TaskState.FAILED) is given_up
    assert len(await house.owed(task_id, DeliveryKind.FAILURE)) == given_up


async def test_once_found_the_sightings_begin_anew(house: House) -> None:
    task_id = await house.running()
    await miss(house, task_id, 4, 200)
    house.pass_time(200)
    await house.observe(task_id, snapshot(progress=5))
    assert await miss(house, task_id, 4, 200) is TaskState.RUNNING
    house.pass_time(200)
    await house.observe(task_id, snapshot(progress=5))  # nothing new, but found
    assert await miss(house, task_id, 4, 200) is TaskState.RUNNING


async def test_what_was_lost_is_looked_for_hourly_for_a_day(house: House) -> None:
    task_id = await house.running()
    await miss(house, task_id, 5, 200)
    task, looks = await house.task(task_id), 0
    assert task.reason == "lost"
    while task.due_at is not None:
        assert wait_of(house, task) == 3600
        house.pass_time(3600)
        task = await house.observe(task_id, missing=True)
        looks += 1
    assert looks == 24
    assert len(await house.owed(task_id, DeliveryKind.FAILURE)) == 1


async def test_what_was_lost_and_turns_up_is_delivered(house: House) -> None:
    task_id = await house.running()
    await miss(house, task_id, 5, 200)
    house.pass_time(3600)
    assert (await house.observe(task_id, done())).state is TaskState.SUCCEEDED


async def test_a_success_without_a_picture_gets_two_minutes(house: House) -> None:
    task_id = await house.running()
    for _ in range(12):
        task = await house.observe(task_id, NO_PICTURE)
        assert task.state is TaskState.RUNNING
        assert await house.asked() == [task_id]
        house.pass_time(10)
    task = await house.observe(task_id, NO_PICTURE)
    assert (task.state, task.image_url) == (TaskState.SUCCEEDED, None)
    assert len(await house.owed(task_id, DeliveryKind.RESULT)) == 1


async def test_a_picture_that_comes_within_the_two_minutes_is_the_result(house: House) -> None:
    task_id = await house.running()
    await house.observe(task_id, NO_PICTURE)
    house.pass_time(119)
    task = await house.observe(task_id, done())
    assert (task.state, task.image_url) == (TaskState.SUCCEEDED, "https://cdn.example/a.png")


async def test_a_prompt_that_was_used_is_no_result(house: House) -> None:
    """`final_prompt` of a drawing is the prompt once more; the honest word is that there was no picture."""
    task_id = await house.running()
    without = replace(NO_PICTURE, final_prompt="a fox --v 7.0")
    await house.observe(task_id, without)
    house.pass_time(120)
    task = await house.observe(task_id, without)
    assert "no picture" in view.text_result(task, locale=locale_for("en")).text


@pytest.mark.parametrize("minutes", [60, 24 * 60])
async def test_what_does_not_move_is_told_frees_its_place_and_is_looked_at_hourly(house: House, minutes: int) -> None:
    pace = Pace(stuck_after=timedelta(minutes=minutes))
    task_id = await house.running()
    await house.observe(task_id, snapshot(progress=40), pace=pace)
    house.pass_time(minutes * 60 - 1)
    assert (await house.observe(task_id, snapshot(progress=40), pace=pace)).state is TaskState.RUNNING
    house.pass_time(1)
    task = await house.observe(task_id, snapshot(progress=40), pace=pace)
    assert (task.state, task.reason) == (TaskState.FAILED, "stuck")
    assert wait_of(house, task) == 3600
    assert len(task.later_looks) == 23
    assert await house.run(tasks.count_at_provider, PROVIDER, house.now) == {}
    house.pass_time(3600)
    assert (await house.observe(task_id, snapshot(progress=60), pace=pace)).state is TaskState.FAILED
    assert (await house.observe(task_id, done(), pace=pace)).state is TaskState.SUCCEEDED


@pytest.mark.parametrize("change", [{"progress": 41}, {"progress": 40, "image_url": "https://cdn.example/new.webp"}])
async def test_whatever_moves_is_not_stuck(house: House, change: dict[str, Any]) -> None:
    task_id = await house.running()
    await house.observe(task_id, snapshot(progress=40))
    house.pass_time(3599)
    await house.observe(task_id, snapshot(**change))
    house.pass_time(3599)
    assert (await house.observe(task_id, snapshot(progress=40))).state is TaskState.RUNNING


@pytest.mark.parametrize(
    ("age", "wait"), [(0, 0), (299, 0), (300, 4), (899, 4), (900, 10), (3599, 10), (3600, 300), (80_000, 300)]
)
async def test_the_older_a_task_the_more_seldom_it_is_asked_about(house: House, age: float, wait: float) -> None:
    task_id = await house.running()
    house.pass_time(age)
    task = await house.observe(task_id, snapshot(progress=40))
    assert wait_of(house, task) == wait


async def test_time_in_line_does_not_make_a_task_old(house: House) -> None:
    """Else whoever waited an hour sees neither progress nor picture before another five minutes are over."""
    task_id = await house.imagine()
    house.pass_time(7200)
    await house.submit(task_id, accepted("r1"))
    task = await house.observe(task_id, snapshot(progress=10))
    assert wait_of(house, task) == 0


async def test_time_in_line_does_not_make_a_task_stuck(house: House) -> None:
    task_id = await house.imagine()
    house.pass_time(7200)
    await house.submit(task_id, accepted("r1"))
    assert (await house.observe(task_id, snapshot())).state is TaskState.RUNNING
