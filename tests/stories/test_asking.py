"""People ask for pictures: by command, by plain words, in groups; and take it back."""

import sqlite3
from contextlib import closing

import pytest

from sandbox.telegram.entities import cut, units
from sandbox.telegram.views import MessageView
from tests.world import World, WorldWith


def quoted(message: MessageView) -> str:
    """What stands in the quote of a message."""
    (entity,) = (one for one in message.entities if one["type"].endswith("blockquote"))
    return cut(message.text, entity["offset"], entity["length"])


def prompts(world: World) -> list[str]:
    """What the provider was asked to draw, in order."""
    return [entry.body["prompt"] for entry in world.provider.submissions(path="imagine")]


async def test_new_lines_and_flags_go_out_as_written_and_long_dashes_become_hyphens(world: World) -> None:
    ann = world.telegram.person("Ann")
    ann.private.say(ann, "/imagine a fox\n in the snow — or not —ar 3:2 –style raw --no text, a–b, 2—3 --chaos 5")
    await world.settle()
    assert prompts(world) == ["a fox\n in the snow — or not --ar 3:2 --style raw --no text, a–b, 2—3 --chaos 5"]


async def test_markup_and_emoji_come_back_literally(world: World) -> None:
    words = '<b>fox</b> & *stars* _low_ [a](https://x.example) `tick` &lt; "q" 👨‍👩‍👧 🦊'
    ann = world.telegram.person("<i>Ann</i> & *Co*")
    ann.private.say(ann, f"/imagine {words}")
    status = await world.sees(ann.private, lambda m: m.from_bot, within=1)
    assert quoted(status) == words
    picture = await world.sees_picture(ann.private)
    assert quoted(picture) == words
    assert "<i>Ann</i> & *Co*" in picture.text
    assert [one["type"] for one in picture.entities] == ["blockquote"]
    assert prompts(world) == [words]


async def test_a_long_prompt_is_cut_cleanly_under_the_picture_and_nowhere_else(world: World) -> None:
    family = "👨‍👩‍👧"
    words = family * 400
    ann = world.telegram.person("Ann")
    picture = await world.draws(ann, words)
    assert prompts(world) == [words]
    shown = quoted(picture)
    assert units(picture.text) <= 1024
    assert units(picture.text) > 1000  # cut no shorter than it has to be
    assert shown.endswith("…")
    assert set(shown[:-1].split(family)) == {""}  # whole families only
    assert picture.text.endswith("Ann")


async def test_the_command_without_words_explains_itself(world: World) -> None:
    ann = world.telegram.person("Ann")
    for words in ("/imagine", "/imagine   ", "/imagine@imagine_bot"):
        asked = ann.private.say(ann, words)
        await world.settle()
        answer = ann.private.last()
        assert answer.reply_to == asked.id
        assert "/imagine a lighthouse in a storm" in answer.text
    assert not world.provider.submissions()


async def test_in_a_group_it_hears_its_own_commands_only(world: World) -> None:
    ann, bob = world.telegram.person("Ann"), world.telegram.person("Bob")
    group = world.telegram.group("Friends", [ann, bob], bot="administrator")  # so it is told everything
    group.say(ann, "hello all")
    group.say(ann, "/imagine@other_bot a cow")
    group.say(bob, "I once said /imagine a cow")
    await world.pass_time(1)
    assert [m.text[0] for m in group.messages if m.from_bot] == ["👋"]  # its hello, when it was let in
    picture = await world.draws(bob, "a red fox", group)
    assert "Bob" in picture.text
    asked = group.say(ann, "/imagine@Imagine_Bot a\nblue\nwhale")
    whale = await world.sees_picture(group, after=asked.id)
    assert whale.reply_to == asked.id
    assert prompts(world) == ["a red fox", "a\nblue\nwhale"]


