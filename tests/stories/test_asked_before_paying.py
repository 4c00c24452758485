"""What seems wrong with a prompt is asked before it is paid for; a plain prompt never is."""

import pytest

from sandbox.telegram.entities import cut
from sandbox.telegram.views import MessageView
from tests.world import World, WorldWith

DIALECTS = {"engine": {}, "gateway": {"dialect": "gateway"}}


def drawn(world: World) -> list[str]:
    return [entry.body["prompt"] for entry in world.provider.submissions(path="imagine")]


def copied(message: MessageView) -> list[str]:
    return [cut(message.text, one["offset"], one["length"]) for one in message.entities if one["type"] == "code"]


@pytest.mark.parametrize("dialect", DIALECTS)
async def test_a_shape_that_is_none_is_asked_about_and_repaired_by_a_press(dialect: str, world_with: WorldWith) -> None:
    world = await world_with(provider=DIALECTS[dialect])
    world.paint_nothing()
    ann = world.telegram.person("Ann")
    asked = ann.private.say(ann, "/imagine a <b>fox</b> —ar 16x9")
    question = await world.answer(ann.private, asked)
    assert "16x9 is no shape" in question.text
    assert copied(question) == ["a <b>fox</b> --ar 16x9"]
    assert [button.text for button in question.buttons] == ["Use --ar 16:9", "Send anyway"]
    await world.restart_bot()
    await world.pass_time(2)
    assert not world.provider.submissions()
    taps = [ann.private.press(ann, question.id, button) for button in ("Use --ar 16:9", "Use --ar 16:9", "Send anyway")]
    assert [(await tap.answered()).text for tap in taps] == ["On its way.", "Already on it.", "Already on it."]
    picture = await world.sees_picture(ann.private)
    assert "a <b>fox</b> --ar 16:9" in picture.text
    assert drawn(world) == ["a <b>fox</b> --ar 16:9"]


async def test_send_anyway_sends_exactly_what_was_written(world: World) -> None:
    world.paint_nothing()
    ann = world.telegram.person("Ann")
    for number, (words, told) in enumerate(
        {
            "a fox --v 99": "I do not know --v 99. Is --v 7 meant?",
            "a fox --aspct 3:2  --tile": "I do not know --aspct. Is --aspect meant?",
            "a fox --stop 5": "--stop goes from 10 to 100, and here it is 5.",
            "a fox\n--s": "--s wants a value behind it.",
        }.items(),
        start=1,
    ):
        question = await world.answer(ann.private, ann.private.say(ann, f"/imagine {words}"), within=10)
        assert told in question.text
        await world.press(ann.private, ann, question, "Send anyway")
        await world.until(lambda: len(drawn(world)) == number)  # noqa: B023 - it is awaited here
        assert drawn(world)[-1] == words


async def test_plain_prompts_and_those_of_connoisseurs_are_simply_drawn(world: World) -> None:
    world.paint_nothing()
    world.provider.set_speed(all=1)
    ann = world.telegram.person("Ann")
    wishes = [
        "a fox",
        "a {fox} - or -- not",
        "a fox --ar 3:2 --s 250 --c 10 --style raw --no text, b",
        "a fox --niji 6",
    ]
    for wish in wishes:
        await world.draws(ann, wish)
    assert drawn(world) == wishes
    kinds = [entry.body["botType"] for entry in world.provider.submissions(path="imagine")]
    assert kinds == ["MID_JOURNEY"] * 3 + ["NIJI_JOURNEY"]


@pytest.mark.parametrize("dialect", DIALECTS)
async def test_permutations_are_told_and_become_as_many_tasks_as_they_are_charges(
    dialect: str, world_with: WorldWith
) -> None:
    world = await world_with(provider=DIALECTS[dialect], DAILY_LIMIT_PER_USER="5")
    world.paint_nothing()
    ann, bob = world.telegram.person("Ann"), world.telegram.person("Bob")
    group = world.telegram.group("Friends", [ann, bob])
    asked = group.say(ann, "/imagine a {red, blue} fox --repeat 2")
    question = await world.answer(group, asked)
    assert "4 pictures, each its own charge" in question.text
    assert [button.text for button in question.buttons] == ["Draw 4 pictures (4 charges)"]
    draw = question.button("Draw 4 pictures (4 charges)").data or ""
    assert "Only the person" in ((await world.press(group, bob, question, draw)).text or "")
    for letter in "sd":  # as one task it would count as one picture, so that is nowhere offered
        assert "does not work" in ((await group.press_data(ann, question.id, letter + draw[1:]).answered()).text or "")
    taps = [group.press(ann, question.id, "Draw 4 pictures (4 charges)") for _ in range(3)]
    for tap in taps:
        await tap.answered()
    await world.until(lambda: len(world.pictures(group)) == 4)
    assert drawn(world) == ["a red fox", "a red fox", "a blue fox", "a blue fox"]
    again = await world.answer(group, group.say(ann, "/imagine {a, b}"), within=20)
    toast = await world.press(group, ann, again, "Draw 2 pictures (2 charges)")  # one of five is left
    assert "That makes 2 pictures, and 1 of yours is left today" in (toast.text or "")
    await world.pass_time(3)
    assert len(drawn(world)) == 4


async def test_more_than_ten_are_never_drawn_at_once(world: World) -> None:
    ann = world.telegram.person("Ann")
    question = await world.answer(ann.private, ann.private.say(ann, "/imagine a fox --repeat 40"))
    assert "more than 10 pictures" in question.text
    assert not question.buttons
    for letter in "sfe":
        press = ann.private.press_data(ann, question.id, f"{letter}:1")
        assert "does not work" in ((await press.answered()).text or "")
    await world.pass_time(2)
    assert not drawn(world)


async def test_plain_words_in_private_are_asked_about_at_once_instead_of_being_offered(world: World) -> None:
    world.paint_nothing()
    ann = world.telegram.person("Ann")
    question = await world.answer(ann.private, ann.private.say(ann, "a fox --ar 0:1"))
    assert [button.text for button in question.buttons] == ["Use --ar 1:1", "Send anyway"]
    await world.press(ann.private, ann, question, "Use --ar 1:1")
    await world.sees_picture(ann.private)
    assert drawn(world) == ["a fox --ar 1:1"]


async def test_who_may_not_spend_gets_no_question(world_with: WorldWith) -> None:
    world = await world_with(ACCESS="allowlist", ALLOWED_USERS="5", ADMINS="5")
    ann = world.telegram.person("Ann")
    told = await world.answer(ann.private, ann.private.say(ann, "/imagine a fox --ar 0:1"))
    assert "operator has let in" in told.text
    assert not told.buttons
