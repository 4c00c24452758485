"""An older state of the database is known as one, and a newer one is never taken for it."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from domain.errors import DatabaseUnusable
from storage import files, numbers, runs
from storage.database import Database, Transaction
from storage.schema import metadata
from tests.storage.rows import NOON, later, owe


def nothing(_tx: Transaction) -> None:
    """A run in which nothing is to be sorted."""


async def run_once(path: Path) -> bool:
    """Whether the run found an older state."""
    db = await Database.open(path)
    older = db.is_older
    await db.begin_run(nothing)
    await db.close()
    return older


def remove_log(path: Path) -> None:
    for name in ("-wal", "-shm"):
        path.with_name(path.name + name).unlink(missing_ok=True)


async def killed(path: Path) -> None:
    """A run that ends in the middle: the files as they are then, in the place of those that are closed properly."""
    db = await Database.open(path)
    await db.begin_run(nothing)
    await db.run(owe)
    kept = {one: one.read_bytes() for one in path.parent.iterdir() if one.name.startswith(path.name)}
    await db.close()
    for one, content in kept.items():
        one.write_bytes(content)


async def test_one_run_after_another_is_no_older_state(path: Path) -> None:
    assert [await run_once(path) for _ in range(4)] == [False] * 4


async def test_after_a_crash_it_is_none_either(path: Path) -> None:
    await killed(path)
    assert path.with_name("bot.db-wal").stat().st_size > 0
    assert not await run_once(path)
    assert not await run_once(path)


async def test_a_file_that_is_taken_elsewhere_is_none(path: Path, tmp_path: Path) -> None:
    await run_once(path)
    assert not await run_once(Path(shutil.copy(path, tmp_path / "elsewhere.db")))


async def test_a_file_of_an_earlier_program_is_none(path: Path) -> None:
    path.with_name("bot.db.lock").touch()
    assert not await run_once(path)


def by_hand(path: Path) -> Path:
    return Path(shutil.copy(path, path.with_name("copy.db")))


def by_command(path: Path) -> Path:
    files.back_up(path, path.with_name("copy.db"), NOON)
    return path.with_name("copy.db")


@pytest.mark.parametrize("copy", [by_hand, by_command])
async def test_what_has_missed_a_run_is_one_until_a_run_begins_on_it(path: Path, copy: Callable[[Path], Path]) -> None:
    await run_once(path)
    kept = copy(path)
    await run_once(path)
    shutil.copy(kept, path)
    for _ in range(2):  # as `migrate` does: it opens and closes
        db = await Database.open(path)
        assert db.is_older
        await db.close()
    assert await run_once(path)
    assert not await run_once(path)


async def test_a_backup_is_one_wherever_it_is_put(path: Path, tmp_path: Path) -> None:
    files.back_up(path, tmp_path / "other.db", NOON)
    files.back_up(tmp_path / "other.db", tmp_path / "third.db", later(3600))
    assert await run_once(tmp_path / "other.db")
    assert await run_once(tmp_path / "third.db")


async def test_without_its_log_after_a_crash_it_is_one(path: Path) -> None:
    await killed(path)
    remove_log(path)
    assert await run_once(path)
    assert not await run_once(path)


async def test_a_file_made_anew_where_another_was_is_one(path: Path) -> None:
    """Its numbers stand on buttons in chats."""
    await run_once(path)
    path.unlink()
    assert await run_once(path)


async def test_a_run_that_did_not_begin_changes_nothing(path: Path) -> None:
    files.back_up(path, path.with_name("copy.db"), NOON)

    def fail(_tx: Transaction) -> None:
        raise LookupError

    db = await Database.open(path.with_name("copy.db"))
    with pytest.raises(LookupError):
        await db.begin_run(fail)
    assert db.is_older
    await db.close()
    assert await run_once(path.with_name("copy.db"))


async def test_another_databases_log_is_not_mixed_in(path: Path) -> None:
    """Whoever puts a backup in place after a crash, and forgets what lies beside it."""
    files.back_up(path, path.with_name("copy.db"), NOON)
    await run_once(path)
    await killed(path)
    shutil.copy(path.with_name("copy.db"), path)
    before = path.read_bytes()
    with pytest.raises(DatabaseUnusable, match=r"remove bot\.db-wal and the file that ends in -shm"):
        await Database.open(path)
    assert path.read_bytes() == before
    remove_log(path)
    assert await run_once(path)


async def test_a_crash_right_after_a_backup_was_begun_with_has_its_own_log(path: Path) -> None:
    files.back_up(path, path.with_name("copy.db"), NOON)
    copy = path.with_name("copy.db")
    await killed(copy)
    assert not await run_once(copy)


def test_the_mark_of_a_file_is_read_as_sqlite_reads_it(path: Path) -> None:
    for mark in (0, 1, 70_000, -29_853_360):
        with closing(sqlite3.connect(path)) as connection:
            connection.execute(f"PRAGMA user_version = {mark}")
        assert runs.mark_in(path) == mark
    path.write_bytes(b"no database")
    assert runs.mark_in(path) == 0


@pytest.mark.parametrize("noise", [b"", b"running", b"-4", b"9" * 50, b"\xff\x00", b"7 running and more"])
async def test_whatever_stands_in_the_note_it_starts(path: Path, noise: bytes) -> None:
    path.with_name("bot.db.lock").write_bytes(noise)
    assert not await run_once(path)


async def test_numbers_go_on_beyond_all_that_was_ever_given(db: Database) -> None:
    first = await db.run(owe)
    await db.run(numbers.skip_used, NOON)
    second = await db.run(owe)
    await db.run(numbers.skip_used, NOON)  # what is higher already stays
    third = await db.run(owe)
    await db.run(numbers.skip_used, later(60))
    fourth = await db.run(owe)
    assert first < 10 < NOON.timestamp() * 1000 < second < third < fourth
    counted = {table.name for table in metadata.tables.values() if table.dialect_options["sqlite"]["autoincrement"]}
    names = await db.run(lambda tx: tx.execute(text("SELECT name FROM sqlite_sequence ORDER BY 1")).scalars().all())
    assert len(names) == len(set(names))
    assert counted <= set(names)
