"""`python -m sandbox`: the real bot in a simulated world, in your browser; no token, no key, no network."""

import asyncio
import os
import signal
import sys
import tempfile
import threading
import webbrowser
from collections import deque
from contextlib import AsyncExitStack
from functools import partial
from pathlib import Path
from typing import IO

import click

from sandbox.demo import Demo
from sandbox.process import BotProcess

STOPPED, BOT_DIED, UNUSABLE = 0, 1, 2
PATIENCE = 60.0
"""Seconds for the bot's first sign of life; it takes about two."""
LAST_LINES = 15


@click.command()
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8765, show_default=True, help="The page's; 0 = any free."
)
@click.option("--no-browser", is_flag=True, help="Only print the address.")
@click.option("--data", type=click.Path(path_type=Path), help="A folder to keep the bot's database and log in.")
@click.option("--speed", type=click.FloatRange(0.1, 100), default=1.0, help="2 = pictures come twice as fast.")
@click.option("--verbose", is_flag=True, help="Show the bot's log here.")
def main(*, port: int, no_browser: bool, data: Path | None, speed: float, verbose: bool) -> None:
    """Try the bot: a chat page in your browser, a simulated provider, and the real bot between them."""
    sys.exit(asyncio.run(_run(port=port, speed=speed, data=data, browser=not no_browser, verbose=verbose)))


async def _run(*, port: int, speed: float, data: Path | None, browser: bool, verbose: bool) -> int:
    demo, stopping = Demo(port=port, speed=speed), asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):  # the last: the terminal was closed
        asyncio.get_running_loop().add_signal_handler(number, stopping.set)
    async with AsyncExitStack() as closing:
        empty = Path(closing.enter_context(tempfile.TemporaryDirectory(prefix="imagine-bot-")))
        folder = (data or empty / "data").absolute()
        try:
            folder.mkdir(parents=True, exist_ok=True)
            log = None if verbose else closing.enter_context((folder / "bot.log").open("ab"))
        except OSError as error:
            return _refuse(f"{folder} can't be used: {error.strerror}. Choose another folder with --data.")
        try:
            await closing.enter_async_context(demo)
        except OSError:
            return _refuse(
                f"Port {port} can't be used: it is taken, or not yours. Choose another: --port 0 takes a free one."
            )
        (empty / "cwd").mkdir()
        await demo.desk.bot.begin(partial(BotProcess.start, demo.settings(folder), folder=empty / "cwd", log=log))
        return await _live(demo, stopping, log, browser=browser)


async def _live(demo: Demo, stopping: asyncio.Event, log: IO[bytes] | None, *, browser: bool) -> int:
    """Until somebody asks to stop. A bot that never came to life ends it all; one that did can be started again."""
    came = asyncio.create_task(demo.bot_came(PATIENCE))
    ended = asyncio.create_task(demo.desk.bot.died())
    asked = asyncio.create_task(stopping.wait())
    try:
        await asyncio.wait({came, ended, asked}, return_when=asyncio.FIRST_COMPLETED)
        if came.done() and came.exception():
            return _mourn(f"The bot did not answer within {PATIENCE:.0f} seconds.", log)
        if came.done():
            _greet(demo.address, log, browser=browser)
            while not asked.done():
                await asyncio.wait({ended, asked}, return_when=asyncio.FIRST_COMPLETED)
                if ended.done() and not asked.done():
                    click.echo(
                        f"The bot ended by itself, with exit code {ended.result()}. The page can start it again."
                    )
                    ended = asyncio.create_task(demo.desk.bot.died())
        if asked.done():
            return STOPPED
        return _mourn(f"The bot ended by itself, with exit code {ended.result()}.", log)
    finally:
        for task in (came, ended, asked):
            task.cancel()
        await asyncio.gather(came, ended, asked, return_exceptions=True)


def _greet(address: str, log: IO[bytes] | None, *, browser: bool) -> None:
    click.echo(f"The sandbox is at {address} (Ctrl-C ends it)")
    if log is not None:
        click.echo(f"The bot's log is in {log.name}")
    if browser and _has_screen():
        # A thread that nobody waits for: some browsers don't return before they are closed.
        threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()


def _has_screen() -> bool:
    """Whether a browser would get a window; without one it might take the terminal."""
    return sys.platform == "darwin" or any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))


def _mourn(what: str, log: IO[bytes] | None) -> int:
    click.echo(what, err=True)
    if log is not None:
        with Path(log.name).open(encoding="utf-8", errors="replace") as written:
            lines = deque(written, LAST_LINES)
        click.echo(f"The last lines of its log:\n{''.join(lines)}", err=True, nl=False)
    return BOT_DIED


def _refuse(why: str) -> int:
    click.echo(why, err=True)
    return UNUSABLE


main(prog_name="python -m sandbox")
