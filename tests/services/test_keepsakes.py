"""What is had of a finished picture; albums, and the same once more."""

from dataclasses import replace

import pytest

from domain.delivery import Delivery, DeliveryKind, DeliveryState, Form, Kept
from domain.errors import AlreadyPressed, ButtonGone, NotAPicture, NotHere
from domain.requester import Requester
from domain.task import TaskId
from services import keepsakes, news, repeats
from storage import chats, deliveries, placed
from tests.services.house import ANNA, BEN, GROUP, OPEN, House, in_group


async def placed_picture(house: House, requester: Requester = ANNA) -> TaskId:
    """A finished picture that stands in its chat as message 51."""
    task_id = await house.picture(requester)
    for delivery in await house.run(deliveries.claim_due, house.now, room=9, busy_chats=()):
        await house.run(deliveries.begin_sending, delivery.id)
        await house.run(news.end_arrived, delivery, house.now, message_id=51, kept=(Kept("file", Form.PHOTO),))
    return task_id


async def wanted(house: House, kind: DeliveryKind) -> Delivery:
    """The delivery that was promised, being sent."""
    (found,) = await house.run(deliveries.claim_due, house.now, room=1, busy_chats=())
    assert found.kind is kind
    await house.run(deliveries.begin_sending, found.id)
    return found


async def test_the_singles_are_owed_once_in_ten_seconds(house: House) -> None:
    task_id = await placed_picture(house)
    await house.run(keepsakes.want_singles, ANNA, task_id, OPEN, house.now)
    with pytest.raises(AlreadyPressed):
        await house.run(keepsakes.want_singles, ANNA, task_id, OPEN, house.now)
    found = await wanted(house, DeliveryKind.SINGLES)
    await house.run(news.album_arrived, found, house.now, message_ids=(60, 61, 62, 63), short=True)
    with pytest.raises(AlreadyPressed):
        await house.run(keepsakes.want_singles, ANNA, task_id, OPEN, house.now)
    house.pass_time(11)
    await house.run(keepsakes.want_singles, ANNA, task_id, OPEN, house.now)


async def test_each_part_of_an_album_is_known_and_the_buttons_answer_the_first(house: House) -> None:
    task_id = await placed_picture(house)
    await house.run(keepsakes.want_singles, ANNA, task_id, OPEN, house.now)
    found = await wanted(house, DeliveryKind.SINGLES)
    await house.run(news.album_arrived, found, house.now, message_ids=(60, 61, 62, 63), short=True)
    for number in (60, 61, 62, 63):
        assert await house.run(placed.task_at, ANNA.chat_id, number) == task_id
    below = await wanted(house, DeliveryKind.BUTTONS)
    assert (below.reply_to, below.body["short"]) == (60, True)
    await house.run(news.arrived, below, house.now, message_id=64)
    assert await house.run(placed.is_short, ANNA.chat_id, 64)
    assert await house.run(placed.album_above, task_id, ANNA.chat_id, 64) == ()  # the grid itself stays


async def test_the_numbers_of_an_album_mean_nothing_in_the_supergroup(house: House) -> None:
    task_id = await placed_picture(house, in_group(ANNA))
    await house.run(keepsakes.want_singles, in_group(ANNA), task_id, OPEN, house.now)
    found = await wanted(house, DeliveryKind.SINGLES)
    await house.run(chats.move, GROUP, -1001)
    await house.run(news.album_arrived, found, house.now, message_ids=(60, 61, 62, 63), short=True)
    below = await wanted(house, DeliveryKind.BUTTONS)
    assert (below.chat_id, below.reply_to) == (-1001, None)
    for number in (60, 61, 62, 63):
        assert await house.run(placed.task_at, -1001, number) is None


async def test_what_stands_elsewhere_or_is_no_grid_is_not_cut(house: House) -> None:
    task_id = await placed_picture(house)
    with pytest.raises(NotHere):
        await house.run(keepsakes.want_singles, BEN, task_id, OPEN, house.now)
    with pytest.raises(ButtonGone):
        await house.run(keepsakes.want_singles, ANNA, TaskId(999), OPEN, house.now)


async def test_a_seed_is_asked_of_a_picture_of_ours_only(house: House) -> None:
    await placed_picture(house)
    for message_id in (None, 11, 999):
        with pytest.raises(NotAPicture):
            await house.run(keepsakes.want_seed, ANNA, message_id, OPEN, house.now)
    await house.run(keepsakes.want_seed, ANNA, 51, OPEN, house.now)
    found = await wanted(house, DeliveryKind.SEED)
    assert found.state is DeliveryState.CLAIMED


async def test_a_wish_once_more_is_a_task_of_who_pressed(house: House) -> None:
    task_id = await placed_picture(house, in_group(ANNA))
    bens = replace(in_group(BEN), message_id=51)
    await house.run(repeats.repeat, bens, task_id, OPEN, house.now)
    with pytest.raises(AlreadyPressed):
        await house.run(repeats.repeat, in_group(ANNA), task_id, OPEN, house.now)
    first, second = await house.tasks()
    assert (second.submission, second.prompt, second.retry_of) == (first.submission, first.prompt, first.id)
    assert (second.user_id, second.reply_to) == (BEN.user_id, 51)


async def test_a_press_once_more_needs_its_button(house: House) -> None:
    task_id = await placed_picture(house)
    pressed = await house.press(await house.button(task_id))
    assert await house.run(repeats._button_of, pressed) is not None
    gone = replace(pressed, parent_id=None)
    assert await house.run(repeats._button_of, gone) is None
