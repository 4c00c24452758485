"""One process, one file, one connection; a transaction is a plain function that runs whole or not at all."""

import asyncio
import fcntl
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any, Concatenate, ParamSpec, Self, TypeVar

from sqlalchemy import URL, Connection, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from domain.errors import DatabaseHeld, DatabaseUnusable
from storage import migrate

Transaction = Connection
"""What the floors above are handed; only this room knows what one can do with it."""

P = ParamSpec("P")
R = TypeVar("R")


class Database:
    """An open database. Made by `open`, which also brings it to the newest schema."""

    def __init__(self, engine: AsyncEngine, lock: IO[bytes]) -> None:
        self._engine = engine
        self._lock = lock
        self._turn = asyncio.Lock()
        self._closed = False
        self._running: set[asyncio.Task[Any]] = set()

    @classmethod
    async def open(cls, path: Path) -> Self:
        """Open the file, made if it is missing. Raises `DatabaseHeld` and `DatabaseUnusable`."""
        lock = _hold(path)
        engine = _engine(path)
        try:
            async with engine.begin() as connection:
                await connection.run_sync(migrate.to_newest)
        except (DBAPIError, OSError) as error:
            await engine.dispose()
            lock.close()
            raise DatabaseUnusable(f"the database cannot be used: {_plain(error)}") from error
        except BaseException:
            await engine.dispose()
            lock.close()
            raise
        return cls(engine, lock)

    async def run(self, work: Callable[Concatenate[Transaction, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run `work` as one transaction. Cancelling the caller neither cuts it in two nor undoes it."""
        if self._closed:
            raise DatabaseUnusable("the database is closed: another process may have it now")
        running = asyncio.create_task(self._run(lambda transaction: work(transaction, *args, **kwargs)))
        self._running.add(running)
        running.add_done_callback(self._running.discard)
        return await asyncio.shield(running)

    async def _run(self, work: Callable[[Transaction], R]) -> R:
        async with self._turn, self._engine.begin() as connection:
            return await connection.run_sync(work)

    async def close(self) -> None:
        """Let what runs come to its end, then close."""
        self._closed = True
        try:
            if self._running:
                await asyncio.wait(self._running)
        finally:
            await self._engine.dispose()
            self._lock.close()


def _hold(path: Path) -> IO[bytes]:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists():
            path.open("r+b").close()
        lock = path.with_name(path.name + ".lock").open("ab")
    except OSError as error:
        raise DatabaseUnusable(f"the database or its folder cannot be written: {error.strerror}") from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        lock.close()
        raise DatabaseHeld("another instance works on this database") from error
    return lock


def _engine(path: Path) -> AsyncEngine:
    engine = create_async_engine(URL.create("sqlite+aiosqlite", database=str(path)), pool_size=1, max_overflow=0)

    @event.listens_for(engine.sync_engine, "connect")
    def _prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # the driver's own transactions would begin too late, and not immediate
        cursor = connection.cursor()
        for pragma in ("busy_timeout = 5000", "journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _plain(error: BaseException) -> str:
    cause = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
    return str(cause)
