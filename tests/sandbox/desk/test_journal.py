"""The live journal: both wires as they are used, in words, waited for, bounded."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest

from sandbox.desk import telegram_words
from sandbox.desk.journal import LiveJournal
from sandbox.telegram.journal import Call
from tests.sandbox.desk.conftest import Desk

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


async def call(desk: Desk, method: str, **params: Any) -> Any:
    return (await desk.client.post(desk.bot_api(method), json=params)).json()


async def request(desk: Desk, method: str, path: str, **more: Any) -> None:
    provider = desk.demo.provider
    await desk.client.request(method, provider.base_url + path, headers={"mj-api-secret": provider.key}, **more)


async def lines(desk: Desk, after: int = 0) -> list[tuple[str, str, str, int | None]]:
    told = await desk.journal(after, wait=0)
    return [(one["what"], one["about"], one["answer"], one["status"]) for one in told["calls"]]


@pytest.fixture
async def you(desk: Desk) -> int:
    """Somebody who has written to the bot."""
    person = next(iter(desk.demo.town.people.values()))
    person.private.say(person, "/start")
    await call(desk, "getUpdates", offset=2**50)
    return person.id


async def test_calls_of_the_bot_api_are_told_in_words(desk: Desk, you: int) -> None:
    after = desk.demo.desk.journal.last
    markup = {"inline_keyboard": [[{"text": "U1", "callback_data": "x"}]]}
    club = next(chat for chat in desk.demo.town.chats.values() if chat.kind == "supergroup")
    await call(desk, "sendMessage", chat_id=you, text="a  fox\nand " + "long " * 40, reply_markup=markup)
    await call(desk, "sendMessage", chat_id=club.id, text="<b>a</b> &amp; b", parse_mode="HTML")
    await call(desk, "sendMessage", chat_id=99, text="a")
    await call(desk, "setMessageReaction", chat_id=you, message_id=1, reaction=[{"type": "emoji", "emoji": "👀"}])
    await call(desk, "editMessageMedia", chat_id=you, message_id=2, media='{"type": "photo", "caption": "b"}')
    await call(desk, "deleteMessage", chat_id=you, message_id=2)
    await call(desk, "getChatMember", chat_id=club.id, user_id=you)
    await call(desk, "setMyCommands", commands='[{"command": "a", "description": "b"}]')
    await call(desk, "sendMediaGroup", chat_id=you, media="[nonsense")
    told = await lines(desk, after)
    assert told[0][1].startswith("You: a fox and long long")
    assert len(told[0][1]) == len("You: ") + 80
    assert told[1] == ("sendMessage", "Art club: a & b", "ok", 200)
    assert told[2] == ("sendMessage", "99: a", "400 Bad Request: chat not found", 400)
    assert [one[:2] for one in told[3:]] == [
        ("setMessageReaction", "You: 👀"),
        ("editMessageMedia", "You: b"),
        ("deleteMessage", "You: message 2"),
        ("getChatMember", "Art club: You"),
        ("setMyCommands", "1 command"),
        ("sendMediaGroup", "You: 0 parts"),
    ]


async def test_an_answer_to_a_press_tells_the_chat(desk: Desk, you: int) -> None:
    markup = {"inline_keyboard": [[{"text": "U1", "callback_data": "x"}]]}
    sent = (await call(desk, "sendMessage", chat_id=you, text="a", reply_markup=markup))["result"]["message_id"]
    person = desk.demo.town.people[you]
    press = person.private.press(person, sent, "U1")
    after = desk.demo.desk.journal.last
    await call(desk, "answerCallbackQuery", callback_query_id=press.id, text="On its way")
    assert await lines(desk, after) == [("answerCallbackQuery", "You: On its way", "ok", 200)]


async def test_asking_for_updates_is_told_only_when_something_comes_of_it(desk: Desk, you: int) -> None:
    after = desk.demo.desk.journal.last
    await call(desk, "getUpdates")
    assert await lines(desk, after) == []
    person = desk.demo.town.people[you]
    person.private.say(person, "a")
    person.private.say(person, "b")
    await call(desk, "getUpdates")
    await desk.post("outage", side="telegram", seconds=60)
    with pytest.raises(Exception, match="disconnected"):
        await call(desk, "getUpdates")
    dropped = "no answer: the connection was dropped"
    assert [one for one in await lines(desk, after) if one[0] == "getUpdates"] == [
        ("getUpdates", "", "2 updates", 200),
        ("getUpdates", "", dropped, None),
    ]


async def test_requests_to_the_provider_are_told_in_words(desk: Desk) -> None:
    after = desk.demo.desk.journal.last
    await request(desk, "POST", "/mj/submit/imagine", json={"prompt": "a red fox"})
    task = desk.demo.provider.tasks()[0]["id"]
    pressed = {"taskId": task, "customId": "MJ::JOB::upsample::2::x"}
    await request(desk, "GET", f"/mj/task/{task}/fetch")
    await request(desk, "POST", "/mj/task/list-by-condition", json={"ids": [task]})
    await request(desk, "POST", "/mj/task/list-by-condition", json={"ids": ["1", "2"]})
    await request(desk, "POST", "/mj/submit/action", json=pressed)
    await request(desk, "POST", "/mj/submit/change", json={"taskId": task, "action": "UPSCALE", "index": 1})
    await request(desk, "POST", "/mj/submit/modal", json={"taskId": task, "prompt": "b", "maskBase64": "x"})
    await request(desk, "POST", "/mj/submit/blend", json={"base64Array": ["x" * 900, "y"]})
    await request(desk, "GET", "/nowhere")
    await request(desk, "POST", "/mj/submit/imagine", content=b"{broken")
    told = await lines(desk, after)
    assert told[0] == ("POST /mj/submit/imagine", "a red fox", f"code 1 · {task}", 200)
    assert (told[1][:2], told[2][:2]) == (("GET /mj/task/{id}/fetch", task), ("POST /mj/task/list-by-condition", task))
    assert told[1][2].endswith(" 0%")  # NOT_START or SUBMITTED, by the millisecond
    assert told[2][2].endswith(" 0%")
    assert told[3] == ("POST /mj/task/list-by-condition", "2 tasks", "no tasks", 200)
    assert [one[1] for one in told[4:]] == [
        f"upscale 2 of {task}",
        f"upscale 1 of {task}",
        f"b with a mask of {task}",
        "2 pictures",
        "",
        "",
    ]
    assert told[4][2] == "code 4 · 关联任务状态错误"
    assert [one[3] for one in told[-2:]] == [404, 400]


@pytest.mark.parametrize(
    ("trouble", "answer"),
    [
        ("502 html", "502 Bad Gateway"),
        ("empty", "200, empty"),
        ("deep json", "200, 195 KB"),
        ("huge json", "200, 2.0 MB"),
        ("binary", "200, 1 KB"),
        ("429", "code 30 · 当前分组负载已饱和"),
        ("401 json", "Invalid token (request id: 20250711041210aBcD)"),
        ("null", "200"),
        ("empty list", "no tasks"),
    ],
)
async def test_whatever_is_answered_can_be_told(desk: Desk, trouble: str, answer: str) -> None:
    desk.demo.provider.trouble(trouble)
    after = desk.demo.desk.journal.last
    await request(desk, "POST", "/mj/submit/imagine", json={"prompt": "a red fox"})
    assert (await lines(desk, after))[0][2] == answer


async def test_pictures_are_told_by_kind_and_size(desk: Desk) -> None:
    await desk.post("speed", times=100)
    await request(desk, "POST", "/mj/submit/imagine", json={"prompt": "a red fox"})
    await asyncio.sleep(0.2)
    address = desk.demo.provider.tasks()[0]["imageUrl"]
    after = desk.demo.desk.journal.last
    await desk.client.get(address)
    (told,) = await lines(desk, after)
    assert (told[0].startswith("GET /pictures/{id}/"), told[2].startswith("png, ")) == (True, True)


async def test_a_call_is_told_when_it_comes_and_again_when_it_is_answered(desk: Desk, you: int) -> None:
    desk.demo.town.world.faults.add(match="sendMessage", end="hang")
    last = desk.demo.desk.journal.last
    looking = asyncio.create_task(desk.journal(last))
    sending = asyncio.create_task(call(desk, "sendMessage", chat_id=you, text="a"))
    (coming,) = (await looking)["calls"]
    assert (coming["status"], coming["answer"], coming["seconds"]) == (None, "", None)
    desk.demo.town.world.faults.release()
    await sending
    (answered,) = (await desk.journal(coming["number"]))["calls"]
    assert (answered["id"], answered["status"]) == (coming["id"], 200)
    assert answered["number"] > coming["number"]
    assert answered["seconds"] >= 0
    assert [one["id"] for one in (await desk.journal(last))["calls"]] == [coming["id"]]  # the whole story, once


async def test_what_nobody_answered_is_told_as_dropped(desk: Desk) -> None:
    desk.demo.provider.trouble("hang")
    after = desk.demo.desk.journal.last
    submitting = asyncio.create_task(request(desk, "POST", "/mj/submit/imagine", json={"prompt": "a"}))
    await desk.journal(after)
    await desk.post("outage", side="provider", seconds=60)
    with pytest.raises(Exception, match=r"disconnected|reset"):
        await submitting
    found = [one for one in await lines(desk, after) if one[0].startswith("POST")]
    assert len(found) == 1
    desk.demo.provider.faults.clear()


async def test_nothing_new_is_an_empty_answer_and_acts_are_lines(desk: Desk) -> None:
    told = await desk.journal(wait=0)
    assert told == {"calls": [], "last": 0, "first": 1}
    await desk.post("speed", times=4)
    (act,) = (await desk.journal())["calls"]
    assert (act["side"], act["what"]) == ("desk", "provider draws 4 times as fast as in life")
    assert (act["status"], act["seconds"]) == (None, None)
    assert (await desk.client.get("/_/desk/journal?after=x")).status_code == 409


def test_only_so_many_lines_are_kept_and_the_oldest_that_is_known_is_told() -> None:
    journal = LiveJournal(now=lambda: NOW, kept=3)
    for number in range(3):
        journal.put(str(number), "telegram", NOW, "a", "")
    journal.put("0", "telegram", NOW, "a", "", ended=True)  # moves to the end: nothing is lost
    assert (journal.first, journal.last, [line.id for line in journal.after(0, 9)]) == (1, 4, ["1", "2", "0"])
    journal.put("3", "telegram", NOW, "a", "")
    assert (journal.first, [line.number for line in journal.after(0, 9)]) == (3, [3, 4, 5])
    assert [line.number for line in journal.after(0, 2)] == [4, 5]  # the newest, where not all are wanted
    assert journal.after(5, 9) == []


def test_an_open_call_has_no_answer_yet() -> None:
    open_call = Call(number=1, time=NOW, method="getMe", chat_id=None, params={})
    assert telegram_words.answer(open_call) == ""
