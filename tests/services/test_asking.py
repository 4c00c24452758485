"""What people may ask for: recorded with its answer, or refused with nothing kept."""

from dataclasses import replace

import pytest

from domain import errors
from domain.delivery import DeliveryKind, DeliveryState
from domain.requester import ChatKind, Requester
from domain.rules import Access, PressPolicy, Rules
from domain.task import Imagine, Press, RemoteId, TaskId, TaskState
from domain.verdict import Unclear
from services import tasks
from storage import deliveries, statuses
from tests.services.house import ANNA, BEN, GROUP, OPEN, House, accepted, in_group


async def test_a_wish_is_recorded_with_its_acknowledgement_and_counted(house: House) -> None:
    asker = replace(in_group(ANNA), topic_id=5)
    task = await house.task(await house.imagine(asker, " a fox —ar 3:2 "))
    assert task.submission == Imagine(prompt="a fox --ar 3:2")
    assert (task.state, task.prompt, task.due_at) == (TaskState.RECORDED, "a fox --ar 3:2", house.now)
    assert (task.user_id, task.user_name, task.chat_id, task.chat_kind) == (7, "Anna", GROUP, "group")
    assert (task.topic_id, task.reply_to, task.language) == (5, 11, "en")
    assert await house.counted(task.id) == "held"
    (status,) = await house.claim()
    assert (status.kind, status.task_id) == (DeliveryKind.STATUS, task.id)
    assert (status.chat_id, status.topic_id, status.reply_to) == (GROUP, 5, 11)


async def test_every_task_has_its_own_unguessable_nonce(house: House) -> None:
    nonces = {(await house.task(await house.imagine())).nonce for _ in range(5)}
    assert len(nonces) == 5
    assert min(map(len, nonces)) >= 32


@pytest.mark.parametrize("words", ["", "   \n ", "\x00"])
async def test_no_words_are_refused_and_nothing_is_kept(house: House, words: str) -> None:
    with pytest.raises(errors.PromptEmpty):
        await house.imagine(words=words)
    assert await house.tasks() == []


async def test_whoever_may_not_spend_leaves_nothing(house: House) -> None:
    house.rules = replace(OPEN, access=Access.ALLOWLIST)
    with pytest.raises(errors.NotAllowed):
        await house.imagine()
    assert await house.tasks() == []
    assert await house.claim() == ()


async def test_plain_words_are_drawn_once_they_are_confirmed(house: House) -> None:
    draft = await house.run(tasks.suggest, ANNA, "a  fox", house.now)
    assert await house.tasks() == []
    task_id = await house.run(tasks.draw_draft, ANNA, draft, house.rules, house.now)
    assert (await house.task(task_id)).prompt == "a  fox"
    with pytest.raises(errors.AlreadyPressed):
        await house.run(tasks.draw_draft, ANNA, draft, house.rules, house.now)
    assert len(await house.tasks()) == 1


async def test_a_draft_that_could_not_be_drawn_can_be_drawn_later(house: House) -> None:
    draft = await house.run(tasks.suggest, ANNA, "a fox", house.now)
    strict = replace(OPEN, daily_per_user=1)
    await house.run(tasks.imagine, ANNA, "first", strict, house.now)
    with pytest.raises(errors.QuotaExceeded):
        await house.run(tasks.draw_draft, ANNA, draft, strict, house.now)
    house.pass_time(86400)
    assert await house.run(tasks.draw_draft, ANNA, draft, strict, house.now)


async def test_a_draft_is_only_its_owners_and_only_where_it_was_made(house: House) -> None:
    draft = await house.run(tasks.suggest, in_group(ANNA), "a fox", house.now)
    with pytest.raises(errors.NotYours):
        await house.run(tasks.draw_draft, in_group(BEN), draft, house.rules, house.now)
    with pytest.raises(errors.NotHere):
        await house.run(tasks.draw_draft, ANNA, draft, house.rules, house.now)
    with pytest.raises(errors.ButtonGone):
        await house.run(tasks.draw_draft, in_group(ANNA), draft + 1, house.rules, house.now)
    assert await house.tasks() == []


async def test_a_press_is_recorded_as_the_providers_own_id_byte_for_byte(house: House) -> None:
    parent = await house.picture()
    result = await house.one(parent, DeliveryKind.RESULT)
    await house.claim()
    await house.run(deliveries.settle, result.id, now=house.now, message_id=70)
    button = await house.button(parent, "reroll")
    child = await house.press(button, replace(ANNA, message_id=70))
    assert child.submission == Press(parent=RemoteId("r1"), custom_id="MJ::JOB::reroll::0::u::SOLO")
    assert (child.title, child.prompt, child.parent_id) == ("🔄", "a fox", parent)
    assert await house.counted(child.id) == "held"
    keyboard = await house.one(parent, DeliveryKind.KEYBOARD)
    assert (keyboard.message_id, keyboard.chat_id) == (70, 7)


