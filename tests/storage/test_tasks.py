"""The table of tasks: a move names the state that it leaves, so whoever is second changes nothing."""

from typing import Any

import pytest

from domain.task import OPEN_STATES, Imagine, Press, RemoteId, TaskId, TaskState
from storage import tasks
from storage.database import Database
from storage.schema import tasks as table
from tests.storage.rows import NOON, PROVIDER, later, raw, record, the_task

STATES = tuple(TaskState)


async def in_state(db: Database, state: TaskState, **changes: Any) -> TaskId:
    return await db.run(record, state=state, **changes)


async def test_a_recorded_task_reads_back_as_it_was_asked(db: Database) -> None:
    press = Press(parent=RemoteId("0042"), custom_id="MJ::JOB::upsample::1::u")
    parent = await db.run(record)
    task_id = await db.run(record, submission=press, title="U1", topic_id=3, parent_id=parent, language=None)
    task = await the_task(db, task_id)
    assert (task.submission, task.title, task.topic_id, task.parent_id) == (press, "U1", 3, parent)
    assert (task.state, task.recorded_at, task.due_at, task.attempts) == (TaskState.RECORDED, NOON, NOON, 0)
    assert (task.remote_id, task.progress, task.reason, task.later_looks) == (None, None, None, ())


async def test_a_task_that_is_not_there_is_none(db: Database) -> None:
    assert await db.run(tasks.select_task, TaskId(99)) is None


async def test_two_tasks_never_share_a_nonce(db: Database) -> None:
    await db.run(record, nonce="same")
    with pytest.raises(Exception, match="UNIQUE"):
        await db.run(record, nonce="same")


@pytest.mark.parametrize("state", STATES)
async def test_a_move_changes_only_a_task_in_the_state_it_leaves(db: Database, state: TaskState) -> None:
    task_id = await in_state(db, state)
    others = [one for one in STATES if one is not state]
    assert not await db.run(tasks.move, task_id, leave=others, enter=TaskState.FAILED, reason="wrong")
    assert (await the_task(db, task_id)).reason is None
    assert await db.run(tasks.move, task_id, leave=(state,), enter=TaskState.SUCCEEDED, reason="right")
    task = await the_task(db, task_id)
    assert (task.state, task.reason) == (TaskState.SUCCEEDED, "right")


@pytest.mark.parametrize("state", STATES)
async def test_a_note_changes_only_a_task_in_its_state(db: Database, state: TaskState) -> None:
    task_id = await in_state(db, state)
    for other in STATES:
        assert await db.run(tasks.note, task_id, other, progress=30) is (other is state)
    assert (await the_task(db, task_id)).state is state


@pytest.mark.parametrize("state", STATES)
async def test_sending_begins_only_from_a_taken_recorded_task(db: Database, state: TaskState) -> None:
    task_id = await in_state(db, state)
    assert not await db.run(tasks.begin_sending, task_id)  # nobody has taken it
    await db.run(tasks.take_to_submit, [task_id], later(300))
    assert await db.run(tasks.begin_sending, task_id) is (state is TaskState.RECORDED)
    assert not await db.run(tasks.begin_sending, task_id)


@pytest.mark.parametrize("state", STATES)
async def test_only_a_recorded_task_can_be_withdrawn(db: Database, state: TaskState) -> None:
    task_id = await in_state(db, state)
    assert await db.run(tasks.cancel_waiting, task_id, NOON) is (state is TaskState.RECORDED)
    assert (await the_task(db, task_id)).state is (TaskState.CANCELLED if state is TaskState.RECORDED else state)


async def test_a_withdrawn_task_is_not_sent(db: Database) -> None:
    task_id = await db.run(record)
    await db.run(tasks.cancel_waiting, task_id, NOON)
    await db.run(tasks.take_to_submit, [task_id], later(300))
    assert not await db.run(tasks.begin_sending, task_id)


async def test_whoever_waits_is_listed_in_the_order_of_asking_unless_taken(db: Database) -> None:
    ids = [await db.run(record, now=later(-number)) for number in range(4)]
    await db.run(record, provider="another.example")
    await in_state(db, TaskState.RUNNING)
    await db.run(tasks.take_to_submit, ids[1:2], later(300))
    waiting = await db.run(tasks.select_to_submit, PROVIDER, NOON)
    assert [task.id for task in waiting] == [ids[0], ids[2], ids[3]]
    waiting = await db.run(tasks.select_to_submit, PROVIDER, later(300))
    assert [task.id for task in waiting] == ids


