"""Samples, a clock that stands still until it is moved, and servers on the loopback that answer as they are told."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from midjourney.client import MidjourneyClient, ProviderConfig

KEY = "sk-CanaryKey0123456789abcdefABCDEF0123456789"
SAMPLES = Path(__file__).parent.parent / "samples"


class HandClock:
    """Moved by hand."""

    def __init__(self) -> None:
        self.time = datetime(2025, 7, 11, 12, tzinfo=UTC)

    def now(self) -> datetime:
        return self.time

    def move(self, **delta: float) -> None:
        self.time += timedelta(**delta)


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


def sample(name: str) -> Any:
    """A sample by the beginning of its name."""
    return json.loads(sample_bytes(name))


def sample_bytes(name: str) -> bytes:
    (found,) = SAMPLES.glob(f"{name}*.json")
    return found.read_bytes()


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def events() -> list[str]:
    return []


@pytest.fixture
async def server(events: list[str]) -> AsyncIterator[RawServer]:
    async with RawServer(events).serving() as server:
        yield server


@pytest.fixture
async def make_client(clock: HandClock) -> AsyncIterator[Callable[..., MidjourneyClient]]:
    made: list[MidjourneyClient] = []

    def make(url: str, *, patience: float = 180.0, transport: Any = None, **settings: Any) -> MidjourneyClient:
        config = ProviderConfig(**{"name": "sandbox", "base_url": url, "api_key": KEY} | settings)
        made.append(MidjourneyClient(config, clock=clock, patience=patience, transport=transport))
        return made[-1]

    yield make
    for client in made:
        await client.aclose()


@pytest.fixture
def client(make_client: Callable[..., MidjourneyClient], server: RawServer) -> MidjourneyClient:
    return make_client(server.url)
