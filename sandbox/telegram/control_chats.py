"""One chat over HTTP: what is in it, and people's hands in it. The routes are told at the top of `control`."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.telegram.chat import Chat
from sandbox.telegram.queries import Press
from sandbox.telegram.rooms import Room
from sandbox.telegram.topics import Topic
from sandbox.telegram.town import Person, Town
from sandbox.telegram.views import MessageView


class ChatControl:
    """The routes below `/chats/{id}`."""

    def __init__(self, town: Town) -> None:
        self._town = town
        self._rooms = town.world.rooms

    def routes(self) -> list[Route]:
        """What to serve."""
        acts: dict[str, Callable[[Request], Any]] = {
            "say": self._say,
            "photo": self._photo,
            "album": self._album,
            "edit": self._edit,
            "delete": self._delete,
            "press": self._press,
            "topics": self._add_topic,
            "topics/{thread:int}": self._change_topic,
            "migrate": self._migrate,
        }
        routes = [Route(f"/chats/{{id}}/{path}", act, methods=["POST"]) for path, act in acts.items()]
        return [Route("/chats/{id}/messages", self._messages), *routes]

    async def _messages(self, request: Request) -> Response:
        chat = self._which(request)
        asked = request.query_params.get("ids")
        only = None if asked is None else {int(number) for number in asked.split(",") if number}
        shown = chat.seen(only, deleted=bool(request.query_params.get("deleted")))
        return answered(messages=[message_json(message) for message in shown])

    async def _say(self, request: Request) -> Response:
        given = await request.json()
        channel = given.get("as_channel")
        said = self._which(request).say(
            self._who(given),
            given["text"],
            reply_to=given.get("reply_to"),
            thread=given.get("thread"),
            anonymous=bool(given.get("anonymous")),
            as_channel=None if channel is None else self._town.chats[int(channel)],
        )
        return answered(**message_json(said))

    async def _photo(self, request: Request) -> Response:
        async with request.form() as form:
            (photo,) = _photos(form)
            sent = self._which(request).send_photo(
                self._who(form),
                await photo.read(),
                caption=str(form.get("caption") or ""),
                as_file=form.get("as_file") in {"1", "true"},
                name=photo.filename or "photo.png",
                mime=photo.content_type or "image/png",
                reply_to=_number(form, "reply_to"),
                thread=_number(form, "thread"),
                album=str(form.get("album") or "") or None,
            )
        return answered(**message_json(sent))

    async def _album(self, request: Request) -> Response:
        async with request.form() as form:
            sent = self._which(request).send_album(
                self._who(form),
                [await photo.read() for photo in _photos(form)],
                caption=str(form.get("caption") or ""),
                as_files=form.get("as_files") in {"1", "true"},
                reply_to=_number(form, "reply_to"),
                thread=_number(form, "thread"),
            )
        return answered(messages=[message_json(message) for message in sent])

    async def _edit(self, request: Request) -> Response:
        given = await request.json()
        edited = self._which(request).edit(self._who(given), given["message_id"], given["text"])
        return answered(**message_json(edited))

    async def _delete(self, request: Request) -> Response:
        given = await request.json()
        self._which(request).delete(self._who(given), given["message_id"])
        return answered()

    async def _press(self, request: Request) -> Response:
        given = await request.json()
        chat, person = self._which(request), self._who(given)
        act = chat.press_data if given.get("forged") else chat.press
        press: Press = act(person, given["message_id"], given["data"])
        try:
            answer = asdict(await press.answered(float(given.get("wait", 10))))
        except TimeoutError:
            answer = None
        return answered(press=press.id, answer=answer)

    async def _add_topic(self, request: Request) -> Response:
        given = await request.json()
        chat = self._which(request)
        thread = chat.create_topic(self._who(given), given["name"])
        return answered(**_topic(self._rooms[chat.id].topics[thread]))

    async def _change_topic(self, request: Request) -> Response:
        given, thread = await request.json(), request.path_params["thread"]
        chat = self._which(request)
        acts = {"closed": chat.close_topic, "open": chat.reopen_topic, "deleted": chat.delete_topic}
        if given["state"] not in acts:
            raise ValueError(f"a topic is closed, open or deleted, not {given['state']}")
        acts[given["state"]](self._who(given), thread)
        return answered(**_topic(self._rooms[chat.id].topics[thread]))

    async def _migrate(self, request: Request) -> Response:
        new = self._which(request).migrate(self._who(await request.json()))
        return answered(**chat_json(self._rooms[new.id]))

    def _which(self, request: Request) -> Chat:
        return self._town.chats[int(request.path_params["id"])]

    def _who(self, given: Mapping[str, Any]) -> Person:
        return self._town.people[int(str(given["person"]))]


def chat_json(room: Room) -> dict[str, Any]:
    """A chat for the page: what it is, who is in it, and its topics."""
    return {
        "id": room.id,
        "kind": room.kind,
        "title": room.owner.first_name if room.owner else room.title,
        "members": {str(user): status for user, status in room.members.items()},
        "pinned": room.pinned,
        "is_forum": room.forum,
        "topics": [_topic(topic) for topic in room.topics.values() if not topic.deleted],
        "linked": room.linked,
    }


def message_json(message: MessageView) -> dict[str, Any]:
    """A message for the page: what it shows, its file by id in place of its bytes."""
    told = asdict(message) | {"date": time_json(message.date)}
    del told["photo"], told["document"]
    told["keyboard"] = [[button["raw"] for button in row] for row in told["keyboard"]]
    return told


def time_json(moment: datetime) -> str:
    """A moment as JSON has it."""
    return moment.isoformat()


def answered(**told: Any) -> Response:
    """The answer to what went well."""
    return JSONResponse(told)


def _topic(topic: Topic) -> dict[str, Any]:
    return {"id": topic.id, "name": topic.name, "closed": topic.closed}


def _photos(form: FormData) -> list[UploadFile]:
    photos = [photo for photo in form.getlist("photo") if isinstance(photo, UploadFile)]
    if not photos:
        raise TypeError("the photo must be a file")
    return photos


def _number(form: FormData, name: str) -> int | None:
    value = form.get(name)
    return int(str(value)) if value else None
