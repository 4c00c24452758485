"""A backup is put back: what waited in it may have been done since, so people are asked, and nothing is repeated."""

import json
import shutil
from pathlib import Path

import pytest

from sandbox.telegram.chat import Chat
from sandbox.telegram.town import Person
from sandbox.telegram.views import MessageView
from storage import files, inbox
from tests.stories.test_intake import message
from tests.windows import asked, send, single, texts
from tests.world import World, WorldWith


def lists_nothing(world: World) -> None:
    """The provider does not list its tasks, so nothing turns up."""
    world.provider.faults.add(match="/mj/task/list", times=None, status=404, body={"error": "Not Found"})


def back_up(world: World) -> Path:
    """As `python -m bot backup` does beside the running bot."""
    copy = world.database.with_name("copy.db")
    files.back_up(world.database, copy, world.clock.now())
    return copy


async def put_back(world: World, copy: Path) -> None:
    """Stop, put the copy in the database's place, start."""
    await world.stop_bot()
    for name in ("-wal", "-shm"):
        world.database.with_name(world.database.name + name).unlink(missing_ok=True)
    shutil.copy(copy, world.database)
    await world.start_bot()


def questions(chat: Chat) -> list[MessageView]:
    """What people are asked about a submit that may have gone out."""
    return [m for m in chat.messages if m.from_bot and any("twice" in b.text for b in m.buttons)]


async def a_wish_in_line(world: World, ann: Person) -> tuple[MessageView, Path]:
    """A wish that waits for its turn when the backup is made, and is drawn afterwards."""
    ann.private.say(ann, "/imagine a red fox")
    wish = ann.private.say(ann, "/imagine a blue whale")
    await world.sees(ann.private, lambda m: "place 1" in m.text)
    copy = back_up(world)
    await world.sees(ann.private, lambda m: m.from_bot and m.photo and m.buttons and m.reply_to == wish.id)
    await world.pass_time(5)
    assert len(world.provider.submissions()) == 2
    return wish, copy


async def test_what_waited_in_line_is_asked_about_and_never_sent_again(world_with: WorldWith) -> None:
    world = await world_with(MAX_RUNNING_PER_USER="1", ADMIN_USERS="10001")
    operator = world.telegram.person("Otto")
    operator.private.say(operator, "/start")
    ann = world.telegram.person("Ann")
    wish, copy = await a_wish_in_line(world, ann)
    lists_nothing(world)
    await put_back(world, copy)
    told = await world.sees(ann.private, lambda m: "older copy" in m.text)
    assert told.reply_to == wish.id
    assert "a blue whale" in told.text
    await world.pass_time(1200, step=30)
    assert len(world.provider.submissions()) == 2
    assert questions(ann.private) == [told]
    alert = await world.sees(operator.private, lambda m: "older copy of my database" in m.text)
    assert "/unclear" in alert.text
    await world.restart_bot()  # from here on it is the newest state, like any other
    await world.draws(ann, "a green bird")
    assert len(questions(ann.private)) == 1
    await world.press(ann.private, ann, told, "Submit again (may cost twice)")  # the person decides
    await world.pass_time(20)
    assert [entry.body["prompt"] for entry in world.provider.submissions()][2:] == ["a green bird", "a blue whale"]


async def test_what_the_provider_lists_turns_up(world_with: WorldWith) -> None:
    world = await world_with(MAX_RUNNING_PER_USER="1")
    ann = world.telegram.person("Ann")
    wish, copy = await a_wish_in_line(world, ann)
    before = max(m.id for m in ann.private.history)
    await put_back(world, copy)
    await world.sees(ann.private, lambda m: m.id > before and m.photo and m.buttons and m.reply_to == wish.id)
    await world.pass_time(30)
    assert len(world.provider.submissions()) == 2
    assert not questions(ann.private)


async def test_news_that_waited_comes_at_most_once_more(world: World) -> None:
    """A picture that Telegram would not take at the moment of the backup, and took afterwards."""
    ann, bob = world.telegram.person("Ann"), world.telegram.person("Bob")
    world.telegram.faults.add(match="sendPhoto", where={"chat_id": str(ann.id)}, status=429, retry_after=30)
    ann.private.say(ann, "/imagine a red fox")
    await world.until(lambda: not world.telegram.faults.waiting())
    await world.pass_time(2)
    bob.private.say(bob, "/help")
    copy = back_up(world)
    await world.sees_picture(ann.private)
    await world.pass_time(5)
    await put_back(world, copy)
    await world.pass_time(120)
    assert len(world.pictures(ann.private)) <= 2
    assert len(world.provider.submissions()) == 1
    assert world.told(bob.private).count("/imagine a red fox") <= 1  # words that may have gone out go out no more


