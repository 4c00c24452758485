"""What becomes of deliveries: arrived, waited for, unclear; and what a start makes of those left behind."""

from datetime import timedelta

import pytest

from domain.delivery import Delivery, DeliveryKind, DeliveryState, Form, Kept, Priority
from domain.provider import RemoteStatus
from domain.task import TaskId, TaskState
from domain.verdict import Unclear
from services import life, news, tasks
from storage import deliveries, placed
from tests.services.house import ANNA, GROUP, House, accepted, done, in_group, snapshot

MINUTE = timedelta(minutes=1)
OTHERS = (DeliveryKind.WORDS, DeliveryKind.KEYBOARD)


async def claimed(house: House, kind: DeliveryKind) -> Delivery:
    (delivery,) = await house.claim()
    assert delivery.kind is kind
    return delivery


async def sending(house: House, kind: DeliveryKind) -> Delivery:
    delivery = await claimed(house, kind)
    await house.run(deliveries.begin_sending, delivery.id)
    return delivery


async def show(house: House, task_id: TaskId, delivery: Delivery, *, message_id: int = 50) -> None:
    await house.run(
        news.status_shown,
        delivery,
        await house.task(task_id),
        house.now,
        message_id=message_id,
        shows="text",
        shown="digest",
    )


async def ended(house: House) -> TaskId:
    """A success whose status message stands in the chat, and whose result is due."""
    task_id = await house.imagine()
    await house.show_status(task_id, message_id=50)
    await house.submit(task_id, accepted("r1"))
    await house.observe(task_id, done())
    return task_id


async def test_a_shown_status_is_settled_and_rests(house: House) -> None:
    task_id = await house.imagine()
    await show(house, task_id, await sending(house, DeliveryKind.STATUS))
    status = await house.one(task_id, DeliveryKind.STATUS)
    assert (status.state, status.message_id, status.shows, status.shown) == ("settled", 50, "text", "digest")
    assert (status.last_at, status.due_at) == (house.now, None)


async def test_what_changed_while_the_status_was_sent_is_shown_next(house: House) -> None:
    task_id = await house.imagine()
    delivery = await sending(house, DeliveryKind.STATUS)
    rendered = await house.task(task_id)
    await house.submit(task_id, accepted("r1"))
    await house.run(news.status_shown, delivery, rendered, house.now, message_id=50, shows="text", shown="digest")
    status = await house.one(task_id, DeliveryKind.STATUS)
    assert (status.state, status.due_at) == (DeliveryState.DUE, house.now + timedelta(seconds=1))


async def test_the_first_acknowledges_and_the_edits_are_progress(house: House) -> None:
    task_id = await house.imagine()
    await show(house, task_id, await sending(house, DeliveryKind.STATUS))
    assert (await house.one(task_id, DeliveryKind.STATUS)).priority == Priority.ACKNOWLEDGEMENT
    await house.submit(task_id, accepted("r1"))
    house.pass_time(1)
    await show(house, task_id, await sending(house, DeliveryKind.STATUS))
    assert (await house.one(task_id, DeliveryKind.STATUS)).priority == Priority.PROGRESS
    house.pass_time(2)
    await house.observe(task_id, snapshot(progress=20))
    assert (await house.one(task_id, DeliveryKind.STATUS)).due_at == house.now + timedelta(seconds=3)


async def test_an_end_that_came_while_the_status_was_sent_is_not_followed_by_progress(house: House) -> None:
    task_id = await house.running()
    delivery = await sending(house, DeliveryKind.STATUS)
    rendered = await house.task(task_id)
    await house.observe(task_id, done())
    await house.run(news.status_shown, delivery, rendered, house.now, message_id=50, shows="text", shown="digest")
    result = await claimed(house, DeliveryKind.RESULT)
    await house.run(news.end_arrived, result, house.now, message_id=51)
    house.pass_time(0)
    status = await claimed(house, DeliveryKind.STATUS)  # to be taken away
    assert status.message_id == 50


async def test_a_status_that_came_after_its_end_had_arrived_is_taken_away(house: House) -> None:
    task_id = await house.running()
    delivery = await sending(house, DeliveryKind.STATUS)
    rendered = await house.task(task_id)
    await house.observe(task_id, done())
    result = await claimed(house, DeliveryKind.RESULT)
    await house.run(news.end_arrived, result, house.now, message_id=51)
    await house.run(news.status_shown, delivery, rendered, house.now, message_id=50, shows="text", shown="digest")
    assert (await claimed(house, DeliveryKind.STATUS)).message_id == 50


