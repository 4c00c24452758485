"""The Bot API over HTTP: `/bot<token>/METHOD` by GET or POST, and `/file/bot<token>/PATH`."""

import asyncio
import contextlib
import inspect
import json
from collections.abc import Awaitable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.faults import Dropped
from sandbox.telegram.errors import ApiError
from sandbox.telegram.journal import Call
from sandbox.telegram.methods import METHODS
from sandbox.telegram.params import Params, read_params
from sandbox.telegram.world import World

_NAMES = {name.lower(): name for name in METHODS}  # the real server doesn't mind capitals either


class BotApi:
    """The bot's side of a world, for whoever has the token."""

    def __init__(self, world: World, token: str) -> None:
        self._world = world
        self._token = token

    def routes(self) -> list[Route]:
        """What to serve."""
        return [
            Route("/bot{token}/{method}", self._call, methods=["GET", "POST"]),
            Route("/file/bot{token}/{path:path}", self._file, methods=["GET"]),
        ]

    async def _call(self, request: Request) -> Response:
        if request.path_params["token"] != self._token:
            return _refusal(ApiError(401, "Unauthorized"))
        name = _NAMES.get(request.path_params["method"].lower(), request.path_params["method"])
        try:
            params = await read_params(request)
        except ApiError as refused:
            return _refusal(refused)
        call = self._world.journal.enter(name, params)
        answer = None
        try:
            answer = await self._world.faults.around(name, lambda: self._done(request, call, params), params.values)
        finally:
            if answer is None or isinstance(answer, Dropped):
                self._world.journal.complete(call, status=None)
            else:
                description = _description(answer) if answer.status_code >= 400 else None
                self._world.journal.complete(call, status=answer.status_code, description=description)
        return answer

    async def _done(self, request: Request, call: Call, params: Params) -> Response:
        name = call.method
        if name not in METHODS:
            return _refusal(ApiError(404, "Not Found: method not found"))
        try:
            self._world.floods.count(name, params, self._world.room_called(params.text("chat_id").strip()))
            result = METHODS[name](self._world, params)
            if name == "getUpdates":
                result = await _unless_gone(request, result)
            elif inspect.isawaitable(result):
                result = await result
        except ApiError as refused:
            return _refusal(refused)
        call.brought = len(result) if isinstance(result, list) else None
        return JSONResponse({"ok": True, "result": result})

    async def _file(self, request: Request) -> Response:
        if request.path_params["token"] != self._token:
            return _refusal(ApiError(401, "Unauthorized"))
        path = request.path_params["path"]

        async def fetched() -> Response:
            if (stored := self._world.files.at(path)) is None:
                return _refusal(ApiError(404, "Not Found"))
            return Response(self._world.files.data(stored), media_type="application/octet-stream")

        await request.body()
        return await self._world.faults.around(f"file/{path}", fetched)


async def _unless_gone(request: Request, work: Awaitable[Any]) -> Any:
    """The result, unless the client goes away before: then the wait ends and nothing is lost with it."""
    working, gone = asyncio.ensure_future(work), asyncio.ensure_future(request.receive())
    try:
        await asyncio.wait({working, gone}, return_when=asyncio.FIRST_COMPLETED)
        return working.result() if working.done() else []
    finally:
        working.cancel()
        gone.cancel()
        for ended in (working, gone):
            with contextlib.suppress(asyncio.CancelledError, ApiError):
                await ended


def _description(answer: Response) -> str | None:
    with contextlib.suppress(ValueError, TypeError, KeyError):
        return str(json.loads(bytes(answer.body))["description"])
    return None


def _refusal(refused: ApiError) -> Response:
    return JSONResponse(refused.body, refused.status)
