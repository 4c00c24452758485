"""The world of a story: the real bot between the two fakes, and a clock that the story moves."""

import asyncio
import io
import sqlite3
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AsyncExitStack
from pathlib import Path
from random import Random
from typing import Any, Concatenate, ParamSpec, Self, TypeVar

from PIL import Image
from sqlalchemy import event
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import QueuePool

from bot.app import App
from bot.config import Settings, load
from sandbox.midjourney.server import MidjourneyServer
from sandbox.telegram.chat import Chat
from sandbox.telegram.journal import Call
from sandbox.telegram.queries import Toast
from sandbox.telegram.server import TelegramServer
from sandbox.telegram.town import Person
from sandbox.telegram.views import MessageView
from services.watch import Disk
from storage.database import Database, Transaction
from tests.clock import MovedClock

P = ParamSpec("P")
R = TypeVar("R")

TOKEN = "700700700:AAE-canary-token-aaaaaaaaaaaaaaaaaaa"
KEY = "sk-canary-key-0123456789"
STEP = 0.25
"""Seconds that the clock moves at once; the shortest thing the bot waits for is longer."""
PATIENCE = 0.5
"""Seconds of real time after which a call that nobody answers is taken to hang."""


class WatchedDatabase(Database):
    """Tells how much goes on in it."""

    begun = 0

    @property
    def busy(self) -> bool:
        """Whether a transaction is under way."""
        return bool(self._running)

    @property
    def waits(self) -> bool:
        """Whether it waits for better times, and with it all that need it."""
        pool = self._engine.pool
        return self.trouble is not None and isinstance(pool, QueuePool) and not pool.checkedout()

    async def run(self, work: Callable[Concatenate[Transaction, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """As it is, and counted."""
        self.begun += 1
        return await super().run(work, *args, **kwargs)

    def refuse_commits(self, refused: Callable[[int], bool]) -> None:
        """As a full disk does, commits of something written: where `refused`, told how many went before, is true."""
        written = 0
        wrote = False

        def executed(_connection: Transaction, _cursor: object, statement: str, *_rest: object) -> None:
            nonlocal wrote
            if statement.startswith("BEGIN"):
                wrote = False
            wrote = wrote or statement.startswith(("INSERT", "UPDATE", "DELETE"))

        def commit(_connection: Transaction) -> None:
            nonlocal written
            if wrote and refused(written):
                error = sqlite3.OperationalError("database or disk is full")
                error.sqlite_errorcode = sqlite3.SQLITE_FULL
                raise OperationalError("COMMIT", None, error)
            written += wrote

        event.listen(self._engine.sync_engine, "after_cursor_execute", executed)
        event.listen(self._engine.sync_engine, "commit", commit)


class World:
    """Starts and stops the bot as often as the story likes; the fakes and the database stay."""

    def __init__(self, folder: Path, *, provider: Mapping[str, Any] | None = None, **settings: str) -> None:
        self.clock = MovedClock()
        self.telegram = TelegramServer(TOKEN, self.clock, rng=Random(7), flood_limits=True)
        kind = {"side": 128, "running_at_once": 500, "queue_size": 500} | dict(provider or {})
        self.provider = MidjourneyServer(KEY, clock=self.clock, **kind)
        self.provider.set_speed(all=6.0)
        self.database = folder / "bot.db"
        self.disk = Disk(free=10**12, total=2 * 10**12)
        """Where the database is, as the bot finds it."""
        self._given = settings
        self._app: App | None = None
        self._db: WatchedDatabase | None = None
        self._living: asyncio.Task[None] | None = None
        self._closing = AsyncExitStack()
        self.commits_refused: Callable[[int], bool] = lambda _written: False
        """Which commits of a run the disk refuses, once it has started: the story's clock stands still until then."""
        self.floods_allowed = 0
        """How often a story's Telegram may find that its limits were not kept."""

    async def __aenter__(self) -> Self:
        await self._closing.enter_async_context(self.telegram)
        await self._closing.enter_async_context(self.provider)
        await self.start_bot()
        return self

    async def __aexit__(self, *_exc: object) -> None:
        self.provider.faults.clear()
        self.telegram.faults.clear()
        await self.stop_bot()
        await self._closing.aclose()
        floods = self.telegram.floods
        assert len(floods) <= self.floods_allowed, f"Telegram's limits were not kept: {floods}"

    def settings(self) -> Settings:
        """The bot's settings in this world."""
        environ = {
            "TELEGRAM_BOT_TOKEN": TOKEN,
            "TELEGRAM_API_URL": self.telegram.root,
            "MIDJOURNEY_BASE_URL": self.provider.base_url,
            "MIDJOURNEY_API_KEY": KEY,
            "DATABASE_URL": f"sqlite+aiosqlite:///{self.database}",
            "ACCESS": "open",
            "HTTP_PORT": "0",
        }
        return load(environ | self._given, env_file=None)

    async def start_bot(self, **settings: str) -> App:
        """Start it as `python -m bot` does, on what the last run left."""
        self._given |= settings
        asked = len(self.telegram.journal.calls("getUpdates"))
        self._db = await WatchedDatabase.open(self.database, self.clock.sleep)
        self._app = App(self.settings(), self._db, self.clock, lambda: self.disk)
        await self._app.start()
        self._living = asyncio.create_task(self._app.ended())
        await self.telegram.journal.arrived("getUpdates", times=asked + 2)  # the first asks what was missed
        self._db.refuse_commits(self.commits_refused)
        return self._app

    async def stop_bot(self) -> None:
        """Stop it as a signal does."""
        if self._app is None or self._db is None or self._living is None:
            return
        self._living.cancel()
        await asyncio.gather(self._living, return_exceptions=True)
        await self._app.stop()
        await self._db.close()
        self._app = self._db = self._living = None

    async def restart_bot(self, **settings: str) -> None:
        """Stop and start it."""
        await self.stop_bot()
        await self.start_bot(**settings)

    @property
    def app(self) -> App:
        """The running bot."""
        if self._app is None:
            raise RuntimeError("the bot does not run")
        return self._app

    async def ended(self) -> None:
        """Until the bot ends by itself; raises what ended it."""
        if self._living is not None:
            await self._living

    @property
    def db(self) -> Database:
        """The running bot's database."""
        if self._db is None:
            raise RuntimeError("the bot does not run")
        return self._db

    async def settle(self) -> None:
        """Until nothing moves any more at this moment of the clock; what hangs is not waited for."""
        still, before = 0, None
        moved = time.monotonic()
        while still < 2:
            for _turn in range(12):  # a request and its answer take some turns of the loop, however fast they are
                await asyncio.sleep(0)
            seen = self._stirring()
            if seen != before:
                still, before, moved = 0, seen, time.monotonic()
            elif self._busy() and time.monotonic() - moved < PATIENCE:
                still = 0
                await asyncio.sleep(0.003)  # threads at work need the processor more than we do
            else:
                still += 1
                await asyncio.sleep(0.001)

    async def pass_time(self, seconds: float, *, step: float = STEP) -> None:
        """Let so much time go by, step by step; a larger step for long waits in which little happens."""
        await self.settle()
        left = seconds
        while left > 0:
            self.clock.advance(min(step, left))
            left -= step
            await self.settle()

    async def until(self, seen: Callable[[], Any], within: float = 120) -> Any:
        """What `seen` returns as soon as that is true; lets time go by until then. AssertionError after `within`."""
        await self.settle()
        end = self.clock.now().timestamp() + within
        while not (found := seen()):
            if self.clock.now().timestamp() >= end:
                raise AssertionError(f"not seen within {within} s of the story\n{self._picture()}")
            self.clock.advance(STEP)
            await self.settle()
        return found

    async def sees(self, chat: Chat, wanted: Callable[[MessageView], object], within: float = 120) -> MessageView:
        """The first message shown in a chat that is wanted."""
        found = await self.until(lambda: next(filter(wanted, chat.messages), None), within)
        assert isinstance(found, MessageView)
        return found

    async def answer(self, chat: Chat, asked: MessageView, within: float = 1) -> MessageView:
        """The bot's first message, within a second, that replies to another one."""
        return await self.sees(chat, lambda m: m.from_bot and m.reply_to == asked.id, within)

    async def sees_picture(self, chat: Chat, *, after: int = 0, within: float = 120) -> MessageView:
        """The first finished picture (with its buttons) newer than message `after`."""
        return await self.sees(chat, lambda m: m.id > after and m.from_bot and m.photo and m.buttons, within)

    async def draws(self, person: Person, words: str = "a red fox", chat: Chat | None = None) -> MessageView:
        """Somebody asks for a picture (in private unless told otherwise) and gets it."""
        chat = chat or person.private
        asked = chat.say(person, f"/imagine {words}")
        return await self.sees(chat, lambda m: m.from_bot and m.photo and m.buttons and m.reply_to == asked.id)

    async def press(self, chat: Chat, person: Person, message: MessageView, button: str) -> Toast:
        """Press a button; what the press was answered."""
        press = chat.press(person, message.id, button)
        return await press.answered(5)

    def pictures(self, chat: Chat) -> list[MessageView]:
        """The finished pictures in a chat."""
        return [m for m in chat.messages if m.from_bot and m.photo and m.buttons]

    def told(self, chat: Chat) -> str:
        """All that the bot shows in a chat, as one text."""
        return "\n\n".join(m.text for m in chat.messages if m.from_bot)

    def calls(self, chat: Chat, *methods: str) -> list[Call]:
        """What the bot has called for in a chat, oldest first; of all methods where none is named."""
        return [call for call in self.telegram.journal.calls(*methods) if call.chat_id == str(chat.id)]

    def at_provider(self) -> int:
        """How many tasks have not ended at the provider."""
        return sum(task["status"] not in {"SUCCESS", "FAILURE", "CANCEL"} for task in self.provider.tasks())

    def paint_nothing(self) -> None:
        """One picture for all: where it is not looked at, painting would take most of the story's real time."""
        plain = io.BytesIO()
        Image.new("RGB", (64, 64), "teal").save(plain, "PNG")
        headers = {"content-type": "image/png"}
        self.provider.faults.add(match="/pictures/*", times=None, status=200, body=plain.getvalue(), headers=headers)

    def _busy(self) -> bool:
        if self._app is None or self._db is None or self._db.waits:
            return False
        return self._app.busy() or self._db.busy

    def _stirring(self) -> tuple[int, ...]:
        answered = sum(call.answered for call in self.telegram.journal)
        begun = self._db.begun if self._db else 0
        return (len(self.telegram.journal), answered, sum(self.provider.ledger.requests.values()), begun)

    def _picture(self) -> str:
        return "\n".join(
            f"{chat.id}: {m.id} {m.sender_name}{' (deleted)' if m.deleted else ''} {m.media_kind or ''} {m.text!r}"
            for chat in self.telegram.chats.values()
            for m in chat.history
        )


WorldWith = Callable[..., Awaitable[World]]
"""What the fixture `world_with` is: settings in, a world out."""
