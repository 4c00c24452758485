"""A submit without a clear answer is looked for at the provider; found, it goes on like any other."""

from sandbox.telegram.town import Person
from sandbox.telegram.views import MessageView
from tests.world import World, WorldWith


async def asked_in_vain(world: World, person: Person, words: str) -> MessageView:
    """A wish that the provider never got, for all that can be seen; the question that the bot asks then."""
    world.provider.trouble("502 html")
    person.private.say(person, f"/imagine {words}")
    return await world.sees(person.private, lambda m: m.buttons and words in m.text)


async def test_an_accepted_submit_whose_answer_was_lost_is_found_and_delivered(world: World) -> None:
    ann = world.telegram.person("Ann")
    world.provider.trouble("accept then drop")
    world.provider.faults.add(match="/mj/task/list", times=1, status=500, body="")  # not found in the first moment
    ann.private.say(ann, "/imagine a red fox")
    told = await world.sees(ann.private, lambda m: any("twice" in b.text for b in m.buttons))
    picture = await world.sees_picture(ann.private)
    assert "a red fox" in picture.text
    assert len(world.provider.submissions()) == 1
    question = ann.private.message(told.id)
    assert not question.buttons  # settled: nothing can be submitted again by it
    assert "turned up" in question.text
    toast = await ann.private.press_data(ann, told.id, "a:1").answered(5)
    assert toast.text
    await world.pass_time(5)
    assert len(world.provider.submissions()) == 1


async def test_a_question_that_was_on_its_way_when_the_request_turned_up_says_so_too(world: World) -> None:
    ann = world.telegram.person("Ann")
    world.provider.trouble("accept then drop")
    world.provider.faults.add(match="/mj/task/list", times=1, status=500, body="")
    world.telegram.faults.add(match="sendMessage", end="proceed")  # the status
    world.telegram.faults.add(match="sendMessage", do=True, delay=7, end="proceed")  # the question: there, but silent
    ann.private.say(ann, "/imagine a red fox")
    told = await world.sees(ann.private, lambda m: any("twice" in b.text for b in m.buttons))
    await world.sees_picture(ann.private)
    await world.pass_time(5)
    question = ann.private.message(told.id)
    assert not question.buttons
    assert "turned up" in question.text
    assert len(world.provider.submissions()) == 1


async def test_what_is_nowhere_is_not_looked_for_any_longer_than_a_quarter_of_an_hour(world: World) -> None:
    ann = world.telegram.person("Ann")
    world.provider.trouble("502 html")
    ann.private.say(ann, "/imagine a red fox")
    await world.sees(ann.private, lambda m: any("twice" in b.text for b in m.buttons))
    await world.pass_time(60, step=1)
    asked = world.provider.ledger.requests["/mj/task/list"]
    assert 5 <= asked <= 15
    await world.pass_time(900, step=5)
    asked = world.provider.ledger.requests["/mj/task/list"]
    await world.pass_time(300, step=5)
    assert world.provider.ledger.requests["/mj/task/list"] == asked
    assert len(world.provider.submissions()) == 1


async def test_a_provider_that_lists_nothing_is_never_asked_again(world: World) -> None:
    ann = world.telegram.person("Ann")
    world.provider.faults.add(match="/mj/task/list", times=None, status=404, body={"error": "Not Found"})
    for words in ("a red fox", "a blue fox"):
        await asked_in_vain(world, ann, words)
        await world.pass_time(30, step=1)
    assert world.provider.ledger.requests["/mj/task/list"] == 1


async def test_operators_can_list_what_is_unclear_and_others_cannot(world_with: WorldWith) -> None:
    world = await world_with(ADMIN_USERS="10001")
    boss, ann = world.telegram.person("Boss"), world.telegram.person("Ann")
    world.provider.trouble("502 html")
    ann.private.say(ann, "/imagine a red fox")
    await world.sees(ann.private, lambda m: any("twice" in b.text for b in m.buttons))
    boss.private.say(boss, "/unclear")
    assert "a red fox" in (await world.sees(boss.private, lambda m: m.from_bot)).text
    before = len(ann.private.messages)
    ann.private.say(ann, "/unclear")
    await world.pass_time(2)
    assert not any("charged at" in m.text for m in ann.private.messages[before:])


async def test_a_late_find_after_the_person_submitted_again_brings_both(world: World) -> None:
    ann = world.telegram.person("Ann")
    world.provider.faults.add(match="/mj/task/list", times=2, status=500, body="")
    world.provider.trouble("accept then 502")
    ann.private.say(ann, "/imagine a red fox")
    told = await world.sees(ann.private, lambda m: any("twice" in b.text for b in m.buttons))
    await world.press(ann.private, ann, told, told.buttons[0].text)
    await world.until(lambda: len(world.pictures(ann.private)) == 2)
    assert len(world.provider.submissions()) == 2
