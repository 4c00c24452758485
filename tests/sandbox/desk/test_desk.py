"""The desk without a bot: every act, every refusal, and that each is over when it should be."""

import asyncio
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from tests.sandbox.desk.conftest import Desk


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sandbox.desk.desk.TIMEOUT", 0.05)


async def submit(desk: Desk, prompt: str = "a fox") -> httpx.Response:
    provider = desk.demo.provider
    headers = {"mj-api-secret": provider.key}
    return await desk.client.post(f"{provider.base_url}/mj/submit/imagine", json={"prompt": prompt}, headers=headers)


async def test_at_first_nothing_is_wrong(desk: Desk) -> None:
    state = await desk.state()
    assert state["provider"] == {
        "speed": 2.0,
        "dialect": "engine",
        "dialects": ["engine", "gateway", "change"],
        "running": 0,
        "waiting": 0,
        "charges": 0,
        "submits": 0,
        "out": 0,
        "troubles": 0,
    }
    assert state["telegram"] == {"out": 0, "flood": 0, "refused": 0, "unconfirmed": 4}
    assert (state["bot"]["state"], state["bot"]["starts"], state["bot"]["exit"]) == ("stopped", 0, None)


async def test_the_town_has_a_forum_and_a_channel(desk: Desk) -> None:
    state = (await desk.client.get("/_/state")).json()
    club, gallery = (chat for chat in state["chats"] if chat["kind"] != "private")
    assert (club["title"], club["is_forum"], len(club["members"])) == ("Art club", True, 4)
    assert [topic["name"] for topic in club["topics"]] == ["Landscapes", "Portraits"]
    assert (gallery["title"], gallery["kind"], len(gallery["members"])) == ("Gallery", "channel", 4)


async def test_the_speed_holds_for_what_starts_from_now_on(desk: Desk) -> None:
    assert (await desk.post("speed", times=100))["provider"]["speed"] == 100
    assert desk.demo.provider.engine.speed["imagine"] == pytest.approx(0.12)
    assert (await desk.post("reset"))["provider"]["speed"] == 2
    assert desk.demo.provider.engine.speed["imagine"] == 6


async def test_the_line_and_the_money_are_told(desk: Desk) -> None:
    for number in range(4):
        await submit(desk, f"fox {number}")
    told = (await desk.state())["provider"]
    assert (told["running"], told["waiting"], told["submits"], told["charges"]) == (3, 1, 4, 4)


@pytest.mark.parametrize("name", ["gateway", "change", "engine"])
async def test_the_provider_speaks_another_dialect(desk: Desk, name: str) -> None:
    assert (await desk.post("dialect", name=name))["provider"]["dialect"] == name


@pytest.mark.parametrize("taken", [True, False])
async def test_the_next_submit_times_out_and_is_paid_or_not(desk: Desk, taken: bool) -> None:
    assert (await desk.post("timeout", taken=taken))["provider"]["troubles"] == 1
    answer = await submit(desk)
    assert (answer.status_code, "504 Gateway Time-out" in answer.text) == (504, True)
    told = (await desk.state())["provider"]
    assert (told["troubles"], told["charges"]) == (0, int(taken))
    assert (await submit(desk)).json()["code"] == 1


async def test_the_providers_port_is_closed_for_a_while(desk: Desk) -> None:
    port = urlsplit(desk.demo.provider.base_url).port
    assert (await desk.post("outage", side="provider", seconds=60))["provider"]["out"] == 60
    with pytest.raises(ConnectionRefusedError):
        await asyncio.open_connection("127.0.0.1", port)
    assert (await desk.post("outage", side="provider", seconds=0.1))["provider"]["out"] == 1
    await desk.until("provider is back")
    assert (await submit(desk)).json()["code"] == 1
    assert urlsplit(desk.demo.provider.base_url).port == port
    assert (await desk.state())["provider"]["out"] == 0


