"""Who keeps the bot: starts it, kills it, and sees when it ends by itself."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sandbox.process import BotProcess

PAUSE = 1.5
"""Seconds between the end and the new start, so that somebody can see that it is gone."""

State = Literal["starting", "running", "stopped"]


@dataclass(frozen=True, slots=True, kw_only=True)
class BotState:
    """How the bot is. `exit`: the code with which it last ended, while it is stopped."""

    state: State
    since: datetime
    starts: int
    exit: int | None = None


class Keeper:
    """One bot at a time. `say` hears of everything that happens to it, in a person's words.

    What can't be done now is a ValueError.
    """

    def __init__(self, *, now: Callable[[], datetime], say: Callable[[str], None]) -> None:
        self._now = now
        self._say = say
        self._launch: Callable[[], Awaitable[BotProcess]] | None = None
        self._bot: BotProcess | None = None
        self._watching: asyncio.Task[None] | None = None
        self._again: asyncio.Task[None] | None = None
        self._meant = ""  # the act that ends it, in a person's words; empty while nobody means to
        self._deaths: asyncio.Queue[int] = asyncio.Queue()
        self._busy = asyncio.Lock()
        self.state = BotState(state="stopped", since=now(), starts=0)

    async def begin(self, launch: Callable[[], Awaitable[BotProcess]]) -> None:
        """Have a bot from now on, and start it; `launch` makes its process."""
        self._launch = launch
        await self.start()

    async def start(self) -> None:
        """Start it; ValueError while it is there."""
        async with self._busy:
            if self._launch is None:
                raise ValueError("there is no bot here")
            if self.state.state != "stopped":
                raise ValueError("the bot is there already")
            self._bot = await self._launch()
            self._meant = ""
            self._become("starting", starts=self.state.starts + 1)
            self._watching = asyncio.create_task(self._watch(self._bot))
            self._say("bot started" if self.state.starts == 1 else "bot started again")

    async def kill(self) -> None:
        """End it in the middle of whatever it does, with all that it started."""
        await self._end("killed the bot", BotProcess.kill)

    async def stop(self) -> None:
        """Ask it to end, as an operator does; back when it has."""
        await self._end("stopped the bot", BotProcess.stop)

    async def restart(self) -> None:
        """Kill it, and start it again a moment later; one that is stopped is only started."""
        if self.state.state == "stopped":
            return await self.start()
        await self.kill()
        self._again = asyncio.create_task(self._start_again())
        return None

    async def close(self) -> None:
        """End it kindly, for good."""
        self._launch = None
        async with self._busy:  # a start that is under way goes through first: no process is left behind
            self._meant = "stopped the bot"
            if self._again:
                self._again.cancel()
            if self._bot and self._watching:
                await self._bot.stop()
                await self._watching

    def came(self) -> None:
        """It has asked for updates: it lives."""
        if self.state.state == "starting":
            self._become("running")
            self._say("the bot is up")

    async def died(self) -> int:
        """The exit code of the next bot that ends by itself."""
        return await self._deaths.get()

    async def _end(self, words: str, act: Callable[[BotProcess], Awaitable[None]]) -> None:
        async with self._busy:
            if self._bot is None or self._watching is None or self.state.state == "stopped":
                raise ValueError("the bot is not there")
            self._meant = words
            await act(self._bot)
            await self._watching

    async def _start_again(self) -> None:
        await asyncio.sleep(PAUSE)
        with suppress(ValueError):  # somebody was faster
            await self.start()

    async def _watch(self, bot: BotProcess) -> None:
        code = await bot.ended()
        self._become("stopped", exit_code=code)
        if not self._meant:
            self._deaths.put_nowait(code)
        self._say(self._meant or f"the bot ended by itself, with exit code {code}")

    def _become(self, state: State, *, starts: int | None = None, exit_code: int | None = None) -> None:
        count = self.state.starts if starts is None else starts
        self.state = BotState(state=state, since=self._now(), starts=count, exit=exit_code)
