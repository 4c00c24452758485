"""A provider whose time a test moves, and a client that has its key."""

from collections.abc import AsyncIterator

import httpx
import pytest

from sandbox.midjourney.server import MidjourneyServer
from tests.sandbox.midjourney.desk import PLAIN, HandClock

KEY = "a-key-of-the-test"


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
async def server(clock: HandClock) -> AsyncIterator[MidjourneyServer]:
    async with MidjourneyServer(KEY, clock=clock, side=128) as running:
        yield running


@pytest.fixture
async def client(server: MidjourneyServer) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(
        base_url=server.base_url, headers={"mj-api-secret": KEY}, timeout=5, verify=PLAIN
    ) as opened:
        yield opened
