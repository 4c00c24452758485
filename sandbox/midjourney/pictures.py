"""The pictures and films behind a task's addresses: made in a thread when asked for, and kept."""

import asyncio
import re

from sandbox.midjourney.task import Look, Task
from sandbox.midjourney.works import Work
from sandbox.painter.gallery import Gallery
from sandbox.painter.memory import Memory

Found = tuple[bytes, str]


class Pictures:
    """Paints results and previews."""

    def __init__(self, *, side: int, memory: Memory) -> None:
        self._gallery = Gallery(side=side, memory=memory)

    async def picture(self, task: Task, seen: Look, name: str) -> Found | None:
        """Return the bytes and the type of `/pictures/{task}/{name}`; previews vanish when the task is over."""
        work = task.work
        if seen.status == "SUCCESS":
            if name == "source.jpg" and work.source:
                return work.source, "image/jpeg"
            return await self._film(work, name) if work.films else await self._result(work, name, task.job)
        found = re.fullmatch(r"([1-9])\.webp", name)
        if found is None or seen.status != "IN_PROGRESS" or work.form != "grid" or work.picture is None:
            return None
        if int(found[1]) > seen.step:
            return None
        percent = int(found[1]) * 15
        return await asyncio.to_thread(self._gallery.preview, work.picture, percent, work.step), "image/webp"

    async def _result(self, work: Work, name: str, job: str) -> Found | None:
        if work.picture is None or name != f"{job}.png":
            return None
        if work.form == "grid":
            return await asyncio.to_thread(self._gallery.grid, work.picture, work.step), "image/png"
        return await asyncio.to_thread(self._gallery.single, work.picture, work.scale), "image/png"

    async def _film(self, work: Work, name: str) -> Found | None:
        found = re.fullmatch(r"0_([0-3])(\.mp4|_640_N\.webp)", name)
        if found is None or int(found[1]) >= len(work.films):
            return None
        film = work.films[int(found[1])]
        if found[2] == ".mp4":
            return await asyncio.to_thread(self._gallery.film, film), "video/mp4"
        return await asyncio.to_thread(self._gallery.still, film), "image/webp"
