"""Two short storms, each with its seed; `make storm` makes longer ones, with other seeds."""

from pathlib import Path

import pytest

from tests.fire.storm import SHARE, storm

pytestmark = pytest.mark.process

SECONDS = 60
SEEDS = {"kills": 20261127, "faults": 20261126}


@pytest.mark.parametrize("mode", SEEDS)
async def test_a_storm_loses_doubles_and_leaks_nothing(tmp_path: Path, mode: str) -> None:
    came = await storm(tmp_path, mode=mode, seed=SEEDS[mode], seconds=SECONDS)
    figures = "\n".join(came.lines())
    assert not came.wrong, figures
    assert came.requests > 60, figures
    assert came.kills >= 5 if mode == "kills" else came.faults.total() >= came.calls * SHARE / 2, figures
