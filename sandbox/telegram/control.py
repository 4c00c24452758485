"""The people's side over HTTP, for a page and for tests of other processes. JSON throughout; no token.

    GET  /_/state                    {people, chats, bot, commands, last}; `last` is the newest event's number;
                                     a chat tells of its members, `is_forum`, topics [{id, name, closed}] and the
                                     chat it is `linked` with
    POST /_/people                   {name, language?, username?} -> the person
    POST /_/people/{id}/block        {blocked} -> the person
    GET  /_/chats/{id}/messages      ?ids=5,6,9 only these; ?deleted=1 shows deleted ones too -> {messages}; `size` is a
                                     picture's or a film's in pixels, `document_size` a file's in bytes
    POST /_/chats/{id}/say           {person, text, reply_to?, thread?, anonymous?, as_channel?} -> the message;
                                     `as_channel` is a channel's id
    POST /_/chats/{id}/photo         multipart: photo, person, caption?, as_file?, reply_to?, thread?, album?
                                     -> the message
    POST /_/chats/{id}/album         multipart: 2 to 10 times photo, person, caption?, as_files?, reply_to?, thread?
                                     -> {messages}
    POST /_/chats/{id}/edit          {person, message_id, text} -> the message
    POST /_/chats/{id}/delete        {person, message_id} -> {}
    POST /_/chats/{id}/press         {person, message_id, data, wait?} -> {press, answer}; `data` is a button's data
                                     or text, or anything with `forged: true`; waits up to `wait` (10) seconds
    POST /_/chats/{id}/open          {person, message_id, url, theme?} -> {url}: what to show in a frame for a button
                                     that opens a Mini App: a `web_app` one, or a link to the bot's main app
    POST /_/chats/{id}/topics        {person, name} -> the topic
    POST /_/chats/{id}/topics/{thread}  {person, state: closed, open or deleted} -> the topic
    POST /_/chats/{id}/migrate       {person} -> the supergroup
    GET  /_/events                   ?after=N&wait=25 -> {events, last, first}; waits until there is one; `first` is
                                     the oldest number still kept: who asks for older ones reads the state again
    GET  /_/files/{file_id}          the bytes, or a part of them (Range); they never change
    GET  /_/journal                  ?after=N -> {calls}
    POST /_/faults                   the fields of `sandbox.faults.Fault` -> {waiting}; DELETE clears, releases
    POST /_/faults/release           lets go what hangs

What a person can't do is 409 {"error": words}; an unknown person, chat or message 404.
"""

from dataclasses import asdict
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.telegram.control_apps import AppControl
from sandbox.telegram.control_chats import ChatControl, answered, chat_json, time_json
from sandbox.telegram.errors import ApiError
from sandbox.telegram.events import Event
from sandbox.telegram.ranges import partly
from sandbox.telegram.town import Person, Town


class Control:
    """The routes of one town."""

    def __init__(self, town: Town) -> None:
        self._town = town
        self._world = town.world

    def app(self) -> Starlette:
        """What to serve at `/_`."""
        errors = (ApiError, LookupError, ValueError, TypeError)
        routes = [*self._routes(), *ChatControl(self._town).routes(), *AppControl(self._town).routes()]
        return Starlette(routes=routes, exception_handlers=dict.fromkeys(errors, _refuse))

    def _routes(self) -> list[Route]:
        return [
            Route("/state", self._state),
            Route("/people", self._add_person, methods=["POST"]),
            Route("/people/{id:int}/block", self._block, methods=["POST"]),
            Route("/events", self._events),
            Route("/files/{file_id}", self._file),
            Route("/journal", self._journal),
            Route("/faults", self._add_fault, methods=["POST"]),
            Route("/faults", self._clear_faults, methods=["DELETE"]),
            Route("/faults/release", self._release, methods=["POST"]),
        ]

    async def _state(self, _request: Request) -> Response:
        commands = [
            {"scope": scope, "language": language, "commands": listed}
            for (scope, language), listed in self._world.profile.commands.items()
        ]
        people = [_person(person) for person in self._town.people.values()]
        chats = [chat_json(room) for room in self._world.rooms.values()]
        bot = self._world.bot.as_json()
        return answered(people=people, chats=chats, bot=bot, commands=commands, last=self._world.events.last)

    async def _add_person(self, request: Request) -> Response:
        given = await request.json()
        person = self._town.person(given["name"], language=given.get("language", "en"), username=given.get("username"))
        return answered(**_person(person))

    async def _block(self, request: Request) -> Response:
        person = self._town.people[request.path_params["id"]]
        if (await request.json())["blocked"]:
            person.block()
        else:
            person.unblock()
        return answered(**_person(person))

    async def _events(self, request: Request) -> Response:
        events = self._world.events
        after, wait = int(request.query_params.get("after", 0)), float(request.query_params.get("wait", 25))
        try:
            fresh = await events.pulse.until(lambda: events.after(after), min(wait, 60))
        except TimeoutError:
            fresh = []
        kept = events.after(0)
        first = kept[0].number if kept else 1
        return answered(events=[_event(event) for event in fresh], last=events.last, first=first)

    async def _file(self, request: Request) -> Response:
        stored = self._world.files.find(request.path_params["file_id"])
        if stored is None:
            raise LookupError("no such file")
        return partly(self._world.files.data(stored), stored.mime, request.headers.get("range"))

    async def _journal(self, request: Request) -> Response:
        calls = self._world.journal.after(int(request.query_params.get("after", 0)))
        return answered(calls=[asdict(call) | {"time": time_json(call.time)} for call in calls])

    async def _add_fault(self, request: Request) -> Response:
        self._world.faults.add(**await request.json())
        return answered(waiting=[asdict(fault) for fault in self._world.faults.waiting()])

    async def _clear_faults(self, _request: Request) -> Response:
        self._world.faults.clear()
        return answered()

    async def _release(self, _request: Request) -> Response:
        self._world.faults.release()
        return answered()


async def _refuse(_request: Request, error: Exception) -> Response:
    """The answer to what a person can't do."""
    words = error.description if isinstance(error, ApiError) else str(error)
    return JSONResponse({"error": words}, 404 if isinstance(error, LookupError) else 409)


def _person(person: Person) -> dict[str, Any]:
    return {"id": person.id, "name": person.name, "language": person.user.language, "username": person.user.username}


def _event(event: Event) -> dict[str, Any]:
    return asdict(event) | {"time": time_json(event.time)}
