"""Updates and presses that nobody in their right mind sends: out of the others' way, told, and never twice."""

import json
from collections.abc import Sequence
from typing import Any

import pytest

from sandbox.telegram.town import Person
from storage import inbox
from tests.stories.test_intake import message, prompts
from tests.world import World, WorldWith

DEEP = 100_000


def answer(*updates: str) -> bytes:
    """What Telegram would have to say."""
    return f'{{"ok":true,"result":[{",".join(updates)}]}}'.encode()


async def tell(world: World, person: Person, updates: Sequence[tuple[str, Any]]) -> None:
    """Telegram tells all this, byte for byte."""
    written = [json.dumps({"update_id": 1000 + number, kind: value}) for number, (kind, value) in enumerate(updates)]
    world.telegram.faults.add(match="getUpdates", status=200, body=answer(*written))
    person.private.say(person, "/help")  # ends the question that waits
    await world.settle()


UNREADABLE = {
    "deep": '{"update_id":5,"message":' + "[" * DEEP + "]" * DEEP + "}",
    "a number without end": '{"update_id":5,"message":{"message_id":' + "9" * 5000 + "}}",
    "broken": '{"update_id":5,"message":{"text":"\\x"}}',
}


@pytest.mark.parametrize("kind", UNREADABLE)
async def test_an_update_that_cannot_be_read_is_set_aside_and_told_once(world_with: WorldWith, kind: str) -> None:
    world = await world_with(ADMIN_USERS="10001")
    otto, ann = world.telegram.person("Otto"), world.telegram.person("Ann")
    otto.private.say(otto, "/start")
    await world.settle()
    world.telegram.faults.add(match="getUpdates", times=4, status=200, body=answer(UNREADABLE[kind]))
    ann.private.say(ann, "/imagine a red fox")  # ends the question that waits
    await world.pass_time(1)
    ann.private.say(ann, "/imagine a blue whale")
    await world.until(lambda: len(world.pictures(ann.private)) == 2)
    assert not world.telegram.faults.waiting()
    assert await world.db.run(inbox.count_set_aside) == 1
    await world.pass_time(60)
    assert world.told(otto.private).count("could not be handled") == 1
    assert prompts(world) == ["a red fox", "a blue whale"]


PARTS = {
    "a number": "7",
    "nothing": "null",
    "a list": "[]",
    "a word as its id": '{"update_id":"x"}',
    "a truth as its id": '{"update_id":true}',
    "an id below zero": '{"update_id":-3}',
    "an id that no column holds": f'{{"update_id":{2**63}}}',
    "a huge id": f'{{"update_id":{10**30}}}',
    "half an id": '{"update_id":1.5}',
    "no number": "NaN",
}


@pytest.mark.parametrize("kind", PARTS)
async def test_a_part_that_is_no_update_is_in_no_others_way(world: World, kind: str) -> None:
    ann = world.telegram.person("Ann")
    ann.private.say(ann, "/start")
    await world.settle()
    wish = json.dumps({"update_id": 6, "message": message(world, ann.id, "/imagine a red fox")})
    world.telegram.faults.add(match="getUpdates", status=200, body=answer(PARTS[kind], wish, PARTS[kind]))
    ann.private.say(ann, "/help")
    await world.sees_picture(ann.private)
    await world.pass_time(2)
    assert prompts(world) == ["a red fox"]
    assert not world.telegram.updates.pending


ODD_MESSAGES: tuple[dict[str, Any], ...] = (
    {"message_id": 2**63},
    {"message_id": -(2**70)},
    {"from": {"id": -(2**65), "is_bot": False, "first_name": "x"}},
    {"chat": {"id": 2**80, "type": "private"}},
    {"chat": {"id": 3, "type": "moon base"}},
    {"message_thread_id": 2**90, "is_topic_message": True},
    {"reply_to_message": {"message_id": 1, "date": 0, "chat": {"id": 1, "type": "private"}, "photo": [{}]}},
    {"text": "/imagine \ud83e", "entities": [{"type": "bot_command", "offset": 0, "length": 8}]},
    {"text": "/imagine a fox", "entities": [{"type": "bot_command", "offset": -5, "length": 10**30}]},
    {"text": "/imagine a fox", "entities": [{"type": "moon", "offset": 0, "length": 3}] * 3000},
    {"photo": [{"file_id": "\ud800", "file_unique_id": "", "width": -1, "height": 10**50}], "caption": "/describe"},
    {"media_group_id": "\x00" * 5000, "photo": [{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}]},
    {"from": {"id": 77, "is_bot": False, "first_name": "\udfff\x00\u202e" * 300, "language_code": "../../etc/passwd"}},
    {"from": {"id": 78, "is_bot": False, "first_name": "", "language_code": "x" * 9000}},
    {"web_app_data": {"data": "[" * 5000, "button_text": ""}},
    {"date": 10**30},
    {"date": -1},
    {"text": "/imagine " + "x" * 300_000},
    {"text": "\x00/imagine"},
)


async def test_odd_messages_and_presses_end_nothing_and_delay_nobody(world: World) -> None:
    ann = world.telegram.person("Ann")
    plain = message(world, 4242, "/imagine a cow")
    sent: list[tuple[str, dict[str, Any]]] = []
    for odd in ODD_MESSAGES:
        press = {"id": "1", "from": plain["from"], "chat_instance": "x", "data": "b:1", "message": plain | odd}
        sent += [(kind, plain | odd) for kind in ("message", "channel_post", "my_chat_member")]
        sent += [("callback_query", press), ("callback_query", press | odd)]
    ann.private.say(ann, "/start")
    await tell(world, ann, sent)
    ann.private.say(ann, "/imagine a red fox")
    await world.until(lambda: "a red fox" in prompts(world), within=5)
    picture = await world.sees_picture(ann.private)
    await world.pass_time(30)
    assert not world.telegram.updates.pending
    assert world.app.health().status == "ok"
    assert picture.reply_to is not None
    left = await world.db.run(inbox.select_pending)
    assert not left
    await world.restart_bot()
    await world.draws(ann, "a blue whale")


FORGED = (
    *("", " ", "b", "b:", "b:x", "b:-1", "b:1.0", "b:1 ", "b:1\n", "b:١", "b:" + "9" * 18, "b:" + "9" * 62, "B:1"),
    *("x" * 64, "x" * 65, "x" * 100_000, "b:1" + "\x00" * 61, "🦊" * 16, "\u202eb:1", "\ud800", "win:" + "9" * 18),
    *("win:1", "mj::JOB::upsample::1", "p:99", "rmx:7", "n:" + "9" * 18, "s:0", "v1|b|1", '{"a":1}', "<b>"),
)


async def test_forged_callback_data_is_answered_and_does_nothing(world: World) -> None:
    ann, eve = world.telegram.person("Ann"), world.telegram.person("Eve")
    picture = await world.draws(ann)
    before = len(world.provider.submissions())
    own = {"id": eve.id, "is_bot": False, "first_name": "Eve"}
    shown = message(world, ann.id, "") | {"message_id": picture.id}
    press = {"from": own, "chat_instance": "x", "message": shown}
    sent = [("callback_query", press | {"id": str(number), "data": data}) for number, data in enumerate(FORGED)]
    await tell(world, ann, [*sent, ("callback_query", press | {"id": "99", "game_short_name": "g"})])
    await world.pass_time(10)
    assert len(world.provider.submissions()) == before
    assert await world.db.run(inbox.count_set_aside) == 0
    answers = world.telegram.journal.calls("answerCallbackQuery")
    assert len(answers) >= len(FORGED)
    assert (await world.press(ann.private, ann, picture, "U1")).text
