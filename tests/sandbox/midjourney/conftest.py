"""A provider whose time a test moves, and a client that has its key."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from sandbox.midjourney.server import MidjourneyServer

KEY = "a-key-of-the-test"


class HandClock:
    """Time stands until it is moved; who sleeps moves it."""

    def __init__(self) -> None:
        self.time = datetime(2025, 7, 11, 4, 12, tzinfo=UTC)

    def now(self) -> datetime:
        return self.time

    async def sleep(self, seconds: float) -> None:
        self.move(seconds)

    def move(self, seconds: float) -> None:
        self.time += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
async def server(clock: HandClock) -> AsyncIterator[MidjourneyServer]:
    async with MidjourneyServer(KEY, clock=clock, side=128) as running:
        yield running


@pytest.fixture
async def client(server: MidjourneyServer) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=server.base_url, headers={"mj-api-secret": KEY}, timeout=5) as opened:
        yield opened
