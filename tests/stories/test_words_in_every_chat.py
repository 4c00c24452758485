"""Describing, questions and preferences where nobody signs, and where there are topics."""

import io

from PIL import Image

from sandbox.telegram.views import MessageView
from tests.world import World


def a_picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (60, 60), "teal").save(out, "PNG")
    return out.getvalue()


def drawn(world: World) -> list[str]:
    return [entry.body["prompt"] for entry in world.provider.submissions(path="imagine")]


def has(message: MessageView, button: str) -> bool:
    return button in [one.text for one in message.buttons]


async def test_a_channel_describes_asks_and_prefers_by_its_admins(world: World) -> None:
    world.paint_nothing()
    ann, bob = world.telegram.person("Ann"), world.telegram.person("Bob")
    channel = world.telegram.channel("Gallery", ann)
    channel.set_member(ann, bob, "member")
    channel.send_photo(ann, a_picture(), caption="/describe", as_file=True)
    words = await world.sees(channel, lambda m: m.from_bot and has(m, "1️⃣"))
    channel.say(ann, "/prefer --s 5")
    question = await world.answer(channel, channel.say(ann, "/imagine a fox --ar 0:1"), within=5)
    for message, button in ((words, "1️⃣"), (words, "🎉 All (4 charges)"), (question, "Send anyway")):
        toast = await world.press(channel, bob, message, button)
        assert (toast.text or "").startswith(("In this chat only its admins", "Only the person who asked"))
    await world.pass_time(2)
    assert not drawn(world)
    await world.press(channel, ann, words, "1️⃣")
    await world.press(channel, ann, question, "Use --ar 1:1")
    await world.until(lambda: len(world.pictures(channel)) == 2)
    assert drawn(world)[0].endswith(" --s 5")
    assert drawn(world)[1] == "a fox --ar 1:1 --s 5"
    assert "Ann" not in "".join(m.text for m in channel.messages if m.from_bot)


async def test_an_anonymous_admin_answers_as_a_person_what_was_asked_as_the_group(world: World) -> None:
    world.paint_nothing()
    ann, bob = world.telegram.person("Ann"), world.telegram.person("Bob")
    group = world.telegram.group("Friends", [ann, bob])
    question = await world.answer(group, group.say(ann, "/imagine a fox --ar 0:1", anonymous=True))
    assert "Only the person" in ((await world.press(group, bob, question, "Send anyway")).text or "")
    await world.press(group, ann, question, "Use --ar 1:1")
    await world.sees_picture(group)
    assert drawn(world) == ["a fox --ar 1:1"]


async def test_everything_stays_in_its_topic(world: World) -> None:
    world.paint_nothing()
    ann = world.telegram.person("Ann")
    forum = world.telegram.group("Art", [ann], forum=True)
    topic = forum.create_topic(ann, "Foxes")
    await world.pass_time(2)
    bare = await world.answer(forum, forum.say(ann, "/describe", thread=topic), within=20)
    assert "Answer a picture" in bare.text
    shown = forum.send_photo(ann, a_picture(), thread=topic)
    forum.say(ann, "/describe", reply_to=shown.id, thread=topic)
    words = await world.sees(forum, lambda m: m.from_bot and has(m, "1️⃣"))
    question = await world.answer(forum, forum.say(ann, "/imagine {a, b}", thread=topic), within=20)
    await world.press(forum, ann, words, "1️⃣")
    await world.press(forum, ann, question, "Draw 2 pictures (2 charges)")
    await world.until(lambda: len(world.pictures(forum)) == 3)
    assert {m.thread for m in forum.messages if m.from_bot and m.id >= bare.id} == {topic}
