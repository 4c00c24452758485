"""From outside: every kind of chat, the bot killed in the middle; what a chat was told to wait holds over the kill."""

import asyncio
from collections.abc import Callable

import pytest

from sandbox.telegram.chat import Chat
from sandbox.telegram.views import MessageView
from tests.outside import Outside

pytestmark = pytest.mark.process


def shown(outside: Outside, chat: Chat, count: int) -> Callable[[], list[MessageView] | None]:
    def look() -> list[MessageView] | None:
        pictures = outside.pictures(chat)
        return pictures if len(pictures) == count else None

    return look


async def test_each_kind_of_chat_from_the_wish_to_the_enlarged_picture_over_two_kills(outside: Outside) -> None:
    outside.provider.set_speed(all=2.0)
    await outside.start()
    ann, bob = outside.telegram.person("Ann"), outside.telegram.person("Bob")
    forum = outside.telegram.group("Art", [ann, bob], forum=True)
    topic = forum.create_topic(ann, "Foxes")
    rooms: dict[str, tuple[Chat, int | None]] = {
        "private": (ann.private, None),
        "group": (outside.telegram.group("Friends", [ann, bob]), None),
        "topic": (forum, topic),
        "channel": (outside.telegram.channel("Gallery", ann), None),
    }
    asked: dict[str, MessageView] = {}
    for name, (chat, thread) in rooms.items():
        chat.say(ann, f"/imagine@other_bot no {name}", thread=thread)
        asked[name] = chat.say(ann, f"/imagine@imagine_bot a {name} fox", thread=thread)
    await outside.until(lambda: len(outside.provider.submissions(accepted=True)) == len(rooms))
    await outside.kill()
    await outside.start()
    grids = {name: (await outside.until(shown(outside, chat, 1)))[0] for name, (chat, _thread) in rooms.items()}
    for name, grid in grids.items():
        assert f"a {name} fox" in grid.text
        assert (grid.reply_to, grid.thread) == (asked[name].id, rooms[name][1])
    for name, (chat, _thread) in rooms.items():
        assert (await chat.press(ann, grids[name].id, "U3").answered(5)).text == "U3: on its way."
    await outside.kill()
    await outside.start()
    for name, (chat, thread) in rooms.items():
        single = (await outside.until(shown(outside, chat, 2)))[1]
        assert (single.reply_to, single.thread) == (grids[name].id, thread)
        assert ("Ann" in single.text) is (name != "channel")
    assert len(outside.provider.submissions()) == 2 * len(rooms)
    assert not outside.telegram.floods


async def test_a_chat_that_was_told_to_wait_is_left_alone_over_a_kill_and_delays_nobody(outside: Outside) -> None:
    outside.provider.set_speed(all=1.0)
    await outside.start()
    ann, bob = outside.telegram.person("Ann"), outside.telegram.person("Bob")
    outside.telegram.faults.add(match="sendPhoto", where={"chat_id": str(ann.id)}, status=429, retry_after=6)
    ann.private.say(ann, "/imagine a red fox")
    calls = outside.telegram.journal.calls

    def to_ann() -> list[float]:
        return [call.time.timestamp() for call in calls("sendPhoto") if call.chat_id == str(ann.id)]

    (told,) = await outside.until(to_ann)
    await outside.until(lambda: calls("sendPhoto")[-1].answered)
    await asyncio.sleep(0.5)  # until the bot has read it and written it down
    await outside.kill()
    await outside.start()
    bob.private.say(bob, "/imagine a blue whale")
    await outside.until(lambda: outside.pictures(bob.private), within=5)
    await outside.until(lambda: outside.pictures(ann.private))
    assert to_ann()[1] - told >= 5.9
    assert len(outside.pictures(ann.private)) == 1
