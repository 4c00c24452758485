"""What a person or a test may do to the provider over HTTP, under `/_/`."""

import json
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

if TYPE_CHECKING:
    from sandbox.midjourney.server import MidjourneyServer

Handler = Callable[[Request], Awaitable[Response]]


def routes(server: "MidjourneyServer") -> list[Route]:
    """Return the control API's routes."""

    async def ledger(_request: Request) -> Response:
        return JSONResponse([entry.json() for entry in server.ledger.entries])

    async def requests(_request: Request) -> Response:
        return JSONResponse(dict(server.ledger.requests))

    async def tasks(_request: Request) -> Response:
        return JSONResponse(server.tasks())

    async def charges(_request: Request) -> Response:
        return JSONResponse([charge.json() for charge in server.charges])

    async def dialect(request: Request) -> Response:
        server.use((await _object(request))["name"])
        return _nothing()

    async def lacking(request: Request) -> Response:
        server.lack(*(await _object(request))["names"])
        return JSONResponse(sorted(server.engine.lacking))

    async def account(request: Request) -> Response:
        server.account.set(**await _object(request))
        return JSONResponse(server.account.json())

    async def speed(request: Request) -> Response:
        server.set_speed(**await _object(request))
        return JSONResponse(server.engine.speed)

    async def faults(request: Request) -> Response:
        if request.method == "DELETE":
            server.faults.clear()
            server.twists.clear()
        else:
            told = await _object(request)
            trouble, match = told.pop("trouble", None), told.pop("match")
            if trouble is None:
                server.faults.add(match=match, **told)
            else:
                server.trouble(trouble, match=match, **told)
        return _nothing()

    async def fail(request: Request) -> Response:
        server.fail(**await _object(request))
        return _nothing()

    async def show(request: Request) -> Response:
        told = await _object(request)
        server.show(told["id"], **told.get("fields", {}))
        return _nothing()

    async def forget(request: Request) -> Response:
        server.forget((await _object(request))["id"])
        return _nothing()

    return [
        Route("/_/ledger", _guarded(ledger), methods=["GET"]),
        Route("/_/requests", _guarded(requests), methods=["GET"]),
        Route("/_/tasks", _guarded(tasks), methods=["GET"]),
        Route("/_/charges", _guarded(charges), methods=["GET"]),
        Route("/_/dialect", _guarded(dialect), methods=["POST"]),
        Route("/_/lacking", _guarded(lacking), methods=["POST"]),
        Route("/_/account", _guarded(account), methods=["POST"]),
        Route("/_/speed", _guarded(speed), methods=["POST"]),
        Route("/_/faults", _guarded(faults), methods=["POST", "DELETE"]),
        Route("/_/fail", _guarded(fail), methods=["POST"]),
        Route("/_/show", _guarded(show), methods=["POST"]),
        Route("/_/forget", _guarded(forget), methods=["POST"]),
    ]


def _guarded(handler: Handler) -> Handler:
    """Answer 400 to what can't be understood, so that a typing error isn't a silent success."""

    async def guarded(request: Request) -> Response:
        try:
            return await handler(request)
        except (KeyError, TypeError, ValueError) as error:
            return JSONResponse({"error": f"{type(error).__name__}: {error}"}, 400)

    return guarded


async def _object(request: Request) -> dict[str, Any]:
    told = json.loads(await request.body())
    if not isinstance(told, dict):
        raise TypeError("a JSON object is expected")
    return told


def _nothing() -> Response:
    return JSONResponse({"ok": True})
