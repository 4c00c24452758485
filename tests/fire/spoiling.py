"""One call in so many goes wrong, in a way that the seed has chosen: the nth call of a name always in the same one."""

import asyncio
import json
import re
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from random import Random
from typing import Any, Literal

from starlette.responses import JSONResponse, Response

from sandbox.faults import Dropped, Fault, Faults
from sandbox.midjourney.troubles import HTML
from sandbox.midjourney.twists import CutOff
from tests.fire.evidence import Spoiled

Side = Literal["telegram", "provider"]
Call = Callable[[], Awaitable[Response]]
SILENCE = 5.0
"""Seconds without a word before the connection closes, or before a slow answer comes."""
ELSEWHERE = "x-elsewhere"
QUESTIONS = re.compile(r"/mj/task/")
PICTURES = re.compile(r"/pictures/|/mj/image/|file/")


@dataclass(frozen=True, slots=True)
class Way:
    """How a call goes wrong. `certain`: whoever called knows all the same what was done."""

    spoil: Callable[[Call, Side, str], Awaitable[Response]]
    certain: bool = False
    of_pictures: bool = True
    """Whether a picture may come so."""


async def refused(_call: Call, side: Side, _elsewhere: str) -> Response:
    """Too many requests."""
    if side == "telegram":
        told = {"ok": False, "error_code": 429, "description": "Too Many Requests: retry after 1"}
        return JSONResponse(told | {"parameters": {"retry_after": 1}}, 429)
    return JSONResponse({"code": 30, "description": "当前分组负载已饱和", "type": "upstream_error"}, 429)


async def redirected(_call: Call, _side: Side, elsewhere: str) -> Response:
    """Whoever follows carries the key, or the token, to a stranger."""
    return Response(status_code=307, headers={"location": elsewhere})


async def reset(_call: Call, _side: Side, _elsewhere: str) -> Response:
    """Nothing is done, and the connection closes."""
    return Dropped()


async def reset_after(call: Call, _side: Side, _elsewhere: str) -> Response:
    """It is done, and the connection closes without a word."""
    await call()
    return Dropped()


async def cut(call: Call, _side: Side, _elsewhere: str) -> Response:
    """It is done, and the connection closes in the middle of the answer."""
    done = await call()
    return CutOff(done.body, done.status_code, media_type=done.media_type)


async def silent(call: Call, _side: Side, _elsewhere: str) -> Response:
    """It is done; then long silence, and the end of the connection."""
    await call()
    await asyncio.sleep(SILENCE)
    return Dropped()


async def slow(call: Call, _side: Side, _elsewhere: str) -> Response:
    """It is done, and the answer takes its time."""
    done = await call()
    await asyncio.sleep(SILENCE / 2)
    return done


async def broken(_call: Call, _side: Side, _elsewhere: str) -> Response:
    """Nothing is done."""
    return Response(HTML, 502, media_type="text/html")


async def broken_after(call: Call, _side: Side, _elsewhere: str) -> Response:
    """It is done all the same."""
    await call()
    return Response(HTML, 502, media_type="text/html")


async def html(call: Call, _side: Side, _elsewhere: str) -> Response:
    """It is done, and somebody's page comes in place of the answer."""
    await call()
    return Response(HTML, 200, media_type="text/html")


async def half(call: Call, _side: Side, _elsewhere: str) -> Response:
    """It is done; half of the JSON comes as if it were all."""
    done = await call()
    return Response(bytes(done.body)[: len(done.body) // 2], done.status_code, media_type="application/json")


async def mistyped(call: Call, _side: Side, _elsewhere: str) -> Response:
    """It is done; everything in the answer has another type."""
    told = json.loads(bytes((await call()).body))
    return JSONResponse([told] if isinstance(told, dict) else {"rows": told})


async def mistyped_within(call: Call, side: Side, _elsewhere: str) -> Response:
    """It is done; the result has another type."""
    told = json.loads(bytes((await call()).body))
    if side == "telegram" or (isinstance(told, dict) and "result" in told):
        return JSONResponse(told | {"result": {"of": "another", "type": [7]}})
    return JSONResponse([{"id": 7, "status": ["SUCCESS"], "progress": {}, "imageUrl": 7, "buttons": "none"}])


async def doubled(call: Call, _side: Side, _elsewhere: str) -> Response:
    """It is done; what is a list comes twice in one."""
    done = await call()
    told = json.loads(bytes(done.body))
    if isinstance(told, dict) and isinstance(told.get("result"), list):
        return JSONResponse(told | {"result": told["result"] * 2}, done.status_code)
    return JSONResponse(told * 2 if isinstance(told, list) else told, done.status_code)


WAYS: Mapping[str, Way] = {
    "refused": Way(refused, certain=True),
    "redirected": Way(redirected),
    "reset": Way(reset),
    "reset, done": Way(reset_after),
    "cut, done": Way(cut),
    "silent, done": Way(silent),
    "slow": Way(slow, certain=True),
    "502": Way(broken),
    "502, done": Way(broken_after),
    "html, done": Way(html),
    "half json, done": Way(half, of_pictures=False),
    "wrong types, done": Way(mistyped, of_pictures=False),
    "wrong types within, done": Way(mistyped_within, of_pictures=False),
    "doubled": Way(doubled, certain=True, of_pictures=False),
}


class Spoiling(Faults):
    """A fake's faults: what was put in line first, then a share of all calls, as the seed has it."""

    def __init__(self, side: Side, *, seed: int, share: float, elsewhere: str, blank: Callable[[Fault], Any]) -> None:
        super().__init__(sleep=asyncio.sleep, blank=blank)
        self.share = share
        self.spoiled: list[Spoiled] = []
        self.calls = 0
        self._side: Side = side
        self._seed = seed
        self._elsewhere = elsewhere
        self._times: Counter[str] = Counter()

    async def around(self, name: str, call: Call, params: Mapping[str, Any] | None = None) -> Response:
        """The answer to one request."""
        self.calls += 1
        scripted = any(fault.meets(name, params or {}) for fault in self.waiting())
        found = None if scripted else self._draw(name)
        if found is None:
            return await super().around(name, call, params)
        way = WAYS[found]
        certain = way.certain or (found == "redirected" and "/submit/" in name)
        self.spoiled.append(Spoiled(side=self._side, name=name, kind=found, params=params or {}, certain=certain))
        return await way.spoil(call, self._side, self._elsewhere)

    def _draw(self, name: str) -> str | None:
        kind = re.sub(r"[\d_-]{3,}|[0-9a-f-]{8,}", "#", name)
        self._times[kind] += 1
        chance = Random(f"{self._seed} {self._side} {kind} {self._times[kind]}")
        if chance.random() >= self.share:
            return None
        return chance.choice([way for way in WAYS if WAYS[way].of_pictures or not PICTURES.search(name)])
