"""What a submit came to: for each verdict, what becomes of the task and what is told."""

from datetime import timedelta

import pytest

from domain.delivery import DeliveryKind, DeliveryState
from domain.errors import AccountInTrouble
from domain.provider import RemoteStatus
from domain.task import Answer, RemoteId, Task, TaskState
from domain.verdict import Reason, Refused, Unclear, Window
from services import life
from storage import tasks
from tests.services.house import ANNA, House, accepted, done, snapshot

BUSY = Refused(reason=Reason.BUSY, busy=True)
UNCLEAR = Unclear(what="ReadTimeout")
ENDS = (DeliveryKind.RESULT, DeliveryKind.FAILURE, DeliveryKind.UNCLEAR)


async def pressed(house: House) -> Task:
    return await house.press(await house.button(await house.picture()), ANNA)


def wait_of(house: House, task: Task) -> float:
    assert task.due_at is not None
    return (task.due_at - house.now).total_seconds()


async def test_an_accepted_task_runs_under_the_providers_id_and_is_asked_about_at_once(house: House) -> None:
    task_id = await house.imagine()
    await house.show_status(task_id)
    task = await house.submit(task_id, accepted("0017", queue_place=4))
    assert (task.state, task.remote_id, task.queue_place) == (TaskState.RUNNING, "0017", 4)
    assert await house.asked() == [task_id]
    assert await house.take() == []
    assert (await house.one(task_id, DeliveryKind.STATUS)).state == DeliveryState.DUE
    assert await house.owed(task_id, *ENDS) == []


async def test_several_ids_are_several_tasks_that_each_bring_their_own_picture(house: House) -> None:
    task_id = await house.imagine()
    await house.submit(task_id, accepted("a", "b", "c"))
    found = await house.tasks()
    assert [(task.remote_id, task.state) for task in found] == [(one, TaskState.RUNNING) for one in "abc"]
    assert {(task.chat_id, task.reply_to, task.user_id, task.prompt) for task in found} == {(7, 11, 7, "a fox")}
    assert len({task.nonce for task in found}) == 3
    assert await house.asked() == [task.id for task in found]
    for task in found:
        await house.observe(task.id, done(str(task.remote_id)))
        assert (await house.one(task.id, DeliveryKind.RESULT)).chat_id == 7
    assert [await house.counted(task.id) for task in found] == ["kept", None, None]


@pytest.mark.parametrize("reason", [reason for reason in Reason if reason is not Reason.ACCOUNT])
async def test_a_refusal_is_told_with_its_reason_and_ends_the_task(house: House, reason: Reason) -> None:
    task_id = await house.imagine()
    task = await house.submit(task_id, Refused(reason=reason, said="the provider's words", banned_word="gore"))
    if reason is Reason.NOT_READY:  # worth another try whatever it says
        assert task.state is TaskState.RECORDED
        return
    said = "gore" if reason is Reason.BANNED_WORD else "the provider's words"
    assert (task.state, task.reason, task.due_at) == (TaskState.FAILED, f"{reason}\n{said}", None)
    assert await house.counted(task_id) == "returned"
    assert (await house.one(task_id, DeliveryKind.FAILURE)).state == DeliveryState.DUE
    assert (await house.one(task_id, DeliveryKind.STATUS)).state == DeliveryState.SETTLED
    house.pass_time(86400)
    assert await house.take() == []
    assert await house.asked() == []


async def test_an_account_in_trouble_fails_all_that_waits_and_its_words_are_for_the_operator(house: House) -> None:
    first, waiting = await house.imagine(), await house.imagine()
    held = await house.send(first)
    await house.run(tasks.release_leases)
    await house.write_down(held, Refused(reason=Reason.ACCOUNT, said="key sk-123 is void"))
    for task_id in (first, waiting):
        task = await house.task(task_id)
        assert (task.state, task.reason) == (TaskState.FAILED, "account")
        assert await house.counted(task_id) == "returned"
        assert len(await house.owed(task_id, *ENDS)) == 1
    with pytest.raises(AccountInTrouble):
        await house.imagine()


