"""The real bot at the desk's mercy."""

import signal
from pathlib import Path
from typing import Any

import pytest

from tests.sandbox.desk.conftest import Desk

pytestmark = pytest.mark.process


async def up_again(desk: Desk) -> Any:
    await desk.until("the bot is up", times=2)
    return (await desk.state())["bot"]


async def test_killed_it_is_gone_and_started_again_it_answers(live: Desk) -> None:
    first = (await live.state())["bot"]
    assert (first["state"], first["starts"], first["exit"]) == ("running", 1, None)
    killed = (await live.post("bot", do="kill"))["bot"]
    assert (killed["state"], killed["exit"]) == ("stopped", -signal.SIGKILL)
    assert killed["since"] > first["since"]
    assert await live.refused("bot", {"do": "kill"}) == "the bot is not there"
    started = (await live.post("bot", do="start"))["bot"]
    assert (started["state"], started["starts"], started["exit"]) == ("starting", 2, None)
    assert await live.refused("bot", {"do": "start"}) == "the bot is there already"
    assert (await up_again(live))["state"] == "running"
    you = next(iter(live.demo.town.people.values()))
    you.private.say(you, "/help")
    assert await you.private.wait_for(lambda message: message.from_bot, timeout=10)


async def test_stopped_kindly_it_ends_with_zero(live: Desk) -> None:
    stopped = (await live.post("bot", do="stop"))["bot"]
    assert (stopped["state"], stopped["exit"]) == ("stopped", 0)
    assert (await live.post("bot", do="restart"))["bot"]["state"] == "starting"  # nothing to kill


async def test_restarted_it_is_gone_for_a_moment_and_comes_by_itself(live: Desk) -> None:
    restarted = (await live.post("bot", do="restart"))["bot"]
    assert (restarted["state"], restarted["exit"]) == ("stopped", -signal.SIGKILL)
    bot = await up_again(live)
    assert (bot["state"], bot["starts"]) == ("running", 2)
    said = [call["what"] for call in (await live.journal())["calls"] if call["side"] == "desk"]
    assert said == ["bot started", "the bot is up", "killed the bot", "bot started again", "the bot is up"]


async def test_what_the_bot_did_is_in_the_journal_on_both_wires_and_no_secret_with_it(live: Desk) -> None:
    await live.post("speed", times=100)
    you = next(iter(live.demo.town.people.values()))
    you.private.say(you, "/imagine a red fox")
    calls = await live.until("sendPhoto")
    told = {call["what"]: call for call in calls}
    assert (told["sendPhoto"]["side"], told["sendPhoto"]["status"], told["sendPhoto"]["answer"]) == (
        "telegram",
        200,
        "ok",
    )
    assert told["sendPhoto"]["about"].startswith("You: a red fox")
    submit = told["POST /mj/submit/imagine"]
    assert (submit["side"], submit["about"], submit["status"]) == ("provider", "a red fox", 200)
    assert submit["answer"].startswith("code 1 · 1")
    assert told["getUpdates"]["answer"] in {"1 update", "2 updates", "4 updates"}
    settings = live.demo.settings(Path())
    everything = str(calls)
    for secret in (
        settings["TELEGRAM_BOT_TOKEN"],
        settings["TELEGRAM_BOT_TOKEN"].partition(":")[2],
        settings["MIDJOURNEY_API_KEY"],
    ):
        assert secret not in everything


async def test_it_lives_through_an_outage_of_both(live: Desk) -> None:
    await live.post("speed", times=100)
    await live.post("outage", side="provider", seconds=1)
    await live.post("outage", side="telegram", seconds=1)
    you = next(iter(live.demo.town.people.values()))
    you.private.say(you, "/imagine a red fox")
    await live.until("provider is back")
    assert await you.private.wait_for(lambda message: message.photo is not None, timeout=40)
    assert (await live.state())["provider"]["charges"] == 1


async def test_closed_in_the_middle_of_a_restart_it_does_not_come_back(
    live: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sandbox.desk.keeper.PAUSE", 0.0)
    await live.post("bot", do="restart")
    await live.demo.desk.close()
    bot = (await live.state())["bot"]
    assert bot["state"] == "stopped"
    assert await live.refused("bot", {"do": "start"}) == "there is no bot here"
