"""The bot stops at the worst moment; the next start goes on where it was."""

import asyncio

from tests.world import World


async def test_a_stop_in_the_middle_of_a_submit_is_told_as_unclear_and_all_else_goes_on(world: World) -> None:
    world.provider.faults.add(match="/mj/task/list", times=None, status=404, body={"error": "Not Found"})
    ann, bob, cy = (world.telegram.person(name) for name in ("Ann", "Bob", "Cy"))
    bob.private.say(bob, "/imagine a blue whale")
    await world.pass_time(3)
    status = bob.private.last()
    world.provider.trouble("accept then hang")
    ann.private.say(ann, "/imagine a red fox")
    while not world.provider.submissions(prompt="a red fox", accepted=True):  # noqa: ASYNC110 - the clock stands still
        await asyncio.sleep(0.01)
    await world.stop_bot()  # takes as long as calls in flight are given
    world.provider.faults.clear()
    world.provider.faults.add(match="/mj/task/list", times=None, status=404, body={"error": "Not Found"})
    cy.private.say(cy, "/imagine a green frog")
    await world.start_bot()
    question = await world.sees(ann.private, lambda m: any("twice" in b.text for b in m.buttons), within=1)
    assert "a red fox" in question.text
    for person in (bob, cy):
        await world.sees_picture(person.private)
    await world.pass_time(15)
    assert [m.id for m in ann.private.messages if m.from_bot] == [question.id]
    assert bob.private.message(status.id).deleted
    assert len(world.pictures(bob.private)) == 1
    assert [entry.body["prompt"] for entry in world.provider.submissions()] == [
        "a blue whale",
        "a red fox",
        "a green frog",
    ]


async def test_restarts_in_every_moment_of_a_picture_leave_one_submission_and_one_picture(world: World) -> None:
    ann = world.telegram.person("Ann")
    asked = ann.private.say(ann, "/imagine a red fox")
    for _restart in range(6):
        await world.restart_bot()
        await world.pass_time(1.25)
    picture = await world.sees_picture(ann.private)
    await world.restart_bot()
    await world.pass_time(5)
    assert [m.id for m in ann.private.messages] == [asked.id, picture.id]
    assert len(world.provider.submissions()) == 1


async def test_what_finished_while_the_bot_was_away_is_delivered_at_the_start(world: World) -> None:
    ann, bob = world.telegram.person("Ann"), world.telegram.person("Bob")
    ann.private.say(ann, "/imagine a red fox")
    bob.private.say(bob, "/imagine a gory scene --invalid 1")
    bob.private.say(bob, "/imagine a scene --invalid 1")
    await world.settle()
    questions = [m for m in bob.private.messages if m.from_bot]
    for question in questions:  # it is asked about such a parameter, and sends it anyway
        await world.press(bob.private, bob, question, "Send anyway")
    await world.settle()
    await world.stop_bot()
    world.clock.advance(3600)
    await world.start_bot()
    await world.sees_picture(ann.private, within=5)
    said = await world.sees(bob.private, lambda m: "Unrecognized parameter" in m.text, within=5)
    assert said.reply_to == questions[1].id
    await world.pass_time(5)
    assert len(ann.private.messages) == 2
    assert len(bob.private.messages) == 6  # two wishes, two questions, two answers
