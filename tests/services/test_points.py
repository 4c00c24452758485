"""Points: held with what records the task, paid from the day first, given back fairly, and never gone astray."""

import asyncio
import shutil
from collections import defaultdict
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from domain.errors import OperatorsOnly, PointsMissing, QuotaExceeded, Refusal
from domain.price import Kind, Mode, Prices, prices_from
from domain.provider import RemoteStatus
from domain.task import Describe, Edit, Imagine, PictureId, Press, RemoteId, Submission
from domain.verdict import Reason, Refused, Unclear, Verdict
from services import life, points, quota, tasks, wishes
from services.tariff import cost_of
from services.wishes import Asked, Reply
from storage import purse
from storage.database import Database, Transaction
from storage.schema import ledger as ledger_table
from storage.schema import purse as purse_table
from tests.services.house import ANNA, BEN, OPEN, House, accepted, done, in_group, snapshot

BOSS = replace(ANNA, user_id=1, chat_id=1, name="Boss")
FEW = replace(OPEN, points_per_user=10, admins=frozenset({1}))


async def give(house: House, points_: int, user_id: int = ANNA.user_id) -> points.Gift:
    return await house.run(points.give, BOSS, user_id, points_, house.rules, house.now)


async def has(house: House, user_id: int = ANNA.user_id) -> int:
    return await house.run(purse.balance, user_id)


async def left(house: House) -> int | None:
    user, _chat = await house.run(quota.shares_of, ANNA, house.rules, house.now)
    return user.points_left


def audit(tx: Transaction) -> None:
    """What people have is what was given, less what was taken and what tasks hold: row by row."""
    held: dict[int, int] = defaultdict(int)
    for row in tx.execute(select(ledger_table).where(ledger_table.c.state.in_(("held", "kept")))):
        held[row.user_id] += row.given
    moved = tx.execute(select(purse_table)).all()
    for user_id in {row.user_id for row in moved} | set(held):
        own = [row for row in moved if row.user_id == user_id]
        by_operators = sum(row.points for row in own if row.why in {"given", "taken"})
        assert sum(row.points for row in own) == by_operators - held[user_id] >= 0
        so_far = 0
        for row in own:
            so_far += row.points
            assert so_far >= 0
    per_task = select(func.sum(purse_table.c.points)).where(purse_table.c.task_id.is_not(None))
    for row in tx.execute(select(ledger_table)):
        paid = tx.execute(per_task.where(purse_table.c.task_id == row.task_id)).scalar_one() or 0
        assert -paid == (0 if row.state == "returned" else row.given)


async def test_the_days_points_are_full_exactly_at_the_limit(house: House) -> None:
    house.rules = FEW
    await house.imagine()
    await house.imagine(in_group(ANNA))
    with pytest.raises(PointsMissing) as refused:
        await house.imagine()
    error = refused.value
    assert (error.wanted, error.rest, error.given, error.limit, error.whose) == (4, 2, 0, 10, "user")
    assert error.opens_at.isoformat() == "2026-11-22T00:00:00+00:00"
    await house.imagine(BEN)
    house.now += timedelta(days=1)
    await house.imagine()


async def test_a_chats_points_are_its_members_together(house: House) -> None:
    house.rules = replace(OPEN, points_per_chat=8)
    await house.imagine(in_group(ANNA))
    await house.imagine(in_group(BEN))
    with pytest.raises(PointsMissing) as refused:
        await house.imagine(in_group(ANNA))
    assert refused.value.whose == "chat"
    await house.imagine(ANNA)


async def test_given_points_are_used_when_the_days_are_used_up(house: House) -> None:
    house.rules = FEW
    await give(house, 5)
    first = await house.imagine()
    await house.imagine()
    assert (await left(house), await has(house)) == (2, 5)
    third = await house.imagine()
    assert (await left(house), await has(house)) == (0, 3)
    with pytest.raises(PointsMissing) as refused:
        await house.imagine()
    assert (refused.value.rest, refused.value.given) == (0, 3)
    await house.run(tasks.cancel, ANNA, third, house.rules, house.now)
    assert (await left(house), await has(house)) == (2, 5)  # each back where it came from
    await house.run(tasks.cancel, ANNA, first, house.rules, house.now)
    assert (await left(house), await has(house)) == (6, 5)
    await house.run(audit)


async def test_pictures_and_points_are_counted_side_by_side(house: House) -> None:
    house.rules = replace(FEW, daily_per_user=1, points_per_user=100)
    await give(house, 100)
    await house.imagine()
    with pytest.raises(QuotaExceeded):  # points buy no more pictures than a day has
        await house.imagine()