async def test_a_double_tap_is_one_press(house: House) -> None:
    button = await house.button(await house.picture())
    child = await house.press(button)
    with pytest.raises(errors.AlreadyPressed):
        await house.press(button)
    assert [task.id for task in await house.tasks()][1:] == [child.id]


async def test_a_button_rests_while_its_press_is_being_worked_on(house: House) -> None:
    button = await house.button(await house.picture())
    child = await house.press(button)
    house.pass_time(3600)
    with pytest.raises(errors.AlreadyPressed):
        await house.press(button)
    await house.submit(child.id, accepted("r2"))
    with pytest.raises(errors.AlreadyPressed):
        await house.press(button)


async def test_a_second_tap_is_an_echo_however_fast_the_picture_came(house: House) -> None:
    button = await house.button(await house.picture())
    child = await house.press(button)
    await house.run(tasks.cancel, ANNA, child.id, house.rules, house.now)
    house.pass_time(9.9)
    with pytest.raises(errors.AlreadyPressed):
        await house.press(button)
    house.pass_time(0.1)
    again = await house.press(button)
    assert again.id != child.id


async def test_a_button_that_is_not_known_is_gone(house: House) -> None:
    with pytest.raises(errors.ButtonGone):
        await house.run(tasks.press, ANNA, 999, house.rules, house.now)


async def test_a_button_works_only_where_its_picture_was_put(house: House) -> None:
    button = await house.button(await house.picture())
    with pytest.raises(errors.NotHere):
        await house.press(button, in_group(ANNA))
    with pytest.raises(errors.NotHere):
        await house.press(button, BEN)


async def test_a_picture_of_another_provider_has_no_buttons_any_more(house: House) -> None:
    button = await house.button(await house.picture())
    house.rules = replace(OPEN, provider="another.example")
    with pytest.raises(errors.ButtonGone):
        await house.press(button)


ADMIN = 99


@pytest.mark.parametrize(
    ("policy", "who", "may"),
    [
        (PressPolicy.MEMBERS, BEN, True),
        (PressPolicy.OWNER, BEN, False),
        (PressPolicy.OWNER, ANNA, True),
        (PressPolicy.OWNER, replace(BEN, user_id=ADMIN), True),
        (PressPolicy.ADMINS, replace(BEN, is_admin=False), False),
        (PressPolicy.ADMINS, replace(BEN, is_admin=True), True),
        (PressPolicy.ADMINS, replace(ANNA, is_admin=False), True),
        (PressPolicy.ADMINS, replace(BEN, user_id=ADMIN), True),
    ],
)
async def test_who_may_press_in_a_group_is_the_operators_choice(
    house: House, policy: PressPolicy, who: Requester, may: bool
) -> None:
    house.rules = replace(OPEN, press_policy=policy, admins=frozenset({ADMIN}))
    button = await house.button(await house.picture(in_group(ANNA)))
    if may:
        assert (await house.press(button, in_group(who))).user_id == who.user_id
    else:
        with pytest.raises((errors.NotYours, errors.AdminsOnly)):
            await house.press(button, in_group(who))


async def test_whoever_presses_pays(house: House) -> None:
    button = await house.button(await house.picture(in_group(ANNA)))
    house.rules = replace(OPEN, daily_per_user=1)
    child = await house.press(button, in_group(BEN))
    assert child.user_id == BEN.user_id
    with pytest.raises(errors.QuotaExceeded):
        await house.imagine(BEN)


async def test_whoever_may_not_spend_cannot_press_either(house: House) -> None:
    button = await house.button(await house.picture(in_group(ANNA)))
    house.rules = replace(OPEN, access=Access.ALLOWLIST, admins=frozenset({ANNA.user_id}))
    with pytest.raises(errors.NotAllowed):
        await house.press(button, in_group(BEN))
    assert (await house.button(await house.picture(in_group(ANNA), "r5"))).pressed_at is None


async def test_a_crafted_press_puts_no_buttons_under_another_message(house: House) -> None:
    parent = await house.picture()
    await house.press(await house.button(parent, "reroll"), replace(ANNA, message_id=4711))
    assert await house.owed(parent, DeliveryKind.KEYBOARD) == []


async def unclear(house: House, requester: Requester = ANNA) -> TaskId:
    task_id = await house.imagine(requester)
    await house.submit(task_id, Unclear(what="ReadTimeout"))
    return task_id


async def test_what_was_unclear_can_be_submitted_once_more(house: House) -> None:
    first = await unclear(house)
    house.pass_time(60)
    old = await house.run(tasks.submit_again, replace(ANNA, message_id=99), first, house.rules, house.now)
    assert old.id == first
    second = (await house.tasks())[1]
    assert (second.retry_of, second.state, second.prompt) == (first, TaskState.RECORDED, "a fox")
    assert (second.reply_to, second.chat_id, second.user_id) == (11, 7, 7)
    assert second.nonce != old.nonce
    assert await house.counted(second.id) == "held"
    with pytest.raises(errors.AlreadyPressed):
        await house.run(tasks.submit_again, ANNA, first, house.rules, house.now)
    assert len(await house.tasks()) == 2