async def test_the_bot_api_is_away_while_the_page_stays(desk: Desk) -> None:
    waiting = asyncio.create_task(desk.client.post(desk.bot_api("getUpdates"), json={"timeout": 50, "offset": 2**50}))
    await desk.demo.bot_came(5)
    assert (await desk.post("outage", side="telegram", seconds=60))["telegram"]["out"] == 60
    assert (await waiting).status_code == 502  # what was asked before ends, too
    for method in ("getMe", "sendMessage"):
        with pytest.raises(httpx.RemoteProtocolError):
            await desk.client.post(desk.bot_api(method), json={})
    assert (await desk.client.get("/")).status_code == 200
    await desk.post("outage", side="telegram", seconds=0.1)
    await desk.until("Telegram is back")
    assert (await desk.client.post(desk.bot_api("getMe"), json={})).json()["ok"]


async def test_telegram_refuses_every_message_for_a_while_and_says_how_long(desk: Desk) -> None:
    you = next(iter(desk.demo.town.people.values()))
    you.private.say(you, "/start")
    sent = {"chat_id": you.id, "text": "a"}
    assert (await desk.post("flood", seconds=60))["telegram"]["flood"] == 60
    refused = (await desk.client.post(desk.bot_api("sendMessage"), json=sent)).json()
    assert (refused["error_code"], refused["parameters"]["retry_after"]) == (429, 60)
    assert (await desk.client.post(desk.bot_api("getMe"), json={})).json()["ok"]
    assert (await desk.state())["telegram"]["refused"] == 1
    await desk.post("flood", seconds=0.1)
    await desk.until("takes messages again")
    assert (await desk.client.post(desk.bot_api("sendMessage"), json=sent)).json()["ok"]


async def test_reset_ends_it_all_at_once(desk: Desk) -> None:
    await desk.post("outage", side="provider", seconds=600)
    await desk.post("outage", side="telegram", seconds=600)
    await desk.post("flood", seconds=600)
    await desk.post("timeout", taken=True)
    desk.demo.provider.trouble("cut off")
    state = await desk.post("reset")
    assert (state["provider"]["out"], state["provider"]["troubles"]) == (0, 0)
    assert (state["telegram"]["out"], state["telegram"]["flood"]) == (0, 0)
    assert (await submit(desk)).json()["code"] == 1
    assert (await desk.client.post(desk.bot_api("getMe"), json={})).json()["ok"]
    await desk.post("reset")  # twice is no harm


@pytest.mark.parametrize(
    ("act", "body", "words"),
    [
        ("speed", {"times": 0.01}, "the speed is 0.1 to 100"),
        ("speed", {"times": "nan"}, "the speed is 0.1 to 100"),
        ("speed", {"times": "fast"}, "could not convert string to float: 'fast'"),
        ("speed", {}, "times is missing"),
        ("speed", [], "a JSON object is expected"),
        ("dialect", {"name": "latin"}, "there is no dialect called 'latin'"),
        ("outage", {"side": "moon", "seconds": 3}, "the sides are provider and telegram"),
        ("outage", {"side": "provider", "seconds": 0}, "it may last up to 600 seconds"),
        ("flood", {"seconds": 601}, "it may last up to 600 seconds"),
        ("flood", {"seconds": "nan"}, "it may last up to 600 seconds"),
        ("bot", {"do": "dance"}, "the bot can be told to kill, stop, start, restart"),
        ("bot", {"do": "start"}, "there is no bot here"),
        ("bot", {"do": "kill"}, "the bot is not there"),
    ],
)
async def test_what_cannot_be_done_is_refused_in_words(desk: Desk, act: str, body: Any, words: str) -> None:
    before = await desk.state()
    assert await desk.refused(act, body) == words
    assert await desk.state() == before


async def test_every_act_lets_the_page_look_again(desk: Desk) -> None:
    last = (await desk.client.get("/_/state")).json()["last"]
    await desk.post("speed", times=4)
    told = (await desk.client.get(f"/_/events?after={last}&wait=5")).json()
    assert [event["kind"] for event in told["events"]] == ["desk"]
