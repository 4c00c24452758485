"""Runs are counted in the database and in the file beside it: so an older state of the database is known as such.

What an older state says is waiting may have been done since. Such a state is a backup that was put back; any file that
has missed a run; and one whose write-ahead log was taken away after a crash, with the newest transactions in it.
"""

import os
import re
import struct
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Self

from sqlalchemy import Connection

MINUTE = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What stands in the file beside the database."""

    run: int
    """The newest one that this folder has seen."""
    running: bool
    """It has not come to a proper end, and so has left its write-ahead log."""

    @classmethod
    def read(cls, lock: IO[bytes]) -> Self:
        """Whatever stands there; nothing is a note of no run."""
        lock.seek(0)
        found = re.fullmatch(rb"(\d{1,9})( running)?\n?", lock.read(100))
        return cls(run=int(found[1]), running=bool(found[2])) if found else cls(run=0, running=False)

    def write(self, lock: IO[bytes]) -> None:
        """Leave it for the next run."""
        lock.truncate(0)
        lock.write(b"%d%b\n" % (self.run, b" running" if self.running else b""))
        lock.flush()
        os.fsync(lock.fileno())


def is_older(connection: Connection, note: Note, *, has_log: bool) -> bool:
    """Whether this is an older state than one that has been worked with. `has_log`: it was found beside the file."""
    return _mark(connection) < note.run or (note.running and not has_log)


def has_foreign_log(path: Path, log: Path, note: Note) -> bool:
    """Whether the log beside a file was left by another one, which SQLite cannot tell and would mix into this one.

    A run's number is in the file itself, not in its log alone, before the note names it.
    """
    return mark_in(path) < note.run and log.exists() and log.stat().st_size > 0


def mark_in(path: Path) -> int:
    """The mark in the file itself, whatever a log says; 0 where there is none."""
    with path.open("rb") as file:
        head = file.read(64)
    return int(struct.unpack(">i", head[60:])[0]) if len(head) == 64 and head.startswith(b"SQLite format 3\0") else 0


def begin(connection: Connection, note: Note) -> Note:
    """From here on this is the newest state. The note to be left once that is committed."""
    run = max(_mark(connection), note.run) + 1
    connection.exec_driver_sql(f"PRAGMA user_version = {run}")
    return Note(run=run, running=True)


def mark_of_copy(made_at: datetime) -> int:
    """What stands in a copy in place of a run's number: less than any of them."""
    return -int(made_at.timestamp() // MINUTE)


def copied_at(mark: int) -> datetime | None:
    """When a copy was made; `None` where it is none."""
    return datetime.fromtimestamp(-mark * MINUTE, UTC) if mark < 0 else None


def _mark(connection: Connection) -> int:
    return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())
