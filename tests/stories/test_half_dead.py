"""The bot is never half-dead: a worker that hangs shows in its health, one that ends takes all with it."""

import asyncio
from collections.abc import Callable

import pytest

from bot.app import STUCK_AFTER
from tests.world import World

LASTING = ("submitter", "poller", "sender", "finder", "prober", "windows", "gatherer", "keeper", "watchman", "intake")


@pytest.mark.parametrize(
    ("point", "worker"),
    [
        ("updates-come", "intake"),
        ("report-read", "poller"),
        ("found", "finder"),
        ("album-committed", "gatherer"),
    ],
)
async def test_a_worker_that_hangs_turns_the_health_red(
    world: World, arm: Callable[[str], None], point: str, worker: str
) -> None:
    assert world.app.health().status == "ok"
    arm(f"{point}:sleep(999)")
    if worker == "finder":
        world.provider.trouble("accept then drop")
    ann = world.telegram.person("Ann")
    if worker == "gatherer":
        ann.private.send_photo(ann, b"GIF89a", as_file=True, album="one", caption="/blend")
    else:
        ann.private.say(ann, "/imagine a red fox")
    await world.pass_time(STUCK_AFTER + 10, step=5)
    health = world.app.health()
    assert health.status == "stuck"
    assert [name for name, age in health.workers.items() if age and age > STUCK_AFTER and name != "keeper"] == [worker]


async def test_a_bot_that_has_nothing_to_do_for_an_hour_is_well(world: World) -> None:
    for _look in range(60):
        await world.pass_time(60, step=15)
        assert world.app.health().status == "ok"


@pytest.mark.parametrize("name", LASTING)
async def test_a_worker_that_ends_takes_the_bot_with_it(world: World, name: str) -> None:
    ending = asyncio.create_task(world.app.ended())
    await asyncio.sleep(0)
    (worker,) = [task for task in asyncio.all_tasks() if task.get_name() == name]
    worker.cancel()
    await asyncio.wait({ending}, timeout=2)
    assert ending.done()


async def test_all_that_last_are_watched(world: World) -> None:
    named = {task.get_name() for task in asyncio.all_tasks()} & {*LASTING, "commands", "web"}
    assert named >= set(LASTING)
    assert set(world.app.health().workers) == set(LASTING)
