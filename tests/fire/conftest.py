"""Under fire: the bot as a process between the fakes, quick."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.fire.scenes import QUICK, SPEED
from tests.outside import Outside


@pytest.fixture
async def outside(tmp_path: Path) -> AsyncIterator[Outside]:
    """Fakes that run, a bot that the test starts."""
    async with Outside(tmp_path, **QUICK) as outside:
        outside.provider.set_speed(all=SPEED)
        yield outside
