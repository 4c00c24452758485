"""Albums are completed in their time; one that breaks is told, and stands in no other's way."""

from datetime import timedelta
from typing import Any

from sqlalchemy import Row, select

from domain.gathering import GatheringKind, Shown
from domain.requester import ChatKind, Requester
from domain.rules import Access, Rules
from domain.task import PictureId
from storage import gatherings
from storage.database import Database, Transaction
from storage.schema import deliveries as delivery_table
from storage.schema import tasks as task_table
from tests.clock import MovedClock
from workers.gatherer import Gatherer
from workers.rounds import Bells

RULES = Rules(provider="provider.example", access=Access.OPEN)


def person(number: int) -> Requester:
    """Somebody in private."""
    return Requester(user_id=number, chat_id=number, chat_kind=ChatKind.PRIVATE, message_id=1)


def album(tx: Transaction, owner: Requester, number: int, clock: MovedClock, command: str = "blend") -> int:
    """An album of so many pictures whose time comes in two seconds."""
    due_at = clock.now() + timedelta(seconds=2)
    key = gatherings.insert_gathering(
        tx, GatheringKind.ALBUM, owner, now=clock.now(), due_at=due_at, album="a", command=command
    )
    for place in range(number):
        shown = Shown(message_id=place, picture=PictureId(f"p{place}"), unique=f"u{place}")
        gatherings.add_shown(tx, key, shown)
    return key


async def words(db: Database) -> list[Row[Any]]:
    """The answers that are owed."""
    statement = select(delivery_table).where(delivery_table.c.kind == "words").order_by(delivery_table.c.id)
    return list(await db.run(lambda tx: tx.execute(statement).all()))


async def count_tasks(db: Database) -> int:
    """How many were recorded."""
    return len(await db.run(lambda tx: tx.execute(select(task_table.c.id)).all()))


def gatherer(db: Database, clock: MovedClock, bells: Bells, rules: Rules = RULES) -> Gatherer:
    """The worker."""
    begun = clock.now() - timedelta(minutes=1)
    return Gatherer(db, rules, lambda: "imagine_bot", lambda: begun, bells, clock, "en")


async def test_it_waits_for_the_time_and_rings_for_what_it_has_made(db: Database) -> None:
    clock, bells = MovedClock(), Bells()
    worker = gatherer(db, clock, bells)
    await db.run(album, person(7), 2, clock)
    assert await worker.round() == clock.now() + timedelta(seconds=2)
    assert not bells.submitter.is_set()
    clock.advance(2)
    assert await worker.round() is None
    assert bells.submitter.is_set()
    assert await count_tasks(db) == 1
    await worker.round()
    assert await count_tasks(db) == 1


async def test_one_that_breaks_is_told_and_the_others_go_on(db: Database) -> None:
    clock = MovedClock()
    worker = gatherer(db, clock, Bells())
    await db.run(album, person(7), 0, clock, "describe")  # it cannot be: there is always a part
    await db.run(album, person(8), 6, clock)
    await db.run(album, person(9), 2, clock)
    clock.advance(2)
    assert await worker.round() is None
    assert await count_tasks(db) == 1
    broken, refused = await words(db)
    assert (broken.chat_id, refused.chat_id) == (7, 8)
    assert "broke on my side" in broken.body
    assert "5 pictures at the most" in refused.body


async def test_who_may_not_spend_is_told_once(db: Database) -> None:
    clock = MovedClock()
    worker = gatherer(db, clock, Bells(), Rules(provider="provider.example", access=Access.ALLOWLIST))
    for _ in range(2):
        await db.run(album, person(7), 2, clock)
        clock.advance(2)
        await worker.round()
    assert len(await words(db)) == 1
    assert not await count_tasks(db)


async def test_nothing_is_completed_while_telegram_is_away_nor_right_after(db: Database) -> None:
    clock, since = MovedClock(), None
    worker = Gatherer(db, RULES, lambda: "imagine_bot", lambda: since, Bells(), clock, "en")
    await db.run(album, person(7), 2, clock)
    clock.advance(60)
    assert await worker.round() == clock.now() + timedelta(seconds=1)
    since = clock.now()
    clock.advance(1)
    assert await worker.round() == clock.now() + timedelta(seconds=1)
    assert not await count_tasks(db)
    clock.advance(1)
    await worker.round()
    assert await count_tasks(db) == 1