async def test_only_what_is_unclear_can_be_submitted_again(house: House) -> None:
    recorded = await house.imagine()
    with pytest.raises(errors.ButtonGone):
        await house.run(tasks.submit_again, ANNA, recorded, house.rules, house.now)
    with pytest.raises(errors.ButtonGone):
        await house.run(tasks.submit_again, ANNA, TaskId(999), house.rules, house.now)
    picture = await house.picture(remote_id="r9")
    with pytest.raises(errors.ButtonGone):
        await house.run(tasks.submit_again, ANNA, picture, house.rules, house.now)


async def test_nobody_else_decides_about_a_second_charge_but_an_operator_there(house: House) -> None:
    task_id = await unclear(house, in_group(ANNA))
    with pytest.raises(errors.NotYours):
        await house.run(tasks.submit_again, in_group(BEN), task_id, house.rules, house.now)
    rules = replace(OPEN, admins=frozenset({BEN.user_id}))
    with pytest.raises(errors.NotHere):
        await house.run(tasks.submit_again, BEN, task_id, rules, house.now)
    await house.run(tasks.submit_again, in_group(BEN), task_id, rules, house.now)
    assert (await house.tasks())[-1].user_id == ANNA.user_id


async def test_what_waits_can_be_cancelled_and_does_not_count(house: House) -> None:
    task_id = await house.imagine()
    await house.show_status(task_id)
    await house.run(tasks.cancel, ANNA, task_id, house.rules, house.now)
    assert (await house.task(task_id)).state is TaskState.CANCELLED
    assert await house.counted(task_id) == "returned"
    status = await house.one(task_id, DeliveryKind.STATUS)
    assert (status.state, status.due_at) == (DeliveryState.DUE, house.now)
    assert await house.take() == []
    with pytest.raises(errors.NothingToCancel):
        await house.run(tasks.cancel, ANNA, task_id, house.rules, house.now)


async def test_what_was_sent_cannot_be_cancelled(house: House) -> None:
    sending = await house.imagine()
    await house.send(sending)
    running = await house.running(remote_id="r2")
    for task_id in (sending, running):
        with pytest.raises(errors.TooLateToCancel):
            await house.run(tasks.cancel, ANNA, task_id, house.rules, house.now)
        assert await house.counted(task_id) == "held"


async def test_what_has_ended_cannot_be_cancelled(house: House) -> None:
    for task_id in (await house.picture(), await unclear(house)):
        with pytest.raises(errors.NothingToCancel):
            await house.run(tasks.cancel, ANNA, task_id, house.rules, house.now)


async def test_nothing_has_been_sent_until_the_first_byte_so_it_can_be_cancelled_until_then(house: House) -> None:
    """The submitter may be waiting for a connection; `begin_sending` then finds the task withdrawn."""
    task_id = await house.imagine()
    assert await house.take() == [task_id]
    await house.run(tasks.cancel, ANNA, task_id, house.rules, house.now)
    assert (await house.task(task_id)).state is TaskState.CANCELLED


async def test_nobody_else_cancels_but_an_operator_there(house: House) -> None:
    task_id = await house.imagine(in_group(ANNA))
    with pytest.raises(errors.NotYours):
        await house.run(tasks.cancel, in_group(BEN), task_id, house.rules, house.now)
    rules = replace(OPEN, admins=frozenset({BEN.user_id}))
    with pytest.raises(errors.NotHere):
        await house.run(tasks.cancel, BEN, task_id, rules, house.now)
    await house.run(tasks.cancel, in_group(BEN), task_id, rules, house.now)
    assert (await house.task(task_id)).state is TaskState.CANCELLED


async def test_ones_own_is_listed_wherever_it_was_asked_for(house: House) -> None:
    mine = [await house.imagine(), await house.imagine(in_group(ANNA)), await unclear(house)]
    await house.imagine(BEN)
    await house.picture(remote_id="r9")
    assert [task.id for task in await house.run(tasks.list_open, ANNA)] == mine


async def test_a_refused_press_leaves_the_button_as_it_was(house: House) -> None:
    parent = await house.picture()
    button = await house.button(parent)
    strict = Rules(provider=OPEN.provider, access=Access.OPEN, daily_per_user=1)
    with pytest.raises(errors.QuotaExceeded):
        await house.run(tasks.press, ANNA, button.id, strict, house.now)
    assert await house.button(parent) == button
    assert await house.owed(parent, DeliveryKind.KEYBOARD) == []


async def test_an_anonymous_admins_picture_belongs_to_the_group(house: House) -> None:
    nobody = Requester(user_id=GROUP, chat_id=GROUP, chat_kind=ChatKind.GROUP, message_id=3, name="The group")
    button = await house.button(await house.picture(nobody))
    assert (await house.press(button, in_group(BEN))).user_id == BEN.user_id


async def test_a_button_still_works_after_its_status_message_has_gone(house: House) -> None:
    parent = await house.picture()
    await house.run(statuses.forget_status, parent)
    assert await house.press(await house.button(parent))
