"""What all tests share: the world of a story, and nothing from this machine's environment."""

import os
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from domain import failpoints
from tests.world import World, WorldWith

settings.register_profile("calm", deadline=None)  # a busy machine is no fault of what is tested
settings.load_profile("calm")
os.environ["PTB_TIMEDELTA"] = "true"  # as the bot's process has it


@pytest.fixture(autouse=True)
def nothing_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """A developer's own settings and proxies change no test."""
    for name in tuple(os.environ):
        if name.upper().endswith("_PROXY") or name.startswith(("TELEGRAM_", "MIDJOURNEY_")):
            monkeypatch.delenv(name)


@pytest.fixture
def arm() -> Iterator[Callable[[str], None]]:
    """Arms fail points in this very process, until the test is over."""
    yield failpoints.arm
    failpoints.arm("")


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    """The real bot, open to all, between the two fakes."""
    async with World(tmp_path) as world:
        yield world


@pytest.fixture
async def world_with(tmp_path: Path) -> AsyncIterator[WorldWith]:
    """Makes a world with other settings: `await world_with(ACCESS="allowlist")`."""
    async with AsyncExitStack() as closing:

        async def make(**settings: Any) -> World:
            return await closing.enter_async_context(World(tmp_path, **settings))

        yield make
