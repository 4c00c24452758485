"""What befalls guests: asked about once, decided, moved; and their own limits."""

from dataclasses import replace

import pytest

from domain.delivery import DeliveryKind, DeliveryState
from domain.errors import Blocked, ButtonGone, DecidedAlready, NotAllowed, OperatorMeant, OperatorsOnly, QuotaExceeded
from domain.guest import ANEW, Choice, Guest, Standing
from domain.requester import ChatKind, Requester
from domain.rules import Access
from domain.task import TaskState
from services import access, approval, rooms
from services.approval import Decided
from storage import cards, deliveries, guests
from storage import tasks as task_rows
from tests.services.house import ANNA, BEN, GROUP, NOON, OPEN, House, in_group

NEW = -1_000_000_000_300
BOSS = Requester(user_id=9, chat_id=9, chat_kind=ChatKind.PRIVATE, message_id=5, name="Boss", language="en")
RULES = replace(OPEN, access=Access.APPROVAL, admins=frozenset({9}))


async def guest_of(house: House, chat_id: int) -> Guest:
    found = await house.run(guests.select_by_chat, chat_id)
    assert found is not None
    return found


async def knocks(house: House, requester: Requester, words: str = "/imagine a fox") -> Guest:
    await house.run(approval.knock, requester, RULES, NOON, title="Somebody", words=words)
    return await guest_of(house, requester.chat_id)


async def press(house: House, guest: Guest, choice: int, who: Requester = BOSS) -> Decided:
    return await house.run(approval.press, who, guest.id, choice, RULES, NOON)


async def owed_cards(house: House) -> list[int]:
    claimed = await house.run(deliveries.claim_due, NOON, room=500, busy_chats=())
    return [one.chat_id for one in claimed if one.kind is DeliveryKind.CARD]


async def test_each_operator_is_asked_once_a_guest(house: House) -> None:
    rules = replace(RULES, admins=frozenset({9, 10}))
    for who in (ANNA, ANNA, in_group(ANNA), in_group(BEN)):
        await house.run(approval.knock, who, rules, NOON)
    for _time in range(3):
        await house.run(approval.recover, rules, NOON)
    for operator in rules.admins:
        assert not await house.run(cards.select_without, operator, 50)
    assert sorted(await owed_cards(house)) == [9, 10]  # one a chat at a time


async def test_only_operators_in_private_decide(house: House) -> None:
    guest = await knocks(house, ANNA)
    for who in (ANNA, in_group(BOSS), replace(BOSS, user_id=GROUP)):
        with pytest.raises(OperatorsOnly):
            await press(house, guest, Choice.APPROVE, who)
    with pytest.raises(ButtonGone):
        await press(house, replace(guest, id=99), Choice.APPROVE)
    for nonsense in (5, 9, 13, 19, ANEW + 6, ANEW + 13, 49):
        with pytest.raises((ButtonGone, DecidedAlready)):
            await press(house, guest, nonsense)
    assert (await guest_of(house, ANNA.chat_id)).standing is Standing.ASKING


async def test_what_was_decided_is_changed_only_by_a_card_that_says_so(house: House) -> None:
    guest = await knocks(house, ANNA)
    assert (await press(house, guest, Choice.APPROVE)).tell
    with pytest.raises(DecidedAlready):
        await press(house, guest, Choice.BLOCK)
    assert not (await press(house, guest, ANEW + Choice.LIMITED)).tell  # another limit is no news
    blocked = await press(house, guest, ANEW + Choice.BLOCK)
    assert not blocked.tell
    assert blocked.guest.standing is Standing.APPROVED
    assert not (await press(house, guest, ANEW + Choice.UNBLOCK)).tell
    await house.run(access.check, ANNA, RULES)
    assert (await press(house, guest, ANEW + Choice.REFUSE)).tell


async def test_no_operator_is_refused_or_blocked_and_one_who_was_before_is_heard(house: House) -> None:
    with pytest.raises(OperatorMeant):
        await house.run(approval.decide_by_number, BOSS, BOSS.user_id, Choice.BLOCK, RULES, NOON)
    await house.run(approval.decide_by_number, BOSS, ANNA.user_id, Choice.BLOCK, RULES, NOON)
    with pytest.raises(Blocked):
        await house.run(access.check, ANNA, OPEN)
    await house.run(access.check, ANNA, replace(OPEN, admins=frozenset({ANNA.user_id})))


