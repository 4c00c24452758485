"""What the bot is tried in: a Telegram with a chat page and people, and a provider; both on this machine only."""

from collections.abc import Mapping
from pathlib import Path
from typing import Self

from starlette.applications import Starlette
from starlette.routing import Mount

from sandbox import page
from sandbox.desk.control import DeskControl
from sandbox.desk.desk import Desk
from sandbox.midjourney.kinds import SPEED
from sandbox.midjourney.server import MidjourneyServer
from sandbox.serving import Serving, free_port
from sandbox.telegram.api import BotApi
from sandbox.telegram.control import Control
from sandbox.telegram.town import Town

HOST = "127.0.0.1"
TOKEN = "700700700:made-up-for-the-sandbox-no-secret"  # noqa: S105 - it opens nothing
KEY = "made-up-for-the-sandbox-no-secret"


class Demo:
    """The two servers, between `async with`. `speed`: how many times faster than life pictures are drawn.

    `language`: what Telegram says that everybody's app speaks.

    The bot has a port of its own for the page on which a region is painted, the same after each of its starts.
    The page is at the root of `port` (0 = a free one), the people's side below `/_/`, the bot's below `/bot…`.
    """

    def __init__(self, *, port: int, speed: float, language: str = "en") -> None:
        self.bot_web = f"http://{HOST}:{free_port()}"
        self.town = Town(TOKEN, flood_limits=True, test_environment=True, main_app=f"{self.bot_web}/app/region/")
        self.provider = MidjourneyServer(KEY, speed={kind: seconds / speed for kind, seconds in SPEED.items()})
        self.desk = Desk(self.town, self.provider, speed=speed)
        self._people = [self.town.person(name, language=language) for name in ("You", "Ann", "Ben")]
        self._settle()
        api, control, desk = BotApi(self.town.world, TOKEN), Control(self.town), DeskControl(self.desk)
        routes = [*page.routes(frames=[self.bot_web]), *api.routes(), *desk.routes(), Mount("/_", control.app())]
        self._serving = Serving(Starlette(routes=routes), port=port)

    def _settle(self) -> None:
        """A forum and a channel, beside the private chats."""
        you, *others = self._people
        club = self.town.group("Art club", self._people, forum=True)
        for topic in ("Landscapes", "Portraits"):
            club.create_topic(you, topic)
        gallery = self.town.channel("Gallery", you)
        for reader in others:
            gallery.set_member(you, reader, "member")

    @property
    def address(self) -> str:
        """Where the page is."""
        return f"{self._serving.root}/"

    async def bot_came(self, within: float) -> None:
        """Until the bot has asked for updates. TimeoutError after so many seconds."""
        await self.town.world.journal.arrived("getUpdates", timeout=within)

    def settings(self, data: Path) -> Mapping[str, str]:
        """What the bot needs to live here, with its database in `data`: everything, so that no default matters."""
        return {
            "TELEGRAM_BOT_TOKEN": TOKEN,
            "TELEGRAM_API_URL": self._serving.root,
            "MIDJOURNEY_BASE_URL": self.provider.base_url,
            "MIDJOURNEY_API_KEY": KEY,
            "DATABASE_URL": f"sqlite+aiosqlite:///{data / 'bot.db'}",
            "ACCESS": "open",
            "ADMIN_USERS": str(self._people[0].id),  # You run this bot: its alerts are worth seeing, too
            "HTTP_HOST": HOST,
            "HTTP_PORT": self.bot_web.rpartition(":")[2],
            "PUBLIC_URL": self.bot_web,
            "POLL_INTERVAL": "1",
            "LOG_FORMAT": "console",
        }

    async def __aenter__(self) -> Self:
        """Serve. OSError if the port is taken."""
        await self._serving.start()
        try:
            await self.provider.start()
        except BaseException:
            await self._serving.stop()
            raise
        return self

    async def __aexit__(self, *_exc: object) -> None:
        await self.desk.close()
        await self.provider.stop()
        await self._serving.stop()
