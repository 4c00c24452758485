"""News that chats have coming: claimed one a chat, the urgent first; moved only from the state that is left."""

import pytest

from domain.delivery import DeliveryKind, DeliveryState, Priority
from domain.task import TaskId
from storage import amends, chats, deliveries, placed, statuses
from storage.database import Database
from tests.storage.rows import CHAT, NOON, claim, claimed, delivery_row, later, owe, record

KINDS = tuple(DeliveryKind)


async def test_what_is_owed_is_claimed_as_it_was_promised(db: Database) -> None:
    task_id = await db.run(record)
    key = await db.run(owe, topic_id=4, reply_to=9, body={"text": "héllo 🦊"}, task_id=task_id)
    (delivery,) = await claimed(db)
    assert (delivery.id, delivery.kind, delivery.state) == (key, DeliveryKind.WORDS, DeliveryState.CLAIMED)
    assert (delivery.chat_id, delivery.topic_id, delivery.reply_to) == (CHAT, 4, 9)
    assert (delivery.task_id, delivery.body, delivery.created_at) == (task_id, {"text": "héllo 🦊"}, NOON)
    assert (delivery.attempts, delivery.unclear, delivery.form, delivery.message_id) == (0, 0, None, None)


async def test_nothing_is_claimed_twice(db: Database) -> None:
    key = await db.run(owe)
    assert await claim(db) == [key]
    assert await claim(db) == []


async def test_nothing_is_claimed_before_its_time(db: Database) -> None:
    key = await db.run(owe, now=later(1))
    assert await claim(db) == []
    assert await claim(db, later(1)) == [key]


async def test_a_chat_gets_one_at_a_time_the_urgent_first(db: Database) -> None:
    task_id = await db.run(record)
    order = (
        DeliveryKind.KEYBOARD,
        DeliveryKind.FAILURE,
        DeliveryKind.RESULT,
        DeliveryKind.WORDS,
        DeliveryKind.STATUS,
        DeliveryKind.UNCLEAR,
    )
    keys = {kind: await db.run(owe, kind, task_id=task_id) for kind in order}
    came = []
    for _ in order:
        (key,) = await claim(db)
        assert await claim(db, busy=(CHAT,)) == []
        came.append(key)
    expected = ("WORDS", "STATUS", "RESULT", "FAILURE", "UNCLEAR", "KEYBOARD")
    assert came == [keys[DeliveryKind[name]] for name in expected]


async def test_all_chats_get_theirs_side_by_side(db: Database) -> None:
    keys = [await db.run(owe, chat_id=chat) for chat in (1, 2, -100200300400)]
    assert sorted(await claim(db)) == keys


async def test_where_room_is_short_the_most_urgent_go(db: Database) -> None:
    task_id = await db.run(record)
    late = await db.run(owe, DeliveryKind.KEYBOARD, chat_id=1, task_id=task_id)
    middle = await db.run(owe, DeliveryKind.RESULT, chat_id=2, task_id=task_id)
    first = await db.run(owe, DeliveryKind.WORDS, chat_id=3)
    assert await claim(db, room=2) == [first, middle]
    assert await claim(db, room=2) == [late]


async def test_busy_chats_and_paused_chats_wait(db: Database) -> None:
    one, two, three = [await db.run(owe, chat_id=chat) for chat in (1, 2, 3)]
    await db.run(chats.pause, 2, later(30))
    assert await claim(db, busy=(1,)) == [three]
    assert await claim(db, later(29)) == [one]
    assert await claim(db, later(30)) == [two]


async def test_a_pause_is_renewed(db: Database) -> None:
    key = await db.run(owe)
    await db.run(chats.pause, CHAT, later(10))
    await db.run(chats.pause, CHAT, later(60))
    assert await claim(db, later(59)) == []
    assert await claim(db, later(60)) == [key]


async def test_the_next_time_lies_beyond_now_and_beyond_pauses(db: Database) -> None:
    assert await db.run(deliveries.next_due, NOON) is None
    await db.run(owe, chat_id=1)
    assert await db.run(deliveries.next_due, NOON) is None  # due already, and not to be waited for
    await db.run(owe, chat_id=2, now=later(20))
    await db.run(owe, chat_id=3, now=later(5))
    assert await db.run(deliveries.next_due, NOON) == later(5)
    await db.run(chats.pause, 3, later(40))
    assert await db.run(deliveries.next_due, NOON) == later(20)
    assert await db.run(deliveries.next_due, later(20)) == later(40)
    await db.run(chats.pause, 1, later(10))
    assert await db.run(deliveries.next_due, NOON) == later(10)
    await claim(db, later(60))
    assert await db.run(deliveries.next_due, NOON) is None


ENDED = {DeliveryState.DROPPED, DeliveryState.PARKED, DeliveryState.OFFERED}


async def in_state(db: Database, state: DeliveryState) -> int:
    key = await db.run(owe)
    if state is not DeliveryState.DUE:
        await claim(db)
    if state not in {DeliveryState.DUE, DeliveryState.CLAIMED}:
        await db.run(deliveries.begin_sending, key)
    if state in ENDED:
        await db.run(deliveries.end, key, state, "why")
    if state is DeliveryState.SETTLED:
        await db.run(deliveries.settle, key, now=NOON)
    assert (await delivery_row(db, key)).state == state
    return key


