"""A server on the loopback that reads requests and does with the socket whatever a test wants."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any


class Request:
    """One request as it came in."""

    def __init__(self, head: str, body: bytes, connection: int) -> None:
        first, *lines = head.split("\r\n")
        self.method, self.path, _ = first.split(" ")
        self.headers = dict(line.lower().split(": ", 1) if ": " in line else (line, "") for line in lines if line)
        self.body = body
        self.connection = connection

    @property
    def json(self) -> Any:
        return json.loads(self.body)


Behaviour = Callable[[Request, asyncio.StreamWriter], Awaitable[None]]


class RawServer:
    """Reads requests and does with the socket whatever `behaviour` wants. Keeps connections open as HTTP/1.1 does."""

    def __init__(self, events: list[str]) -> None:
        self.events = events
        self.requests: list[Request] = []
        self.behaviour: Behaviour = respond(200, b"{}")
        self.connections = 0
        self.url = ""
        self.closed = asyncio.Event()
        """Somebody hung up between two requests."""
        self._tasks: set[asyncio.Task[None]] = set()

    @asynccontextmanager
    async def serving(self) -> AsyncIterator["RawServer"]:
        server = await asyncio.start_server(self._connected, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        try:
            yield self
        finally:
            server.close()
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)
            await server.wait_closed()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task
        self._tasks.add(task)
        self.connections += 1
        number = self.connections
        self.events.append("connected")
        try:
            while not writer.is_closing():
                first = await reader.read(1)
                if not first:
                    self.events.append("closed")
                    self.closed.set()
                    break
                if first == b"\x16":  # the beginning of TLS
                    break
                self.events.append("first byte")
                head = (first + await reader.readuntil(b"\r\n\r\n")).decode()
                length = next((line for line in head.lower().split("\r\n") if line.startswith("content-length")), ":0")
                body = await reader.readexactly(int(length.split(":")[1]))
                request = Request(head, body, number)
                self.requests.append(request)
                await self.behaviour(request, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()
            self._tasks.discard(task)


def respond(status: int, body: bytes | object, headers: dict[str, str] | None = None) -> Behaviour:
    """A whole answer."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    fields = {"content-length": str(len(content)), **(headers or {})}
    lines = "".join(f"{name}: {value}\r\n" for name, value in fields.items())

    async def behave(_request: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(f"HTTP/1.1 {status} Whatever\r\n{lines}\r\n".encode() + content)
        await writer.drain()

    return behave


def by_path(paths: dict[str, Behaviour], otherwise: Behaviour | None = None) -> Behaviour:
    """Different answers by the path's end."""

    async def behave(request: Request, writer: asyncio.StreamWriter) -> None:
        for end, answer in paths.items():
            if request.path.endswith(end):
                return await answer(request, writer)
        return await (otherwise or respond(404, {"error": {"message": "Invalid URL"}}))(request, writer)

    return behave
