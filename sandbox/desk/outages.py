"""What can be out for a while: the provider's port, the Bot API, and the patience of Telegram."""

import asyncio
from collections.abc import Callable
from urllib.parse import urlsplit

from sandbox.desk.spell import Spell
from sandbox.faults import Fault
from sandbox.midjourney.server import MidjourneyServer
from sandbox.telegram.errors import ApiError
from sandbox.telegram.world import World


def provider_outage(provider: MidjourneyServer, world: World, say: Callable[[str], None]) -> Spell:
    """Its port is closed: connections are refused."""

    async def begin() -> None:
        await provider.stop()

    async def end() -> None:
        port = urlsplit(provider.base_url).port or 0
        while True:
            try:
                await provider.start(port=port)
            except OSError:  # somebody took the port meanwhile; no other would do, as the bot knows only this one
                await asyncio.sleep(1)
            else:
                return say("provider is back")

    return Spell(now=world.clock.now, begin=begin, end=end)


def telegram_outage(world: World, say: Callable[[str], None]) -> Spell:
    """The Bot API drops every connection; the page, on the same port, stays."""
    faults: list[Fault] = []

    async def begin() -> None:
        faults.append(world.faults.add(match="*", end="drop", times=None))
        world.updates.cut(ApiError(502, "Bad Gateway"))

    async def end() -> None:
        world.faults.remove(faults.pop())
        say("Telegram is back")

    return Spell(now=world.clock.now, begin=begin, end=end)


def flood(world: World, say: Callable[[str], None]) -> Spell:
    """Every message and edit is too much."""

    async def begin() -> None:
        """Nothing: the floods are told until when, as each refusal says how long to wait."""

    async def end() -> None:
        world.floods.shut(0)
        say("Telegram takes messages again")

    return Spell(now=world.clock.now, begin=begin, end=end)
