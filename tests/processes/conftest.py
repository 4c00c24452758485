"""Process tests: the bot outside, the fakes inside."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.outside import Outside


@pytest.fixture
async def outside(tmp_path: Path) -> AsyncIterator[Outside]:
    """Fakes that run, a bot that the test starts."""
    async with Outside(tmp_path) as outside:
        yield outside
