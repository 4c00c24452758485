"""A request's way through the provider: path, key, book, faults, account, then the dialect; and the pictures."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.faults import Dropped
from sandbox.midjourney import door
from sandbox.midjourney.answers import Answer
from sandbox.midjourney.kinds import ability_of, submit_of
from sandbox.midjourney.ledger import shortened

if TYPE_CHECKING:
    from sandbox.midjourney.server import MidjourneyServer

Receive = Callable[..., Awaitable[Response]]
LIGHT = 4096  # bodies up to this size are read at once, larger ones (images) in a thread
LISTS = ("/mj/task/list-by-condition", "/mj/task/list-by-ids")
EMPTY_KEY = "该令牌额度已用尽 !token.RemainQuota = {left} [sk-{head}***{tail}]"


class Reception:
    """Receives what isn't control."""

    def __init__(self, server: "MidjourneyServer") -> None:
        self._server = server

    def routes(self) -> list[Route]:
        """Return the routes, the last of them for whatever is left."""
        return [
            Route("/pictures/{task}/{name}", self._noted(self._picture), methods=["GET"]),
            Route("/mj/image/{task}", self._noted(self._forwarded), methods=["GET"]),
            Route("/{path:path}", self._noted(self._api), methods=["GET", "POST"]),
        ]

    def _noted(self, receive: Receive) -> Callable[[Request], Awaitable[Response]]:
        """The same, written down in the journal when it comes and when it is answered, or ends without an answer."""
        journal = self._server.journal

        async def noted(request: Request) -> Response:
            raw = await request.body()  # all of it: a dropped connection must look like a clean end
            body, answer = _parsed(raw), None
            written = journal.enter(request.method, request.url.path, shortened(body))
            try:
                answer = await receive(request, body, heavy=len(raw) > LIGHT)
            finally:
                if answer is None or isinstance(answer, Dropped):
                    journal.complete(written, status=None)
                else:
                    mime = (answer.media_type or answer.headers.get("content-type", "")).partition(";")[0]
                    journal.complete(written, status=answer.status_code, mime=mime, answer=bytes(answer.body))
            return answer

        return noted

    async def _api(self, request: Request, body: Any, *, heavy: bool) -> Response:
        server, path = self._server, request.url.path
        server.ledger.counted(path)
        inner = door.inner_path(path, server.prefixes)
        if inner is None:
            return server.dialect.missing(request.method, path)
        if not door.allows(request.headers, server.key, server.auth, server.dialect.reading):
            return server.dialect.denied("Invalid token")
        if request.method != "POST" or submit_of(inner) is None:
            asked = partial(self._asked, request.method, inner, body)
        else:
            headers = tuple(sorted(request.headers.keys()))
            number = server.ledger.arrived(at=server.now(), path=path, body=body, headers=headers)
            asked = partial(self._submitted, number, inner, body, heavy=heavy)
        twisted = partial(server.twists.around, inner, asked)
        return await server.faults.around(inner, twisted, body if isinstance(body, dict) else {})

    async def _submitted(self, number: int, path: str, body: Any, *, heavy: bool) -> Response:
        server = self._server
        done = self._refused() or await self._carried_out(path, body, heavy=heavy)
        if isinstance(done, Response):
            server.ledger.settled(number, accepted=False, code=None, task_id=None)
            return done
        server.ledger.settled(number, accepted=done.accepted, code=done.code, task_id=done.result)
        told = done.json()
        if server.ids == "integer" and done.result is not None and done.result.isdigit():
            told["result"] = int(done.result)
        return JSONResponse(told)

    async def _carried_out(self, path: str, body: Any, *, heavy: bool) -> Answer | Response:
        if ability_of(path) in self._server.engine.lacking:
            return self._server.dialect.lacking("POST", path)
        read = partial(self._server.dialect.read, path, body)
        act = await asyncio.to_thread(read) if heavy else read()
        return act if isinstance(act, Response) else act(self._server.now())

    async def _asked(self, method: str, path: str, body: Any) -> Response:
        server = self._server
        if (refused := self._refused()) is not None:
            return refused
        if path in LISTS and not server.lists:
            return server.dialect.missing(method, path)
        if ability_of(path) in server.engine.lacking:
            return server.dialect.lacking(method, path)
        return server.dialect.ask(method, path, body, server.now())

    def _refused(self) -> Response | None:
        account, key = self._server.account, self._server.key
        if account.revoked:
            return self._server.dialect.denied("Invalid token")
        if account.key_is_empty:
            said = EMPTY_KEY.format(left=account.balance, head=key.removeprefix("sk-")[:3], tail=key[-3:])
            return self._server.dialect.denied(said)
        return None

    async def _picture(self, request: Request, _body: Any, **_how: bool) -> Response:
        server, path = self._server, request.url.path
        task_id, name = request.path_params["task"], request.path_params["name"]
        server.ledger.counted(path)
        return await server.faults.around(path, partial(self._painted, task_id, name))

    async def _painted(self, task_id: str, name: str) -> Response:
        server = self._server
        if task_id == "uploads" and (kept := server.engine.shelf.upload(name)) is not None:
            return Response(kept, media_type="image/jpeg")
        seen = server.engine.see(task_id, server.now())
        found = None if seen is None else await server.pictures.picture(*seen, name)
        return Response(status_code=404) if found is None else Response(found[0], media_type=found[1])

    async def _forwarded(self, request: Request, _body: Any, **_how: bool) -> Response:
        """Fetch a picture for a stranger, as a gateway does."""
        server, path, task_id = self._server, request.url.path, request.path_params["task"]
        server.ledger.counted(path)

        async def real() -> Response:
            if server.dialect is not server.gateway:
                return server.dialect.missing("GET", path)
            server.gateway.copies.catch_up(server.now())
            row = server.gateway.copies.first(task_id)
            if row is None or not row.image:
                return JSONResponse({"error": "midjourney_task_not_found"}, 400)
            found = await self._painted(task_id, row.image.rpartition("/")[2])
            return found if found.status_code == 200 else JSONResponse({"error": ""}, found.status_code)

        return await server.faults.around(path, real)


def _parsed(raw: bytes) -> Any:
    try:
        return json.loads(raw) if raw else None
    except (ValueError, RecursionError):
        return None
