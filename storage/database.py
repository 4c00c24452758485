"""One process, one file, one connection; a transaction is a plain function that runs whole or not at all."""

import asyncio
import fcntl
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import IO, Any, Concatenate, ParamSpec, Self, TypeVar

from sqlalchemy import URL, Connection, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from domain.errors import DatabaseHeld, DatabaseUnusable
from storage import migrate, runs, trouble
from storage.runs import Note

log = logging.getLogger("bot.storage")

Transaction = Connection
"""What the floors above are handed; only this room knows what one can do with it."""

P = ParamSpec("P")
R = TypeVar("R")

Sleep = Callable[[float], Awaitable[None]]

PAUSE = 1.0
"""Seconds between two tries to do what a full disk, or somebody's lock, did not let through."""
TELL_EVERY = 60
"""Of those tries, one in so many is logged."""


class Database:
    """An open database. Made by `open`, which also brings it to the newest schema."""

    def __init__(self, engine: AsyncEngine, path: Path, lock: IO[bytes], note: Note, sleep: Sleep) -> None:
        self.is_older = False
        """It is a backup, or has missed something: what waits in it may have been done since. Until `begin_run`."""
        self.trouble: str | None = None
        """Why nothing can be written just now."""
        self._engine = engine
        self._path = path
        self._lock = lock
        self._note = note
        self._sleep = sleep
        self._turn = asyncio.Lock()
        self._closing = asyncio.Event()
        self._lost: asyncio.Future[DatabaseUnusable] = asyncio.get_running_loop().create_future()
        self._running: set[asyncio.Task[Any]] = set()

    @classmethod
    async def open(cls, path: Path, sleep: Sleep = asyncio.sleep) -> Self:
        """Open the file, made if it is missing. Raises `DatabaseHeld` and `DatabaseUnusable`."""
        lock = _hold(path)
        engine = _engine(path)
        try:
            note = Note.read(lock)
            has_log = _has_log(path, note)
            db = cls(engine, path, lock, note, sleep)
            async with engine.begin() as connection:
                db.is_older = await connection.run_sync(runs.is_older, note, has_log=has_log)
                await connection.run_sync(migrate.to_newest)
        except (DBAPIError, OSError) as error:
            await engine.dispose()
            lock.close()
            raise DatabaseUnusable(f"the database cannot be used: {trouble.explain(error)}") from error
        except BaseException:
            await engine.dispose()
            lock.close()
            raise
        return db

    async def begin_run(
        self, work: Callable[Concatenate[Transaction, P], None], *args: P.args, **kwargs: P.kwargs
    ) -> None:
        """Run `work` as the first transaction of a program that acts on what stands here: this is its newest state."""

        def first(transaction: Transaction) -> Note:
            work(transaction, *args, **kwargs)
            return runs.begin(transaction, self._note)

        note = await self.run(first)
        self.is_older = False
        await self._engine.dispose()  # the last connection moves the log into the file; the next one opens by itself
        if runs.mark_in(self._path) != note.run:  # somebody else reads in it: without this run's number there, no note
            return
        try:
            note.write(self._lock)
        except OSError as error:
            raise DatabaseUnusable(f"the file beside the database cannot be written: {error.strerror}") from error
        self._note = note

    async def run(self, work: Callable[Concatenate[Transaction, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run `work` as one transaction. Cancelling the caller neither cuts it in two nor undoes it.

        While the disk is full or somebody else has locked the file, it waits, and everybody behind it: what was not
        written has not happened, so `work` is run again. Raises `DatabaseUnusable` where waiting is in vain.
        """
        if self._closing.is_set():
            raise DatabaseUnusable("the database is closed: another process may have it now")
        if self._lost.done():
            raise self._lost.result()
        running = asyncio.create_task(self._run(lambda transaction: work(transaction, *args, **kwargs)))
        self._running.add(running)
        running.add_done_callback(self._let_go)
        return await asyncio.shield(running)

    def _let_go(self, task: asyncio.Task[Any]) -> None:
        self._running.discard(task)
        if not task.cancelled():
            task.exception()  # told to whoever waits for it; where nobody does any more, it is no news

    async def lost(self) -> None:
        """Until the file turns out to be of no use any more. Raises `DatabaseUnusable`."""
        raise await asyncio.shield(self._lost)

    async def _run(self, work: Callable[[Transaction], R]) -> R:
        async with self._turn:
            tries = 0
            while True:
                try:
                    async with self._engine.begin() as connection:
                        result = await connection.run_sync(work)
                except DBAPIError as error:
                    tries += 1
                    await self._bear(error, tries)
                else:
                    self._all_is_well(tries)
                    return result

    async def _bear(self, error: DBAPIError, tries: int) -> None:
        """Wait where that may help; otherwise raise what is wrong."""
        if lasting := trouble.lasting(error):
            unusable = DatabaseUnusable(f"the database cannot be used: {lasting}")
            self.trouble = lasting
            if not self._lost.done():
                self._lost.set_result(unusable)
            raise unusable from error
        passing = trouble.passing(error)
        if passing is None:
            raise error
        self.trouble = passing
        if tries % TELL_EVERY == 1:
            log.error("the database cannot be written, everything waits for it: %s", passing)
        closing = asyncio.ensure_future(self._closing.wait())
        pause = asyncio.ensure_future(self._sleep(PAUSE))
        await asyncio.wait((closing, pause), return_when=asyncio.FIRST_COMPLETED)
        closing.cancel()
        pause.cancel()
        if self._closing.is_set():
            raise DatabaseUnusable(f"the database could not be written: {passing}") from error

    def _all_is_well(self, tries: int) -> None:
        if tries:
            self.trouble = None
            log.warning("the database can be written again, after %d tries", tries + 1)

    async def close(self) -> None:
        """Let what runs come to its end, then close."""
        self._closing.set()
        try:
            if self._running:
                await asyncio.wait(self._running)
        finally:
            await self._engine.dispose()
            if self._note.running and not self.is_older and not _log_of(self._path).exists():
                with suppress(OSError):
                    replace(self._note, running=False).write(self._lock)
            self._lock.close()


def _hold(path: Path) -> IO[bytes]:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists():
            path.open("r+b").close()
        lock = path.with_name(path.name + ".lock").open("a+b")
    except OSError as error:
        raise DatabaseUnusable(f"the database or its folder cannot be written: {error.strerror}") from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        lock.close()
        raise DatabaseHeld("another instance works on this database") from error
    return lock


def _log_of(path: Path) -> Path:
    """SQLite's write-ahead log: the newest transactions, until they are moved into the file itself."""
    return path.with_name(path.name + "-wal")


def _has_log(path: Path, note: Note) -> bool:
    """Whether there is one. Raises `DatabaseUnusable` where it is another database's."""
    log_path = _log_of(path)
    if path.exists() and runs.has_foreign_log(path, log_path, note):
        raise DatabaseUnusable(
            f"beside it lies the log of another database; remove {log_path.name} and the file that ends in -shm"
        )
    return log_path.exists()


def _engine(path: Path) -> AsyncEngine:
    engine = create_async_engine(URL.create("sqlite+aiosqlite", database=str(path)), pool_size=1, max_overflow=0)

    @event.listens_for(engine.sync_engine, "connect")
    def _prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # the driver's own transactions would begin too late, and not immediate
        cursor = connection.cursor()
        # The wait for a lock is short, since a stop cannot cut it off; `Database.run` waits on.
        for pragma in ("busy_timeout = 1000", "journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine
