"""The pictures behind a task's addresses: painted when they are asked for, in a thread, and kept in a gallery."""

import asyncio
import re
from collections import OrderedDict

from sandbox.midjourney.task import Look, Task
from sandbox.painter.gallery import Gallery

UPLOADS = 64


class Pictures:
    """Paints results and previews, and keeps the images that were sent with prompts."""

    def __init__(self, *, side: int) -> None:
        self._gallery = Gallery(side=side)
        self._uploads: OrderedDict[str, bytes] = OrderedDict()
        self._count = 0

    def keep(self, image: bytes) -> str:
        """Keep an image; returns its name. Old ones are forgotten."""
        self._count += 1
        name = f"{self._count}.jpg"
        self._uploads[name] = image
        while len(self._uploads) > UPLOADS:
            self._uploads.popitem(last=False)
        return name

    def upload(self, name: str) -> bytes | None:
        """Return an image that was kept."""
        return self._uploads.get(name)

    async def picture(self, task: Task, seen: Look, name: str) -> tuple[bytes, str] | None:
        """Return the bytes and the type of `/pictures/{task}/{name}`; previews vanish when the task is over."""
        work = task.work
        if seen.status == "SUCCESS" and name == "source.jpg" and work.source:
            return work.source, "image/jpeg"
        if work.picture is None:
            return None
        if seen.status == "SUCCESS" and name == f"{task.job}.png":
            if work.form == "grid":
                return await asyncio.to_thread(self._gallery.grid, work.picture, work.step), "image/png"
            scale = 2 if work.form == "large" else 1
            return await asyncio.to_thread(self._gallery.single, work.picture, scale), "image/png"
        found = re.fullmatch(r"([1-9])\.webp", name)
        if found and seen.status == "IN_PROGRESS" and work.form == "grid" and int(found[1]) <= seen.step:
            percent = int(found[1]) * 15
            return await asyncio.to_thread(self._gallery.preview, work.picture, percent, work.step), "image/webp"
        return None