UNDER_WAY = {DeliveryState.CLAIMED, DeliveryState.SENDING}


@pytest.mark.parametrize("state", DeliveryState)
async def test_only_what_is_under_way_settles(db: Database, state: DeliveryState) -> None:
    key = await in_state(db, state)
    assert await db.run(deliveries.settle, key, now=later(3), message_id=77, file_id="f") is (state in UNDER_WAY)
    row = await delivery_row(db, key)
    if state in UNDER_WAY:
        assert (row.state, row.message_id, row.file_id) == (DeliveryState.SETTLED, 77, "f")
        assert (row.last_at, row.due_at) == (later(3), None)
    else:
        assert (row.state, row.message_id) == (state, None)


@pytest.mark.parametrize("state", DeliveryState)
async def test_only_what_is_under_way_is_put_back(db: Database, state: DeliveryState) -> None:
    key = await in_state(db, state)
    assert await db.run(deliveries.put_back, key, later(9), attempts=4) is (state in UNDER_WAY)
    row = await delivery_row(db, key)
    if state in UNDER_WAY:
        assert (row.state, row.due_at, row.attempts) == (DeliveryState.DUE, later(9), 4)
    else:
        assert (row.state, row.attempts) == (state, 0)


@pytest.mark.parametrize("state", DeliveryState)
async def test_only_what_is_under_way_ends(db: Database, state: DeliveryState) -> None:
    key = await in_state(db, state)
    assert await db.run(deliveries.end, key, DeliveryState.PARKED, "gone") is (state in UNDER_WAY)
    row = await delivery_row(db, key)
    if state in UNDER_WAY:
        assert (row.state, row.error, row.due_at) == (DeliveryState.PARKED, "gone", None)
    else:
        assert row.state == state


@pytest.mark.parametrize("state", DeliveryState)
async def test_only_what_was_claimed_is_sent(db: Database, state: DeliveryState) -> None:
    key = await in_state(db, state)
    await db.run(deliveries.begin_sending, key)
    sending = state in UNDER_WAY
    assert (await delivery_row(db, key)).state == (DeliveryState.SENDING if sending else state)


async def test_a_start_finds_what_was_prepared_and_what_was_being_sent(db: Database) -> None:
    keys = {state: await in_state(db, state) for state in DeliveryState if state is not DeliveryState.DUE}
    await db.run(deliveries.redo_claimed, later(60))
    assert (await delivery_row(db, keys[DeliveryState.CLAIMED])).state == DeliveryState.DUE
    assert await claim(db, later(59)) == []
    assert await claim(db, later(60)) == [keys[DeliveryState.CLAIMED]]
    left = await db.run(deliveries.select_left_sending)
    assert [one.id for one in left] == [keys[DeliveryState.SENDING]]


async def test_keyboards_of_one_message_are_shown_anew_once(db: Database) -> None:
    task_id = await db.run(record)
    for message_id in (21, 21, 22, 21):
        await db.run(amends.owe_keyboard, task_id=task_id, chat_id=CHAT, message_id=message_id, now=NOON)
    first, *_ = await claimed(db)
    assert first.message_id == 21
    await db.run(deliveries.settle, first.id, now=NOON)
    second, *_ = await claimed(db)
    assert second.message_id == 22
    await db.run(deliveries.settle, second.id, now=NOON)
    assert await claim(db) == []


async def test_a_press_while_the_keyboard_is_being_shown_is_shown_after_it(db: Database) -> None:
    task_id = await db.run(record)
    await db.run(amends.owe_keyboard, task_id=task_id, chat_id=CHAT, message_id=21, now=NOON)
    (first,) = await claim(db)
    await db.run(amends.owe_keyboard, task_id=task_id, chat_id=CHAT, message_id=21, now=NOON)
    (second,) = await claim(db)
    assert second != first


async def shown_status(db: Database, *, chat_id: int = CHAT) -> tuple[int, TaskId]:
    task_id = await db.run(record, chat_id=chat_id)
    key = await db.run(owe, DeliveryKind.STATUS, task_id=task_id, chat_id=chat_id)
    await claim(db)
    await db.run(deliveries.settle, key, now=NOON, message_id=50, shows="text")
    return key, task_id


@pytest.mark.parametrize(("chat_id", "gap"), [(CHAT, 5), (-CHAT, 15)])
async def test_progress_follows_after_a_second_then_at_the_chats_pace(db: Database, chat_id: int, gap: int) -> None:
    key, task_id = await shown_status(db, chat_id=chat_id)
    await db.run(statuses.refresh_status, task_id, later(0.2))
    assert (await delivery_row(db, key)).due_at == later(1)
    assert await claim(db, later(1)) == [key]
    await db.run(deliveries.settle, key, now=later(1), priority=Priority.PROGRESS)
    await db.run(statuses.refresh_status, task_id, later(2))
    assert (await delivery_row(db, key)).due_at == later(1 + gap)
    await claim(db, later(100))
    await db.run(deliveries.settle, key, now=later(100))
    await db.run(statuses.refresh_status, task_id, later(200))
    assert (await delivery_row(db, key)).due_at == later(200)


