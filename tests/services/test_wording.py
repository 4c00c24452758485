"""Describe and shorten as services: what is recorded, which buttons come of it, and what their presses never do."""

from dataclasses import replace

import pytest

from domain import errors
from domain.delivery import DeliveryKind
from domain.proposals import AGAIN, ALL, DRAW
from domain.task import OPEN_STATES, Attached, BotType, Describe, Imagine, PictureId, Role, Shorten, TaskId, TaskState
from services import preferences, tasks, wishes, wording
from services.wishes import Asked, Reply
from storage import buttons, deliveries
from storage import tasks as task_rows
from tests.services.house import ANNA, BEN, OPEN, House, accepted, done, in_group

PHOTO = PictureId("photo")
FOUR = "\n\n".join(f"{n}\ufe0f\u20e3 fox {n}" for n in range(1, 5))
ON_IT = replace(ANNA, message_id=70)


async def described(house: House, text: str | None = FOUR, remote_id: str = "r1", **snapshot: object) -> TaskId:
    task_id = await house.run(wording.describe, ANNA, PHOTO, house.rules, house.now)
    await house.submit(task_id, accepted(remote_id))
    found = done(remote_id, final_prompt=text, **{"action": "DESCRIBE", **snapshot})
    await house.observe(task_id, found)
    return task_id


async def button_of(house: House, task_id: TaskId, custom_id: str) -> int:
    found = await house.run(buttons.select_of, task_id)
    return next(one.id for one in found if one.custom_id == custom_id)


async def use(house: House, button: int, requester: object = ANNA) -> wording.Used:
    return await house.run(wording.use, requester, button, house.rules, house.now)  # type: ignore[arg-type]


async def test_a_description_ends_in_words_with_buttons_of_ours_only(house: House) -> None:
    task = await house.task(await described(house))
    assert task.submission == Describe(picture=PHOTO)
    assert (task.state, task.text, task.image_url) == (TaskState.SUCCEEDED, FOUR, None)
    found = await house.run(buttons.select_of, task.id)
    assert [one.custom_id for one in found] == [*(f"{DRAW}{n}" for n in range(1, 5)), ALL, AGAIN]
    assert await house.counted(task.id) == "kept"


async def test_a_provider_that_names_no_action_is_understood_all_the_same(house: House) -> None:
    task = await house.task(await described(house, action=None))
    assert (task.text, task.image_url) == (FOUR, None)


async def test_words_that_are_missing_yet_are_waited_for_and_then_done_without(house: House) -> None:
    task_id = await described(house, None)
    assert (await house.task(task_id)).state is TaskState.RUNNING
    house.pass_time(121)
    await house.observe(task_id, done("r1", action="DESCRIBE"))
    task = await house.task(task_id)
    assert (task.state, task.text) == (TaskState.SUCCEEDED, None)
    found = await house.run(buttons.select_of, task_id)
    assert [one.custom_id for one in found] == [AGAIN]


async def test_a_shortened_prompt_has_its_numbers_alone(house: House) -> None:
    task_id = await house.run(wording.shorten, ANNA, "a very big fox", house.rules, house.now)
    await house.submit(task_id, accepted("r1"))
    task = await house.observe(task_id, done("r1", action="SHORTEN", final_prompt="**a** fox\n1️⃣ fox\n\n2️⃣ a fox"))
    assert task.submission == Shorten(prompt="a very big fox")
    found = await house.run(buttons.select_of, task_id)
    assert [one.custom_id for one in found] == [f"{DRAW}1", f"{DRAW}2"]
    await use(house, found[1].id)
    assert (await house.tasks())[-1].submission == Imagine(prompt="a fox")


async def test_the_words_that_were_sent_in_are_no_result(house: House) -> None:
    task_id = await house.run(wording.shorten, ANNA, "a very big fox", house.rules, house.now)
    await house.submit(task_id, accepted("r1"))
    echoed = done("r1", action="SHORTEN", final_prompt="a very big fox")
    assert (await house.observe(task_id, echoed)).state is TaskState.RUNNING
    house.pass_time(121)
    task = await house.observe(task_id, echoed)
    assert (task.state, task.text) == (TaskState.SUCCEEDED, None)


async def test_a_number_draws_its_words_once_and_again_later(house: House) -> None:
    number = await button_of(house, await described(house), f"{DRAW}2")
    assert (await use(house, number)).title == "2️⃣"
    for _tap in range(2):
        with pytest.raises(errors.AlreadyPressed):
            await use(house, number)
    (first,) = (await house.tasks())[1:]
    assert (first.submission, first.title, first.prompt) == (Imagine(prompt="fox 2"), "2️⃣", "fox 2")
    assert await house.counted(first.id) == "held"
    house.pass_time(60)
    with pytest.raises(errors.AlreadyPressed):  # it still runs
        await use(house, number)
    await house.submit(first.id, accepted("r2"))
    await house.observe(first.id, done("r2"))
    await use(house, number)
    assert len(await house.tasks()) == 3


async def test_all_is_an_echo_while_any_of_its_pictures_is_open(house: House) -> None:
    every = await button_of(house, await described(house), ALL)
    await use(house, every)
    made = (await house.tasks())[1:]
    assert [task.prompt for task in made] == [f"fox {n}" for n in range(1, 5)]
    for task in reversed(made):
        house.pass_time(60)
        with pytest.raises(errors.AlreadyPressed):
            await use(house, every)
        await house.run(task_rows.move, task.id, leave=OPEN_STATES, enter=TaskState.SUCCEEDED)
    await use(house, every)
    assert len(await house.tasks()) == 9


