"""Flood limits: what is too much, for how long, and what doesn't count."""

import json
from datetime import timedelta

import pytest

from sandbox.telegram import TelegramServer
from sandbox.telegram.errors import ApiError
from tests.sandbox.telegram.conftest import TOKEN


@pytest.fixture
async def telegram(clock):
    async with TelegramServer(TOKEN, clock, flood_limits=True) as server:
        yield server


async def send(api, chat, text="a"):
    return await api("sendMessage", chat_id=chat.id, text=text)


async def waits(api, chat, method="sendMessage", files=None, **params):
    with pytest.raises(ApiError) as flood:
        await api(method, files, chat_id=chat.id, **({"text": "a"} if method == "sendMessage" else params))
    assert flood.value.status == 429
    wait = (flood.value.parameters or {})["retry_after"]
    assert flood.value.description == f"Too Many Requests: retry after {wait}"
    return wait


async def test_one_chat_takes_a_burst_and_then_one_a_second(api, telegram, ann, clock):
    for _ in range(5):
        await send(api, ann)
    assert await waits(api, ann) == 3
    assert len(ann.private.messages) == 6
    clock.move(3)
    for _ in range(3):
        await send(api, ann)
    assert await waits(api, ann) == 3
    (first, second) = telegram.floods
    assert (first.chat_id, first.method, first.retry_after) == (ann.id, "sendMessage", 3)
    assert second.time - first.time == timedelta(seconds=3)


async def test_who_was_told_to_wait_waits(api, telegram, ann, clock):
    for _ in range(5):
        await send(api, ann)
    await waits(api, ann)
    clock.move(1.5)
    assert await waits(api, ann) == 2
    clock.move(1.4)
    assert await waits(api, ann) == 1
    clock.move(0.1)
    await send(api, ann)
    assert [flood.retry_after for flood in telegram.floods] == [3, 2, 1]


async def test_another_chat_is_not_concerned(api, telegram, ann):
    bob = telegram.person("Bob")
    bob.private.say(bob, "/start")
    for _ in range(5):
        await send(api, ann)
    await waits(api, ann)
    await send(api, bob)


@pytest.mark.parametrize("kind", ["group", "supergroup", "channel"])
async def test_a_group_takes_twenty_a_minute(api, telegram, ann, clock, kind):
    group = telegram.group("Friends", [ann], kind=kind, bot="administrator")
    for _ in range(20):
        await send(api, group)
        clock.move(1)
    assert await waits(api, group) == 40
    clock.move(39.5)
    assert await waits(api, group) == 1
    clock.move(0.5)
    await send(api, group)
    clock.move(0.5)
    assert await waits(api, group) == 3


async def test_the_whole_bot_sends_thirty_a_second(api, telegram, clock):
    people = [telegram.person(f"P{number}") for number in range(32)]
    for person in people:
        person.private.say(person, "/start")
    for person in people[:30]:
        await send(api, person)
    wait = await waits(api, people[30])
    assert 1 <= wait <= 5
    clock.move(1)
    await send(api, people[31])
    clock.move(wait - 1)
    await send(api, people[30])


async def test_an_album_counts_as_its_parts_and_an_edit_as_a_message(api, ann, picture, clock):
    said = await send(api, ann)
    files = {name: (f"{name}.png", picture()) for name in "abc"}
    media = json.dumps([{"type": "photo", "media": f"attach://{name}"} for name in "abc"])
    await api("sendMediaGroup", files, chat_id=ann.id, media=media)
    await api("editMessageText", chat_id=ann.id, message_id=said["message_id"], text="b")
    assert await waits(api, ann, "editMessageText", message_id=said["message_id"], text="c") == 3
    clock.move(5)
    assert len(await api("sendMediaGroup", files, chat_id=ann.id, media=media)) == 3
    assert await waits(api, ann, "sendMediaGroup", files, media=media) == 3


async def test_what_only_looks_or_answers_does_not_count(api, telegram, ann):
    for _ in range(5):
        await send(api, ann)
    for _ in range(40):
        await api("sendChatAction", chat_id=ann.id, action="typing")
        await api("getChat", chat_id=ann.id)
    await api("setMessageReaction", chat_id=ann.id, message_id=1)
    await api("deleteMessage", chat_id=ann.id, message_id=2)
    assert telegram.floods == []


async def test_a_call_that_is_refused_anyhow_counts(api, ann):
    for _ in range(5):
        await api.refused("editMessageText", chat_id=ann.id, message_id=99, text="a")
    assert await waits(api, ann) == 3


async def test_a_name_stands_for_its_chat(api, telegram, ann):
    channel = telegram.channel("News", ann, username="news_of_ann")
    for _ in range(5):
        await api("sendMessage", chat_id="@news_of_ann", text="a")
    assert await waits(api, channel) == 3


async def test_there_are_none_unless_asked_for(clock):
    assert not TelegramServer(TOKEN, clock).world.floods.on
