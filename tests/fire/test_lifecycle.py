"""Stopped in the middle of a call, refused while it runs, held up: the process ends, or says so, and loses nothing."""

import asyncio
import socket
import time

import httpx
import pytest

from domain.failpoints import Point
from tests.fire.auditor import audit, summed
from tests.fire.evidence import gather
from tests.fire.scenes import ask, told, until_quiet
from tests.outside import Outside

pytestmark = pytest.mark.process


async def test_a_stop_during_a_submit_takes_less_than_ten_seconds_and_charges_once(outside: Outside) -> None:
    outside.provider.faults.add(match="/mj/submit/*", do=True, end="hang")
    await outside.start()
    asked = [ask(outside.telegram.person("Ann"))]
    await outside.until(lambda: outside.provider.submissions(accepted=True))
    begun = time.monotonic()
    assert await outside.stop() == 0
    assert 5 < time.monotonic() - begun < 10  # it was given its time
    outside.provider.faults.clear()
    outside.note_kill()
    await outside.start()
    await until_quiet(outside, asked)
    assert audit(await gather(outside, asked)) == []


async def test_a_stop_lets_a_submit_come_to_its_end(outside: Outside) -> None:
    outside.provider.faults.add(match="/mj/submit/*", do=True, delay=3, end="proceed")
    await outside.start()
    asked = [ask(outside.telegram.person("Ann"))]
    await outside.until(lambda: outside.provider.submissions(accepted=True))
    assert await outside.stop() == 0
    await outside.start()
    await until_quiet(outside, asked)
    assert told(outside, asked[0]) == ["picture"]  # and no question before it


@pytest.mark.parametrize("arrives", [True, False])
async def test_a_stop_during_an_upload_of_a_minute_brings_the_picture_once(outside: Outside, *, arrives: bool) -> None:
    outside.telegram.faults.add(match="sendPhoto", do=arrives, delay=60, end="proceed")
    await outside.start()
    asked = [ask(outside.telegram.person("Ann"))]
    await outside.until(lambda: outside.telegram.journal.calls("sendPhoto"))
    begun = time.monotonic()
    assert await outside.stop() == 0
    assert time.monotonic() - begun < 10
    outside.note_kill()
    await outside.start()
    await until_quiet(outside, asked)
    evidence = await gather(outside, asked)
    assert audit(evidence) == []
    assert summed(evidence).extra == arrives  # the one extra copy, where Telegram never said that it had arrived


async def test_a_second_signal_ends_it_at_once(outside: Outside) -> None:
    outside.provider.faults.add(match="/mj/submit/*", do=True, end="hang")
    await outside.start()
    asked = [ask(outside.telegram.person("Ann"))]
    await outside.until(lambda: outside.provider.submissions(accepted=True))
    outside.ask_to_stop()
    await asyncio.sleep(0.5)
    assert outside.running
    outside.ask_to_stop()
    assert await outside.exit_code(2) == 1
    outside.provider.faults.clear()
    outside.note_kill()
    await outside.start()
    await until_quiet(outside, asked)
    assert audit(await gather(outside, asked)) == []


async def test_a_key_that_is_refused_while_it_runs_is_told_and_ends_nothing(outside: Outside) -> None:
    outside.provider.set_speed(all=3.0)
    await outside.start()
    ann = outside.telegram.person("Ann")
    drawn = ask(ann)
    await outside.until(lambda: outside.provider.submissions(accepted=True))
    outside.provider.account.revoked = True
    refused = ask(ann)
    await outside.until(lambda: told(outside, refused) == ["failure"])
    await asyncio.sleep(1)
    assert outside.running
    outside.provider.account.revoked = False
    await until_quiet(outside, [drawn], within=90)  # what was being drawn is not given up
    later = ask(ann)
    await outside.until(lambda: "picture" in told(outside, later) or "word" in told(outside, later), within=60)
    assert audit(await gather(outside, [drawn, refused, later])) == []


async def test_a_process_that_is_held_up_is_red_and_recovers(outside: Outside) -> None:
    port = free_port()
    await outside.start(HTTP_PORT=str(port), BOT_FAILPOINT=f"{Point.WISH_UNCOMMITTED}:sleep(6)")  # in a transaction
    async with httpx.AsyncClient(trust_env=False, base_url=f"http://127.0.0.1:{port}", timeout=2) as client:
        assert (await client.get("/health")).status_code == 200
        asked = [ask(outside.telegram.person("Ann"))]
        await asyncio.sleep(1)
        with pytest.raises(httpx.ReadTimeout):
            await client.get("/health")
        await until_quiet(outside, asked)
        assert (await client.get("/health")).status_code == 200
    assert audit(await gather(outside, asked)) == []


@pytest.mark.parametrize("value", ["nowhere:kill", "end-sent:explode", "canary"])
async def test_a_fail_point_that_is_none_is_refused_at_start_by_name(outside: Outside, value: str) -> None:
    code, printed = await outside.run(BOT_FAILPOINT=value)
    assert code == 2
    assert "BOT_FAILPOINT" in printed
    assert "canary" not in printed
    assert "Traceback" not in printed


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