async def test_all_or_nothing_where_the_limits_leave_room_for_three(house: House) -> None:
    every = await button_of(house, await described(house), ALL)
    house.rules = replace(OPEN, daily_per_user=4)
    with pytest.raises(errors.QuotaExceeded):
        await use(house, every)
    assert len(await house.tasks()) == 1
    house.rules = replace(OPEN, daily_per_user=5)
    await use(house, every)
    assert len(await house.tasks()) == 5


async def test_again_describes_the_same_picture_for_one_charge(house: House) -> None:
    again = await button_of(house, await described(house), AGAIN)
    await use(house, again)
    with pytest.raises(errors.AlreadyPressed):
        await use(house, again)
    (_first, second) = await house.tasks()
    assert second.submission == Describe(picture=PHOTO)


async def test_a_press_elsewhere_by_a_stranger_or_of_another_kind_draws_nothing(house: House) -> None:
    number = await button_of(house, await described(house), f"{DRAW}1")
    with pytest.raises(errors.NotHere):
        await use(house, number, BEN)
    with pytest.raises(errors.ButtonGone):
        await house.run(tasks.press, ANNA, number, house.rules, house.now)
    picture = await house.picture(remote_id="r9")
    theirs = await house.button(picture)
    with pytest.raises(errors.ButtonGone):
        await use(house, theirs.id)
    with pytest.raises(errors.ButtonGone):
        await use(house, 4242)
    assert len(await house.tasks()) == 2


async def test_a_used_number_shows_its_tick_under_the_words(house: House) -> None:
    task_id = await described(house)
    result = await house.one(task_id, DeliveryKind.RESULT)
    await house.claim()
    await house.run(deliveries.settle, result.id, now=house.now, message_id=70)
    await use(house, await button_of(house, task_id, f"{DRAW}1"), ON_IT)
    assert (await house.one(task_id, DeliveryKind.KEYBOARD)).message_id == 70
    child = (await house.tasks())[-1]
    assert child.reply_to == 70


async def test_a_doubtful_number_becomes_one_question(house: House) -> None:
    number = await button_of(house, await described(house, "1️⃣ fox --ar 0:1\n\n2️⃣ x"), f"{DRAW}1")
    used = await use(house, number)
    assert used.asked is not None
    with pytest.raises(errors.AlreadyPressed):
        await use(house, number)
    assert len(await house.tasks()) == 1
    await house.run(wishes.reply, ANNA, used.asked.draft_id, Reply.REPAIRED, house.rules, house.now)
    assert (await house.tasks())[-1].prompt == "fox --ar 1:1"


async def asked(house: House, words: str, requester: object = ANNA, **more: object) -> Asked:
    found = await house.run(wishes.wish, requester, words, house.rules, house.now, **more)  # type: ignore[arg-type]
    assert isinstance(found, Asked)
    return found


async def test_one_answer_whatever_is_pressed_and_only_by_whom_it_was_asked(house: House) -> None:
    question = await asked(house, "a {red, blue} fox --ar 0:1", in_group(ANNA))
    draft = question.draft_id
    for who, refusal in ((in_group(BEN), errors.NotYours), (BEN, errors.NotHere)):
        with pytest.raises(refusal):
            await house.run(wishes.reply, who, draft, Reply.EXPANDED, house.rules, house.now)
    with pytest.raises(errors.ButtonGone):
        await house.run(wishes.reply, ANNA, draft + 1, Reply.AS_WRITTEN, house.rules, house.now)
    assert await house.tasks() == []
    await house.run(wishes.reply, in_group(ANNA), draft, Reply.REPAIRED, house.rules, house.now)
    for said in Reply:
        with pytest.raises(errors.AlreadyPressed):
            await house.run(wishes.reply, in_group(ANNA), draft, said, house.rules, house.now)
    assert [task.prompt for task in await house.tasks()] == ["a red fox --ar 1:1", "a blue fox --ar 1:1"]


async def test_what_came_along_is_not_lost_by_a_question(house: House) -> None:
    attached = (Attached(picture=PHOTO, role=Role.STYLE),)
    question = await asked(house, "a fox --ar 0:1", attached=attached)
    await house.run(wishes.reply, ANNA, question.draft_id, Reply.AS_WRITTEN, house.rules, house.now)
    (task,) = await house.tasks()
    assert task.submission == Imagine(prompt="a fox --ar 0:1", attached=attached)


async def test_a_plain_prompt_offers_no_repair_to_a_forged_press(house: House) -> None:
    draft = await house.run(tasks.suggest, ANNA, "a fox", house.now)
    with pytest.raises(errors.ButtonGone):
        await house.run(wishes.reply, ANNA, draft, Reply.REPAIRED, house.rules, house.now)
    assert await house.tasks() == []


async def test_preferences_count_for_what_is_sent_and_shown(house: House) -> None:
    await house.run(preferences.choose_usual, ANNA, "--niji 6 --s 5", house.rules, for_chat=False)
    await house.imagine(words="a fox --s 9")
    (task,) = await house.tasks()
    assert task.prompt == "a fox --s 9 --niji 6"
    assert task.submission == Imagine(prompt=task.prompt, bot_type=BotType.NIJI)


async def test_who_may_not_spend_keeps_nothing_here(house: House) -> None:
    strict = replace(OPEN, access="allowlist")  # type: ignore[arg-type]
    with pytest.raises(errors.NotAllowed):
        await house.run(preferences.choose_usual, BEN, "--s 5", strict, for_chat=False)
    with pytest.raises(errors.NotAllowed):
        await house.run(preferences.keep_style, BEN, "noir", "dark", strict)
    assert not await house.run(preferences.styles_of, BEN)
