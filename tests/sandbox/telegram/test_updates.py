"""getUpdates as Telegram means it."""

import asyncio

import httpx
import pytest

from sandbox.telegram.errors import ApiError


async def test_update_ids_rise_by_one_from_anywhere(api, ann):
    ann.private.say(ann, "two")
    first, second = await api.updates()
    assert second["update_id"] == first["update_id"] + 1
    assert first["update_id"] > 1000


async def test_an_update_stays_until_a_higher_offset_confirms_it(api, telegram, ann):
    (first,) = await api.updates()
    assert await api.updates() == [first]
    assert await api.updates(offset=first["update_id"]) == [first]
    assert await api.updates(offset=first["update_id"] + 1) == []
    assert await api.updates() == []
    assert [poll.offset for poll in telegram.updates.polls] == [0, 0, first["update_id"], first["update_id"] + 1, 0]


async def test_a_negative_offset_forgets_all_but_the_last(api, ann):
    for text in ("b", "c", "d"):
        ann.private.say(ann, text)
    assert [update["message"]["text"] for update in await api.updates(offset=-2)] == ["c", "d"]
    assert len(await api.updates()) == 2


async def test_the_limit_cuts_from_the_start(api, ann):
    for number in range(120):
        ann.private.say(ann, f"{number}")
    assert len(await api.updates()) == 100
    assert [update["message"]["text"] for update in await api.updates(limit=2)] == ["/start", "0"]


async def test_a_new_update_wakes_a_long_poll_though_the_clock_stands_still(api, ann):
    (start,) = await api.updates()
    polling = asyncio.create_task(api.updates(offset=start["update_id"] + 1, timeout=50))
    await asyncio.sleep(0.05)
    assert not polling.done()
    ann.private.say(ann, "here")
    (update,) = await asyncio.wait_for(polling, 5)
    assert update["message"]["text"] == "here"


async def test_a_long_poll_ends_empty_when_its_time_is_over(api, telegram, clock):
    polling = asyncio.create_task(api.updates(timeout=500))
    await telegram.journal.arrived("getUpdates")
    await asyncio.sleep(0.02)
    clock.move(49)
    await asyncio.sleep(0.02)
    assert not polling.done()
    clock.move(1)
    assert await asyncio.wait_for(polling, 5) == []


async def test_a_second_poll_ends_the_first_with_a_conflict(api, telegram, ann):
    first = asyncio.create_task(api.updates(offset=2**40, timeout=50))
    await telegram.journal.arrived("getUpdates")
    await asyncio.sleep(0.02)
    second = asyncio.create_task(api.updates(timeout=50))
    with pytest.raises(ApiError) as conflict:
        await asyncio.wait_for(first, 5)
    assert conflict.value.status == 409
    assert conflict.value.description == (
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    )
    ann.private.say(ann, "on")
    assert len(await asyncio.wait_for(second, 5)) == 1


async def test_a_client_that_goes_away_loses_nothing_and_is_no_conflict(api, telegram, ann):
    await api.updates(offset=2**40)
    with pytest.raises(httpx.ReadTimeout):
        await api.client.get(api.url("getUpdates"), params={"timeout": 50}, timeout=0.05)
    await asyncio.sleep(0.05)
    assert [call.answered for call in telegram.journal.calls("getUpdates")] == [True, True]
    ann.private.say(ann, "still there")
    (update,) = await api.updates()
    assert update["message"]["text"] == "still there"


async def test_allowed_updates_are_remembered_and_hold_for_what_comes(api, ann):
    await api("sendMessage", chat_id=ann.id, text="?", reply_markup={"inline_keyboard": [[_button("a")]]})
    await api.updates(offset=2**40, allowed_updates=["callback_query"])
    ann.private.say(ann, "unheard")
    ann.private.press(ann, 2, "a")
    (update,) = await api.updates()
    assert update["callback_query"]["data"] == "a"
    await api.updates(offset=2**40, allowed_updates="[]")
    ann.private.say(ann, "heard")
    assert len(await api.updates()) == 1


async def test_old_updates_are_gone(api, clock, ann):
    await api("sendMessage", chat_id=ann.id, text="?", reply_markup={"inline_keyboard": [[_button("a")]]})
    ann.private.press(ann, 2, "a")
    clock.move(151)
    assert [list(update)[1] for update in await api.updates()] == ["message"]
    clock.move(24 * 3600)
    assert await api.updates() == []


async def test_dropping_pending_updates(api, ann):
    assert (await api("getWebhookInfo"))["pending_update_count"] == 1
    assert await api("deleteWebhook", drop_pending_updates=True)
    assert await api("getWebhookInfo") == {"url": "", "has_custom_certificate": False, "pending_update_count": 0}


def _button(data):
    return {"text": data, "callback_data": data}
