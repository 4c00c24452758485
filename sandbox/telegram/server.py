"""The whole emulator: a town, its Bot API and its control side on one port."""

from random import Random
from typing import Self

from starlette.applications import Starlette
from starlette.routing import Mount

from sandbox.faults import Faults
from sandbox.serving import Serving
from sandbox.telegram.api import BotApi
from sandbox.telegram.clock import Clock
from sandbox.telegram.control import Control
from sandbox.telegram.events import Events
from sandbox.telegram.floods import Flood
from sandbox.telegram.journal import Journal
from sandbox.telegram.town import Town
from sandbox.telegram.updates import Updates


class TelegramServer(Town):
    """A Telegram of its own, for one bot.

    `ROOT/bot<token>/METHOD` and `ROOT/file/bot<token>/PATH` are the bot's, `ROOT/_/…` is the people's (see `control`).
    Its state lives as long as the object; it can be stopped and started again, to be away for a while.
    """

    def __init__(
        self,
        token: str,
        clock: Clock | None = None,
        *,
        rng: Random | None = None,
        name: str = "Imagine",
        username: str = "imagine_bot",
        privacy: bool = True,
        flood_limits: bool = False,
        test_environment: bool = False,
        main_app: str | None = None,
    ) -> None:
        super().__init__(
            token,
            clock=clock,
            rng=rng,
            name=name,
            username=username,
            privacy=privacy,
            flood_limits=flood_limits,
            test_environment=test_environment,
            main_app=main_app,
        )
        self._serving: Serving | None = None

    @property
    def root(self) -> str:
        """The address, without a slash at its end. RuntimeError before the first start."""
        if self._serving is None:
            raise RuntimeError("not started")
        return self._serving.root

    @property
    def faults(self) -> Faults:
        """What shall go wrong; requests are named by method (`sendPhoto`), downloads `file/<path>`."""
        return self.world.faults

    @property
    def floods(self) -> list[Flood]:
        """The calls that were too much, oldest first; none where `flood_limits` are off."""
        return self.world.floods.refused

    @property
    def journal(self) -> Journal:
        """Every call of the bot's."""
        return self.world.journal

    @property
    def events(self) -> Events:
        """Everything that changed."""
        return self.world.events

    @property
    def updates(self) -> Updates:
        """What waits for the bot, and its polls."""
        return self.world.updates

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> Self:
        """Serve; port 0 takes a free one, or that of the last time. OSError if the port is taken."""
        if self._serving is None or port:
            routes = [*BotApi(self.world, self.token).routes(), Mount("/_", Control(self).app())]
            self._serving = Serving(Starlette(routes=routes), host=host, port=port)
        await self._serving.start()
        return self

    async def stop(self) -> None:
        """Close the port and every connection."""
        if self._serving is not None:
            await self._serving.stop()

    async def __aenter__(self) -> Self:
        return await self.start()

    async def __aexit__(self, *_exc: object) -> None:
        await self.stop()
