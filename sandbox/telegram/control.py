"""The people's side over HTTP, for a page and for tests of other processes. JSON throughout; no token.

    GET  /_/state                    {people, chats, bot, commands, last}; `last` is the newest event's number
    POST /_/people                   {name, language?, username?} -> the person
    POST /_/people/{id}/block        {blocked} -> the person
    GET  /_/chats/{id}/messages      ?deleted=1 shows deleted ones too -> {messages}
    POST /_/chats/{id}/say           {person, text, reply_to?} -> the message
    POST /_/chats/{id}/photo         multipart: photo, person, caption?, as_file?, reply_to? -> the message
    POST /_/chats/{id}/edit          {person, message_id, text} -> the message
    POST /_/chats/{id}/delete        {person, message_id} -> {}
    POST /_/chats/{id}/press         {person, message_id, data, wait?} -> {press, answer}; `data` is a button's data
                                     or text, or anything with `forged: true`; waits up to `wait` (10) seconds
    GET  /_/events                   ?after=N&wait=25 -> {events, last, first}; waits until there is one; `first` is
                                     the oldest number still kept: who asks for older ones reads the state again
    GET  /_/files/{file_id}          the bytes
    GET  /_/journal                  ?after=N -> {calls}
    POST /_/faults                   the fields of `sandbox.faults.Fault` -> {waiting}; DELETE clears, releases
    POST /_/faults/release           lets go what hangs

What a person can't do is 409 {"error": words}; an unknown person, chat or message 404.
"""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.telegram.chat import Chat
from sandbox.telegram.errors import ApiError
from sandbox.telegram.events import Event
from sandbox.telegram.queries import Press
from sandbox.telegram.town import Person, Town
from sandbox.telegram.views import MessageView


