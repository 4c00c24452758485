"""Every fail point breaks, or hangs, once in one run; and a repair is killed again and again."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from domain.failpoints import Point
from tests.fire.auditor import audit, summed
from tests.fire.evidence import Evidence, Kind, Request, Spoiled, gather
from tests.fire.scenes import ask, dies, until_quiet
from tests.fire.windows import get_pictures, press_a_button, send_albums, think_better_of_it, want_seeds, wish
from tests.outside import Outside

pytestmark = pytest.mark.process

AT_A_START = {Point.MIGRATION_STEP, Point.MIGRATION_UNCOMMITTED, Point.RECOVERY_UNCOMMITTED, Point.RECOVERY_COMMITTED}
ALL: set[Kind] = {"picture", "unclear", "failure", "word"}


async def everything(outside: Outside, armed: str) -> Evidence:
    """All that people can do here while the bot has that armed; Telegram's word on what was sent counts for nothing."""
    people = [outside.telegram.person(f"Person {number}") for number in range(5)]
    await outside.start()
    had = {one.chat_id: one for one in await get_pictures(outside, people, {})}
    await outside.start(BOT_FAILPOINT=armed)
    outside.provider.faults.add(match="/mj/submit/*", do=True, end="drop")  # so that something has to be found
    asked: list[Request] = [*had.values(), *await wish(outside, people, {})]
    asked += await press_a_button(outside, people[:2], had)
    asked += await want_seeds(outside, people[1:2], had)
    asked += await send_albums(outside, people[2:3], had)
    await until_quiet(outside, asked, ends=ALL)
    asked += await think_better_of_it(outside, people[3:4], had)
    await until_quiet(outside, asked, ends=ALL)
    assert outside.running
    sends = outside.telegram.journal.calls("sendPhoto", "sendMessage")
    unsure = [
        Spoiled(side="telegram", name=call.method, kind="raise", params=call.params, certain=False) for call in sends
    ]
    return await gather(outside, asked, spoiled=unsure)


async def test_an_error_at_every_point_ends_nothing_and_loses_nothing(outside: Outside) -> None:
    points = [point for point in Point if point not in AT_A_START]
    evidence = await everything(outside, ",".join(f"{point}:raise" for point in points))
    evidence = replace(evidence, kills=(datetime.now(UTC),))  # what broke before a submit went out is unclear, too
    assert audit(evidence) == []
    assert summed(evidence).extra <= 1  # of the one whose sending broke after Telegram's yes


async def test_a_long_pause_at_every_point_is_only_a_pause(outside: Outside) -> None:
    evidence = await everything(outside, ",".join(f"{point}:sleep(0.5)" for point in Point))
    assert audit(evidence) == []
    assert summed(evidence).extra == 0


async def test_a_repair_that_is_killed_again_and_again_makes_no_third_copy(outside: Outside) -> None:
    await outside.start(BOT_FAILPOINT=f"{Point.END_SENT}:kill")
    asked = [ask(outside.telegram.person("Ann"))]
    await outside.died()
    for point in (Point.END_TO_BE_SENT, Point.END_SENT):
        await outside.start(wait=False, BOT_FAILPOINT=f"{point}:kill")
        await outside.died()
    await outside.start()
    await until_quiet(outside, asked)
    evidence = await gather(outside, asked)
    assert audit(evidence) == []
    assert summed(evidence).extra == 1


async def test_an_end_without_a_message_to_repair_is_sent_twice_at_most(outside: Outside) -> None:
    await outside.start(BOT_FAILPOINT=f"{Point.END_SENT}:kill")
    ann = outside.telegram.person("Ann")
    asked = ask(ann)
    await outside.died()
    for message in ann.private.messages:
        if message.from_bot and not message.photo:
            ann.private.delete(ann, message.id)
    for _kill in range(2):
        await outside.start(wait=False, BOT_FAILPOINT=f"{Point.END_SENT}:kill")
        if not await dies(outside, until_quiet(outside, [asked])):
            break
    if not outside.running:
        await outside.start()
    await until_quiet(outside, [asked])
    evidence = await gather(outside, [asked])
    assert audit(evidence) == []
    assert summed(evidence).extra == 1
