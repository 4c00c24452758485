"""`python -m sandbox` from outside: it starts, the real bot answers in it, and nothing of it stays behind."""

import asyncio
import os
import signal
import socket
import sys
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from sandbox.demo import Demo
from sandbox.process import BotProcess
from tests.sandbox.page.running import StartSandbox

pytestmark = [pytest.mark.process, pytest.mark.asyncio(loop_scope="module")]


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def names_in(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


async def test_the_real_bot_answers_whatever_the_operators_own_settings_and_sigterm_leaves_nothing(
    start_sandbox: StartSandbox, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text("TELEGRAM_BOT_TOKEN=1:an-operators-own-token\nPUBLIC_URL=https://own.example\n")
    sandbox = await start_sandbox("--port", "0", MIDJOURNEY_API_KEY="own-key", PROVIDERS_FILE="own.toml")
    state = await sandbox.get("/_/state")
    assert [person["name"] for person in state["people"]] == ["You", "Ann", "Ben"]
    assert [chat["title"] for chat in state["chats"] if chat["kind"] != "private"] == ["Art club", "Gallery"]
    assert "/imagine" in (await sandbox.say("/help"))["text"]
    assert "a red fox" in (await sandbox.say("/imagine a red fox", chat=await sandbox.chat("supergroup")))["text"]
    code, printed = await sandbox.end(signal.SIGTERM)
    assert code == 0
    assert "Traceback" not in printed
    assert "own-" not in printed
    assert len(sandbox.bots) == 1
    assert not is_alive(sandbox.bots[0])
    assert names_in(tmp_path) == [".env"]  # the temporary folder is gone, too


async def test_a_kept_folder_serves_again_and_ctrl_c_ends_it_with_zero(
    start_sandbox: StartSandbox, tmp_path: Path
) -> None:
    for number in (signal.SIGTERM, signal.SIGINT):
        sandbox = await start_sandbox("--port", "0", "--data", "kept")
        await sandbox.say("/start")
        code, printed = await sandbox.end(number)
        assert code == 0
        assert "Traceback" not in printed
        assert str(tmp_path / "kept" / "bot.log") in printed
        assert not is_alive(sandbox.bots[0])
    assert (tmp_path / "kept" / "bot.db").exists()


async def test_a_bot_that_never_comes_to_life_ends_it_with_one_and_its_last_lines(
    start_sandbox: StartSandbox, tmp_path: Path
) -> None:
    (tmp_path / "kept" / "bot.db").mkdir(parents=True)  # no database can be opened here
    code, printed = await (await start_sandbox("--port", "0", "--data", "kept")).end()
    assert code == 1
    assert "ended by itself" in printed
    assert "DATABASE_URL" in printed.partition("last lines of its log")[2]


async def test_a_bot_that_dies_later_is_told_and_can_be_started_again(start_sandbox: StartSandbox) -> None:
    sandbox = await start_sandbox("--port", "0")
    os.kill(sandbox.bots[0], signal.SIGKILL)
    while (bot := (await sandbox.get("/_/desk"))["bot"])["state"] != "stopped":
        await sandbox.get("/_/desk/journal?wait=0.1&after=1000000")
    assert (bot["exit"], bot["starts"]) == (-signal.SIGKILL, 1)
    answer = await sandbox.client.post("/_/desk/bot", json={"do": "start"})
    assert (answer.status_code, answer.json()["bot"]["starts"]) == (200, 2)
    assert "/imagine" in (await sandbox.say("/help"))["text"]
    code, printed = await sandbox.end(signal.SIGTERM)
    assert code == 0
    assert "ended by itself, with exit code -9" in printed
    assert "Traceback" not in printed


async def test_a_taken_port_ends_it_with_two_and_one_clear_line(start_sandbox: StartSandbox) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        code, printed = await (await start_sandbox("--port", port)).end()
    assert code == 2
    assert port in printed
    assert printed.count("\n") == 1


async def test_an_unusable_folder_ends_it_with_two_and_one_clear_line(
    start_sandbox: StartSandbox, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    code, printed = await (await start_sandbox("--port", "0", "--data", "file")).end()
    assert code == 2
    assert "--data" in printed
    assert printed.count("\n") == 1


async def test_the_page_may_load_from_its_own_origin_only() -> None:
    async with Demo(port=0, speed=1) as demo, httpx.AsyncClient(base_url=demo.address, trust_env=False) as client:
        for path, kind in (("/", "text/html"), ("/app.js", "text/javascript"), ("/style.css", "text/css")):
            answer = await client.get(path)
            assert answer.headers["content-type"].startswith(kind)
            policy = answer.headers["content-security-policy"]
            bot = demo.settings(Path())["PUBLIC_URL"]
            for rule in (
                *("default-src 'self'", "img-src 'self' data: blob:", "style-src 'self'", "script-src 'self'"),
                *("media-src 'self' blob:", f"frame-src {bot}", "frame-ancestors 'none'"),
            ):
                assert rule in policy.split("; ")
        elsewhere = await client.get("/?a=b", headers={"host": f"localhost:{urlsplit(demo.address).port}"})
        assert elsewhere.headers["location"] == f"{demo.address}?a=b"  # Mini Apps show themselves at one address only


STUBBORN = """
import signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
print(child.pid, flush=True)
time.sleep(60)
"""


async def test_a_bot_that_hangs_is_ended_by_force_with_all_that_it_started() -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", STUBBORN), stdout=asyncio.subprocess.PIPE, start_new_session=True
    )
    assert process.stdout is not None
    child = int(await process.stdout.readline())
    await BotProcess(process).stop(grace=0.1)
    assert process.returncode == -signal.SIGKILL
    assert await process.stdout.read() == b""  # nobody holds its end of the pipe any more: the child is gone, too
    assert child > 0