async def test_edits_and_automatic_forwards_are_never_requests(world: World) -> None:
    ann = world.telegram.person("Ann")
    group = world.telegram.group("Talk", [ann], bot="administrator")
    said = group.say(ann, "hello")
    await world.settle()
    world.telegram.updates.allowed = ()  # as when an older program's choice still holds
    group.edit(ann, said.id, "/imagine a cow")
    message = {
        "message_id": 900,
        "date": 1_795_000_000,
        "chat": {"id": group.id, "type": "supergroup", "title": "Talk"},
        "from": {"id": 777000, "is_bot": False, "first_name": "Telegram"},
        "sender_chat": {"id": -1_000_000_000_777, "type": "channel", "title": "News"},
        "is_automatic_forward": True,
        "text": "/imagine a cow",
        "entities": [{"type": "bot_command", "offset": 0, "length": 8}],
    }
    world.telegram.updates.put("message", message)
    world.telegram.updates.put("edited_message", message | {"is_automatic_forward": False})
    await world.pass_time(2)
    assert not world.telegram.updates.pending  # it has heard all of it
    assert not world.provider.submissions()
    assert [m.text[0] for m in group.messages if m.from_bot] == ["👋"]
    await world.draws(ann, "a fox", group)


async def test_plain_words_are_offered_and_drawn_once_whatever_the_taps(world: World) -> None:
    ann = world.telegram.person("Ann")
    said = ann.private.say(ann, "a <red> fox\n—ar 3:2")
    offer = await world.sees(ann.private, lambda m: m.from_bot, within=1)
    assert quoted(offer) == "a <red> fox\n--ar 3:2"
    assert offer.reply_to == said.id
    taps = [ann.private.press(ann, offer.id, "🎨 Draw this") for _ in range(3)]
    toasts = [(await tap.answered()).text for tap in taps]
    assert toasts == ["On its way.", "Already on it.", "Already on it."]
    await world.sees_picture(ann.private)
    assert (await world.press(ann.private, ann, offer, "🎨 Draw this")).text == "Already on it."
    await world.pass_time(5)
    assert prompts(world) == ["a <red> fox\n--ar 3:2"]


async def test_the_bot_tells_what_it_can_and_lists_its_commands(world: World) -> None:
    ann = world.telegram.person("Ann")
    listed = world.telegram.world.profile.commands
    await world.until(lambda: listed, within=1)
    for commands in listed.values():
        assert {command["command"] for command in commands} == {
            *("imagine", "describe", "shorten", "blend", "animate", "edit", "swap"),
            *("prefer", "style", "tasks", "balance", "history", "show", "settings", "presses", "help"),
        }
    for command, wanted in (
        ("/start", "/imagine"),
        ("/help", "U1–U4"),
        ("/tasks", "Nothing of yours"),
        ("/balance", "no daily"),
    ):
        answer = await world.answer(ann.private, ann.private.say(ann, command))
        assert wanted in answer.text
    ann.private.say(ann, "/nonsense")
    await world.settle()
    assert "U1–U4" in ann.private.last().text  # no command of ours: help, and nothing drawn
    assert not world.provider.submissions()


async def test_what_waits_can_be_cancelled_and_costs_nothing(world_with: WorldWith) -> None:
    world = await world_with(MAX_RUNNING_PER_USER="1", DAILY_LIMIT_PER_USER="2")
    ann, bob = world.telegram.person("Ann"), world.telegram.person("Bob")
    ann.private.say(ann, "/imagine a red fox")
    await world.settle()
    running = ann.private.last()
    asked = ann.private.say(ann, "/imagine a blue whale")
    waiting = await world.answer(ann.private, asked)
    assert "place 1" in waiting.text
    data = waiting.button("Cancel").data or ""
    bob.private.say(bob, "/start")
    await world.settle()
    for stranger in (bob.private.press_data(bob, 1, data), bob.private.press_data(bob, 1, "l" + data[1:])):
        assert "Only the person" in ((await stranger.answered()).text or "")
    assert (await world.press(ann.private, ann, waiting, "Cancel")).text == "Cancelled. Nothing was charged."
    await world.settle()
    cancelled = ann.private.message(waiting.id)
    assert "Cancelled" in cancelled.text
    assert not cancelled.buttons
    assert "ended already" in ((await ann.private.press_data(ann, waiting.id, data).answered()).text or "")
    world.provider.faults.add(match="/mj/task/*/cancel", status=404)  # many stop nothing for their customers
    toast = await ann.private.press_data(ann, running.id, "c:1").answered()
    assert toast.text == "It is with the image service already. I ask it to stop."
    await world.sees(ann.private, lambda m: "Too late to stop it" in m.text)
    await world.sees_picture(ann.private)
    await world.draws(ann, "a green frog")  # the place of today that was given back
    assert prompts(world) == ["a red fox", "a green frog"]


