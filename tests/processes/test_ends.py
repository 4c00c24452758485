"""How the process starts and ends: settings, token, database, signals; and what it never prints."""

import asyncio
import re
import time

import httpx
import pytest

from bot.web import bind
from tests.outside import KEY, TOKEN, Outside

pytestmark = pytest.mark.process


async def test_sigterm_ends_it_with_zero_and_the_next_start_goes_on(outside: Outside) -> None:
    await outside.start()
    ann = outside.telegram.person("Ann")
    ann.private.say(ann, "/imagine a red fox")
    await outside.until(lambda: outside.provider.submissions(accepted=True))
    begun = time.monotonic()
    assert await outside.stop() == 0
    assert time.monotonic() - begun < 10
    await outside.start()
    await outside.until(lambda: outside.pictures(ann.private))
    assert len(outside.provider.submissions()) == 1


async def test_a_wrong_token_ends_it_with_three_and_is_not_printed(outside: Outside) -> None:
    wrong = "700700700:AAE-another-token-ccccccccccccc"
    code, printed = await outside.run(TELEGRAM_BOT_TOKEN=wrong)
    assert code == 3
    assert "TELEGRAM_BOT_TOKEN" in printed
    assert wrong not in printed
    assert "another-token" not in printed


async def test_a_token_revoked_while_it_runs_ends_it_with_three(outside: Outside) -> None:
    await outside.start()
    outside.telegram.faults.add(
        match="*", times=None, status=401, body={"ok": False, "error_code": 401, "description": "Unauthorized"}
    )
    ann = outside.telegram.person("Ann")
    ann.private.say(ann, "/imagine a red fox")
    assert await outside.exit_code() == 3
    assert "TELEGRAM_BOT_TOKEN" in outside.last_words()


async def test_a_single_401_does_not_end_it(outside: Outside) -> None:
    outside.provider.set_speed(all=0.5)
    await outside.start()
    outside.telegram.faults.add(
        match="sendPhoto", status=401, body={"ok": False, "error_code": 401, "description": "Unauthorized"}
    )
    ann = outside.telegram.person("Ann")
    ann.private.say(ann, "/imagine a red fox")
    await outside.until(lambda: outside.telegram.journal.calls("sendPhoto"))
    await asyncio.sleep(1)
    assert outside.running


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TELEGRAM_BOT_TOKEN", ""),
        ("TELEGRAM_BOT_TOKEN", "canary-malformed"),
        ("MIDJOURNEY_BASE_URL", "ftp://canary.example"),
        ("POLL_INTERVAL", "canary"),
        ("HTTP_PORT", "99999"),
        ("TELEGRAM_WEBHOOK_URL", "https://canary.example"),
    ],
)
async def test_a_wrong_setting_ends_it_with_two_by_name(outside: Outside, name: str, value: str) -> None:
    code, printed = await outside.run(**{name: value})
    assert code == 2
    assert name in printed
    assert "canary" not in printed
    assert "Traceback" not in printed


async def test_a_taken_port_ends_it_with_two(outside: Outside) -> None:
    port = outside.telegram.root.rsplit(":", 1)[1]
    code, printed = await outside.run(HTTP_PORT=port)
    assert code == 2
    assert "HTTP_PORT" in printed


async def test_a_second_process_ends_with_five_and_the_first_goes_on(outside: Outside) -> None:
    outside.provider.set_speed(all=0.5)
    await outside.start()
    code, printed = await outside.run()
    assert code == 5
    assert "another instance" in printed
    ann = outside.telegram.person("Ann")
    ann.private.say(ann, "/imagine a red fox")
    await outside.until(lambda: outside.pictures(ann.private))


async def test_an_unusable_database_ends_it_with_four(outside: Outside) -> None:
    (outside.folder / "bot.db").write_bytes(b"this is no database" * 100)
    code, printed = await outside.run()
    assert code == 4
    assert "DATABASE_URL" in printed
    assert "Traceback" not in printed


async def test_check_says_what_is_well_and_what_is_not_beside_a_running_bot(outside: Outside) -> None:
    await outside.start()
    code, printed = await outside.run("check")
    assert code == 0, printed
    for what in ("settings", "token", "provider", "database", "web port"):
        assert re.search(rf"^ok +{what}:", printed, re.MULTILINE), printed
    code, printed = await outside.run("check", MIDJOURNEY_API_KEY="sk-wrong-canary-0000")
    assert code == 1
    assert re.search(r"^NO +provider:.*MIDJOURNEY_API_KEY", printed, re.MULTILINE), printed
    assert "canary" not in printed


async def test_migrate_makes_the_database_and_backup_copies_it_beside_a_running_bot(outside: Outside) -> None:
    code, printed = await outside.run("migrate")
    assert code == 0, printed
    await outside.start()
    copy = outside.folder / "copy.db"
    code, printed = await outside.run("backup", str(copy))
    assert code == 0, printed
    assert copy.read_bytes().startswith(b"SQLite format 3")


async def test_health_answers_on_the_web_port(outside: Outside) -> None:
    free = bind("127.0.0.1", 0)
    port = free.getsockname()[1]
    free.close()
    await outside.start(HTTP_PORT=str(port))
    async with httpx.AsyncClient(trust_env=False) as client:
        answer = await client.get(f"http://127.0.0.1:{port}/health")
    assert answer.status_code == 200
    assert answer.json()["status"] == "ok"


async def test_neither_token_nor_key_is_ever_printed_whatever_fails(outside: Outside) -> None:
    outside.provider.set_speed(all=0.5)
    await outside.start()
    people = [outside.telegram.person(f"Person {number}") for number in range(6)]
    provider, telegram = outside.provider, outside.telegram
    for trouble in ("502 html", "500", "503 json", "broken json"):
        provider.trouble(trouble, match="/mj/task/*", times=2)
    provider.faults.add(match="/mj/submit/imagine", do=True, end="drop")
    provider.faults.add(match="/mj/submit/imagine", status=401, body={"error": {"message": f"bad key {KEY}"}})
    provider.faults.add(match="/pictures/*", status=404)
    telegram.faults.add(match="sendPhoto", end="drop", do=True)
    telegram.faults.add(match="sendMessage", status=502, body="<html>502</html>", times=2)
    telegram.faults.add(match="getUpdates", status=500, body="<html>500</html>", times=2)
    telegram.faults.add(match="editMessageMedia", end="drop")
    for number, person in enumerate(people):
        person.private.say(person, f"/imagine wish <{number}>")
    await asyncio.sleep(6)
    await outside.stop()
    printed = outside.log.read_text(errors="replace")
    assert len(printed) > 1000
    for secret in (TOKEN, TOKEN.split(":")[1], KEY):
        assert secret not in printed
    assert "wish <" not in printed  # nor people's words
    for person in people:
        for message in person.private.history:
            assert KEY not in message.text
            assert TOKEN not in message.text
