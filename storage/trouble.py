"""What is wrong when the database refuses: what may pass by itself, what does not, and what an operator can do."""

import sqlite3

from sqlalchemy.exc import DBAPIError

PASSING = {
    sqlite3.SQLITE_FULL: "the disk is full; free some space",
    sqlite3.SQLITE_BUSY: "another program has locked it; close that program",
    sqlite3.SQLITE_LOCKED: "another program has locked it; close that program",
    sqlite3.SQLITE_IOERR: "the disk fails; look whether it is full, out of quota, gone or broken",
}
"""Later may be better: a transaction that was refused for this has not happened, and can be tried again."""

LASTING = {
    sqlite3.SQLITE_CORRUPT: "the file is damaged; put a backup in its place",
    sqlite3.SQLITE_NOTADB: "the file is damaged, or no database at all; put a backup in its place",
    sqlite3.SQLITE_READONLY: "the file or its folder is read-only; let the bot's user write both",
    sqlite3.SQLITE_PERM: "the file or its folder is read-only; let the bot's user write both",
    sqlite3.SQLITE_CANTOPEN: "the file or one beside it cannot be opened; let the bot's user read and write its folder",
}
"""Nothing gets better by waiting."""


def passing(error: BaseException) -> str | None:
    """What is wrong, where that may pass by itself."""
    return PASSING.get(_code(error))


def lasting(error: BaseException) -> str | None:
    """What is wrong, where somebody has to do something about it."""
    return LASTING.get(_code(error))


def explain(error: BaseException) -> str:
    """What is wrong, in a few words, and what to do where that is known."""
    cause = _cause(error)
    return passing(error) or lasting(error) or str(cause)


def _code(error: BaseException) -> int:
    """SQLite's primary result code; 0 where it has none."""
    return int(getattr(_cause(error), "sqlite_errorcode", None) or 0) & 0xFF


def _cause(error: BaseException) -> BaseException:
    return error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
