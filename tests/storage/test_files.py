"""Looking at the file and copying it, beside a bot that is running."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from domain.errors import DatabaseUnusable
from storage import files, inbox
from storage.database import Database
from tests.storage.rows import NOON


def test_no_file_is_no_trouble(tmp_path: Path) -> None:
    assert "not there yet" in files.examine(tmp_path / "bot.db")
    assert list(tmp_path.iterdir()) == []


async def test_a_file_in_use_is_sound(db: Database, path: Path) -> None:
    await db.run(inbox.keep, {1: "{}"}, NOON)
    assert files.examine(path) == "sound"
    await db.run(inbox.keep, {2: "{}"}, NOON)


def test_a_closed_file_is_sound(path: Path) -> None:
    assert files.examine(path) == "sound"


def test_an_empty_file_is_no_trouble_either(tmp_path: Path) -> None:
    """A start would make a database of it."""
    (tmp_path / "bot.db").touch()
    assert files.examine(tmp_path / "bot.db")


def test_garbage_is_told(tmp_path: Path) -> None:
    (tmp_path / "bot.db").write_bytes(b"garbage" * 1000)
    with pytest.raises(DatabaseUnusable):
        files.examine(tmp_path / "bot.db")


def test_damage_is_told(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executemany(
            "INSERT INTO inbox VALUES (?, ?, 'pending', 0, NULL, '2026')", [(n, "x" * 3000) for n in range(50)]
        )
    pages = path.stat().st_size // 4096
    with path.open("r+b") as file:
        file.seek((pages - 10) * 4096)
        file.write(os.urandom(6 * 4096))
    with pytest.raises(DatabaseUnusable):
        files.examine(path)


def test_a_newer_programs_file_is_told(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(DatabaseUnusable, match="newer"):
        files.examine(path)


async def test_a_copy_beside_a_running_bot_holds_all_that_was_committed(
    db: Database, path: Path, tmp_path: Path
) -> None:
    await db.run(inbox.keep, {1: "{}", 2: "{}"}, NOON)
    target = tmp_path / "copy.db"
    files.back_up(path, target, NOON)
    await db.run(inbox.keep, {3: "{}"}, NOON)
    with closing(sqlite3.connect(target)) as connection:
        assert connection.execute("SELECT update_id FROM inbox ORDER BY 1").fetchall() == [(1,), (2,)]
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    copy = await Database.open(target)
    assert len(await copy.run(inbox.select_pending)) == 2
    await copy.close()


def test_a_copy_leaves_nothing_but_itself(path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "copies"
    folder.mkdir()
    files.back_up(path, folder / "copy.db", NOON)
    assert [one.name for one in folder.iterdir()] == ["copy.db"]


def test_nothing_is_written_over(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    target.write_text("precious")
    with pytest.raises(FileExistsError):
        files.back_up(path, target, NOON)
    assert target.read_text() == "precious"


def test_what_is_not_there_is_not_copied(tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnusable):
        files.back_up(tmp_path / "bot.db", tmp_path / "copy.db", NOON)
    assert list(tmp_path.iterdir()) == []


def test_garbage_is_not_copied(tmp_path: Path) -> None:
    (tmp_path / "bot.db").write_bytes(b"garbage" * 1000)
    with pytest.raises(DatabaseUnusable):
        files.back_up(tmp_path / "bot.db", tmp_path / "copy.db", NOON)
    assert [one.name for one in tmp_path.iterdir()] == ["bot.db"]


def test_a_folder_that_is_not_there_is_told(path: Path, tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnusable):
        files.back_up(path, tmp_path / "nowhere" / "copy.db", NOON)


def test_what_an_earlier_try_left_behind_is_in_nobodys_way(path: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "copy.db.part")) as connection, connection:
        connection.execute("CREATE TABLE earlier (what TEXT)")
    files.back_up(path, tmp_path / "copy.db", NOON)
    assert files.examine(tmp_path / "copy.db").startswith("sound; a backup of 2026-11-21 12:00 UTC")
    assert not (tmp_path / "copy.db.part").exists()