async def test_an_edit_that_was_not_needed_delays_no_other(house: House) -> None:
    task_id = await house.imagine()
    await show(house, task_id, await sending(house, DeliveryKind.STATUS))
    shown_at = house.now
    await house.submit(task_id, accepted("r1"))
    house.pass_time(1)
    delivery = await claimed(house, DeliveryKind.STATUS)
    await house.run(news.status_unchanged, delivery, await house.task(task_id), house.now)
    assert (await house.one(task_id, DeliveryKind.STATUS)).last_at == shown_at
    await house.observe(task_id, snapshot(progress=20))
    assert (await house.one(task_id, DeliveryKind.STATUS)).due_at == house.now


async def test_an_end_as_a_message_of_its_own_takes_the_status_away_at_once(house: House) -> None:
    task_id = await ended(house)
    result = await sending(house, DeliveryKind.RESULT)
    await house.run(news.end_arrived, result, house.now, message_id=51, kept=(Kept("file", Form.PHOTO),))
    row = await house.one(task_id, DeliveryKind.RESULT)
    assert (row.state, row.message_id, row.file_id) == (DeliveryState.SETTLED, 51, "file")
    status = await claimed(house, DeliveryKind.STATUS)
    assert (status.task_id, status.message_id) == (task_id, 50)
    assert not await house.run(placed.has_unsettled_end, task_id)


async def test_an_end_in_place_of_the_status_message_is_never_taken_away(house: House) -> None:
    task_id = await ended(house)
    result = await sending(house, DeliveryKind.RESULT)
    await house.run(news.end_arrived, result, house.now, message_id=50, in_place=True)
    house.pass_time(3600)
    assert await house.claim() == ()
    assert (await house.one(task_id, DeliveryKind.STATUS)).message_id is None


async def test_a_chat_that_wants_quiet_gets_it_over_a_restart(house: House) -> None:
    task_id = await ended(house)
    result = await sending(house, DeliveryKind.RESULT)
    until = house.now + MINUTE
    await house.run(news.wait, result, until)
    await house.run(life.recover, house.now)
    assert await house.claim() == ()
    assert await house.run(deliveries.next_due, house.now) == until
    house.pass_time(60)
    again = await claimed(house, DeliveryKind.RESULT)
    assert (again.id, again.task_id, again.unclear, again.attempts) == (result.id, task_id, 0, 0)


async def test_a_chat_that_moved_gets_it_at_its_new_id(house: House) -> None:
    task_id = await house.picture(in_group(ANNA))
    result = await sending(house, DeliveryKind.RESULT)
    await house.run(news.chat_moved, result, -100300, house.now)
    again = await claimed(house, DeliveryKind.RESULT)
    assert (again.id, again.chat_id) == (result.id, -100300)
    assert (await house.task(task_id)).chat_id == -100300
    assert GROUP != -100300


@pytest.mark.parametrize("kind", [DeliveryKind.RESULT, DeliveryKind.FAILURE, DeliveryKind.UNCLEAR])
async def test_an_end_that_may_have_arrived_is_worth_another_try(house: House, kind: DeliveryKind) -> None:
    if kind is DeliveryKind.UNCLEAR:
        task_id = await house.imagine()
        await house.submit(task_id, Unclear(what="ReadTimeout"))
    else:
        task_id = await house.running()
        failure = snapshot(status=RemoteStatus.FAILURE)
        await house.observe(task_id, done() if kind is DeliveryKind.RESULT else failure)
    delivery = await sending(house, kind)
    await house.run(news.perhaps, delivery, house.now, MINUTE)
    assert await house.claim() == ()
    house.pass_time(60)
    again = await claimed(house, kind)
    assert (again.id, again.unclear) == (delivery.id, 1)


@pytest.mark.parametrize("kind", OTHERS)
async def test_words_and_keyboards_that_may_have_arrived_are_not_repeated(house: House, kind: DeliveryKind) -> None:
    await house.run(deliveries.owe, kind, chat_id=7, topic_id=None, reply_to=None, now=house.now, message_id=None)
    delivery = await sending(house, kind)
    await house.run(news.perhaps, delivery, house.now, MINUTE)
    house.pass_time(3600)
    assert await house.claim() == ()


