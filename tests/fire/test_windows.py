"""The bot is killed in each crash window, and again after the next start under load; then everything is audited."""

import pytest

from domain.failpoints import Point
from sandbox.telegram.town import Person
from tests.fire.auditor import audit
from tests.fire.evidence import Kind, Request, gather, number_of
from tests.fire.scenes import dies, told, until_quiet
from tests.fire.windows import WINDOWS, Had, Window
from tests.outside import Outside

pytestmark = pytest.mark.process

each_window = pytest.mark.parametrize("window", WINDOWS, ids=[window.point for window in WINDOWS])


def test_every_fail_point_has_its_window() -> None:
    assert sorted(window.point for window in WINDOWS) == sorted(Point)


@each_window
async def test_two_kills_there_lose_and_double_nothing(outside: Outside, window: Window) -> None:
    """The first with one person alone, the next after a start, at the second of five; then all is audited."""
    ann, *others = [outside.telegram.person(f"Person {number}") for number in range(5)]
    had = await prepared(outside, window, [ann, *others])
    asked = await brought_there(outside, window, [ann], had, nth=1)
    await outside.died()
    assert number_of(outside.database, window.left), "it did not die where it should have"
    outside.provider.faults.clear()
    asked += await brought_there(outside, window, others, had, nth=1 if window.once else 2)
    everything = [*had.values(), *asked]
    ends: set[Kind] = {"picture", "unclear", window.end}
    if await dies(outside, until_quiet(outside, everything, ends=ends)):
        outside.provider.faults.clear()
        await outside.start()
        await until_quiet(outside, everything, ends=ends)
    assert audit(await gather(outside, everything)) == []
    assert window.end in told(outside, (asked or everything)[0])


async def prepared(outside: Outside, window: Window, people: list[Person]) -> Had:
    """What these people had asked for before."""
    if window.prepare is None:
        return {}
    await outside.start()
    return {one.chat_id: one for one in await window.prepare(outside, people, {})}


async def brought_there(outside: Outside, window: Window, people: list[Person], had: Had, *, nth: int) -> list[Request]:
    """Start the bot with the fail point armed, and let these people act; it may have died by then."""
    asked = await window.act(outside, people, had) if window.away else []
    heard = len(outside.telegram.journal.calls("getUpdates"))
    await outside.start(wait=False, BOT_FAILPOINT=f"{window.also}{window.point}:kill:{nth}")
    await outside.until(
        lambda: len(outside.telegram.journal.calls("getUpdates")) > heard or not outside.running, within=15
    )
    return asked or await window.act(outside, people, had)
