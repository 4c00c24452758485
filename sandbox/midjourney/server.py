"""A provider of the midjourney-proxy API on a socket of its own (a bare engine, kind B), with a control API.

The API stands under `/mj/`, pictures under `/pictures/` (no key needed). Control, JSON in and out, no key needed:

    GET    /_/ledger     every submit that arrived: number, at, path, body, headers' names, accepted, code, task_id
    GET    /_/requests   how often each path was asked, ids as {id}
    GET    /_/tasks      all tasks as `fetch` shows them
    POST   /_/speed      {"imagine": 2, "upscale": 0.5, ...}  seconds, for what starts from now on; {"all": 1}
    POST   /_/faults     {"match": "/mj/submit/*", "trouble": "502 html", "times": 1}  a name from `troubles`, or
                         {"match": "/mj/task/*", "status": 500, "do": false, ...}      fields of `sandbox.faults.Fault`
    DELETE /_/faults     forget all faults, let go what hangs
    POST   /_/fail       {"match": "cat", "reason": "...", "times": 1, "percent": 46, "late_success": 30}
                         or "after_success": 30: first SUCCESS, then FAILURE
    POST   /_/show       {"id": "...", "fields": {"status": "PAUSED"}}  show a task otherwise; {} ends that
    POST   /_/forget     {"id": "..."}  lose a task
"""

import asyncio
import json
from collections.abc import Mapping
from functools import partial
from typing import Any, Self

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.faults import Faults
from sandbox.midjourney import control
from sandbox.midjourney.clock import Clock, SystemClock
from sandbox.midjourney.engine import Engine
from sandbox.midjourney.engine_dialect import EngineDialect
from sandbox.midjourney.ledger import Entry, Ledger
from sandbox.midjourney.pictures import Pictures
from sandbox.midjourney.task import Fate
from sandbox.midjourney.troubles import TROUBLES
from sandbox.painter.gallery import SIDE
from sandbox.serving import Serving

LIGHT = 4096  # bodies up to this size are read at once, larger ones (images) in a thread


