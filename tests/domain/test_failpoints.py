"""Fail points: inert unless armed, act at the nth time and once, refused where they are written wrongly."""

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from domain.failpoints import Broken, FailPointsWrong, Point, are_armed, arm, passing, reached

ROOT = Path(__file__).parent.parent.parent
ROOMS = ("storage", "midjourney", "services", "handlers", "workers", "bot")


@pytest.fixture(autouse=True)
def disarmed() -> Iterator[None]:
    yield
    arm("")


async def test_nothing_happens_unless_one_is_armed() -> None:
    arm("")
    assert not are_armed()
    for point in Point:
        passing(point)
        await reached(point)


async def test_it_raises_at_the_nth_time_and_at_no_other() -> None:
    arm("end-sent:raise:3, found:raise")
    assert are_armed()
    for _ in range(2):
        await reached(Point.END_SENT)
    with pytest.raises(Broken):
        await reached(Point.END_SENT)
    await reached(Point.END_SENT)
    with pytest.raises(Broken):
        passing(Point.FOUND)
    passing(Point.ADOPTED)


async def test_it_sleeps_so_long_as_it_says() -> None:
    arm("end-sent:sleep(0.2),found:sleep(0.1)")
    begun = time.monotonic()
    await reached(Point.END_SENT)
    passing(Point.FOUND)
    assert 0.3 <= time.monotonic() - begun < 2


@pytest.mark.parametrize(
    "text",
    [
        "end-sent",
        "end-sent:explode",
        "nowhere:kill",
        "end-sent:kill:0",
        "end-sent:kill:canary",
        "end-sent:kill(3)",
        "end-sent:sleep()",
        "END-SENT:kill",
        "end-sent:kill,",
        ",",
        "canary",
    ],
)
def test_what_is_written_wrongly_is_refused_by_the_variables_name_and_not_repeated(text: str) -> None:
    with pytest.raises(FailPointsWrong, match="BOT_FAILPOINT") as refused:
        arm(text)
    assert "canary" not in str(refused.value)


def test_each_has_its_one_place_in_the_program() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for room in ROOMS for path in (ROOT / room).rglob("*.py"))
    places = {point: len(re.findall(rf"\bPoint\.{point.name}\b", code)) for point in Point}
    assert places == dict.fromkeys(Point, 1)