class Control:
    """The routes of one town."""

    def __init__(self, town: Town) -> None:
        self._town = town
        self._world = town.world

    def app(self) -> Starlette:
        """What to serve at `/_`."""
        errors = (ApiError, LookupError, ValueError, TypeError)
        return Starlette(routes=self._routes(), exception_handlers=dict.fromkeys(errors, _refuse))

    def _routes(self) -> list[Route]:
        return [
            Route("/state", self._state),
            Route("/people", self._add_person, methods=["POST"]),
            Route("/people/{id:int}/block", self._block, methods=["POST"]),
            Route("/chats/{id}/messages", self._messages),
            Route("/chats/{id}/say", self._say, methods=["POST"]),
            Route("/chats/{id}/photo", self._photo, methods=["POST"]),
            Route("/chats/{id}/edit", self._edit, methods=["POST"]),
            Route("/chats/{id}/delete", self._delete, methods=["POST"]),
            Route("/chats/{id}/press", self._press, methods=["POST"]),
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
        chats = [self._chat(chat) for chat in self._town.chats.values()]
        bot = self._world.bot.as_json()
        return _json(people=people, chats=chats, bot=bot, commands=commands, last=self._world.events.last)

    async def _add_person(self, request: Request) -> Response:
        given = await request.json()
        person = self._town.person(given["name"], language=given.get("language", "en"), username=given.get("username"))
        return _json(**_person(person))

    async def _block(self, request: Request) -> Response:
        person = self._town.people[request.path_params["id"]]
        if (await request.json())["blocked"]:
            person.block()
        else:
            person.unblock()
        return _json(**_person(person))

    async def _messages(self, request: Request) -> Response:
        chat = self._which(request)
        shown = chat.history if request.query_params.get("deleted") else chat.messages
        return _json(messages=[message_json(message) for message in shown])

    async def _say(self, request: Request) -> Response:
        given = await request.json()
        said = self._which(request).say(self._who(given), given["text"], reply_to=given.get("reply_to"))
        return _json(**message_json(said))

    async def _photo(self, request: Request) -> Response:
        async with request.form() as form:
            photo, reply_to = form["photo"], form.get("reply_to")
            if not isinstance(photo, UploadFile):
                raise TypeError("the photo must be a file")
            sent = self._which(request).send_photo(
                self._who(form),
                await photo.read(),
                caption=str(form.get("caption") or ""),
                as_file=form.get("as_file") in {"1", "true"},
                name=photo.filename or "photo.png",
                mime=photo.content_type or "image/png",
                reply_to=int(str(reply_to)) if reply_to else None,
            )
        return _json(**message_json(sent))

    async def _edit(self, request: Request) -> Response:
        given = await request.json()
        edited = self._which(request).edit(self._who(given), given["message_id"], given["text"])
        return _json(**message_json(edited))

    async def _delete(self, request: Request) -> Response:
        given = await request.json()
        self._which(request).delete(self._who(given), given["message_id"])
        return _json()

    async def _press(self, request: Request) -> Response:
        given = await request.json()
        chat, person = self._which(request), self._who(given)
        act = chat.press_data if given.get("forged") else chat.press
        press: Press = act(person, given["message_id"], given["data"])
        try:
            answer = asdict(await press.answered(float(given.get("wait", 10))))
        except TimeoutError:
            answer = None
        return _json(press=press.id, answer=answer)

    async def _events(self, request: Request) -> Response:
        events = self._world.events
        after, wait = int(request.query_params.get("after", 0)), float(request.query_params.get("wait", 25))
        try:
            fresh = await events.pulse.until(lambda: events.after(after), min(wait, 60))
        except TimeoutError:
            fresh = []
        kept = events.after(0)
        first = kept[0].number if kept else 1
        return _json(events=[_event(event) for event in fresh], last=events.last, first=first)

    async def _file(self, request: Request) -> Response:
        stored = self._world.files.find(request.path_params["file_id"])
        if stored is None:
            raise LookupError("no such file")
        return Response(self._world.files.data(stored), media_type=stored.mime)

    async def _journal(self, request: Request) -> Response:
        calls = self._world.journal.after(int(request.query_params.get("after", 0)))
        return _json(calls=[asdict(call) | {"time": _time(call.time)} for call in calls])

    async def _add_fault(self, request: Request) -> Response:
        self._world.faults.add(**await request.json())
        return _json(waiting=[asdict(fault) for fault in self._world.faults.waiting()])

    async def _clear_faults(self, _request: Request) -> Response:
        self._world.faults.clear()
        return _json()

    async def _release(self, _request: Request) -> Response:
        self._world.faults.release()
        return _json()

    def _which(self, request: Request) -> Chat:
        return self._town.chats[int(request.path_params["id"])]

    def _who(self, given: Any) -> Person:
        return self._town.people[int(str(given["person"]))]

    def _chat(self, chat: Chat) -> dict[str, Any]:
        room = self._world.rooms[chat.id]
        title = room.owner.first_name if room.owner else room.title
        members = {str(user): status for user, status in room.members.items()}
        return {"id": room.id, "kind": room.kind, "title": title, "members": members, "pinned": room.pinned}


def message_json(message: MessageView) -> dict[str, Any]:
    """A message for the page: what it shows, its file by id in place of its bytes."""
    told = asdict(message) | {"date": _time(message.date)}
    del told["photo"], told["document"]
    told["keyboard"] = [[button["raw"] for button in row] for row in told["keyboard"]]
    return told


async def _refuse(_request: Request, error: Exception) -> Response:
    """The answer to what a person can't do."""
    words = error.description if isinstance(error, ApiError) else str(error)
    return JSONResponse({"error": words}, 404 if isinstance(error, LookupError) else 409)


def _person(person: Person) -> dict[str, Any]:
    return {"id": person.id, "name": person.name, "language": person.user.language, "username": person.user.username}


def _event(event: Event) -> dict[str, Any]:
    return asdict(event) | {"time": _time(event.time)}


def _time(moment: datetime) -> str:
    return moment.isoformat()


def _json(**told: Any) -> Response:
    return JSONResponse(told)
