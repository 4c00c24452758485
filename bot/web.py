"""The small web app: tells whoever watches over this process how it is."""

import asyncio
import errno
import socket
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Mount, Route

from bot.region import RegionDoor, build_region


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """How the bot is. Anyone who reaches the port may read it: nothing of people, addresses or keys."""

    status: Literal["ok", "starting", "stopping", "stuck", "database"]
    """`database`: it cannot be written just now, and everything waits for it."""
    version: str
    workers: Mapping[str, float | None]
    """Each worker's name and the seconds since its last round; `None` before the first."""


class PortTaken(Exception):  # noqa: N818 - a fact, as all our errors are
    """HTTP_HOST and HTTP_PORT can't be listened on. Its text names the setting and says what to change."""


def build_web(health: Callable[[], Health], door: RegionDoor | None = None, frames: Sequence[str] = ()) -> Starlette:
    """The app: `GET /health` answers 200 while the bot is `ok`, else 503, both with `Health` as JSON.

    With a door, also the page on which a region is painted; `frames` are the origins that may show it beside
    Telegram's own.
    """

    async def answer(_request: Request) -> JSONResponse:
        now = health()
        ages = {name: None if age is None else round(age, 1) for name, age in now.workers.items()}
        return JSONResponse(
            {"status": now.status, "version": now.version, "workers": ages},
            status_code=200 if now.status == "ok" else 503,
            headers={"Cache-Control": "no-store"},
        )

    page = [Mount("/app/region", routes=build_region(door, frames))] if door is not None else []
    app = Starlette(routes=[Route("/health", answer), *page])
    app.router.redirect_slashes = False  # an unknown path is unknown; the redirect would repeat any Host header
    return app


def bind(host: str, port: int) -> socket.socket:
    """A socket that listens: taken at start, so that a taken port is known before anything else happens.

    Raises `PortTaken`, also when the address isn't ours or isn't allowed.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except PermissionError:
        raise PortTaken("HTTP_PORT: not permitted; choose a port above 1023, or 0 for none") from None
    except (OSError, UnicodeError) as error:  # a name that no address book could hold is a UnicodeError
        if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
            raise PortTaken("HTTP_PORT: in use; choose another port, 0 for none, or stop what listens there") from None
        raise PortTaken("HTTP_HOST: can't be listened on; an address of this machine, such as 127.0.0.1") from None


class WebServer:
    """Serves `app` on `listening` inside the running loop, and closes it at the end."""

    def __init__(self, app: Starlette, listening: socket.socket) -> None:
        self._config = uvicorn.Config(
            app,
            http="h11",
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=1,
        )
        self._server = uvicorn.Server(self._config)
        self._listening = listening
        self._ticking: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Answer from now on. Not by `Server.serve`, which would take the process's signals for itself."""
        self._config.load()
        self._server.lifespan = self._config.lifespan_class(self._config)
        await self._server.startup(sockets=[self._listening])
        self._ticking = asyncio.create_task(self._server.main_loop(), name="web")

    async def stop(self) -> None:
        """Take nothing new and let answers finish, for a second at most. Harmless when repeated or never started."""
        ticking, self._ticking = self._ticking, None
        if ticking:
            self._server.should_exit = True
            await ticking
            await self._server.shutdown(sockets=[self._listening])
        self._listening.close()