async def test_a_first_status_that_may_have_arrived_is_not_repeated(house: House) -> None:
    task_id = await house.imagine()
    await house.run(news.perhaps, await sending(house, DeliveryKind.STATUS), house.now, MINUTE)
    assert (await house.one(task_id, DeliveryKind.STATUS)).state == DeliveryState.DROPPED
    await house.submit(task_id, accepted("r1"))
    house.pass_time(60)
    assert await house.claim() == ()


async def test_an_edit_that_may_have_arrived_is_made_again_with_the_next_change(house: House) -> None:
    task_id = await house.imagine()
    await house.show_status(task_id, message_id=50)
    await house.submit(task_id, accepted("r1"))
    house.pass_time(1)
    await house.run(news.perhaps, await sending(house, DeliveryKind.STATUS), house.now, MINUTE)
    status = await house.one(task_id, DeliveryKind.STATUS)
    assert (status.state, status.message_id, status.shown) == (DeliveryState.SETTLED, 50, None)
    house.pass_time(30)
    await house.observe(task_id, snapshot(progress=20))
    assert (await claimed(house, DeliveryKind.STATUS)).message_id == 50


async def test_a_start_repeats_what_was_only_prepared(house: House) -> None:
    task_id = await house.picture()
    result = await claimed(house, DeliveryKind.RESULT)
    await house.run(life.recover, house.now)
    again = await claimed(house, DeliveryKind.RESULT)
    assert (again.id, again.unclear, again.task_id) == (result.id, 0, task_id)


async def test_a_start_takes_an_end_that_was_being_sent_as_unclear(house: House) -> None:
    await house.picture()
    result = await sending(house, DeliveryKind.RESULT)
    await house.run(life.recover, house.now)
    again = await claimed(house, DeliveryKind.RESULT)
    assert (again.id, again.unclear) == (result.id, 1)


async def test_a_start_drops_words_that_were_being_sent(house: House) -> None:
    await house.run(
        deliveries.owe, DeliveryKind.WORDS, chat_id=7, topic_id=None, reply_to=None, now=house.now, message_id=None
    )
    await sending(house, DeliveryKind.WORDS)
    await house.run(life.recover, house.now)
    assert await house.claim() == ()


async def test_a_start_shows_again_what_was_being_edited(house: House) -> None:
    task_id = await house.imagine()
    await house.show_status(task_id, message_id=50)
    await house.submit(task_id, accepted("r1"))
    house.pass_time(1)
    await sending(house, DeliveryKind.STATUS)
    await house.run(life.recover, house.now)
    house.pass_time(15)
    assert (await claimed(house, DeliveryKind.STATUS)).message_id == 50


async def test_a_status_message_that_was_being_taken_away_at_the_stop_still_goes(house: House) -> None:
    task_id = await ended(house)
    await house.run(news.end_arrived, await sending(house, DeliveryKind.RESULT), house.now, message_id=51)
    await sending(house, DeliveryKind.STATUS)
    await house.run(life.recover, house.now)
    house.pass_time(15)
    status = await claimed(house, DeliveryKind.STATUS)
    assert (status.task_id, status.message_id) == (task_id, 50)


async def test_a_stop_between_asking_and_sending_loses_nothing(house: House) -> None:
    task_id = await house.imagine()
    await claimed(house, DeliveryKind.STATUS)
    await house.take()
    await house.run(life.recover, house.now)
    assert (await claimed(house, DeliveryKind.STATUS)).task_id == task_id
    assert await house.take() == [task_id]


async def test_a_start_twice_over_is_the_same_as_once(house: House) -> None:
    sent = await house.imagine()
    await house.send(sent)
    await sending(house, DeliveryKind.STATUS)
    await house.run(life.recover, house.now)
    once = (await house.task(sent), await house.owed(sent))
    await house.run(life.recover, house.now)
    assert (await house.task(sent), await house.owed(sent)) == once
    assert once[0].state is TaskState.UNCLEAR


async def test_what_was_cancelled_says_so_in_its_status_message(house: House) -> None:
    task_id = await house.imagine()
    delivery = await sending(house, DeliveryKind.STATUS)
    rendered = await house.task(task_id)
    await house.run(tasks.cancel, ANNA, task_id, house.rules, house.now)
    await house.run(news.status_shown, delivery, rendered, house.now, message_id=50, shows="text", shown="digest")
    house.pass_time(1)
    assert (await claimed(house, DeliveryKind.STATUS)).message_id == 50