async def test_a_start_lets_go_of_all_leases(db: Database) -> None:
    task_id = await db.run(record)
    await db.run(tasks.take_to_submit, [task_id], later(300))
    assert await db.run(tasks.select_to_submit, PROVIDER, NOON) == ()
    await db.run(tasks.release_leases)
    assert [task.id for task in await db.run(tasks.select_to_submit, PROVIDER, NOON)] == [task_id]
    assert (await raw(db, table, task_id)).lease_until is None


async def test_places_at_the_provider_are_those_sent_running_or_about_to_be_sent(db: Database) -> None:
    for state in STATES:
        await in_state(db, state, user_id=1)
    taken = await db.run(record, user_id=2)
    await in_state(db, TaskState.RUNNING, user_id=3, provider="another.example")
    await db.run(tasks.take_to_submit, [taken], later(300))
    assert await db.run(tasks.count_at_provider, PROVIDER, NOON) == {1: 2, 2: 1}
    assert await db.run(tasks.count_at_provider, PROVIDER, later(300)) == {1: 2}


async def test_open_tasks_of_a_person_are_counted_for_each_provider(db: Database) -> None:
    for state in STATES:
        await in_state(db, state, user_id=1)
    await in_state(db, TaskState.RUNNING, user_id=1, provider="another.example")
    assert await db.run(tasks.count_open_of, 1, PROVIDER) == len(OPEN_STATES)
    assert await db.run(tasks.count_open_of, 2, PROVIDER) == 0


async def test_only_due_tasks_with_a_remote_id_are_asked_about(db: Database) -> None:
    known: dict[str, Any] = {"remote_id": RemoteId("r")}
    asked = [await in_state(db, state, **known) for state in (TaskState.RUNNING, TaskState.FAILED)]
    for state in set(STATES) - {TaskState.RUNNING, TaskState.FAILED}:
        await in_state(db, state, **known)
    await in_state(db, TaskState.RUNNING)
    await in_state(db, TaskState.RUNNING, provider="another.example", **known)
    await in_state(db, TaskState.RUNNING, now=later(1), **known)
    assert [task.id for task in await db.run(tasks.select_to_ask, PROVIDER, NOON)] == asked


async def test_the_next_due_time_lies_beyond_now(db: Database) -> None:
    states = (TaskState.RUNNING, TaskState.FAILED)
    assert await db.run(tasks.next_due, states, NOON) is None
    for seconds in (-5, 0, 20, 10):
        await in_state(db, TaskState.RUNNING, now=later(seconds))
    await in_state(db, TaskState.RECORDED, now=later(1))
    assert await db.run(tasks.next_due, states, NOON) == later(10)
    assert await db.run(tasks.next_due, states, later(10)) == later(20)
    assert await db.run(tasks.next_due, states, later(20)) is None


async def test_what_a_person_has_open_is_listed_with_what_is_unclear(db: Database) -> None:
    listed = [await in_state(db, state) for state in (*OPEN_STATES, TaskState.UNCLEAR)]
    await in_state(db, TaskState.SUCCEEDED)
    await db.run(record, user_id=8)
    assert [task.id for task in await db.run(tasks.select_open_of, 7)] == listed


async def test_a_second_try_is_found_by_the_first(db: Database) -> None:
    first = await in_state(db, TaskState.UNCLEAR)
    assert await db.run(tasks.select_retry_of, first) is None
    second = await db.run(record, retry_of=first)
    assert await db.run(tasks.select_retry_of, first) == second


async def test_what_was_being_sent_is_found_after_a_stop(db: Database) -> None:
    sending = [await in_state(db, TaskState.SENDING) for _ in range(2)]
    await in_state(db, TaskState.RUNNING)
    assert [task.id for task in await db.run(tasks.select_left_sending)] == sending


async def test_later_looks_are_numbers(db: Database) -> None:
    task_id = await in_state(db, TaskState.FAILED)
    await db.run(tasks.note, task_id, TaskState.FAILED, later_looks="600,3600")
    assert (await the_task(db, task_id)).later_looks == (600, 3600)


async def test_a_number_is_never_used_again(db: Database) -> None:
    first = await db.run(record)
    await db.run(lambda tx: tx.execute(table.delete()))
    assert await db.run(record) > first


async def test_a_long_prompt_and_a_long_id_are_kept_whole(db: Database) -> None:
    task_id = await db.run(
        record, submission=Imagine(prompt="🦊" * 6000), prompt="🦊" * 6000, remote_id=RemoteId("9" * 200)
    )
    task = await the_task(db, task_id)
    assert (task.prompt, task.remote_id) == ("🦊" * 6000, "9" * 200)
