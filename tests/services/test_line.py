"""Whose turn it is: people by turns, never more at once than the operator allows."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from domain.delivery import DeliveryKind, DeliveryState
from domain.task import TaskId
from domain.verdict import Reason, Refused
from services import line, tasks
from storage import deliveries
from storage.tasks import begin_sending
from tests.services.house import ANNA, BEN, OPEN, House, accepted, done


async def ask(house: House, *names: str) -> list[TaskId]:
    return [await house.imagine(ANNA if name == "anna" else BEN) for name in names]


async def accept(house: House, task_id: TaskId, remote_id: str) -> None:
    task = await house.task(task_id)
    assert await house.run(begin_sending, task_id)
    await house.write_down(line.Turn(task, task.submission), accepted(remote_id))


async def test_each_person_has_so_many_at_the_provider(house: House) -> None:
    house.rules = replace(OPEN, max_running_per_user=2)
    ids = await ask(house, "anna", "anna", "anna", "ben")
    assert await house.take() == [ids[0], ids[3], ids[1]]
    assert await house.take() == []


async def test_all_together_have_so_many_and_turns_go_round(house: House) -> None:
    house.rules = replace(OPEN, max_running=3, max_running_per_user=2)
    ids = await ask(house, "anna", "anna", "anna", "ben", "ben")
    assert await house.take() == [ids[0], ids[3], ids[1]]


async def test_a_place_that_becomes_free_is_the_next_ones(house: House) -> None:
    house.rules = replace(OPEN, max_running_per_user=1)
    first, second = await ask(house, "anna", "anna")
    assert await house.take() == [first]
    await accept(house, first, "r1")
    assert await house.take() == []
    await house.observe(first, done())
    assert await house.take() == [second]


async def test_no_two_rounds_take_the_same(house: House) -> None:
    ids = await ask(house, "anna", "ben", "anna")
    rounds = await asyncio.gather(*(house.take() for _ in range(5)))
    assert sorted(task_id for taken in rounds for task_id in taken) == ids


async def test_whoever_was_told_to_wait_keeps_nobody_else_waiting(house: House) -> None:
    house.rules = replace(OPEN, max_running=1)
    first, second = await ask(house, "anna", "ben")
    await house.submit(first, Refused(reason=Reason.BUSY, busy=True, retry_after=60))
    assert await house.take() == [second]


async def test_a_place_in_line_counts_those_before(house: House) -> None:
    house.rules = replace(OPEN, max_running_per_user=2)
    ids = await ask(house, "anna", "anna", "anna", "anna", "ben")
    places = [await house.run(line.place_of, await house.task(one), house.rules, house.now) for one in ids]
    assert places == [None, None, 1, 2, None]


async def test_a_place_in_everybodys_line_counts_everybody(house: House) -> None:
    house.rules = replace(OPEN, max_running=1, max_running_per_user=0)
    ids = await ask(house, "anna", "ben", "anna")
    places = [await house.run(line.place_of, await house.task(one), house.rules, house.now) for one in ids]
    assert places == [None, 1, 2]


async def test_without_limits_nobody_waits(house: House) -> None:
    house.rules = replace(OPEN, max_running_per_user=0)
    ids = await ask(house, *["anna"] * 15)
    places = {await house.run(line.place_of, await house.task(one), house.rules, house.now) for one in ids}
    assert places == {None}


async def test_those_who_wait_see_their_place_fall(house: House) -> None:
    house.rules = replace(OPEN, max_running_per_user=1)
    first = await house.imagine()
    await house.take()
    second = await house.imagine()
    third = await house.imagine()
    for task_id in (first, second, third):
        (delivery,) = await house.claim()
        assert delivery.task_id == task_id
        await house.run(deliveries.settle, delivery.id, now=house.now, message_id=task_id + 100, shown="x")
    await accept(house, first, "r1")
    await house.observe(first, done())
    house.pass_time(60)
    assert await house.take() == [second]
    status = await house.one(third, DeliveryKind.STATUS)
    assert (status.state, status.due_at) == (DeliveryState.DUE, house.now)


async def test_a_lease_that_nobody_came_back_for_ends(house: House) -> None:
    (task_id,) = await ask(house, "anna")
    assert await house.take() == [task_id]
    house.now += line.LEASE - timedelta(seconds=1)
    assert await house.take() == []
    house.pass_time(1)
    assert await house.take() == [task_id]


async def test_a_place_is_held_from_the_moment_it_is_taken(house: House) -> None:
    house.rules = replace(OPEN, max_running=1)
    first, second = await ask(house, "anna", "ben")
    assert await house.take() == [first]
    assert await house.take() == []
    place = await house.run(line.place_of, await house.task(second), house.rules, house.now)
    assert place == 1


async def test_whoever_cancels_lets_the_others_move_up(house: House) -> None:
    house.rules = replace(OPEN, max_running_per_user=1)
    first, second, third = await ask(house, "anna", "anna", "anna")
    assert await house.take() == [first]
    await house.run(tasks.cancel, ANNA, second, house.rules, house.now)
    place = await house.run(line.place_of, await house.task(third), house.rules, house.now)
    assert place == 1


@pytest.mark.parametrize("limit", [1, 3])
async def test_tasks_that_came_of_one_request_take_places_too(house: House, limit: int) -> None:
    house.rules = replace(OPEN, max_running_per_user=limit)
    task_id = await house.imagine()
    await house.submit(task_id, accepted("a", "b", "c"))
    await house.imagine()
    assert await house.take() == []
