"""What befalls a chat: let in, moved, back again; and who may do what there."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from domain import errors
from domain.delivery import DeliveryKind, DeliveryState
from domain.requester import ChatKind, Requester
from domain.rules import Access, PressPolicy
from services import news, rights, rooms, tasks
from storage import chats, deliveries, placed
from tests.services.house import ANNA, BEN, GROUP, OPEN, House, in_group

NEW = -1_000_000_000_300
CHANNEL = Requester(user_id=-500, chat_id=-500, chat_kind=ChatKind.CHANNEL, message_id=3, is_admin=True)
VISITOR = replace(CHANNEL, user_id=BEN.user_id, is_admin=None)


async def park(house: House, kind: DeliveryKind = DeliveryKind.RESULT) -> None:
    """Everything of that kind that is due finds its chat closed."""
    for delivery in await house.claim():
        if delivery.kind is kind:
            await house.run(deliveries.begin_sending, delivery.id)
            await house.run(deliveries.end, delivery.id, DeliveryState.PARKED, "CHAT")
        else:
            await house.run(deliveries.settle, delivery.id, now=house.now, message_id=50)


async def test_a_group_that_has_moved_keeps_its_buttons_its_limits_and_its_place_on_the_list(house: House) -> None:
    rules = replace(OPEN, access=Access.ALLOWLIST, allowed_chats=frozenset({GROUP}), daily_per_chat=2)
    house.rules = rules
    button = await house.button(await house.picture(in_group(ANNA)))
    await house.run(rooms.moved, GROUP, NEW)
    await house.run(rooms.moved, GROUP, NEW)  # told twice
    old_place = in_group(BEN)
    here = await house.run(rooms.arrived, old_place)
    assert (here.chat_id, here.message_id, here.user_id) == (NEW, None, BEN.user_id)
    child = await house.press(button, here)
    assert (child.chat_id, child.reply_to) == (NEW, None)
    with pytest.raises(errors.QuotaExceeded):
        await house.imagine(replace(in_group(ANNA), chat_id=NEW))
    with pytest.raises(errors.NotAllowed):
        await house.imagine(replace(in_group(ANNA), chat_id=NEW - 1))


async def test_somebody_without_a_name_stays_the_owner_where_the_group_goes(house: House) -> None:
    nobody = replace(in_group(ANNA), user_id=GROUP, is_admin=True)
    task_id = await house.imagine(nobody)
    await house.run(rooms.moved, GROUP, NEW)
    assert (await house.task(task_id)).user_id == NEW
    assert (await house.run(rooms.arrived, nobody)).user_id == NEW


async def test_a_message_that_arrived_just_before_the_move_is_not_taken_for_one_of_the_new_chat(house: House) -> None:
    task_id = await house.imagine(in_group(ANNA))
    (delivery,) = await house.claim()
    await house.run(deliveries.begin_sending, delivery.id)
    await house.run(rooms.moved, GROUP, NEW)
    await house.run(news.arrived, delivery, house.now, message_id=50)
    assert not await house.run(placed.is_message_of, task_id, NEW, 50)
    assert await house.run(placed.is_placed, task_id, NEW)


async def test_a_choice_of_the_group_goes_along_and_a_longer_pause_is_not_cut_short(house: House) -> None:
    admin = replace(in_group(ANNA), is_admin=True)
    await house.run(rights.choose_policy, admin, PressPolicy.OWNER, OPEN)
    await house.run(rooms.moved, GROUP, NEW)
    assert await house.run(rights.policy_of, replace(admin, chat_id=NEW), OPEN) is PressPolicy.OWNER
    later = house.now + timedelta(seconds=60)
    await house.run(chats.pause, 7, later)
    await house.run(chats.pause, 7, house.now + timedelta(seconds=5))
    await house.run(deliveries.owe, DeliveryKind.WORDS, chat_id=7, topic_id=None, reply_to=None, now=house.now)
    assert await house.run(deliveries.next_due, house.now) == later


async def test_a_group_is_welcomed_once_and_only_where_it_may_ask(house: House) -> None:
    anna = in_group(ANNA)
    assert await house.run(rooms.let_in, anna, OPEN, house.now)
    assert not await house.run(rooms.greet, anna, house.now + timedelta(seconds=2))  # the /start of an invitation
    assert await house.run(rooms.greet, anna, house.now + timedelta(hours=2))
    closed = replace(OPEN, access=Access.APPROVAL)
    assert not await house.run(rooms.let_in, replace(anna, chat_id=-9), closed, house.now)


async def test_what_waits_is_offered_once_and_again_to_whoever_comes_back(house: House) -> None:
    for _time in range(3):
        await house.picture(in_group(ANNA))
    await park(house)
    for _time in range(2):
        await park(house)  # one a chat at a time
    count = house.run
    assert await count(rooms.count_waiting, GROUP, house.now, returned=False) == 3
    assert await count(rooms.count_waiting, GROUP, house.now, returned=False) == 0  # it was told
    assert await count(rooms.count_waiting, GROUP + 1, house.now, returned=True) == 0
    assert await count(rooms.count_waiting, GROUP, house.now, returned=True) == 3
    assert await count(rooms.bring_waiting, in_group(BEN), house.now) == 3
    assert await count(rooms.bring_waiting, in_group(BEN), house.now) == 0
    assert [one.kind for one in await house.claim()] == [DeliveryKind.RESULT]


async def test_short_news_that_waited_needs_no_asking(house: House) -> None:
    task_id = await house.imagine(in_group(ANNA))
    await house.run(deliveries.owe_for, DeliveryKind.FAILURE, await house.task(task_id), house.now)
    await park(house, DeliveryKind.FAILURE)
    await park(house, DeliveryKind.FAILURE)
    assert await house.run(rooms.count_waiting, GROUP, house.now, returned=True) == 0
    assert [one.kind for one in await house.claim()] == [DeliveryKind.FAILURE]


@pytest.mark.parametrize(
    ("who", "owner", "policy", "ends"),
    [
        (in_group(BEN), ANNA.user_id, PressPolicy.MEMBERS, None),
        (in_group(BEN), ANNA.user_id, PressPolicy.OWNER, errors.NotYours),
        (in_group(BEN), GROUP, PressPolicy.OWNER, errors.RoleUnknown),  # an anonymous admin's picture
        (replace(in_group(BEN), is_admin=True), GROUP, PressPolicy.OWNER, None),
        (replace(in_group(BEN), is_admin=False), GROUP, PressPolicy.OWNER, errors.NotYours),
        (in_group(BEN), ANNA.user_id, PressPolicy.ADMINS, errors.RoleUnknown),
        (BEN, ANNA.user_id, PressPolicy.ADMINS, None),  # a private chat has no admins
        (VISITOR, CHANNEL.user_id, PressPolicy.MEMBERS, errors.RoleUnknown),  # a channel is its admins'
        (replace(VISITOR, is_admin=False), CHANNEL.user_id, PressPolicy.MEMBERS, errors.AdminsOnly),
        (replace(VISITOR, is_admin=False), VISITOR.user_id, PressPolicy.MEMBERS, errors.AdminsOnly),
        (replace(VISITOR, is_admin=True), CHANNEL.user_id, PressPolicy.MEMBERS, None),
    ],
)
async def test_who_may_press(
    house: House, who: Requester, owner: int, policy: PressPolicy, ends: type[Exception] | None
) -> None:
    rules = replace(OPEN, press_policy=policy)
    if ends is None:
        await house.run(rights.check_press, who, owner, rules)
    else:
        with pytest.raises(ends):
            await house.run(rights.check_press, who, owner, rules)


async def test_a_chats_own_choice_wins_and_only_its_admins_choose(house: House) -> None:
    for who, ends in ((in_group(BEN), errors.RoleUnknown), (replace(in_group(BEN), is_admin=False), errors.AdminsOnly)):
        with pytest.raises(ends):
            await house.run(rights.choose_policy, who, PressPolicy.OWNER, OPEN)
    assert await house.run(rights.policy_of, in_group(BEN), OPEN) is PressPolicy.MEMBERS
    await house.run(rights.choose_policy, replace(in_group(BEN), is_admin=True), PressPolicy.OWNER, OPEN)
    assert await house.run(rights.policy_of, in_group(BEN), OPEN) is PressPolicy.OWNER
    await house.run(rights.choose_policy, CHANNEL, PressPolicy.MEMBERS, OPEN)
    assert await house.run(rights.policy_of, CHANNEL, OPEN) is PressPolicy.MEMBERS


async def test_only_the_owner_and_those_who_rule_take_a_picture_away(house: House) -> None:
    task_id = await house.picture(in_group(ANNA))
    for delivery in [*await house.claim(), *await house.claim()]:
        await house.run(deliveries.begin_sending, delivery.id)
        await house.run(deliveries.settle, delivery.id, now=house.now, message_id=60)

    async def remove(who: Requester, message_id: int = 60, **changes: Any) -> None:
        asking = replace(who, message_id=message_id, **changes)
        await house.run(tasks.remove, asking, task_id, OPEN, house.now)

    with pytest.raises(errors.RoleUnknown):
        await remove(in_group(BEN))
    with pytest.raises(errors.NotYours):
        await remove(in_group(BEN), is_admin=False)
    with pytest.raises(errors.ButtonGone):
        await remove(in_group(ANNA), message_id=61)
    with pytest.raises(errors.ButtonGone):
        await remove(ANNA)  # a copy of the data in another chat
    await remove(in_group(ANNA))
    with pytest.raises(errors.AlreadyPressed):
        await remove(in_group(BEN), is_admin=True)
    (removal,) = await house.claim()
    assert (removal.kind, removal.message_id) == (DeliveryKind.REMOVAL, 60)
    await house.run(deliveries.begin_sending, removal.id)
    await house.run(news.removed, removal, house.now)
    assert not await house.run(placed.is_message_of, task_id, GROUP, 60)


async def test_a_press_under_an_old_message_goes_to_the_topic_that_message_is_in(house: House) -> None:
    asked = replace(in_group(ANNA), topic_id=44)
    button = await house.button(await house.picture(asked))
    for delivery in [*await house.claim(), *await house.claim()]:
        await house.run(deliveries.begin_sending, delivery.id)
        await house.run(deliveries.settle, delivery.id, now=house.now, message_id=60)
    child = await house.press(button, replace(in_group(BEN), message_id=60))
    assert child.topic_id == 44
