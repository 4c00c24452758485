"""Troubles that need the real answer: it is carried out (or not) and comes back changed, doubled or cut."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from sandbox.faults import DROP

Call = Callable[[], Awaitable[Response]]
Twist = Callable[[Call], Awaitable[Response]]


class CutOff(Response):
    """The first half of a body whose length was promised, then the connection closes."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send what there is, close, and stay until the server has seen it."""
        whole = bytes(self.body)
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        await send({"type": "http.response.body", "body": whole[: len(whole) // 2], "more_body": True})
        scope["extensions"][DROP]()
        while (await receive())["type"] != "http.disconnect":
            pass


async def several(call: Call) -> Response:
    """One request, three tasks; their ids in one text."""
    told = [_json(await call()) for _ in range(3)]
    return JSONResponse(told[0] | {"result": ",".join(str(one.get("result")) for one in told)})


async def accept_then_cut(call: Call) -> Response:
    """The answer breaks off, though all was done."""
    return CutOff((await call()).body, media_type="application/json")


async def cut(call: Call) -> Response:
    """An answer breaks off, and nothing was done."""
    return CutOff(b'{"code": 4, "description": "nothing was done"}', media_type="application/json")


async def integer(call: Call) -> Response:
    """The id is a number."""
    told = _json(await call())
    return JSONResponse(told | {"result": int(told["result"])})


def altered(*, status: int = 200, **fields: Any) -> Twist:
    """Other fields than the real ones; the id stays."""

    async def twist(call: Call) -> Response:
        return JSONResponse(_json(await call()) | fields, status)

    return twist


TWISTS: dict[str, Twist] = {
    "several ids": several,
    "integer id": integer,
    "cut off": cut,
    "accept then cut off": accept_then_cut,
    "queued": altered(code=22, description="排队中，前面还有2个任务", properties={"numberOfQueues": 2}),
    "existed": altered(code=21, description="任务已存在", properties={"status": "IN_PROGRESS", "imageUrl": ""}),
    "unknown code with id": altered(code=7, description="ok"),
    "code as text": altered(code="1"),
    "201": altered(status=201),
    "another task": altered(id="1752210000000000"),
}


@dataclass(slots=True, kw_only=True)
class Waiting:
    """A twist that is still to come, so many times."""

    match: str
    twist: Twist
    times: int


class Twists:
    """The line of twists."""

    def __init__(self) -> None:
        self._line: list[Waiting] = []

    def add(self, name: str, *, match: str, times: int = 1) -> None:
        """Put one at the end; `match` is a shell pattern for the path."""
        self._line.append(Waiting(match=match, twist=TWISTS[name], times=times))

    def clear(self) -> None:
        """Forget them."""
        self._line.clear()

    async def around(self, path: str, call: Call) -> Response:
        """The answer to one request: `call()`'s own, or what the next twist makes of it."""
        for waiting in self._line:
            if fnmatchcase(path, waiting.match):
                waiting.times -= 1
                if waiting.times <= 0:
                    self._line.remove(waiting)
                return await waiting.twist(call)
        return await call()


def _json(response: Response) -> dict[str, Any]:
    told = json.loads(bytes(response.body))
    return told if isinstance(told, dict) else {}
