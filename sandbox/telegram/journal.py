"""Every API call in the order of its arrival: noted when it comes, completed when it is answered."""

import hashlib
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sandbox.telegram.params import Params, Upload
from sandbox.telegram.pulse import Pulse


@dataclass(slots=True, kw_only=True, eq=False)
class Call:
    """One call of the bot's.

    `params` are as they came, uploads as name, size and sha256; `chat_id` as text.
    `status` is None until answered, and stays None where the connection was dropped; then `answered` is True.
    `brought` is how many things came back, where the result is a list.
    """

    number: int
    time: datetime
    method: str
    chat_id: str | None
    params: dict[str, Any]
    answered: bool = False
    status: int | None = None
    description: str | None = None
    brought: int | None = None


class Journal:
    """The last calls, up to `kept` of them, oldest first."""

    def __init__(self, *, now: Callable[[], datetime], kept: int = 50_000) -> None:
        self._now = now
        self._calls: deque[Call] = deque(maxlen=kept)
        self._last = 0
        self._pulse = Pulse()
        self._watchers: list[Callable[[Call], None]] = []

    def __iter__(self) -> Iterator[Call]:
        return iter(list(self._calls))

    def __len__(self) -> int:
        return len(self._calls)

    def calls(self, *methods: str) -> list[Call]:
        """The calls of these methods; of all when none is named."""
        return [call for call in self._calls if not methods or call.method in methods]

    def after(self, number: int) -> list[Call]:
        """The calls with higher numbers."""
        return [call for call in self._calls if call.number > number]

    def watch(self, told: Callable[[Call], None]) -> None:
        """Tell of each call twice: when it has come, and when it is answered."""
        self._watchers.append(told)

    def enter(self, method: str, params: Params) -> Call:
        """Note a call that has just arrived."""
        self._last += 1
        chat = params.raw("chat_id")
        noted = dict(params.values) | {name: _told(upload) for name, upload in params.uploads.items()}
        call = Call(
            number=self._last,
            time=self._now(),
            method=method,
            chat_id=None if chat is None else str(chat),
            params=noted,
        )
        self._calls.append(call)
        self._tell(call)
        return call

    def complete(self, call: Call, *, status: int | None, description: str | None = None) -> None:
        """Note what a call was answered; None for a dropped connection."""
        call.answered, call.status, call.description = True, status, description
        self._tell(call)

    async def arrived(self, method: str, *, times: int = 1, timeout: float = 5.0) -> list[Call]:  # noqa: ASYNC109 -- a guard
        """The calls of a method, once there are so many. TimeoutError after `timeout` real seconds."""
        return await self._pulse.until(lambda: calls if len(calls := self.calls(method)) >= times else None, timeout)

    def _tell(self, call: Call) -> None:
        for told in self._watchers:
            told(call)
        self._pulse.beat()


def _told(upload: Upload) -> dict[str, Any]:
    return {"name": upload.name, "size": len(upload.data), "sha256": hashlib.sha256(upload.data).hexdigest()}
