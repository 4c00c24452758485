"""One run of the bot as a process: settings in, exit code out, signals in between."""

import asyncio
import os
import signal
from contextlib import AsyncExitStack

import click
import structlog

from bot import wiring
from bot.app import App, TokenRefused
from bot.clock import SystemClock
from bot.config import Settings
from bot.exits import Exit
from bot.log import configure
from bot.memory import give_back_large_blocks
from bot.web import PortTaken, WebServer, bind, build_web
from domain import failpoints
from domain.errors import DatabaseHeld, DatabaseUnusable
from storage.database import Database

log = structlog.stdlib.get_logger("bot.process")

LAST_MOMENT = 9.6
"""Seconds after the request to stop; whoever asked waits ten."""

os.environ.setdefault("PTB_TIMEDELTA", "true")  # the library's newer way to tell times, without a warning at each


def run(settings: Settings) -> Exit:
    """Run the bot until it is asked to stop."""
    give_back_large_blocks()
    configure(level=settings.log_level, log_format=settings.log_format, secrets=settings.secrets())
    for warning in settings.warnings:
        log.warning(warning)
    if failpoints.are_armed():
        log.warning("fail points are armed: this process is meant to break", setting=failpoints.VARIABLE)
    try:
        return asyncio.run(_serve(settings))
    except PortTaken as taken:
        return _leave(Exit.SETTINGS, str(taken))
    except DatabaseHeld as held:
        return _leave(Exit.HELD, f"DATABASE_URL: {held}")
    except DatabaseUnusable as unusable:
        return _leave(Exit.DATABASE, f"DATABASE_URL: {unusable}")
    except TokenRefused:
        return _leave(Exit.TOKEN, "TELEGRAM_BOT_TOKEN: Telegram refuses it; get a new one from @BotFather")
    except Exception:
        log.exception("the bot had to end")
        return Exit.FAILED


async def _serve(settings: Settings) -> Exit:
    stopping = asyncio.Event()
    _listen_for_signals(stopping)
    async with AsyncExitStack() as closing:
        listening = bind(settings.http_host, settings.http_port) if settings.http_port else None
        if listening is not None:
            closing.callback(listening.close)
        db = await Database.open(settings.database_path)
        closing.push_async_callback(db.close)
        app = App(settings, db, SystemClock())
        closing.push_async_callback(app.stop)
        if listening is not None:
            web = WebServer(build_web(app.health, app.door, wiring.frames_from(settings)), listening)
            closing.push_async_callback(web.stop)
            await web.start()
        await _live(app, stopping)
    log.info("stopped")
    return Exit.STOPPED


async def _live(app: App, stopping: asyncio.Event) -> None:
    """Until the bot is asked to stop, or ends by itself; then whatever ended it is raised."""
    asked = asyncio.create_task(stopping.wait())
    living = asyncio.create_task(app.live())
    try:
        await asyncio.wait((asked, living), return_when=asyncio.FIRST_COMPLETED)
        if living.done():
            living.result()
    finally:
        asked.cancel()
        living.cancel()
        await asyncio.gather(asked, living, return_exceptions=True)


def _listen_for_signals(stopping: asyncio.Event) -> None:
    def asked() -> None:
        if stopping.is_set():
            os._exit(Exit.FAILED)  # a second signal: at once
        stopping.set()
        # whatever still hangs at the very end (a thread with a picture, say) must not make us late
        signal.signal(signal.SIGALRM, lambda *_: os._exit(Exit.STOPPED))
        signal.setitimer(signal.ITIMER_REAL, LAST_MOMENT)

    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, asked)


def _leave(code: Exit, line: str) -> Exit:
    click.echo(line, err=True)
    return code
