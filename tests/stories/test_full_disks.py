"""The disk is full at any moment, for a while: all waits, and then goes on as if nothing had been."""

import pytest

from domain.errors import DatabaseUnusable
from storage import inbox
from tests.world import World, WorldWith

EVERY = 8


class Disk:
    """Full for three tries, at each eighth commit; eight of them, each begun at another, leave none out."""

    def __init__(self, first: int) -> None:
        self.first = first
        self.refused = 0
        self.troubles: set[int] = set()

    def __call__(self, written: int) -> bool:
        if written % EVERY != self.first:
            self.refused = 0
            return False
        self.refused += 1
        self.troubles.add(written)
        return self.refused <= 3


@pytest.mark.parametrize("first", range(EVERY))
async def test_no_refused_commit_loses_or_doubles_anything(world_with: WorldWith, first: int) -> None:
    """Asked for by a person, drawn, delivered, enlarged, taken away: with all troubles of a disk."""
    world = await world_with(PREVIEWS="off")
    world.paint_nothing()
    world.provider.set_speed(all=1.0)
    world.commits_refused = disk = Disk(first)
    await world.restart_bot()
    ann = world.telegram.person("Ann")
    grid = await world.draws(ann)
    ann.private.press(ann, grid.id, "U1")
    single = await world.sees_picture(ann.private, after=grid.id)
    ann.private.press(ann, single.id, "🗑")
    await world.until(lambda: single.id not in [m.id for m in ann.private.messages])
    await world.pass_time(5)
    assert len(disk.troubles) >= 4
    assert len(world.provider.submissions()) == 2
    assert len(world.telegram.journal.calls("sendPhoto")) == 2
    assert [m.id for m in ann.private.messages if m.from_bot] == [grid.id]
    assert not world.db.trouble
    assert not await world.db.run(inbox.count_set_aside)


async def test_an_update_that_cannot_be_stored_is_not_confirmed_and_health_is_red(world: World) -> None:
    full = False
    world.commits_refused = lambda _written: full
    await world.restart_bot()
    ann = world.telegram.person("Ann")
    full = True
    ann.private.say(ann, "/imagine a red fox")
    await world.pass_time(90)
    assert world.telegram.updates.pending  # Telegram has been asked for nothing beyond it
    assert not world.provider.submissions()
    assert world.app.health().status == "database"
    full = False
    await world.sees_picture(ann.private)
    assert world.app.health().status == "ok"
    assert not world.telegram.updates.pending
    assert len(world.provider.submissions()) == 1


async def test_a_stop_while_the_disk_is_full_loses_nothing_either(world: World) -> None:
    full = False
    world.commits_refused = lambda _written: full
    await world.restart_bot()
    ann, bob = world.telegram.person("Ann"), world.telegram.person("Bob")
    ann.private.say(ann, "/imagine a red fox")
    await world.until(lambda: world.provider.submissions(accepted=True))
    full = True
    bob.private.say(bob, "/imagine a blue whale")
    await world.pass_time(30)
    await world.stop_bot()
    full = False
    await world.start_bot()
    for person in (ann, bob):
        await world.sees_picture(person.private)
    await world.pass_time(5)
    assert len(world.provider.submissions()) == 2
    assert all(len(world.pictures(person.private)) == 1 for person in (ann, bob))


async def test_a_damaged_page_ends_the_bot_with_one_clear_line(world: World) -> None:
    ann = world.telegram.person("Ann")
    await world.draws(ann)
    await world.stop_bot()
    size = world.database.stat().st_size
    with world.database.open("r+b") as file:  # all but the first pages, which a start reads
        file.seek(4096 * 3)
        file.write(b"\xa5" * (size - 4096 * 3))

    async def live() -> None:
        await world.start_bot()
        ann.private.say(ann, "/imagine a blue whale")
        await world.ended()

    with pytest.raises(DatabaseUnusable, match="damaged; put a backup in its place"):
        await live()
