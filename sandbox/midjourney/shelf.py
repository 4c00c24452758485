"""Pictures that can be referred to, by address or by look: those that were sent and those that were made here."""

import re
from collections import OrderedDict
from collections.abc import Mapping
from threading import Lock

from sandbox.midjourney.task import Task
from sandbox.painter.memory import Memory
from sandbox.painter.picture import Source

UPLOADS = 256
UPLOADED = re.compile(r"https?://.+/pictures/uploads/(\d+\.jpg)(?:\?.*)?")
MADE = re.compile(r"https?://.+(?:/pictures/(\d+)/[^/]+|/mj/image/(\d+))(?:\?.*)?")


class Shelf:
    """What was sent is kept here, the oldest forgotten first; what was made is known from `tasks` and `memory`."""

    def __init__(self, *, tasks: Mapping[str, Task], memory: Memory) -> None:
        self._tasks = tasks
        self._memory = memory
        self._uploads: OrderedDict[str, bytes] = OrderedDict()
        self._count = 0
        self._lock = Lock()  # bodies are read in threads

    def keep(self, image: bytes) -> str:
        """Keep an image; returns its name."""
        with self._lock:
            self._count += 1
            name = f"{self._count}.jpg"
            self._uploads[name] = image
            while len(self._uploads) > UPLOADS:
                self._uploads.popitem(last=False)
        return name

    def upload(self, name: str) -> bytes | None:
        """Return an image that was kept."""
        return self._uploads.get(name)

    def find(self, address: str) -> Source | None:
        """Return the picture at one of our addresses (the first of a grid); None for a foreign or a lost one."""
        if found := UPLOADED.fullmatch(address):
            return self._uploads.get(found[1])
        task = self._task(address)
        if task is None:
            return None
        work = task.work
        if work.picture is not None:
            return work.chosen(1)
        return work.films[0].picture if work.films else work.source or None

    def lost(self, address: str) -> bool:
        """Whether an address is one of ours that leads nowhere; nobody fetches foreign ones here."""
        ours = UPLOADED.fullmatch(address) or MADE.fullmatch(address)
        return ours is not None and self.find(address) is None

    def recall(self, image: bytes) -> str | None:
        """Return the prompt that an image was made from, None if it wasn't made here."""
        return self._memory.recall(image)

    def _task(self, address: str) -> Task | None:
        found = MADE.fullmatch(address)
        return self._tasks.get(found[1] or found[2]) if found else None
