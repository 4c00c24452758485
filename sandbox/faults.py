"""Faults on demand: what a fake does wrong when it is told to.

A fake passes every request through `Faults.around`; the first fault in line that matches is used up and decides.
A fault may let the request be carried out first (`do`), may wait (`delay`, or `end="hang"` until released), and ends:

- `answer`: with `status`, `body` and `headers` in place of the real answer;
- `drop`: the connection closes without a byte;
- `hang`: nothing until `Faults.release()`, then on as if nothing had been;
- `proceed`: with the real answer (for a `delay`).
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any, Literal

from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

End = Literal["answer", "drop", "hang", "proceed"]
DROP = "sandbox.drop"  # the ASGI extension by which `sandbox.serving` lets an answer close its connection


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing to go wrong, `times` times (None: until cleared).

    `match` is a shell pattern for the name of the request (`sendPhoto`, `send*`, `/mj/submit/*`);
    `where` names parameters that must have these values as text (`{"chat_id": "7"}`).
    `body` is sent as it is when it is text or bytes, else as JSON; None leaves it to the fake.
    """

    match: str
    end: End = "answer"
    do: bool = False
    times: int | None = 1
    status: int = 500
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)
    retry_after: int | None = None
    delay: float = 0.0
    where: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.end not in {"answer", "drop", "hang", "proceed"}:
            raise ValueError(f"a fault cannot end in {self.end!r}")

    def meets(self, name: str, params: Mapping[str, Any]) -> bool:
        """Whether this fault is for that request."""
        return fnmatchcase(name, self.match) and all(str(params.get(key)) == value for key, value in self.where.items())


class Dropped(Response):
    """An answer that is none: the connection closes.

    The request's body must have been read before, or the client sees a reset instead of a clean end.
    """

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Close, and stay until the server has seen it; to return any earlier would count as a forgotten answer."""
        scope["extensions"][DROP]()
        while (await receive())["type"] != "http.disconnect":
            pass


class Faults:
    """The line of faults of one fake. `sleep` waits by its clock; `blank` makes the body of a fault that has none."""

    def __init__(
        self, *, sleep: Callable[[float], Awaitable[None]], blank: Callable[[Fault], Any] = lambda fault: ""
    ) -> None:
        self._sleep = sleep
        self._blank = blank
        self._line: list[tuple[Fault, int | None]] = []
        self._released = asyncio.Event()

    def add(self, *, match: str, **fault: Any) -> Fault:
        """Put a fault at the end of the line; the keywords are the fields of `Fault`."""
        made = Fault(match=match, **fault)
        self._line.append((made, made.times))
        return made

    def waiting(self) -> list[Fault]:
        """The faults that are still to come."""
        return [fault for fault, _ in self._line]

    def remove(self, fault: Fault) -> None:
        """Forget this one fault, wherever it stands; harmless when it is used up."""
        self._line = [(one, left) for one, left in self._line if one is not fault]

    def clear(self) -> None:
        """Forget all faults and let go what hangs."""
        self._line.clear()
        self.release()

    def release(self) -> None:
        """Let every request go on that hangs now."""
        self._released.set()
        self._released = asyncio.Event()

    def take(self, name: str, params: Mapping[str, Any]) -> Fault | None:
        """Use up one time of the first fault that meets the request."""
        for place, (fault, left) in enumerate(self._line):
            if fault.meets(name, params):
                if left is not None and left <= 1:
                    del self._line[place]
                elif left is not None:
                    self._line[place] = (fault, left - 1)
                return fault
        return None

    async def around(
        self, name: str, call: Callable[[], Awaitable[Response]], params: Mapping[str, Any] | None = None
    ) -> Response:
        """The answer to one request: `call()`'s own, or what the next fault makes of it."""
        if (fault := self.take(name, params or {})) is None:
            return await call()
        real = await call() if fault.do else None
        if fault.delay:
            await self._sleep(fault.delay)
        if fault.end == "hang":
            await self._released.wait()
        if fault.end == "drop":
            return Dropped()
        if fault.end == "answer":
            return self._answer(fault)
        return real if real is not None else await call()

    def _answer(self, fault: Fault) -> Response:
        headers = dict(fault.headers)
        if fault.retry_after is not None:
            headers.setdefault("Retry-After", str(fault.retry_after))
        body = self._blank(fault) if fault.body is None else fault.body
        if isinstance(body, str | bytes):
            return Response(body, fault.status, headers, media_type=None if "content-type" in headers else "text/html")
        return JSONResponse(body, fault.status, headers)
