"""The database file seen from beside a running bot: is it sound, and a consistent copy. Nothing is written to it."""

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from domain.errors import DatabaseUnusable
from storage import runs, trouble
from storage.migrate import NEWEST


def examine(path: Path) -> str:
    """What state the file is in, in a few words. Raises `DatabaseUnusable`."""
    if not path.exists() or not path.stat().st_size:
        return "not there yet; the first start makes it"
    try:
        with closing(_open(path)) as connection:
            (sound,) = connection.execute("PRAGMA quick_check(1)").fetchone()
            (revision,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
            (mark,) = connection.execute("PRAGMA user_version").fetchone()
    except (sqlite3.Error, TypeError) as error:
        raise DatabaseUnusable(f"the database cannot be read: {trouble.explain(error)}") from error
    if sound != "ok":
        raise DatabaseUnusable("the database is damaged; restore a backup")
    if revision > NEWEST:
        raise DatabaseUnusable("the database was written by a newer version of this program")
    made_at = runs.copied_at(mark)
    copy = f"; a backup of {made_at:%Y-%m-%d %H:%M} UTC: what waits in it is asked about, not done" if made_at else ""
    newer = "" if revision == NEWEST else "; the next start brings it to the newest schema"
    return f"sound{copy}{newer}"


def back_up(path: Path, target: Path, now: datetime) -> None:
    """Copy the database while a bot may be writing to it. Raises `DatabaseUnusable`, `OSError`.

    The copy knows that it is one: once it is put back, what waits in it may have been done since.
    """
    if not path.exists():
        raise DatabaseUnusable("there is no database yet")
    if target.exists():
        raise FileExistsError(f"{target} is there already")
    unfinished = target.with_name(target.name + ".part")
    try:
        with closing(_open(path)) as source, closing(sqlite3.connect(unfinished)) as copy:
            source.backup(copy)
            copy.execute(f"PRAGMA user_version = {runs.mark_of_copy(now)}")
    except sqlite3.Error as error:
        unfinished.unlink(missing_ok=True)
        raise DatabaseUnusable(f"the copy failed: {trouble.explain(error)}") from error
    unfinished.rename(target)


def _open(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=10)
