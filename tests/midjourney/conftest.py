"""A clock that stands still until it is moved, a server on the loopback, and clients of it."""

from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from midjourney.client import MidjourneyClient, ProviderConfig
from tests.midjourney.raw import RawServer

KEY = "sk-CanaryKey0123456789abcdefABCDEF0123456789"


class HandClock:
    """Moved by hand."""

    def __init__(self) -> None:
        self.time = datetime(2025, 7, 11, 12, tzinfo=UTC)

    def now(self) -> datetime:
        return self.time

    def move(self, **delta: float) -> None:
        self.time += timedelta(**delta)


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
