"""One ASGI application on one socket, inside the running loop: starts at once, stops at once, says nothing.

`uvicorn.Server` takes the process's signals and looks at its flags ten times a second; a test that starts two fakes
would wait for that at each end. So only uvicorn's HTTP protocol is used here, on a listening socket of our own.
"""

import asyncio
import contextlib
import socket
from typing import Self

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

from sandbox.faults import DROP


def free_port(host: str = "127.0.0.1") -> int:
    """A port that nobody listens on at this moment, for a process that is about to be started."""
    with socket.create_server((host, 0)) as listening:
        return int(listening.getsockname()[1])


class Serving:
    """Serves `app` on `host:port` between `start` and `stop`; port 0 takes a free one."""

    def __init__(self, app: ASGIApp, *, host: str = "127.0.0.1", port: int = 0) -> None:
        self._app = app
        self._address = (host, port)
        self._state = ServerState()
        self._listening: asyncio.Server | None = None

    @property
    def root(self) -> str:
        """The address that is served, without a slash at its end."""
        host, port = self._address
        return f"http://{host}:{port}"

    async def start(self) -> Self:
        """Listen. OSError if the port is taken."""
        loop = asyncio.get_running_loop()
        config = uvicorn.Config(
            self._quietly,
            http=H11Protocol,
            interface="asgi3",
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            proxy_headers=False,
            server_header=False,
        )
        config.load()
        state = self._state

        def connected() -> H11Protocol:
            return H11Protocol(config, state, {})

        family = socket.AF_INET6 if ":" in self._address[0] else socket.AF_INET
        self._listening = await loop.create_server(connected, *self._address, family=family, backlog=2048)
        self._address = (self._address[0], self._listening.sockets[0].getsockname()[1])
        return self

    async def stop(self) -> None:
        """Close the port and every connection, and end what still waits."""
        if self._listening is None:
            return
        self._listening.close()
        for connection in list(self._state.connections):
            connection.transport.abort()
        await asyncio.sleep(0)  # connections learn that they are lost, so that nothing is written to them any more
        tasks = list(self._state.tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._listening.wait_closed()
        self._listening = None

    async def _quietly(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope["extensions"] = {DROP: lambda: self._drop(scope["client"])}
        with contextlib.suppress(asyncio.CancelledError):  # only `stop` cancels; uvicorn would log it as an error
            await self._app(scope, receive, send)

    def _drop(self, client: tuple[str, int]) -> None:
        for connection in self._state.connections:
            if isinstance(connection, H11Protocol) and connection.client == client:
                connection.transport.close()
