"""Everything that can be done to this world while the bot lives in it, and how it all is."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, get_args

from sandbox.desk import outages
from sandbox.desk.journal import LiveJournal
from sandbox.desk.keeper import Keeper
from sandbox.desk.wires import Wires
from sandbox.midjourney.dialects import Name
from sandbox.midjourney.kinds import SPEED
from sandbox.midjourney.server import MidjourneyServer
from sandbox.telegram.town import Town

TIMEOUT = 3.0
"""Seconds that a proxy waits here before it gives up; a real one takes a minute or two."""


class Desk:
    """The acts, each a line in the journal. What makes no sense, or can't be done now, is a ValueError."""

    def __init__(self, town: Town, provider: MidjourneyServer, *, speed: float) -> None:
        self._world, self._provider = town.world, provider
        self._speed = self._speed_of_start = speed
        now = town.world.clock.now
        self.journal = LiveJournal(now=now)
        self.bot = Keeper(now=now, say=self._say)
        self._out = {
            "provider": outages.provider_outage(provider, town.world, self._say),
            "telegram": outages.telegram_outage(town.world, self._say),
        }
        self._flood = outages.flood(town.world, self._say)
        Wires(town.world, provider, self.journal, came=self.bot.came).watch()

    async def set_speed(self, times: float) -> None:
        """So many times faster than in life, from the next task on."""
        if not 0.1 <= times <= 100:
            raise ValueError("the speed is 0.1 to 100")
        self._draw_at(times)
        self._say(f"provider draws {times:g} times as fast as in life")

    async def set_dialect(self, name: str) -> None:
        """Let the provider speak another dialect. A gateway knows only what went through it."""
        self._provider.use(name)
        self._say(f"provider is a{'n' if name == 'engine' else ''} {name} now")

    async def let_time_out(self, *, taken: bool) -> None:
        """Let the next submit end in a gateway's time-out, after it was carried out (and charged) or not."""
        self._provider.trouble("accept then 504 html" if taken else "504 html", delay=TIMEOUT)
        self._say(f"the next submit times out, {'though it is carried out' if taken else 'and nothing is done'}")

    async def take_away(self, side: str, seconds: float) -> None:
        """Let one side be away."""
        if side not in self._out:
            raise ValueError("the sides are provider and telegram")
        await self._out[side].start(seconds)
        self._say(f"{side.title()} is away for {seconds:g} s")

    async def flood(self, seconds: float) -> None:
        """Let Telegram refuse every message and edit."""
        await self._flood.start(seconds)
        self._world.floods.shut(seconds)
        self._say(f"Telegram refuses every message for {seconds:g} s")

    async def tell_bot(self, do: str) -> None:
        """Kill it, stop it, start it, restart it."""
        acts: Mapping[str, Callable[[], Awaitable[None]]] = {
            "kill": self.bot.kill,
            "stop": self.bot.stop,
            "start": self.bot.start,
            "restart": self.bot.restart,
        }
        if do not in acts:
            raise ValueError(f"the bot can be told to {', '.join(acts)}")
        await acts[do]()

    async def reset(self) -> None:
        """End every trouble. The dialect stays, and the bot as it is."""
        for spell in (*self._out.values(), self._flood):
            await spell.stop()
        self._world.faults.clear()
        self._provider.faults.clear()
        self._provider.twists.clear()
        self._draw_at(self._speed_of_start)
        self._say("all troubles ended")

    async def close(self) -> None:
        """End what would go on by itself, and the bot."""
        await self.bot.close()
        for spell in (*self._out.values(), self._flood):
            spell.forget()

    def state(self) -> dict[str, Any]:
        """How it all is, as JSON."""
        return {"provider": self._provider_state(), "telegram": self._telegram_state(), "bot": self._bot_state()}

    def _provider_state(self) -> dict[str, Any]:
        provider = self._provider
        line = provider.engine.line
        line.advance(provider.now())
        return {
            "speed": self._speed,
            "dialect": provider.speaks,
            "dialects": list(get_args(Name)),
            "running": len(line.working),
            "waiting": len(line.waiting),
            "charges": len(provider.charges),
            "submits": len(provider.ledger.entries),
            "out": self._out["provider"].left,
            "troubles": len(provider.faults.waiting()),
        }

    def _telegram_state(self) -> dict[str, Any]:
        return {
            "out": self._out["telegram"].left,
            "flood": self._flood.left,
            "refused": len(self._world.floods.refused),
            "unconfirmed": len(self._world.updates.pending),
        }

    def _bot_state(self) -> dict[str, Any]:
        bot = self.bot.state
        return {"state": bot.state, "starts": bot.starts, "exit": bot.exit, "since": bot.since.isoformat()}

    def _draw_at(self, times: float) -> None:
        self._provider.set_speed(**{kind: seconds / times for kind, seconds in SPEED.items()})
        self._speed = times

    def _say(self, words: str) -> None:
        """Write down what was done, and let everybody look again."""
        self.journal.say(words)
        self._world.events.add("desk")
