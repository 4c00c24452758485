"""When nothing comes of a wish: why, in plain words, with the prompt back, and nothing counted or charged."""

import pytest

from sandbox.telegram.entities import cut
from sandbox.telegram.town import Person
from sandbox.telegram.views import MessageView
from tests.world import World, WorldWith

BUSY = {"status": 200, "body": {"code": 23, "description": "队列已满，请稍后尝试", "result": None}}


def coded(message: MessageView) -> list[str]:
    """What a tap copies from a message."""
    return [cut(message.text, one["offset"], one["length"]) for one in message.entities if one["type"] == "code"]


def readable(text: str) -> bool:
    """Whether this is for people: neither JSON nor a web page."""
    return not any(sign in text for sign in ("<", "{", "}", '":', "_error", "request id", "Traceback"))


async def told(world: World, person: Person, words: str, *, within: float = 60) -> MessageView:
    """The failure of a fresh wish: the one message left beside the wish."""
    asked = person.private.say(person, f"/imagine {words}")
    said = await world.sees(person.private, lambda m: m.reply_to == asked.id and coded(m) == [words], within)
    await world.pass_time(3)
    left = [m.id for m in person.private.messages if m.id >= asked.id]
    assert left == [asked.id, said.id], world.told(person.private)  # the status message is gone
    assert not said.photo
    assert readable(said.text), said.text
    return said


async def test_a_banned_word_is_named_and_nothing_is_counted(world_with: WorldWith) -> None:
    world = await world_with(DAILY_LIMIT_PER_USER="1")
    ann = world.telegram.person("Ann")
    said = await told(world, ann, "a gory battle", within=3)
    assert "“gory”" in said.text
    assert len(world.provider.submissions()) == 1
    await world.draws(ann, "a calm battle")


async def test_an_unknown_parameter_comes_back_with_its_reason(world_with: WorldWith) -> None:
    world = await world_with(DAILY_LIMIT_PER_USER="1")
    ann = world.telegram.person("Ann")
    asked = ann.private.say(ann, "/imagine a red fox --invalid 3")
    await world.press(ann.private, ann, await world.answer(ann.private, asked), "Send anyway")
    said = await world.sees(ann.private, lambda m: "Unrecognized" in m.text, within=60)
    assert "--invalid" in said.text.replace("a red fox --invalid 3", "")
    assert "Unrecognized parameter" in said.text
    await world.draws(ann, "a red fox")


@pytest.mark.parametrize(
    ("fault", "wanted"),
    [
        ({"status": 200, "body": {"code": 3, "description": "无可用的账号实例"}}, "no room now"),
        ({"status": 400, "body": {"code": 4, "description": "prompt不能为空"}}, "did not draw this"),
        ({"status": 422, "body": {"error": {"message": "bad <b>field</b>", "type": "x_error"}}}, "did not draw this"),
        ({"status": 404, "body": "<html><h1>404 Not Found</h1></html>"}, "cannot do that"),
        ({"status": 302, "body": "", "headers": {"location": "https://elsewhere.example/"}}, "cannot do that"),
    ],
    ids=["no account", "invalid", "a field", "no such path", "redirected"],
)
async def test_a_refusal_is_told_in_words_people_know(world: World, fault: dict[str, object], wanted: str) -> None:
    ann = world.telegram.person("Ann")
    world.provider.faults.add(match="/mj/submit/imagine", **fault)
    said = await told(world, ann, "a red fox", within=5)
    assert wanted in said.text
    assert len(world.provider.submissions()) == 1


async def test_a_hundred_per_cent_and_failure_is_a_failure(world: World) -> None:
    ann = world.telegram.person("Ann")
    ann.private.say(ann, "/imagine a red fox")
    await world.settle()
    (task,) = world.provider.tasks()
    page = "<html><head><title>502</title></head><body>Bad Gateway</body></html>"
    world.provider.show(task["id"], status="FAILURE", progress="100%", failReason=page, imageUrl="")
    said = await world.sees(ann.private, lambda m: coded(m) == ["a red fox"], within=5)
    assert readable(said.text), said.text
    await world.pass_time(5)
    assert not world.pictures(ann.private)


