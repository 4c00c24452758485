"""The desk over HTTP: JSON in and out, no token.

    GET  /_/desk          how it all is -> {provider, telegram, bot}, see `Desk.state`
    POST /_/desk/speed    {times}: pictures come so many times faster than in life, 0.1 to 100, from the next task on
    POST /_/desk/dialect  {name}: engine, gateway or change; a gateway knows only what went through it, so that what
                          was begun before is lost to it
    POST /_/desk/timeout  {taken}: the next submit ends in a gateway's time-out after 3 s, carried out (and charged)
                          or not
    POST /_/desk/outage   {side, seconds}: `provider`: its port is closed; `telegram`: the Bot API drops every
                          connection, while the page stays
    POST /_/desk/flood    {seconds}: every message and edit is refused with 429 and the seconds that are left
    POST /_/desk/bot      {do}: kill (in the middle of everything), stop (kindly), start, restart (kill, and start
                          again after 1.5 s)
    POST /_/desk/reset    ends outages, floods and troubles, and draws at the speed of the start
    GET  /_/desk/journal  ?after=N&wait=25&most=500 -> {calls, last, first}; waits until there is something. A call
                          has a number that rises with each change: one that is answered comes again, with the same
                          id; `first` is the oldest change that is still known

Every POST answers like the GET, with what has become of it. What can't be done is 409 {"error": words}.
"""

from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.desk.desk import Desk

ROOT = "/_/desk"
LONGEST_WAIT = 60.0

Act = Callable[[dict[str, Any]], Awaitable[None]]
Endpoint = Callable[[Request], Awaitable[Response]]


class DeskControl:
    """The routes of one desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def routes(self) -> list[Route]:
        """What to serve."""
        desk = self._desk
        acts: dict[str, Act] = {
            "speed": lambda given: desk.set_speed(float(given["times"])),
            "dialect": lambda given: desk.set_dialect(str(given["name"])),
            "timeout": lambda given: desk.let_time_out(taken=bool(given["taken"])),
            "outage": lambda given: desk.take_away(str(given["side"]), float(given["seconds"])),
            "flood": lambda given: desk.flood(float(given["seconds"])),
            "bot": lambda given: desk.tell_bot(str(given["do"])),
            "reset": lambda _given: desk.reset(),
        }
        return [
            Route(ROOT, self._state),
            Route(f"{ROOT}/journal", _guarded(self._journal)),
            *(Route(f"{ROOT}/{name}", _guarded(self._done(act)), methods=["POST"]) for name, act in acts.items()),
        ]

    async def _state(self, _request: Request) -> Response:
        return JSONResponse(self._desk.state())

    def _done(self, act: Act) -> Endpoint:
        async def done(request: Request) -> Response:
            given = await request.json() if await request.body() else {}
            if not isinstance(given, dict):
                raise TypeError("a JSON object is expected")
            await act(given)
            return JSONResponse(self._desk.state())

        return done

    async def _journal(self, request: Request) -> Response:
        asked, journal = request.query_params, self._desk.journal
        after, most = int(asked.get("after", 0)), int(asked.get("most", 500))
        wait = min(float(asked.get("wait", 25)), LONGEST_WAIT)
        try:
            lines = await journal.pulse.until(lambda: journal.after(after, most), wait)
        except TimeoutError:
            lines = []
        calls = [asdict(line) | {"time": line.time.isoformat()} for line in lines]
        return JSONResponse({"calls": calls, "last": journal.last, "first": journal.first})


def _guarded(endpoint: Endpoint) -> Endpoint:
    """The same, with 409 for what can't be done."""

    async def guarded(request: Request) -> Response:
        try:
            return await endpoint(request)
        except KeyError as missing:
            return JSONResponse({"error": f"{missing.args[0]} is missing"}, 409)
        except (ValueError, TypeError) as error:
            return JSONResponse({"error": str(error)}, 409)

    return guarded
