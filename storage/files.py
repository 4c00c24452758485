"""The database file seen from beside a running bot: is it sound, and a consistent copy. Nothing is written to it."""

import sqlite3
from contextlib import closing
from pathlib import Path

from domain.errors import DatabaseUnusable
from storage.migrate import NEWEST


def examine(path: Path) -> str:
    """What state the file is in, in a few words. Raises `DatabaseUnusable`."""
    if not path.exists() or not path.stat().st_size:
        return "not there yet; the first start makes it"
    try:
        with closing(_open(path)) as connection:
            (sound,) = connection.execute("PRAGMA quick_check(1)").fetchone()
            (revision,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except (sqlite3.Error, TypeError) as error:
        raise DatabaseUnusable(f"the database cannot be read: {error}") from error
    if sound != "ok":
        raise DatabaseUnusable("the database is damaged; restore a backup")
    if revision > NEWEST:
        raise DatabaseUnusable("the database was written by a newer version of this program")
    return "sound" if revision == NEWEST else "sound; the next start brings it to the newest schema"


def back_up(path: Path, target: Path) -> None:
    """Copy the database while a bot may be writing to it. Raises `DatabaseUnusable`, `FileExistsError`."""
    if not path.exists():
        raise DatabaseUnusable("there is no database yet")
    if target.exists():
        raise FileExistsError(f"{target} is there already")
    unfinished = target.with_name(target.name + ".part")
    try:
        with closing(_open(path)) as source, closing(sqlite3.connect(unfinished)) as copy:
            source.backup(copy)
    except sqlite3.Error as error:
        unfinished.unlink(missing_ok=True)
        raise DatabaseUnusable(f"the copy failed: {error}") from error
    unfinished.rename(target)


def _open(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=10)