async def test_a_refusal_without_words_is_only_its_reason(house: House) -> None:
    task = await house.submit(await house.imagine(), Refused(reason=Reason.INVALID))
    assert task.reason == "invalid"


async def test_a_busy_provider_is_asked_again_ever_more_seldom_for_ten_minutes(house: House) -> None:
    task_id = await house.imagine()
    began, waits = house.now, []
    for _ in range(50):
        task = await house.submit(task_id, BUSY)
        if task.state is not TaskState.RECORDED:
            break
        waits.append(wait_of(house, task))
        house.pass_time(waits[-1] - 0.001)
        assert await house.take() == []
        house.pass_time(0.001)
    assert waits[:5] == [2, 5, 15, 30, 60]
    assert set(waits[5:]) == {60}
    assert timedelta(minutes=10) <= house.now - began <= timedelta(minutes=11)
    assert (task.state, task.reason) == (TaskState.FAILED, "busy")
    assert await house.counted(task_id) == "returned"
    assert len(await house.owed(task_id, *ENDS)) == 1


async def test_waiting_is_told_after_ten_seconds(house: House) -> None:
    task_id = await house.imagine()
    await house.show_status(task_id)
    task = await house.submit(task_id, BUSY)
    assert task.busy_since == house.now
    status = await house.one(task_id, DeliveryKind.STATUS)
    assert (status.state, status.due_at) == (DeliveryState.DUE, house.now + timedelta(seconds=10))
    house.pass_time(2)
    await house.submit(task_id, BUSY)
    assert (await house.one(task_id, DeliveryKind.STATUS)).due_at == status.due_at


async def test_while_it_waits_it_can_be_taken_by_nobody_and_counts_as_not_sent(house: House) -> None:
    task_id = await house.imagine()
    await house.submit(task_id, BUSY)
    assert await house.counted(task_id) == "held"
    assert await house.asked() == []


@pytest.mark.parametrize("seconds", [0.5, 90.0, 600.0])
async def test_a_named_time_is_obeyed(house: House, seconds: float) -> None:
    refused = Refused(reason=Reason.BUSY, busy=True, retry_after=seconds)
    task = await house.submit(await house.imagine(), refused)
    assert wait_of(house, task) == seconds


async def test_after_a_named_time_of_ten_minutes_patience_is_over(house: House) -> None:
    refused = Refused(reason=Reason.BUSY, busy=True, retry_after=600)
    task_id = await house.imagine()
    await house.submit(task_id, refused)
    house.pass_time(600)
    assert (await house.submit(task_id, refused)).state is TaskState.FAILED


async def test_a_press_that_comes_too_early_is_repeated_every_5_seconds_for_a_minute(house: House) -> None:
    child = await pressed(house)
    waits = []
    while (task := await house.submit(child.id, Refused(reason=Reason.NOT_READY, busy=True))).state is (
        TaskState.RECORDED
    ):
        waits.append(wait_of(house, task))
        house.pass_time(waits[-1])
    assert waits == [5] * 12
    assert task.reason == "not_ready"


async def test_a_press_that_finds_no_account_is_tried_3_times_more_within_a_minute(house: House) -> None:
    child = await pressed(house)
    began, tries = house.now, 1
    while (task := await house.submit(child.id, Refused(reason=Reason.NO_ACCOUNT))).state is TaskState.RECORDED:
        house.pass_time(wait_of(house, task))
        tries += 1
    assert tries == 4
    assert house.now - began <= timedelta(minutes=1)
    assert task.reason == "no_account"


async def test_a_wish_that_finds_no_account_is_told_at_once(house: House) -> None:
    task = await house.submit(await house.imagine(), Refused(reason=Reason.NO_ACCOUNT))
    assert task.state is TaskState.FAILED


