"""The sandbox as somebody has it who types `make demo`: a process."""

import asyncio
import os
import re
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Self

import httpx

HOUSE = Path(__file__).parents[3]


class Sandbox:
    """`python -m sandbox`, running; `cwd` and `settings` are the operator's own, which should not matter."""

    def __init__(self, cwd: Path, *arguments: str, **settings: str) -> None:
        self._cwd = cwd
        self._arguments = arguments
        self._settings = settings
        self._printed = b""
        self._address = ""

    async def __aenter__(self) -> Self:
        kept = {"PATH": os.environ.get("PATH", ""), "HOME": str(self._cwd), "TMPDIR": str(self._cwd)}
        self.process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "sandbox", "--no-browser", *self._arguments),
            cwd=self._cwd,
            env=kept | {"PYTHONPATH": str(HOUSE), "PYTHONWARNINGS": "error"} | self._settings,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        assert self.process.stdout is not None
        while not self._address and (line := await asyncio.wait_for(self.process.stdout.readline(), 20)):
            self._printed += line
            if found := re.search(rb"http://127\.0\.0\.1:\d+", line):
                self._address = found[0].decode()
        self.client = httpx.AsyncClient(base_url=self._address, trust_env=False, timeout=20)
        self.bots = self._children()
        return self

    @property
    def address(self) -> str:
        """Where the page is. AssertionError, with all that was printed, if it has not started."""
        assert self._address, self._printed.decode()
        return self._address

    async def __aexit__(self, *_exc: object) -> None:
        await self.client.aclose()
        if self.process.returncode is None:
            self.process.terminate()
        await self.end()

    async def end(self, signal: int | None = None) -> tuple[int, str]:
        """Send a signal, if any; the exit code and all that was printed, once it has ended."""
        if signal is not None:
            self.process.send_signal(signal)
        rest, _none = await asyncio.wait_for(self.process.communicate(), 12)
        self._printed += rest
        return self.process.returncode or 0, self._printed.decode()

    async def get(self, path: str) -> Any:
        """What the people's side tells."""
        return (await self.client.get(f"{self.address}{path}")).raise_for_status().json()

    async def chat(self, kind: str) -> int:
        """The id of the first chat of this kind."""
        return next(int(chat["id"]) for chat in (await self.get("/_/state"))["chats"] if chat["kind"] == kind)

    async def say(self, text: str, *, chat: int | None = None) -> Any:
        """The bot's answer to what You say, in private unless a chat is named."""
        state = await self.get("/_/state")
        you = state["people"][0]["id"]
        chat = chat or you
        body = {"person": you, "text": text}
        said = (await self.client.post(f"/_/chats/{chat}/say", json=body)).raise_for_status().json()
        after = state["last"]
        async with asyncio.timeout(10):
            while True:
                messages = (await self.get(f"/_/chats/{chat}/messages"))["messages"]
                if answers := [one for one in messages if one["from_bot"] and one["id"] > said["id"]]:
                    return answers[0]
                after = (await self.get(f"/_/events?after={after}&wait=5"))["last"]

    def _children(self) -> list[int]:
        found = []
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                parent = int(stat.read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue  # it ended meanwhile
            if parent == self.process.pid:
                found.append(int(stat.parent.name))
        return found


StartSandbox = Callable[..., Awaitable[Sandbox]]