async def test_a_block_ends_in_what_held_before(house: House) -> None:
    await house.run(approval.decide_by_number, BOSS, ANNA.user_id, Choice.BLOCK, RULES, NOON)
    await house.run(approval.decide_by_number, BOSS, ANNA.user_id, Choice.UNBLOCK, RULES, NOON)
    with pytest.raises(NotAllowed):
        await house.run(access.check, ANNA, RULES)
    assert (await knocks(house, ANNA)).waits  # as if nothing had been


@pytest.mark.parametrize("early", [False, True])
async def test_a_group_that_moves_takes_the_decision_along(house: House, early: bool) -> None:
    """`early`: somebody wishes in the new one before the move is known."""
    old = await knocks(house, in_group(ANNA))
    await press(house, old, Choice.LIMITED)
    there = replace(in_group(BEN), chat_id=NEW)
    if early:
        new = await knocks(house, there)
        assert new.waits
    await house.run(rooms.moved, GROUP, NEW)
    await house.run(rooms.moved, GROUP, NEW)
    await house.run(access.check, there, RULES)
    moved = await guest_of(house, NEW)
    assert (moved.daily_limit, moved.reply_to) == (5, None)
    assert await house.run(guests.select_by_chat, GROUP) is None


async def test_a_groups_own_limit_is_its_own_and_a_persons_holds_everywhere(house: House) -> None:
    house.rules = replace(RULES, daily_per_chat=1, daily_per_user=100)
    group, ben = await knocks(house, in_group(ANNA)), await knocks(house, BEN)
    for guest in (group, ben):
        await press(house, guest, Choice.LIMITED)
    for _time in range(3):
        await house.imagine(in_group(BEN))
    for _time in range(2):
        await house.imagine(in_group(ANNA))
    with pytest.raises(QuotaExceeded) as full:
        await house.imagine(in_group(ANNA))
    assert (full.value.limit, full.value.whose) == (5, "chat")
    for _time in range(2):
        await house.imagine(BEN)
    with pytest.raises(QuotaExceeded) as full:
        await house.imagine(BEN)
    assert (full.value.limit, full.value.whose) == (5, "user")


async def test_what_a_blocked_guest_has_in_line_is_withdrawn_and_does_not_count(house: House) -> None:
    waiting, running = await house.imagine(ANNA), await house.running(ANNA)
    await house.run(approval.decide_by_number, BOSS, ANNA.user_id, Choice.BLOCK, RULES, NOON)
    assert (await house.task(waiting)).state is TaskState.CANCELLED
    assert await house.counted(waiting) == "returned"
    assert (await house.task(running)).state is TaskState.RUNNING
    assert not await house.run(task_rows.select_waiting_of, ANNA.user_id)


async def test_a_decision_while_a_card_is_on_its_way_is_shown_when_it_has_arrived(house: House) -> None:
    guest = await knocks(house, ANNA)
    (card,) = [one for one in await house.claim() if one.kind is DeliveryKind.CARD]
    await house.run(deliveries.begin_sending, card.id)
    await press(house, guest, Choice.APPROVE)
    await house.run(approval.card_arrived, card, guest, NOON, message_id=70)
    (again,) = [one for one in await house.claim() if one.kind is DeliveryKind.CARD]
    assert (again.id, again.message_id) == (card.id, 70)


async def test_cards_that_never_arrived_come_once_their_operator_writes(house: House) -> None:
    await knocks(house, ANNA)
    (card,) = [one for one in await house.claim() if one.kind is DeliveryKind.CARD]
    await house.run(deliveries.begin_sending, card.id)
    await house.run(deliveries.end, card.id, DeliveryState.DROPPED, "CHAT")
    await knocks(house, BEN)
    assert len(await owed_cards(house)) == 1  # Ben's alone
    await house.run(approval.heard, BOSS, NOON)
    assert not await house.run(cards.select_without, BOSS.user_id, 50)
    assert len(await owed_cards(house)) == 1  # Anna's