async def test_an_update_that_was_stored_and_perhaps_handled_is_told_about_not_handled(world: World) -> None:
    ann = world.telegram.person("Ann")
    asked_for = ann.private.say(ann, "/help")
    await world.pass_time(3)
    update = {"update_id": 5, "message": message(world, ann.id, "/imagine a blue whale", message_id=asked_for.id)}
    nonsense = {"update_id": 6, "message": {"chat": 7}}
    press = {"update_id": 7, "callback_query": {"id": "5", "from": message(world, ann.id, "")["from"], "data": "b:1"}}
    for key, one in ((5, update), (6, nonsense), (7, press)):
        await world.db.run(inbox.keep, {key: json.dumps(one)}, world.clock.now())
    await put_back(world, back_up(world))
    told = await world.sees(ann.private, lambda m: "older copy" in m.text)
    assert told.reply_to == asked_for.id
    await world.pass_time(20)
    assert not world.provider.submissions()
    assert await world.db.run(inbox.count_set_aside) == 3


async def test_a_question_that_was_answered_since_is_not_answered_twice(world: World) -> None:
    ann = world.telegram.person("Ann")
    picture = await single(world, ann)
    question = await asked(world, ann.private, ann, picture, "🔍 Custom Zoom")
    copy = back_up(world)
    await send(world, ann.private, ann, question, "🔍 Zoom")
    await world.sees_picture(ann.private, after=question.id)
    await world.pass_time(5)
    sent = len(world.provider.submissions())
    shown = len(world.pictures(ann.private))
    await put_back(world, copy)
    await world.pass_time(1000, step=10)
    assert len(world.provider.submissions()) == sent
    assert len(world.pictures(ann.private)) == shown + 1  # it was being drawn, as far as the copy knows
    assert "No answer came in time" not in world.told(ann.private)


async def test_a_question_that_is_still_open_is_put_again(world: World) -> None:
    ann = world.telegram.person("Ann")
    picture = await single(world, ann)
    question = await asked(world, ann.private, ann, picture, "🔍 Custom Zoom")
    await put_back(world, back_up(world))
    again = await world.sees(
        ann.private, lambda m: m.id >= question.id and any("Zoom" in b.text for b in m.buttons) and not m.photo
    )
    assert texts(again)[-1] == ["Cancel"]
    await world.pass_time(5)
    await send(world, ann.private, ann, again, "🔍 Zoom")
    await world.sees_picture(ann.private, after=again.id)


async def test_a_button_from_after_the_backup_never_comes_to_mean_another(world: World) -> None:
    """Two pictures in one chat after the backup; then one whose buttons would have had the same numbers."""
    ann = world.telegram.person("Ann")
    await world.draws(ann, "a red fox")
    copy = back_up(world)
    lost = await world.draws(ann, "a blue whale")
    await put_back(world, copy)
    await world.draws(ann, "a green bird")
    toast = await world.press(ann.private, ann, lost, "U1")
    assert "does not work any more" in (toast.text or "")
    assert not world.provider.submissions(path="action")


@pytest.mark.parametrize("how", ["an old file", "no log"])
async def test_an_older_state_is_known_without_a_mark_too(world_with: WorldWith, how: str) -> None:
    """A file that was copied by hand while the bot was stopped; one whose log was taken away after a crash."""
    world = await world_with(MAX_RUNNING_PER_USER="1")
    lists_nothing(world)
    ann = world.telegram.person("Ann")
    await world.draws(ann)
    ann.private.say(ann, "/imagine a red fox")
    ann.private.say(ann, "/imagine a blue whale")
    await world.sees(ann.private, lambda m: "place 1" in m.text)
    await world.stop_bot()
    copy = Path(shutil.copy(world.database, world.database.with_name("by hand.db")))
    await world.start_bot()
    if how == "no log":
        copy = Path(shutil.copy(world.database, copy))
        note = world.database.with_name("bot.db.lock").read_bytes()
        assert b"running" in note
    await world.until(lambda: len(world.provider.submissions()) == 3)
    await world.pass_time(20)
    await world.stop_bot()
    if how == "no log":  # as if it had been killed, and the log lost
        world.database.with_name("bot.db.lock").write_bytes(note)
    shutil.copy(copy, world.database)
    await world.start_bot()
    await world.sees(ann.private, lambda m: "older copy" in m.text and "a blue whale" in m.text)
    await world.pass_time(60)
    assert len(world.provider.submissions()) == 3
