"""The bot as an operator has it: a process, judged by settings, HTTP, signals and exit codes alone."""

import asyncio
import io
import os
import signal
import sys
from collections.abc import Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

from PIL import Image

from sandbox.midjourney.server import MidjourneyServer
from sandbox.telegram.chat import Chat
from sandbox.telegram.server import TelegramServer
from sandbox.telegram.views import MessageView

HERE = Path(__file__).parent.parent
TOKEN = "700700700:AAE-canary-token-bbbbbbbbbbbbbbbbbbb"
KEY = "sk-canary-key-9876543210"


class Outside:
    """Both fakes in this process, the bot in one of its own; it can be killed and started again."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.folder = folder
        self.telegram = TelegramServer(TOKEN, flood_limits=True)
        self.provider = MidjourneyServer(KEY, side=128, running_at_once=1000, queue_size=1000)
        self.provider.set_speed(all=2.0)
        self.log = folder / "bot.log"
        self.database = folder / "bot.db"
        self.kills: list[datetime] = []
        """When the process died before its time."""
        self._settings = settings
        self._process: asyncio.subprocess.Process | None = None
        self._closing = AsyncExitStack()

    async def __aenter__(self) -> Self:
        await self._closing.enter_async_context(self.telegram)
        await self._closing.enter_async_context(self.provider)
        return self

    async def __aexit__(self, *_exc: object) -> None:
        self.provider.faults.clear()
        self.telegram.faults.clear()
        if self._process is not None and self._process.returncode is None:
            self._process.kill()
            await self._process.wait()
        await self._closing.aclose()

    def environ(self, **settings: str) -> dict[str, str]:
        """What the bot's process finds in its environment: nothing of ours but the settings."""
        given = {
            "TELEGRAM_BOT_TOKEN": TOKEN,
            "TELEGRAM_API_URL": self.telegram.root,
            "MIDJOURNEY_BASE_URL": self.provider.base_url,
            "MIDJOURNEY_API_KEY": KEY,
            "DATABASE_URL": f"sqlite+aiosqlite:///{self.database}",
            "ACCESS": "open",
            "HTTP_PORT": "0",
            "POLL_INTERVAL": "0.5",
            "LOG_FORMAT": "json",
            "LOG_LEVEL": "DEBUG",
            "PYTHONPATH": str(HERE),
            "PYTHONWARNINGS": "error",
            "PATH": os.environ.get("PATH", ""),
            "HOME": str(self.folder),
        }
        given |= self._settings | settings
        return {name: value for name, value in given.items() if value != ""}

    async def start(self, *, wait: bool = True, **settings: str) -> None:
        """Start the bot; with `wait`, until it has asked for updates."""
        asked = len(self.telegram.journal.calls("getUpdates"))
        with self.log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "bot",
                cwd=self.folder,
                env=self.environ(**settings),
                stdout=log,
                stderr=asyncio.subprocess.STDOUT,
            )
        if wait:
            await self.until(lambda: len(self.telegram.journal.calls("getUpdates")) > asked)

    async def kill(self) -> None:
        """As a power cut does."""
        assert self._process is not None
        self._process.kill()
        await self._process.wait()
        self.note_kill()

    def note_kill(self) -> None:
        """Whatever it had under way just now was cut off."""
        self.kills.append(datetime.now(UTC))

    async def died(self, within: float = 30) -> None:
        """Until it has killed itself, as a fail point does."""
        assert self._process is not None
        try:
            code = await asyncio.wait_for(self._process.wait(), within)
        except TimeoutError:
            raise AssertionError(f"it lives; the bot's last words:\n{self.last_words()}") from None
        assert code == -signal.SIGKILL, f"it ended with {code}; the bot's last words:\n{self.last_words()}"
        self.note_kill()

    async def stop(self) -> int:
        """As an operator does; the exit code."""
        assert self._process is not None
        self.ask_to_stop()
        return await asyncio.wait_for(self._process.wait(), 10)

    def ask_to_stop(self) -> None:
        """As an operator does, without waiting."""
        assert self._process is not None
        self._process.send_signal(signal.SIGTERM)

    async def exit_code(self, within: float = 10) -> int:
        """What it ends with by itself."""
        assert self._process is not None
        return await asyncio.wait_for(self._process.wait(), within)

    async def run(self, *arguments: str, **settings: str) -> tuple[int, str]:
        """Run `python -m bot ARGUMENTS` to its end: exit code and all that it printed."""
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot",
            *arguments,
            cwd=self.folder,
            env=self.environ(**settings),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        printed, _none = await asyncio.wait_for(process.communicate(), 20)
        return process.returncode or 0, printed.decode()

    async def until(self, seen: Callable[[], Any], within: float = 30) -> Any:
        """What `seen` returns as soon as that is true, in real time. AssertionError after `within`."""
        try:
            async with asyncio.timeout(within):
                while not (found := seen()):  # noqa: ASYNC110 - it happens in another process
                    await asyncio.sleep(0.02)
        except TimeoutError:
            raise AssertionError(f"not seen within {within} s; the bot's last words:\n{self.last_words()}") from None
        return found

    def pictures(self, chat: Chat) -> list[MessageView]:
        """The finished pictures in a chat."""
        return [m for m in chat.messages if m.from_bot and m.photo and m.buttons]

    def paint_nothing(self) -> None:
        """One picture for all: where it is not looked at, painting would only take the time of what is measured."""
        plain = io.BytesIO()
        Image.effect_noise((512, 512), 60).save(plain, "PNG")
        headers = {"content-type": "image/png"}
        self.provider.faults.add(match="/pictures/*", times=None, status=200, body=plain.getvalue(), headers=headers)

    def resident(self) -> float:
        """The process's memory in MB."""
        assert self._process is not None
        status = Path(f"/proc/{self._process.pid}/status").read_text(encoding="ascii")
        line = next(line for line in status.splitlines() if line.startswith("VmRSS:"))
        return int(line.split()[1]) / 1024

    def handles(self) -> int:
        """How many files and connections the process has open."""
        assert self._process is not None
        return len(list(Path(f"/proc/{self._process.pid}/fd").iterdir()))

    def status_requests(self) -> int:
        """How often the provider was asked about tasks."""
        return sum(n for path, n in self.provider.ledger.requests.items() if path.startswith("/mj/task/"))

    def last_words(self) -> str:
        """The end of the bot's log."""
        return self.log.read_text(errors="replace")[-3000:] if self.log.exists() else ""

    @property
    def pid(self) -> int:
        """The process's number."""
        assert self._process is not None
        return self._process.pid

    @property
    def running(self) -> bool:
        """Whether the process is alive."""
        return self._process is not None and self._process.returncode is None
