"""Updates come broken, twice, while nobody is there, or not at all; none is lost and none is in another's way."""

import json
from collections.abc import Callable
from typing import Any

from storage import inbox
from storage.database import Database
from tests.world import World


def message(world: World, chat: int, text: str, **more: Any) -> dict[str, Any]:
    """A message as Telegram tells it."""
    person = {"id": chat, "is_bot": False, "first_name": "Ann", "language_code": "en"}
    return {
        "message_id": 500,
        "date": int(world.clock.now().timestamp()),
        "chat": {"id": chat, "type": "private", "first_name": "Ann"},
        "from": person,
        "text": text,
        "entities": [{"type": "bot_command", "offset": 0, "length": 8}] if text.startswith("/") else [],
    } | more


def prompts(world: World) -> list[str]:
    """What the provider was asked to draw, in order."""
    return [entry.body["prompt"] for entry in world.provider.submissions(path="imagine")]


async def test_updates_that_do_not_parse_are_set_aside_and_stop_nobody(world: World) -> None:
    ann = world.telegram.person("Ann")
    broken: tuple[Any, ...] = (
        {"message_id": 7, "date": 0, "chat": 7},
        {"message_id": "seven", "chat": []},
        [],
        "nothing",
        {"message_id": 7, "date": "yesterday", "chat": {"id": 7, "type": "private"}, "entities": [{}]},
    )
    await world.stop_bot()
    for value in broken:
        world.telegram.updates.put("message", value)
    world.telegram.updates.put("callback_query", {"id": 5, "from": "eve"})
    ann.private.say(ann, "/imagine a red fox")
    await world.start_bot()
    await world.sees_picture(ann.private)
    assert not world.telegram.updates.pending
    aside = await world.db.run(inbox.count_set_aside)
    assert aside >= 4
    await world.restart_bot()
    await world.pass_time(3)
    assert await world.db.run(inbox.count_set_aside) == aside  # kept for whoever looks into it, and left alone
    assert prompts(world) == ["a red fox"]


async def test_an_update_that_no_handler_digests_is_tried_thrice_then_set_aside_and_told(world: World) -> None:
    ann = world.telegram.person("Ann")
    ann.private.say(ann, "/start")
    await world.settle()
    giant = {"id": 2**70, "is_bot": False, "first_name": "Ann"}  # fits no column
    world.telegram.updates.put("message", message(world, ann.id, "/imagine a cow", **{"from": giant}))
    await world.settle()
    ann.private.say(ann, "/imagine a red fox")
    await world.settle()
    assert prompts(world) == ["a red fox"]  # what comes after does not wait for it
    sorry = await world.sees(ann.private, lambda m: "Something broke on my side" in m.text, within=10)
    assert sorry
    await world.sees_picture(ann.private)
    await world.restart_bot()
    await world.pass_time(10)
    assert world.told(ann.private).count("Something broke") == 1
    assert await world.db.run(inbox.count_set_aside) == 1
    assert prompts(world) == ["a red fox"]


async def test_the_same_update_twice_is_one_wish(world: World) -> None:
    ann = world.telegram.person("Ann")
    await world.stop_bot()
    ann.private.say(ann, "/imagine a red fox")
    (update,) = world.telegram.updates.pending
    again = {"ok": True, "result": [update, update]}
    await world.start_bot()
    await world.settle()
    for _time in range(2):  # Telegram tells it once more, and once more after a restart
        world.telegram.faults.add(match="getUpdates", body=again, status=200)
        ann.private.say(ann, "/help")
        await world.pass_time(1)
        await world.restart_bot()
    await world.sees_picture(ann.private)
    assert not world.telegram.faults.waiting()
    assert prompts(world) == ["a red fox"]


async def test_what_came_while_nobody_was_there_is_done_at_the_next_start(world: World) -> None:
    """One is still at Telegram, another was written down and not handled any more."""
    ann, bob = world.telegram.person("Ann"), world.telegram.person("Bob")
    for person in (ann, bob):
        person.private.say(person, "/start")
    await world.settle()
    await world.stop_bot()
    ann.private.say(ann, "/imagine a red fox")
    update = {"update_id": 5, "message": message(world, bob.id, "/imagine a blue whale")}
    left = await Database.open(world.database)
    await left.run(inbox.keep, {5: json.dumps(update)}, world.clock.now())
    await left.close()
    await world.start_bot()
    await world.sees_picture(ann.private)
    await world.sees_picture(bob.private)
    assert sorted(prompts(world)) == ["a blue whale", "a red fox"]


async def test_whatever_getupdates_answers_the_bot_goes_on_without_hammering(world: World) -> None:
    ann = world.telegram.person("Ann")
    faults = world.telegram.faults
    faults.add(match="getUpdates", status=409)
    faults.add(match="getUpdates", status=500, body="<html>500</html>")
    faults.add(match="getUpdates", status=502)
    faults.add(match="getUpdates", status=200, body="nonsense")
    faults.add(match="getUpdates", status=200, body={"ok": True, "result": {"no": "list"}})
    faults.add(match="getUpdates", status=200, body={"ok": True, "result": [7, {"update_id": "x"}, None]})
    faults.add(match="getUpdates", status=429, retry_after=3)
    faults.add(match="getUpdates", end="drop")
    before = len(world.telegram.journal.calls("getUpdates"))
    ann.private.say(ann, "/start")  # ends the question that waits
    await world.settle()
    ann.private.say(ann, "/imagine a red fox")
    await world.sees_picture(ann.private, within=300)
    assert not faults.waiting()
    assert len(world.telegram.journal.calls("getUpdates")) - before <= 15
    assert prompts(world) == ["a red fox"]


async def test_updates_that_cannot_be_written_down_are_not_confirmed_and_come_again(
    world: World, arm: Callable[[str], None]
) -> None:
    ann = world.telegram.person("Ann")
    arm("updates-come:raise")
    ann.private.say(ann, "/imagine a red fox")
    await world.sees_picture(ann.private)
    arm("updates-kept:raise")
    ann.private.say(ann, "/imagine a blue fox")
    await world.until(lambda: len(world.pictures(ann.private)) == 2)
    assert prompts(world) == ["a red fox", "a blue fox"]


async def test_numbers_that_begin_anew_below_the_old_ones_lose_nothing(world: World) -> None:
    ann = world.telegram.person("Ann")
    ann.private.say(ann, "/start")
    await world.pass_time(31)  # an answer without anything: all that was said is confirmed
    world.telegram.faults.add(match="getUpdates", delay=5, end="proceed")
    await world.pass_time(30)
    world.telegram.updates.number_from(5)
    ann.private.say(ann, "/imagine a red fox")  # while a question is on its way to Telegram
    await world.sees_picture(ann.private)
    assert prompts(world) == ["a red fox"]


async def test_one_chats_wishes_keep_their_order(world: World) -> None:
    ann, bob = world.telegram.person("Ann"), world.telegram.person("Bob")
    await world.stop_bot()
    for number in range(3):
        ann.private.say(ann, f"/imagine fox {number}")
        bob.private.say(bob, f"/imagine whale {number}")
    await world.start_bot()
    await world.until(lambda: len(prompts(world)) == 6, within=10)
    for kind in ("fox", "whale"):
        assert [words for words in prompts(world) if kind in words] == [f"{kind} {number}" for number in range(3)]