@pytest.mark.parametrize(("offered", "prompt"), [("a fox --zoom 2", "a fox --zoom 2"), (None, "a fox"), ("", "a fox")])
async def test_a_window_is_answered_as_it_is_by_a_submit_of_its_own(
    house: House, offered: str | None, prompt: str
) -> None:
    child = await pressed(house)
    task = await house.submit(child.id, Window(remote_id=RemoteId("w1"), offered=offered))
    assert (task.state, task.due_at, task.attempts) == (TaskState.RECORDED, house.now, 0)
    assert task.submission == Answer(window=RemoteId("w1"), prompt=prompt)
    assert await house.owed(child.id, *ENDS) == []
    task = await house.submit(child.id, accepted("w1"))
    assert (task.state, task.remote_id) == (TaskState.RUNNING, "w1")


async def test_windows_that_open_windows_come_to_an_end(house: House) -> None:
    """Else one press is a stream of submits, as quick as the provider answers."""
    child = await pressed(house)
    for number in range(10):
        if (await house.task(child.id)).state is not TaskState.RECORDED:
            break
        await house.submit(child.id, Window(remote_id=RemoteId(f"w{number}"), offered=None))
    assert await house.take() == []


async def test_what_is_unclear_is_told_at_once_and_never_sent_again_by_itself(house: House) -> None:
    task_id = await house.imagine()
    task = await house.submit(task_id, UNCLEAR)
    assert (task.state, task.reason, task.due_at) == (TaskState.UNCLEAR, "ReadTimeout", None)
    assert (await house.one(task_id, DeliveryKind.UNCLEAR)).state == DeliveryState.DUE
    assert await house.counted(task_id) == "held"
    for _ in range(5):
        house.pass_time(20_000)
        assert await house.take() == []
        await house.run(life.recover, house.now)
    assert len(await house.owed(task_id, DeliveryKind.UNCLEAR)) == 1


async def test_an_unclear_answer_to_a_window_is_not_sent_again_but_asked_about(house: House) -> None:
    child = await pressed(house)
    await house.submit(child.id, Window(remote_id=RemoteId("w1"), offered=None))
    task = await house.submit(child.id, UNCLEAR)
    assert (task.state, task.remote_id) == (TaskState.RUNNING, "w1")
    assert await house.owed(child.id, *ENDS) == []
    assert await house.take() == []
    assert await house.asked() == [child.id]
    task = await house.observe(child.id, snapshot("w1", progress=20))
    assert task.progress == 20


async def test_a_window_that_is_seen_only_later_is_answered_then(house: House) -> None:
    child = await pressed(house)
    await house.submit(child.id, accepted("r2"))
    shown = snapshot("r2", RemoteStatus.WINDOW, final_prompt="a fox --zoom 2")
    task = await house.observe(child.id, shown)
    assert task.submission == Answer(window=RemoteId("r2"), prompt="a fox --zoom 2")
    assert await house.asked() == []
    task = await house.submit(child.id, accepted("r2"))
    task = await house.observe(child.id, shown)  # its answer was accepted, so it counts as running
    assert (task.state, task.remote_id) == (TaskState.RUNNING, "r2")


async def test_a_verdict_for_a_task_that_has_ended_changes_nothing(house: House) -> None:
    task_id = await house.imagine()
    held = await house.send(task_id)
    await house.run(life.recover, house.now)
    before = (await house.task(task_id), await house.owed(task_id))
    await house.write_down(held, BUSY)
    await house.write_down(held, Refused(reason=Reason.INVALID))
    await house.write_down(held, UNCLEAR)
    assert (await house.task(task_id), await house.owed(task_id)) == before
    assert await house.counted(task_id) == "held"


async def test_a_stop_while_sending_is_unclear_and_one_before_it_is_nothing(house: House) -> None:
    sent, taken = await house.imagine(), await house.imagine()
    await house.send(sent)
    await house.run(life.recover, house.now)
    assert (await house.task(sent)).state is TaskState.UNCLEAR
    assert (await house.one(sent, DeliveryKind.UNCLEAR)).state == DeliveryState.DUE
    assert (await house.task(taken)).state is TaskState.RECORDED
    assert await house.take() == [taken]
