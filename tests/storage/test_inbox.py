"""Updates are kept once, in order, until they are handled or set aside."""

from datetime import timedelta

from storage import inbox
from storage.database import Database
from storage.schema import inbox as table
from tests.storage.rows import NOON, later, raw


async def pending(db: Database) -> list[int]:
    return [one.update_id for one in await db.run(inbox.select_pending)]


async def test_repeats_are_kept_out(db: Database) -> None:
    assert await db.run(inbox.keep, {5: "a", 6: "b"}, NOON) == (5, 6)
    assert await db.run(inbox.keep, {6: "another", 7: "c"}, NOON) == (7,)
    assert {one.update_id: one.payload for one in await db.run(inbox.select_pending)} == {5: "a", 6: "b", 7: "c"}


async def test_a_handled_update_does_not_come_back(db: Database) -> None:
    await db.run(inbox.keep, {5: "a"}, NOON)
    await db.run(inbox.mark_done, 5)
    assert await db.run(inbox.keep, {5: "a"}, later(60)) == ()
    assert await pending(db) == []


async def test_nothing_is_nothing(db: Database) -> None:
    assert await db.run(inbox.keep, {}, NOON) == ()


async def test_a_hundred_at_once_are_told_in_their_order(db: Database) -> None:
    keys = tuple(range(900, 1000))
    assert await db.run(inbox.keep, dict.fromkeys(reversed(keys), "{}"), NOON) == keys


async def test_they_wait_in_the_order_of_their_coming_whatever_their_numbers(db: Database) -> None:
    await db.run(inbox.keep, {900: "", 901: ""}, NOON)
    await db.run(inbox.keep, {3: "", 2: ""}, later(1))  # Telegram's numbers begin anew now and then
    assert await pending(db) == [900, 901, 2, 3]


async def test_a_payload_comes_back_as_it_came(db: Database) -> None:
    payload = '{"text": "\\u0000 é 🦊 \\ud83e"}'
    await db.run(inbox.keep, {1: payload}, NOON)
    assert [one.payload for one in await db.run(inbox.select_pending)] == [payload]


async def test_a_handled_updates_text_is_let_go(db: Database) -> None:
    await db.run(inbox.keep, {5: "private words"}, NOON)
    await db.run(inbox.mark_done, 5)
    assert (await raw(db, table, 5)).payload == ""


async def test_attempts_are_counted(db: Database) -> None:
    await db.run(inbox.keep, {5: "a", 6: "b"}, NOON)
    assert [await db.run(inbox.count_attempt, 5, "it broke") for _ in range(3)] == [1, 2, 3]
    assert await db.run(inbox.attempts, 5) == 3
    assert await db.run(inbox.attempts, 6) == 0
    assert (await raw(db, table, 5)).error == "it broke"
    assert await pending(db) == [5, 6]


async def test_attempts_at_what_is_done_or_unknown_do_not_count(db: Database) -> None:
    await db.run(inbox.keep, {5: "a"}, NOON)
    await db.run(inbox.mark_done, 5)
    assert await db.run(inbox.count_attempt, 5, "too late") == 0
    assert await db.run(inbox.count_attempt, 99, "nothing there") == 0
    assert await db.run(inbox.attempts, 99) == 0


async def test_what_is_set_aside_keeps_its_text_and_is_in_nobodys_way(db: Database) -> None:
    await db.run(inbox.keep, {5: "odd", 6: "b"}, NOON)
    await db.run(inbox.set_aside, 5, "KeyError")
    assert await pending(db) == [6]
    assert await db.run(inbox.count_set_aside) == 1
    assert (await raw(db, table, 5)).payload == "odd"
    await db.run(inbox.mark_done, 5)
    assert (await raw(db, table, 5)).payload == "odd"


async def test_only_old_handled_ones_are_forgotten(db: Database) -> None:
    await db.run(inbox.keep, dict.fromkeys((1, 2, 3), "x"), NOON)
    await db.run(inbox.keep, {4: "x"}, later(60))
    for key in (1, 4):
        await db.run(inbox.mark_done, key)
    await db.run(inbox.set_aside, 2, "KeyError")
    await db.run(inbox.delete_done, NOON + timedelta(seconds=30))
    assert await db.run(inbox.keep, dict.fromkeys((1, 2, 3, 4), "x"), NOON) == (1,)
