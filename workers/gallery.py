"""Where finished pictures come from: the provider's address, and a fresh one where that has expired."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog

from domain.failpoints import Point, reached
from domain.provider import Provider, ProviderSilent
from domain.task import Task
from midjourney.images import PictureFetcher, PictureRefused, PictureTooLarge, PictureUnavailable
from storage import tasks
from storage.database import Database

log = structlog.stdlib.get_logger("bot.gallery")

IN_MEMORY = 4
"""Pictures at once."""


class Gallery:
    """Fetches finished pictures, a few at a time."""

    def __init__(self, db: Database, provider: Provider, fetcher: PictureFetcher) -> None:
        self._db = db
        self._provider = provider
        self._fetcher = fetcher
        self._room = asyncio.Semaphore(IN_MEMORY)

    @asynccontextmanager
    async def open(self, task: Task) -> AsyncIterator[bytes | None]:
        """The picture's bytes (or its video's, if it has one), held while the block runs.

        `None` where they are not to be had now, empty where they are too large and never will be.
        """
        async with self._room:
            yield await self._fetch(task, 0 if task.videos else None)

    @asynccontextmanager
    async def films(self, task: Task, together: int) -> AsyncIterator[tuple[bytes | None, ...]]:
        """All videos of a task, as `open` has it; empty, too, for those with which there were more bytes in all."""
        async with self._room:
            found: list[bytes | None] = []
            left = together
            for place in range(len(task.videos)):
                film = await self._fetch(task, place) if left > 0 else b""
                left -= len(film or b"")
                found.append(film if left >= 0 else b"")
            yield tuple(found)

    async def _fetch(self, task: Task, film: int | None) -> bytes | None:
        try:
            return await self._at(task, task.image_url if film is None else task.videos[film])
        except PictureUnavailable as error:
            log.warning("a picture cannot be fetched", task=task.id, why=str(error))
            if not error.gone:
                return None
        except PictureTooLarge:
            return b""
        except PictureRefused as error:
            log.warning("a picture is not fetched", task=task.id, why=str(error))
            return None
        try:
            return await self._at(task, await self._fresh_address(task, film))
        except (PictureUnavailable, PictureRefused) as error:
            log.warning("a picture cannot be fetched anew", task=task.id, why=str(error))
            return None

    async def _at(self, task: Task, address: str | None) -> bytes | None:
        if address is None:
            return None
        await reached(Point.PICTURE_TO_BE_FETCHED)
        fetched = await self._fetcher.fetch(address, remote_id=task.remote_id)
        await reached(Point.PICTURE_FETCHED)
        return fetched.data

    async def _fresh_address(self, task: Task, film: int | None) -> str | None:
        """Addresses may expire in hours; the provider gives a new one as long as it knows the task."""
        if task.remote_id is None or task.provider != self._provider.name:
            return None
        try:
            report = await self._provider.fetch([task.remote_id])
        except ProviderSilent:
            return None
        if film is not None:
            return next((one.videos[film] for one in report.found if len(one.videos) > film), None)
        address = next((one.image_url for one in report.found if one.image_url), None)
        if address is None or address == task.image_url:
            return None
        await self._db.run(tasks.note, task.id, task.state, image_url=address)
        return address