async def test_what_certainly_cost_nothing_is_given_back_and_what_is_unclear_is_kept(house: House) -> None:
    house.rules = replace(FEW, points_per_user=4)
    await give(house, 12)
    await house.picture()
    refused = await house.imagine()
    await house.submit(refused, Refused(reason=Reason.INVALID))
    assert await has(house) == 12
    failed = await house.running(remote_id="r2")
    assert await has(house) == 8
    await house.observe(failed, snapshot("r2", status=RemoteStatus.FAILURE))
    assert await has(house) == 12
    unclear = await house.imagine()
    await house.submit(unclear, Unclear(what="ReadTimeout"))
    assert await has(house) == 8
    house.pass_time(86400 * 2)
    await house.run(quota.keep_given_up, house.now)
    assert (await house.counted(unclear), await has(house)) == ("kept", 8)
    await house.run(audit)


async def test_an_unclear_one_that_turns_up_and_fails_is_given_back(house: House) -> None:
    house.rules = FEW
    unclear = await house.imagine()
    await house.submit(unclear, Unclear(what="ReadTimeout"))
    await house.run(quota.keep_given_up, house.now)
    await house.run(life.adopted, await house.task(unclear), RemoteId("r9"), house.now)
    assert await left(house) == 6
    await house.observe(unclear, snapshot("r9", status=RemoteStatus.FAILURE))
    assert await left(house) == 10


async def test_a_late_success_is_paid_as_far_as_there_are_points(house: House) -> None:
    house.rules = replace(FEW, points_per_user=1)
    await give(house, 3)
    task_id = await house.running()
    await house.observe(task_id, snapshot(status=RemoteStatus.FAILURE))
    assert await has(house) == 3
    await give(house, -2)
    await house.observe(task_id, done())
    assert await house.counted(task_id) == "kept"
    assert await has(house) == 0
    await house.run(audit)


async def test_a_kill_at_any_moment_leaves_the_sums_right(house: House) -> None:
    house.rules = replace(FEW, points_per_user=2)
    await give(house, 20)
    sending, waiting = await house.imagine(), await house.imagine(in_group(ANNA))
    await house.send(sending)
    await house.run(life.recover, house.now)  # what a start finds
    assert (await house.counted(sending), await house.counted(waiting)) == ("held", "held")
    assert await has(house) == 14
    await house.run(audit)


async def test_no_two_slip_through_at_once(house: House) -> None:
    house.rules = FEW
    await give(house, 8)
    rooms = [ANNA, in_group(ANNA), replace(in_group(ANNA), chat_id=-400)]
    ends = await asyncio.gather(*(house.imagine(rooms[n % 3]) for n in range(30)), return_exceptions=True)
    assert sum(isinstance(end, PointsMissing) for end in ends) == 26
    assert (await left(house), await has(house)) == (0, 2)
    await house.run(audit)


async def test_several_are_held_together_or_not_at_all(house: House) -> None:
    house.rules = FEW

    async def answer(words: str) -> Asked:
        asked = await house.run(wishes.wish, ANNA, words, house.rules, house.now)
        assert isinstance(asked, Asked)
        await house.run(wishes.reply, ANNA, asked.draft_id, Reply.EXPANDED, house.rules, house.now)
        return asked

    with pytest.raises(PointsMissing) as refused:
        await answer("a fox --repeat 3")
    assert (refused.value.wanted, refused.value.rest) == (12, 10)
    assert await left(house) == 10
    await answer("a {red, blue} fox")
    assert await left(house) == 2
    house.rules = replace(OPEN, daily_per_user=5)
    with pytest.raises(QuotaExceeded) as exceeded:
        await answer("a fox --repeat 4")
    assert (exceeded.value.rest, exceeded.value.wanted) == (3, 4)
    assert len(await house.tasks()) == 2


async def test_operators_give_and_take_and_nobody_comes_to_owe(house: House) -> None:
    house.rules = FEW
    assert await give(house, 50) == points.Gift(points=50, wanted=50, balance=50)
    assert await give(house, -20) == points.Gift(points=-20, wanted=-20, balance=30)
    assert await give(house, -999) == points.Gift(points=-30, wanted=-999, balance=0)
    assert await give(house, -1) == points.Gift(points=0, wanted=-1, balance=0)
    with pytest.raises(OperatorsOnly):
        await house.run(points.give, ANNA, ANNA.user_id, 50, house.rules, house.now)
    await house.run(audit)


async def test_a_balance_shows_the_chats_share_in_groups_only(house: House) -> None:
    house.rules = replace(FEW, points_per_chat=100, daily_per_user=3)
    await house.imagine(in_group(ANNA))
    alone = await house.run(points.balance_of, ANNA, house.rules, house.now)
    assert (alone.user.pictures_left, alone.user.points_left, alone.chat) == (2, 6, None)
    group = await house.run(points.balance_of, in_group(ANNA), house.rules, house.now)
    assert group.chat is not None
    assert (group.chat.pictures_left, group.chat.points_left, group.prices) == (None, 96, (4, 2, 16))


PRESSES = {
    "MJ::JOB::upsample::1::u": Kind.UPSCALE,
    "MJ::JOB::upsample_v6_2x_subtle::1::u::SOLO": Kind.UPSCALE,
    "MJ::JOB::variation::3::u": Kind.VARY,
    "MJ::JOB::high_variation::1::u::SOLO": Kind.VARY,
    "MJ::Inpaint::1::u::SOLO": Kind.VARY,
    "MJ::JOB::reroll::0::u::SOLO": Kind.IMAGINE,
    "MJ::Outpaint::50::1::u::SOLO": Kind.ZOOM,
    "MJ::CustomZoom::u": Kind.ZOOM,
    "MJ::JOB::pan_left::1::u::SOLO": Kind.PAN,
    "MJ::JOB::animate_high::1::u::SOLO": Kind.VIDEO,
    "MJ::JOB::animate_low_extend::1::u": Kind.VIDEO,
    "MJ::JOB::video_virtual_upscale::1::u": Kind.UPSCALE,
    "MJ::Picread::Retry": Kind.DESCRIBE,
    "MJ::BOOKMARK::u": Kind.IMAGINE,
}


@pytest.mark.parametrize(("custom_id", "kind"), PRESSES.items())
def test_each_button_has_its_place_in_the_price_list(custom_id: str, kind: Kind) -> None:
    assert cost_of(Press(parent=RemoteId("r"), custom_id=custom_id), OPEN).kind is kind


@pytest.mark.parametrize(
    ("submission", "mode", "price"),
    [
        (Imagine(prompt="a fox"), Mode.DEFAULT, 4),
        (Imagine(prompt="a fox"), Mode.RELAX, 2),
        (Imagine(prompt="a fox"), Mode.TURBO, 8),
        (Imagine(prompt="a fox --turbo"), Mode.RELAX, 8),
        (Imagine(prompt="a fox --fast --relax"), Mode.TURBO, 2),
        (Describe(picture=PictureId("p")), Mode.TURBO, 4),
        (Edit(prompt="a hat --relax", picture=PictureId("p")), Mode.FAST, 2),
    ],
)
def test_the_mode_of_the_prompt_or_else_the_providers_makes_the_price(
    submission: Submission, mode: Mode, price: int
) -> None:
    assert cost_of(submission, replace(OPEN, mode=mode)).points == price


@given(st.sampled_from(Kind), st.integers(0, 100_000))
def test_fast_costs_more_than_relax_and_turbo_more_than_fast(kind: Kind, points_: int) -> None:
    for prices in (Prices(), prices_from(f"{kind}={points_}")):
        relax, fast, turbo = (prices.of(kind, mode) for mode in (Mode.RELAX, Mode.FAST, Mode.TURBO))
        assert relax <= fast <= turbo
        assert fast <= 1 or relax < fast < turbo
        assert prices.of(kind, Mode.DEFAULT) == fast


ACTS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["ask", "cancel", "refuse", "unclear", "run", "fail", "succeed"]), st.integers(0, 9)),
        st.tuples(st.just("give"), st.integers(-15, 15)),
        st.tuples(st.just("day"), st.just(0)),
    ),
    max_size=40,
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ACTS)
async def test_whatever_happens_the_rows_add_up(template: Path, tmp_path: Path, acts: list[tuple[str, int]]) -> None:
    db = await Database.open(Path(shutil.copy(template, tmp_path / f"{uuid4()}.db")))
    try:
        house = House(db)
        house.rules = replace(FEW, max_running_per_user=0)
        for act, number in acts:
            await _act(house, act, number)
            await db.run(audit)
            share, _chat = await db.run(quota.shares_of, ANNA, house.rules, house.now)
            assert share.points_left is not None
    finally:
        await db.close()


async def _act(house: House, act: str, number: int) -> None:
    who = in_group(ANNA) if number % 2 else ANNA
    every = await house.tasks()
    some = every[number % len(every)] if every else None
    if act == "ask":
        try:
            await house.imagine(who)
        except Refusal:
            return
    elif act == "give":
        await give(house, number)
    elif act == "day":
        house.now += timedelta(days=1)
    elif some is not None and act == "cancel":
        try:
            await house.run(tasks.cancel, ANNA, some.id, house.rules, house.now)
        except Refusal:
            return
    elif some is not None and act in {"refuse", "unclear", "run"} and some.state == "recorded":
        verdicts: dict[str, Verdict] = {
            "refuse": Refused(reason=Reason.INVALID),
            "unclear": Unclear(what="x"),
            "run": accepted(f"r{some.id}"),
        }
        await house.submit(some.id, verdicts[act])
    elif some is not None and act in {"fail", "succeed"} and some.remote_id is not None:
        found = done(some.remote_id) if act == "succeed" else snapshot(some.remote_id, status=RemoteStatus.FAILURE)
        await house.observe(some.id, found)
