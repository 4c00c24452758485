"""A submit without a clear answer: told at once, never sent again by itself, adopted if it turns up."""

import pytest

from sandbox.telegram.town import Person
from sandbox.telegram.views import MessageView
from tests.world import World, WorldWith

AGAIN = "Submit again (may cost twice)"


async def asked_in_vain(world: World, person: Person, words: str = "a red fox") -> MessageView:
    """A wish whose submit gets no clear answer; the question that the bot asks then."""
    asked = person.private.say(person, f"/imagine {words}")
    question = await world.sees(person.private, lambda m: any(b.text == AGAIN for b in m.buttons), within=2)
    assert question.reply_to == asked.id
    assert words in question.text
    assert "may have been charged" in question.text
    assert "<" not in question.text
    return question


def lists_nothing(world: World) -> None:
    """Make the provider one of those that list no tasks to their customers."""
    world.provider.faults.add(match="/mj/task/list", times=None, status=404, body={"error": "Not Found"})


@pytest.mark.parametrize("trouble", ["accept then 502", "accept then drop", "200 html", "503 json"])
async def test_no_clear_answer_is_told_at_once_and_never_sent_again(world: World, trouble: str) -> None:
    lists_nothing(world)
    world.provider.trouble(trouble)
    ann, bob = world.telegram.person("Ann"), world.telegram.person("Bob")
    question = await asked_in_vain(world, ann)
    await world.draws(bob, "a blue whale")
    await world.restart_bot()
    await world.pass_time(1200, step=20)
    assert len(world.provider.submissions(prompt="a red fox")) == 1
    assert [m.id for m in ann.private.messages if m.from_bot] == [question.id]


async def test_the_person_may_submit_again_once(world_with: WorldWith) -> None:
    world = await world_with(DAILY_LIMIT_PER_USER="2")
    lists_nothing(world)
    world.provider.trouble("accept then drop")
    ann, eve = world.telegram.person("Ann"), world.telegram.person("Eve")
    question = await asked_in_vain(world, ann)
    eve.private.say(eve, "/help")
    await world.settle()
    forged = await eve.private.press_data(eve, 1, question.button(AGAIN).data or "").answered()
    assert forged.text == "Only the person who asked for this picture can do that."
    taps = [ann.private.press(ann, question.id, AGAIN) for _ in range(3)]
    assert [(await tap.answered()).text for tap in taps] == ["On its way.", "Already on it.", "Already on it."]
    picture = await world.sees_picture(ann.private)
    assert picture.reply_to == question.reply_to
    asked = ann.private.message(question.id)
    assert not asked.buttons
    assert "Submitted again" in asked.text
    await world.pass_time(600, step=10)
    assert len(world.provider.submissions(prompt="a red fox")) == 2
    assert len(world.pictures(ann.private)) == 1
    refused = ann.private.say(ann, "/imagine more")
    said = await world.answer(ann.private, refused)
    assert "opens again" in said.text  # both may have been charged, so both count


async def test_what_is_found_at_once_is_no_question_at_all(world: World) -> None:
    world.provider.trouble("accept then drop")
    ann, bob = world.telegram.person("Ann"), world.telegram.person("Bob")
    bob.private.say(bob, "/imagine a red fox")  # the same words, and another's
    await world.settle()
    world.provider.trouble("accept then drop")
    ann.private.say(ann, "/imagine a red fox")
    for person in (ann, bob):
        await world.sees_picture(person.private)
        assert "clear answer" not in "".join(m.text for m in person.private.history)
    first, second = world.provider.submissions()
    assert world.pictures(bob.private)[0].photo != world.pictures(ann.private)[0].photo
    assert first.body["state"] != second.body["state"]


async def test_a_press_without_a_clear_answer_is_unclear_too(world: World) -> None:
    ann = world.telegram.person("Ann")
    grid = await world.draws(ann)
    lists_nothing(world)
    world.provider.trouble("accept then 502")
    await world.press(ann.private, ann, grid, "U3")
    question = await world.sees(ann.private, lambda m: any(b.text == AGAIN for b in m.buttons), within=2)
    assert question.reply_to == grid.id
    await world.pass_time(60, step=1)
    assert len(world.provider.submissions(path="action")) == 1
    await world.press(ann.private, ann, question, AGAIN)
    upscale = await world.sees_picture(ann.private, after=question.id)
    assert upscale.reply_to == grid.id
    assert len(world.provider.submissions(path="action")) == 2


async def test_a_windows_answer_without_a_clear_answer_is_looked_up_and_not_sent_again(world: World) -> None:
    ann = world.telegram.person("Ann")
    grid = await world.draws(ann)
    world.provider.engine.remix = True
    world.provider.trouble("accept then drop", match="/mj/submit/modal")
    await world.press(ann.private, ann, grid, "V2")
    varied = await world.sees_picture(ann.private, after=grid.id)
    assert varied.reply_to == grid.id
    await world.pass_time(20, step=1)
    assert len(world.provider.submissions(path="action")) == 1
    assert len(world.provider.submissions(path="modal")) == 1