async def test_the_list_shows_what_runs_and_waits_and_cancels_from_there(world_with: WorldWith) -> None:
    world = await world_with(MAX_RUNNING_PER_USER="1")
    world.provider.set_speed(all=40)
    ann = world.telegram.person("Ann")
    for words in ("a red fox", "a blue whale", "a green frog"):
        ann.private.say(ann, f"/imagine {words}")
    await world.pass_time(15)
    asked = ann.private.say(ann, "/tasks")
    listed = await world.answer(ann.private, asked)
    first, second, third = listed.text.splitlines()
    assert "%" in first
    assert "a red fox" in first
    assert "waiting" in second
    assert "a blue whale" in second
    assert "waiting" in third
    assert [button.text for button in listed.buttons] == ["Cancel 2", "Cancel 3"]
    await world.press(ann.private, ann, listed, "Cancel 2")
    await world.settle()
    left = ann.private.message(listed.id)
    assert "a blue whale" not in left.text
    assert [button.text for button in left.buttons] == ["Cancel 2"]
    world.provider.set_speed(all=2)
    await world.until(lambda: len(world.pictures(ann.private)) == 2)
    await world.pass_time(5)
    assert prompts(world) == ["a red fox", "a green frog"]


async def test_the_list_in_a_group_tells_nobody_what_was_asked_elsewhere(world_with: WorldWith) -> None:
    world = await world_with(MAX_RUNNING_PER_USER="1")
    ann, bob = world.telegram.person("Ann"), world.telegram.person("Bob")
    group = world.telegram.group("Friends", [ann, bob])
    ann.private.say(ann, "/imagine a surprise for Bob")
    await world.settle()
    group.say(ann, "/imagine a red fox")
    group.say(ann, "/imagine a blue whale")
    await world.settle()
    listed = await world.answer(group, group.say(ann, "/tasks"))
    assert "a red fox" in listed.text
    assert "a blue whale" in listed.text
    await world.press(group, ann, listed, listed.buttons[0].text)
    await world.sees(group, lambda m: m.id == listed.id and "a red fox" not in m.text, within=6)
    assert "surprise" not in "".join(m.text for m in group.history)
    everything = await world.answer(ann.private, ann.private.say(ann, "/tasks"))
    assert "surprise" in everything.text
    assert "a blue whale" in everything.text


@pytest.mark.parametrize("kind", ["private", "group"])
async def test_nobody_sees_a_reaction_before_the_wish_is_written_down(world: World, kind: str) -> None:
    ann = world.telegram.person("Ann")
    chat = ann.private if kind == "private" else world.telegram.group("Friends", [ann])
    await world.settle()
    world.telegram.faults.add(match="send*", end="hang")
    before = len(world.telegram.journal.calls("sendMessage"))
    chat.say(ann, "/imagine a red fox")
    await world.telegram.journal.arrived("sendMessage", times=before + 1)
    with closing(sqlite3.connect(world.database)) as other:  # another connection sees what is committed, no more
        assert other.execute("select prompt from tasks").fetchall() == [("a red fox",)]
        assert set(other.execute("select state from inbox").fetchall()) == {("done",)}  # in the same transaction
    world.telegram.faults.clear()
    await world.sees_picture(chat)
