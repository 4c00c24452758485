"""A transaction runs whole or not at all, whatever becomes of its caller; one process holds the file."""

import asyncio
import sqlite3
from contextlib import closing, suppress
from datetime import timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from domain.errors import DatabaseHeld, DatabaseUnusable
from storage import inbox, migrate
from storage.database import Database, Transaction
from storage.schema import chats
from storage.schema import inbox as inbox_table
from tests.storage.rows import NOON, later


def keep_ten(tx: Transaction, start: int) -> None:
    for key in range(start, start + 10):
        inbox.keep(tx, {key: "{}"}, NOON)


def count(tx: Transaction) -> int:
    return tx.execute(select(func.count()).select_from(inbox_table)).scalar_one()


async def test_what_a_transaction_returns_comes_back(db: Database) -> None:
    await db.run(keep_ten, 0)
    assert await db.run(count) == 10


async def test_an_exception_undoes_all_and_is_raised_as_it_is(db: Database) -> None:
    def break_off(tx: Transaction) -> None:
        keep_ten(tx, 0)
        raise LookupError("half way")

    with pytest.raises(LookupError, match="half way"):
        await db.run(break_off)
    assert await db.run(count) == 0


async def test_a_broken_statement_undoes_all_and_the_next_transaction_is_none_the_worse(db: Database) -> None:
    def break_off(tx: Transaction) -> None:
        keep_ten(tx, 0)
        tx.execute(inbox_table.insert().values(update_id=3, payload="{}", state="pending", received_at=NOON))

    with pytest.raises(Exception, match="UNIQUE"):
        await db.run(break_off)
    await db.run(keep_ten, 100)
    assert await db.run(count) == 10


@pytest.mark.parametrize("turns", range(1, 30))
async def test_cancelling_the_caller_neither_cuts_nor_undoes(path: Path, turns: int) -> None:
    db = await Database.open(path)
    caller = asyncio.create_task(db.run(keep_ten, 0))
    for _ in range(turns):
        await asyncio.sleep(0)
    caller.cancel()
    with suppress(asyncio.CancelledError):
        await caller
    await db.close()
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM inbox").fetchone() == (10,)


async def test_a_cancelled_caller_does_not_disturb_the_others(db: Database) -> None:
    callers = [asyncio.create_task(db.run(keep_ten, 10 * number)) for number in range(20)]
    await asyncio.sleep(0)
    for caller in callers[::2]:
        caller.cancel()
    ends = await asyncio.gather(*callers, return_exceptions=True)
    assert [end for end in ends[1::2] if end is not None] == []
    assert await db.run(count) == 200


async def test_concurrent_transactions_come_one_after_another(db: Database) -> None:
    await db.run(inbox.keep, {1: "{}"}, NOON)

    def read_then_write(tx: Transaction) -> None:
        seen = inbox.attempts(tx, 1)
        tx.execute(inbox_table.update().values(attempts=seen + 1))

    await asyncio.gather(*(db.run(read_then_write) for _ in range(50)))
    assert await db.run(inbox.attempts, 1) == 50


async def test_closing_waits_for_what_runs(path: Path) -> None:
    db = await Database.open(path)
    running = [asyncio.create_task(db.run(keep_ten, 10 * number)) for number in range(3)]
    await asyncio.sleep(0)
    await db.close()
    await asyncio.gather(*running)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM inbox").fetchone() == (30,)


async def test_a_closed_database_does_no_more_work(path: Path) -> None:
    """It has let go of the file: another process may be writing to it."""
    db = await Database.open(path)
    await db.close()
    try:
        with pytest.raises(Exception, match=r".*"):
            await db.run(keep_ten, 0)
    finally:
        await db.close()
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM inbox").fetchone() == (0,)


async def test_a_second_one_is_told_that_the_database_is_held(db: Database, path: Path) -> None:
    with pytest.raises(DatabaseHeld):
        await Database.open(path)
    await db.run(keep_ten, 0)  # the first one has not noticed


async def test_a_closed_database_can_be_opened_again_and_has_all(path: Path) -> None:
    first = await Database.open(path)
    await first.run(keep_ten, 0)
    await first.close()
    second = await Database.open(path)
    assert await second.run(count) == 10
    await second.close()


async def test_a_newer_programs_database_is_refused_and_left_as_it_is(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(DatabaseUnusable, match="newer program"):
        await Database.open(path)
    with closing(sqlite3.connect(path)) as connection, connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [("9999",)]
        connection.execute("UPDATE alembic_version SET version_num = ?", (migrate.NEWEST,))
    await (await Database.open(path)).close()  # and it was let go of


@pytest.mark.parametrize(
    "content", [b"not a database " * 1000, b"\x00" * 4096, b"SQLite format 3\x00" + b"\xff" * 8000]
)
async def test_a_file_that_is_no_database_is_refused_and_left_as_it_is(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "bot.db"
    path.write_bytes(content)
    with pytest.raises(DatabaseUnusable):
        await Database.open(path)
    assert path.read_bytes() == content


async def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(DatabaseUnusable):
        await Database.open(tmp_path / "file" / "bot.db")


async def test_a_folder_instead_of_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bot.db").mkdir()
    with pytest.raises(DatabaseUnusable):
        await Database.open(tmp_path / "bot.db")


async def test_missing_folders_are_made(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "bot.db"
    await (await Database.open(path)).close()
    assert path.exists()


@pytest.mark.parametrize("name", ["with blank.db", "50%.db", "ä.db", "what?.db", "number#1.db"])
async def test_a_files_name_may_hold_any_character(tmp_path: Path, name: str) -> None:
    db = await Database.open(tmp_path / name)
    await db.run(keep_ten, 0)
    await db.close()
    with closing(sqlite3.connect(tmp_path / name)) as connection:
        assert connection.execute("SELECT count(*) FROM inbox").fetchone() == (10,)


@pytest.mark.parametrize(
    ("pragma", "value"), [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("busy_timeout", 1000)]
)
async def test_the_connection_keeps_what_was_committed(db: Database, pragma: str, value: object) -> None:
    assert await db.run(lambda tx: tx.execute(text(f"PRAGMA {pragma}")).scalar_one()) == value


async def test_a_row_that_points_nowhere_is_refused(db: Database) -> None:
    with pytest.raises(Exception, match="FOREIGN KEY"):
        await db.run(lambda tx: tx.execute(text("INSERT INTO buttons VALUES (1, 99, 'x', '', '', NULL, NULL)")))


async def test_times_are_stored_as_utc_and_come_back_aware(db: Database) -> None:
    elsewhere = NOON.astimezone(tz=timezone(timedelta(hours=13)))
    await db.run(lambda tx: tx.execute(chats.insert().values(id=1, paused_until=elsewhere)))
    found = await db.run(lambda tx: tx.execute(select(chats.c.paused_until)).scalar_one())
    assert found == NOON
    assert found.utcoffset() is not None
    assert found.utcoffset().total_seconds() == 0


@pytest.mark.parametrize(("stored", "asked", "found"), [(0, 0.000001, 1), (0.000001, 0, 0), (59.999999, 60, 1)])
async def test_times_compare_as_times_do(db: Database, stored: float, asked: float, found: int) -> None:
    await db.run(lambda tx: tx.execute(chats.insert().values(id=1, paused_until=later(stored))))
    statement = select(func.count()).where(chats.c.paused_until < later(asked))
    assert await db.run(lambda tx: tx.execute(statement).scalar_one()) == found