class MidjourneyServer:
    """A provider. `auth` names the headers it reads the key from: "bearer", "mj-api-secret" or "both"."""

    def __init__(
        self,
        key: str,
        *,
        clock: Clock | None = None,
        seed: int = 1,
        auth: str = "both",
        speed: Mapping[str, float] | None = None,
        running_at_once: int = 3,
        queue_size: int = 10,
        remix: bool = False,
        side: int = SIDE,
        public_url: str | None = None,
    ) -> None:
        self._clock = clock or SystemClock()
        self._public_url = public_url
        self._serving: Serving | None = None
        self._pictures = Pictures(side=side)
        self.engine = Engine(
            seed=seed, running_at_once=running_at_once, queue_size=queue_size, remix=remix, side=side, speed=speed
        )
        self.ledger = Ledger()
        self.faults = Faults(sleep=self._clock.sleep)
        self._dialect = EngineDialect(self.engine, key=key, auth=auth, base=lambda: self.picture_base, keep=self._keep)

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> Self:
        """Listen; port 0 takes a free one."""
        self._serving = await Serving(self._app(), host=host, port=port).start()
        return self

    async def stop(self) -> None:
        """Let go what hangs and stop listening."""
        self.faults.release()
        if self._serving is not None:
            await self._serving.stop()

    async def __aenter__(self) -> Self:
        return await self.start()

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    @property
    def base_url(self) -> str:
        """Where the API is, without `/mj` and without a slash at the end."""
        if self._serving is None:
            raise RuntimeError("the provider is not started")
        return self._serving.root

    @property
    def picture_base(self) -> str:
        """What picture addresses start with."""
        return self._public_url or self.base_url

    def submissions(
        self, *, path: str | None = None, prompt: str | None = None, accepted: bool | None = None, **body: str
    ) -> list[Entry]:
        """Return the submits that arrived, by path, part of the prompt, their end, fields of the body."""
        return self.ledger.submissions(path=path, prompt=prompt, accepted=accepted, **body)

    def tasks(self) -> list[dict[str, Any]]:
        """Return all tasks as they look now, the newest first."""
        return self._dialect.listed(list(self.engine.tasks), self._now())

    def set_speed(self, **seconds: float) -> None:
        """Change how long kinds of tasks take that start from now on; `all` means every kind."""
        everything = seconds.pop("all", None)
        unknown = set(seconds) - set(self.engine.speed)
        if unknown:
            raise ValueError(f"no such kind: {', '.join(sorted(unknown))}")
        if everything is not None:
            self.engine.speed.update(dict.fromkeys(self.engine.speed, float(everything)))
        self.engine.speed.update({kind: float(value) for kind, value in seconds.items()})

    def trouble(self, name: str, *, match: str = "/mj/submit/*", **fields_of_fault: Any) -> None:
        """Let something go wrong that has a name in `troubles`."""
        self.faults.add(match=match, **(TROUBLES[name] | fields_of_fault))

    def fail(
        self,
        match: str = "",
        reason: str = "[Internal Server Error] something went wrong",
        *,
        times: int = 1,
        percent: int = 0,
        late_success: float | None = None,
        after_success: float | None = None,
    ) -> None:
        """Let the next `times` tasks whose prompt or description holds `match` end in FAILURE."""
        fate = Fate(reason=reason, percent=percent, late_success=late_success, after_success=after_success)
        self.engine.doom(match, fate, times=times)

    def show(self, task_id: str, **shown: Any) -> None:
        """Let a task look otherwise (`status="PAUSED"`); without fields as it is."""
        self._dialect.masks[task_id] = shown

    def forget(self, task_id: str) -> None:
        """Lose a task."""
        self.engine.forget(task_id, self._now())

    def _keep(self, image: bytes) -> str:
        return f"{self.picture_base}/pictures/uploads/{self._pictures.keep(image)}"

    def _now(self) -> int:
        return round(self._clock.now().timestamp() * 1000)

    def _app(self) -> Starlette:
        return Starlette(
            routes=[
                *control.routes(self),
                Route("/mj/{path:path}", self._mj, methods=["GET", "POST"]),
                Route("/pictures/{task}/{name}", self._picture, methods=["GET"]),
            ]
        )

    async def _mj(self, request: Request) -> Response:
        raw = await request.body()  # all of it first: a dropped connection must look like a clean end
        if not self._dialect.allows(request.headers):
            return Response(status_code=401)
        path, body = request.url.path, _parsed(raw)
        self.ledger.counted(path)
        if request.method != "POST" or not path.startswith("/mj/submit/"):
            asked = partial(self._asked, request.method, path, body)
        else:
            headers = tuple(sorted(request.headers.keys()))
            number = self.ledger.arrived(at=self._now(), path=path, body=body, headers=headers)
            asked = partial(self._submitted, number, path, body, heavy=len(raw) > LIGHT)
        return await self.faults.around(path, asked, body if isinstance(body, dict) else {})

    async def _submitted(self, number: int, path: str, body: Any, *, heavy: bool) -> Response:
        read = partial(self._dialect.read, path, body)
        act = await asyncio.to_thread(read) if heavy else read()
        if isinstance(act, Response):
            return act
        answer = act(self._now())
        self.ledger.settled(number, accepted=answer.accepted, code=answer.code, task_id=answer.result)
        return JSONResponse(answer.json())

    async def _asked(self, method: str, path: str, body: Any) -> Response:
        return self._dialect.ask(method, path, body, self._now())

    async def _picture(self, request: Request) -> Response:
        path, task_id, name = request.url.path, request.path_params["task"], request.path_params["name"]
        self.ledger.counted(path)

        async def real() -> Response:
            if task_id == "uploads" and (kept := self._pictures.upload(name)) is not None:
                return Response(kept, media_type="image/jpeg")
            seen = self.engine.see(task_id, self._now())
            found = None if seen is None else await self._pictures.picture(*seen, name)
            return Response(status_code=404) if found is None else Response(found[0], media_type=found[1])

        return await self.faults.around(path, real)


def _parsed(raw: bytes) -> Any:
    try:
        return json.loads(raw) if raw else None
    except (ValueError, RecursionError):
        return None
