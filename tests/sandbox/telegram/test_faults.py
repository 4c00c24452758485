"""What goes wrong when it is told to."""

import asyncio

import httpx
import pytest

from sandbox.telegram.errors import ApiError


async def say(api, ann, text="a"):
    return await api("sendMessage", chat_id=ann.id, text=text)


async def test_a_fault_answers_instead_as_often_as_told(api, telegram, ann):
    telegram.faults.add(match="sendMessage", status=429, retry_after=3, times=2)
    for _ in range(2):
        with pytest.raises(ApiError) as refused:
            await say(api, ann)
        assert refused.value.body == {
            "ok": False,
            "error_code": 429,
            "description": "Too Many Requests: retry after 3",
            "parameters": {"retry_after": 3},
        }
    assert len(ann.private.messages) == 1
    await say(api, ann)
    assert [call.status for call in telegram.journal] == [429, 429, 200]
    assert telegram.faults.waiting() == []


async def test_a_fault_meets_only_what_it_names(api, telegram, ann):
    telegram.faults.add(match="send*", where={"chat_id": "7"}, status=500, times=None)
    await say(api, ann)
    with pytest.raises(ApiError):
        await api("sendMessage", chat_id=7, text="x")
    telegram.faults.clear()
    assert await api.refused("sendMessage", chat_id=7, text="x") == "Bad Request: chat not found"


async def test_bodies_are_sent_as_they_are(api, telegram):
    telegram.faults.add(match="getMe", status=502, body="<html>bad</html>", headers={"x-by": "gate"})
    answer = await api.client.get(api.url("getMe"))
    assert (answer.status_code, answer.text, answer.headers["x-by"]) == (502, "<html>bad</html>", "gate")
    assert answer.headers["content-type"].startswith("text/html")
    telegram.faults.add(match="getMe", status=200, body=[])
    assert (await api.client.get(api.url("getMe"))).json() == []


async def test_done_and_then_answered_otherwise(api, telegram, ann):
    telegram.faults.add(match="sendMessage", do=True, status=502)
    with pytest.raises(ApiError, match="Bad Gateway"):
        await say(api, ann)
    assert ann.private.last().text == "a"


@pytest.mark.parametrize("done", [True, False])
async def test_a_dropped_connection_is_a_clean_end_without_an_answer(api, telegram, ann, picture, caplog, done):
    telegram.faults.add(match="sendPhoto", end="drop", do=done)
    with pytest.raises(httpx.RemoteProtocolError, match="Server disconnected without sending a response"):
        await api("sendPhoto", {"photo": picture(900, 900)}, chat_id=ann.id)
    assert (len(ann.private.messages) == 2) is done
    (call,) = telegram.journal
    assert (call.answered, call.status) == (True, None)
    await say(api, ann)
    assert not [record for record in caplog.records if record.name.startswith("uvicorn")]


async def test_a_delay_is_of_the_clock_that_was_handed_in(api, telegram, clock, ann):
    telegram.faults.add(match="sendMessage", end="proceed", delay=10)
    saying = asyncio.create_task(say(api, ann))
    await telegram.journal.arrived("sendMessage")
    await asyncio.sleep(0.02)
    assert len(ann.private.messages) == 1
    clock.move(10)
    await asyncio.wait_for(saying, 5)
    assert len(ann.private.messages) == 2


@pytest.mark.parametrize("done", [True, False])
async def test_what_hangs_goes_on_when_released(api, telegram, ann, done):
    telegram.faults.add(match="sendMessage", end="hang", do=done)
    saying = asyncio.create_task(say(api, ann))
    await telegram.journal.arrived("sendMessage")
    await asyncio.sleep(0.02)
    assert not saying.done()
    assert (len(ann.private.messages) == 2) is done
    telegram.faults.release()
    assert (await asyncio.wait_for(saying, 5))["text"] == "a"
    assert len(ann.private.messages) == 2


async def test_downloads_can_fail_too(api, telegram, ann, picture):
    sent = await api("sendPhoto", {"photo": picture()}, chat_id=ann.id)
    path = (await api("getFile", file_id=sent["photo"][-1]["file_id"]))["file_path"]
    telegram.faults.add(match="file/*", status=404, body="gone")
    url = f"{telegram.root}/file/bot{telegram.token}/{path}"
    assert [(await api.client.get(url)).status_code for _ in range(2)] == [404, 200]


async def test_a_fault_must_end_somehow(telegram):
    with pytest.raises(ValueError, match="cannot end"):
        telegram.faults.add(match="x", end="shrug")


async def test_stopping_ends_what_hangs_and_starting_again_goes_on(api, telegram, ann, caplog):
    telegram.faults.add(match="sendMessage", end="hang")
    saying = asyncio.create_task(say(api, ann))
    polling = asyncio.create_task(api.updates(offset=2**40, timeout=50))
    await telegram.journal.arrived("sendMessage")
    await telegram.journal.arrived("getUpdates")
    root = telegram.root
    await telegram.stop()
    for task in (saying, polling):
        with pytest.raises(httpx.TransportError):
            await task
    with pytest.raises(httpx.ConnectError):
        await say(api, ann)
    await telegram.start()
    assert telegram.root == root
    await say(api, ann, "back")
    assert [message.text for message in ann.private.messages] == ["/start", "back"]
    assert not [record for record in caplog.records if record.name.startswith("uvicorn")]