async def test_many_changes_are_one_edit(db: Database) -> None:
    key, task_id = await shown_status(db)
    for moment in (0.1, 0.2, 0.3):
        await db.run(statuses.refresh_status, task_id, later(moment))
    assert (await delivery_row(db, key)).due_at == later(1)
    assert await claim(db, later(1)) == [key]
    assert await claim(db, later(60)) == []


async def test_a_change_may_be_worth_telling_only_after_a_while(db: Database) -> None:
    key, task_id = await shown_status(db)
    await db.run(statuses.refresh_status, task_id, NOON, wait=later(10) - NOON)
    assert (await delivery_row(db, key)).due_at == later(10)


async def test_what_cannot_wait_is_shown_at_once(db: Database) -> None:
    key, task_id = await shown_status(db)
    await db.run(statuses.refresh_status, task_id, later(0.2), urgent=Priority.ANSWER)
    assert (await delivery_row(db, key)).due_at == later(0.2)


async def test_what_cannot_wait_does_not_wait_for_progress_either(db: Database) -> None:
    """Whoever cancels while an edit is due later should not look at a live Cancel button until then."""
    key, task_id = await shown_status(db)
    await db.run(statuses.refresh_status, task_id, NOON, wait=later(10) - NOON)
    await db.run(statuses.refresh_status, task_id, later(2), urgent=Priority.ANSWER)
    assert (await delivery_row(db, key)).due_at == later(2)


@pytest.mark.parametrize("state", [state for state in DeliveryState if state is not DeliveryState.SETTLED])
async def test_only_a_message_that_is_there_is_edited(db: Database, state: DeliveryState) -> None:
    task_id = await db.run(record)
    key = await db.run(owe, DeliveryKind.STATUS, task_id=task_id, now=later(-1))
    if state is not DeliveryState.DUE:
        await claim(db)
    if state is DeliveryState.SENDING:
        await db.run(deliveries.begin_sending, key)
    if state in ENDED:
        await db.run(deliveries.end, key, state)
    await db.run(statuses.refresh_status, task_id, NOON)
    row = await delivery_row(db, key)
    assert (row.state, row.priority) == (state, Priority.ACKNOWLEDGEMENT)


async def test_at_the_end_waiting_progress_is_not_shown_and_what_never_went_out_is_not_sent(db: Database) -> None:
    key, task_id = await shown_status(db)
    await db.run(statuses.refresh_status, task_id, NOON)
    unsent_task = await db.run(record)
    await db.run(owe, DeliveryKind.STATUS, task_id=unsent_task)
    for one in (task_id, unsent_task):
        await db.run(statuses.drop_unsent_status, one)
    assert await claim(db, later(60)) == []
    status = await db.run(statuses.select_status, task_id)
    assert status is not None
    assert (status.id, status.message_id) == (key, 50)


async def test_a_status_message_that_is_gone_is_never_used_again(db: Database) -> None:
    key, task_id = await shown_status(db)
    await db.run(statuses.forget_status, task_id)
    await db.run(statuses.refresh_status, task_id, later(60))
    row = await delivery_row(db, key)
    assert (row.state, row.message_id) == (DeliveryState.DROPPED, None)


@pytest.mark.parametrize("kind", KINDS)
async def test_an_end_is_on_its_way_until_it_is_settled_or_dropped(db: Database, kind: DeliveryKind) -> None:
    task_id = await db.run(record)
    is_end = kind in {DeliveryKind.RESULT, DeliveryKind.FAILURE, DeliveryKind.UNCLEAR}
    key = await db.run(owe, kind, task_id=task_id)
    assert await db.run(placed.has_unsettled_end, task_id) is is_end
    await claim(db)
    assert await db.run(placed.has_unsettled_end, task_id) is is_end
    await db.run(deliveries.begin_sending, key)
    assert await db.run(placed.has_unsettled_end, task_id) is is_end
    await db.run(deliveries.settle, key, now=NOON)
    assert not await db.run(placed.has_unsettled_end, task_id)


async def test_a_parked_end_is_still_owed(db: Database) -> None:
    task_id = await db.run(record)
    key = await db.run(owe, DeliveryKind.RESULT, task_id=task_id)
    await claim(db)
    await db.run(deliveries.end, key, DeliveryState.PARKED)
    assert await db.run(placed.has_unsettled_end, task_id)


async def test_a_task_is_placed_where_something_of_it_was_promised(db: Database) -> None:
    task_id = await db.run(record)
    assert not await db.run(placed.is_placed, task_id, CHAT)
    await db.run(owe, DeliveryKind.RESULT, task_id=task_id)
    assert await db.run(placed.is_placed, task_id, CHAT)
    assert not await db.run(placed.is_placed, task_id, CHAT + 1)
