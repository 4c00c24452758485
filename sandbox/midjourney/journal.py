"""Every request in the order of its arrival, pictures too: noted when it comes, completed when it is answered.

The ledger is the book of submits; this is what went over the wire, for whoever wants to look on.
"""

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

LONGEST = 64 * 1024
"""Bytes of an answer that are kept; a longer one is kept as its size only."""


@dataclass(slots=True, kw_only=True, eq=False)
class Request:
    """One request. `body` is its JSON, long texts (images) cut.

    `status` is None until answered, and stays None where the connection was dropped; then `answered` is True.
    `answer` is what came back, with its type and its size in bytes.
    """

    number: int
    time: datetime
    method: str
    path: str
    body: Any
    answered: bool = False
    status: int | None = None
    mime: str = ""
    size: int = 0
    answer: bytes = b""


class Journal:
    """The last requests, up to `kept` of them, oldest first."""

    def __init__(self, *, now: Callable[[], datetime], kept: int = 500) -> None:
        self._now = now
        self._requests: deque[Request] = deque(maxlen=kept)
        self._last = 0
        self._watchers: list[Callable[[Request], None]] = []

    def __iter__(self) -> Iterator[Request]:
        return iter(list(self._requests))

    def watch(self, told: Callable[[Request], None]) -> None:
        """Tell of each request twice: when it has come, and when it is answered."""
        self._watchers.append(told)

    def enter(self, method: str, path: str, body: Any) -> Request:
        """Note a request that has just arrived."""
        self._last += 1
        request = Request(number=self._last, time=self._now(), method=method, path=path, body=body)
        self._requests.append(request)
        self._tell(request)
        return request

    def complete(self, request: Request, *, status: int | None, mime: str = "", answer: bytes = b"") -> None:
        """Note what a request was answered; None for a dropped connection."""
        request.answered, request.status, request.mime = True, status, mime
        request.size, request.answer = len(answer), answer if len(answer) <= LONGEST else b""
        self._tell(request)

    def _tell(self, request: Request) -> None:
        for told in self._watchers:
            told(request)