async def test_a_full_queue_is_waited_for_told_after_ten_seconds_and_submitted_once(world: World) -> None:
    ann = world.telegram.person("Ann")
    world.provider.faults.add(match="/mj/submit/*", times=4, **BUSY)  # refused after 0, 2, 7 and 22 seconds
    ann.private.say(ann, "/imagine a red fox")
    await world.pass_time(9)
    assert "busy" not in world.told(ann.private)
    waiting = await world.sees(ann.private, lambda m: "busy" in m.text, within=3)
    assert [button.text for button in waiting.buttons] == ["Cancel"]
    await world.sees_picture(ann.private, within=60)
    assert [entry.accepted for entry in world.provider.submissions()] == [None] * 4 + [True]


async def test_a_queue_that_stays_full_is_given_up_after_ten_minutes(world_with: WorldWith) -> None:
    world = await world_with(DAILY_LIMIT_PER_USER="1")
    ann = world.telegram.person("Ann")
    world.provider.faults.add(match="/mj/submit/*", times=None, **BUSY)
    ann.private.say(ann, "/imagine a red fox")
    await world.pass_time(590, step=5)
    assert "busy" in world.told(ann.private)
    await world.pass_time(80, step=5)
    (said,) = (m for m in ann.private.messages if m.from_bot)
    assert "no room now. Nothing was charged" in said.text
    assert coded(said) == ["a red fox"]
    tries = len(world.provider.submissions())
    assert 8 <= tries <= 16
    world.provider.faults.clear()
    await world.pass_time(120, step=5)
    assert len(world.provider.submissions()) == tries
    await world.draws(ann)


async def test_a_provider_that_is_away_is_waited_for(world: World) -> None:
    ann = world.telegram.person("Ann")
    port = int(world.provider.base_url.rsplit(":", 1)[1])
    await world.provider.stop()
    ann.private.say(ann, "/imagine a red fox")
    await world.pass_time(12)
    assert "busy" in world.told(ann.private)
    await world.provider.start(port=port)
    await world.sees_picture(ann.private)
    assert len(world.provider.submissions()) == 1


async def test_a_late_success_is_delivered_after_all(world: World) -> None:
    world.provider.set_speed(all=2)
    world.provider.fail("fox", "[Banned] maybe", late_success=30)
    ann = world.telegram.person("Ann")
    failed = await told(world, ann, "a red fox")
    assert "maybe" in failed.text
    picture = await world.sees_picture(ann.private, within=90)
    assert "It arrived after all." in picture.text
    assert ann.private.message(1).id == picture.reply_to
    await world.press(ann.private, ann, picture, "U1")
    await world.sees_picture(ann.private, after=picture.id)
    assert len(world.provider.submissions(path="imagine")) == 1


async def test_a_success_is_not_taken_back(world: World) -> None:
    world.provider.set_speed(all=2)
    world.provider.fail("fox", after_success=5)
    ann = world.telegram.person("Ann")
    picture = await world.draws(ann)
    await world.pass_time(70, step=1)
    assert [m.id for m in ann.private.messages if m.from_bot] == [picture.id]


async def test_what_the_provider_cancels_is_told(world: World) -> None:
    ann = world.telegram.person("Ann")
    ann.private.say(ann, "/imagine a red fox")
    await world.pass_time(3)
    (task,) = world.provider.tasks()
    world.provider.engine.cancel(task["id"], round(world.clock.now().timestamp() * 1000))
    said = await world.sees(ann.private, lambda m: coded(m) == ["a red fox"], within=10)
    assert "cancelled" in said.text


async def test_a_task_that_the_provider_forgets_is_given_up_late_and_named(world: World) -> None:
    ann, bob = world.telegram.person("Ann"), world.telegram.person("Bob")
    ann.private.say(ann, "/imagine a red fox")
    await world.pass_time(3)
    world.provider.forget(world.provider.tasks()[0]["id"])
    await world.pass_time(580, step=5)
    assert not [m for m in ann.private.messages if coded(m)]  # it may pass
    said = await world.sees(ann.private, lambda m: coded(m) == ["a red fox"], within=60)
    assert "task 1" in said.text
    await world.draws(bob)
    assert len(world.provider.submissions()) == 2


async def test_a_picture_that_cannot_be_fetched_at_first_comes_a_little_later(world_with: WorldWith) -> None:
    world = await world_with(PREVIEWS="off")
    ann = world.telegram.person("Ann")
    world.provider.faults.add(match="/pictures/*", status=404, times=2)
    world.provider.faults.add(match="/pictures/*", status=200, body="<html>soon</html>", times=1)
    picture = await world.draws(ann)
    await world.pass_time(5)
    assert len(world.pictures(ann.private)) == 1
    assert picture.photo
