"""The HTTP of a bare engine (kind B): routes, bodies, statuses. What happens is the engine's business."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from starlette.responses import JSONResponse, Response

from sandbox.midjourney import answers, fields
from sandbox.midjourney.answers import Answer
from sandbox.midjourney.engine import Engine
from sandbox.midjourney.wire import task_json
from sandbox.painter.blend import source

DIMENSIONS = {"PORTRAIT": 2 / 3, "SQUARE": 1.0, "LANDSCAPE": 1.5}
Body = dict[str, Any]
Act = Callable[[int], Answer]
Read = Callable[[Body], Act]
NOTHING: Body = {}


class EngineDialect:
    """Reads requests, asks the engine, shapes answers.

    `auth` names the headers that the key is read from; `keep` stores an image and returns its address.
    """

    def __init__(
        self, engine: Engine, *, key: str, auth: str, base: Callable[[], str], keep: Callable[[bytes], str]
    ) -> None:
        secret, bearer = ("mj-api-secret", key), ("authorization", f"Bearer {key}")
        ways = {"bearer": [bearer], "mj-api-secret": [secret], "both": [bearer, secret]}
        if auth not in ways:
            raise ValueError(f"there is no way to authorize called {auth!r}")
        self._passes = ways[auth]
        self._engine = engine
        self._base = base
        self._keep = keep
        self.masks: dict[str, Body] = {}
        self._submits: dict[str, Read] = {
            "imagine": self._imagine,
            "blend": self._blend,
            "describe": self._describe,
            "shorten": self._shorten,
            "action": self._action,
            "change": self._change,
            "simple-change": self._simple_change,
            "modal": self._modal,
        }

    def allows(self, headers: Mapping[str, str]) -> bool:
        """Whether a request carries the key."""
        return any(headers.get(name) == value for name, value in self._passes)

    def read(self, path: str, body: Any) -> Act | Response:
        """Read a submit. What comes back carries it out at a time, or is the framework's own refusal.

        Reading may take long (images are decoded) and touches no task, so it may run in a thread.
        """
        reader = self._submits.get(path.removeprefix("/mj/submit/"))
        if reader is None:
            return framework(path, 404, "Not Found")
        if not isinstance(body, dict):
            return framework(path, 400, "Bad Request")
        try:
            return reader(body)
        except fields.UnreadableError:
            return framework(path, 400, "Bad Request")
        except fields.RefusedError as refused:
            answer = answers.invalid(str(refused))
            return lambda _now: answer

    def ask(self, method: str, path: str, body: Any, now: int) -> Response:
        """Answer whatever isn't a submit."""
        ids = body.get("ids") if isinstance(body, dict) else None
        match method, path.removeprefix("/mj/task/").split("/"):
            case "POST", ["list-by-condition" | "list-by-ids"]:
                if not isinstance(ids, list):
                    return framework(path, 400, "Bad Request")
                return JSONResponse(self.listed([str(one) for one in ids], now))
            case "GET", ["list"]:
                return JSONResponse(self.listed(list(self._engine.tasks), now))
            case "GET", ["queue"]:
                self._engine.line.advance(now)
                return JSONResponse(self.listed(list(self._engine.line.waiting), now))
            case "GET", [task_id, "fetch"]:
                shown = self.fetch(task_id, now)
                return Response() if shown is None else JSONResponse(shown)
            case "GET", [task_id, "image-seed"]:
                return JSONResponse(self._engine.image_seed(task_id, now).json())
            case "POST", [task_id, "cancel"]:
                return JSONResponse(self._engine.cancel(task_id, now).json())
            case _:
                return framework(path, 404, "Not Found")

    def fetch(self, task_id: str, now: int) -> Body | None:
        """Return one task as JSON, None if it is unknown."""
        seen = self._engine.see(task_id, now)
        if seen is None:
            return None
        shown = task_json(*seen, base=self._base(), side=self._engine.side)
        return shown | self.masks.get(task_id, NOTHING)

    def listed(self, ids: list[str], now: int) -> list[Body]:
        """Return the tasks that are known, in no order that was asked for."""
        found = (self.fetch(task_id, now) for task_id in sorted(set(ids), reverse=True))
        return [shown for shown in found if shown is not None]

    def _imagine(self, body: Body) -> Act:
        ask, prompt = fields.ask_of(body), fields.text(body, "prompt")
        addresses = [self._keep(_readable(one)) for one in fields.images(body)]
        words = " ".join([*addresses, prompt]) if prompt.strip() else ""
        return lambda now: self._engine.imagine(words, ask, now)

    def _blend(self, body: Body) -> Act:
        dimensions = fields.text(body, "dimensions") or "SQUARE"
        if dimensions not in DIMENSIONS:
            raise fields.UnreadableError("dimensions")
        ask, sources = fields.ask_of(body), fields.images(body)
        if not 2 <= len(sources) <= 5:
            raise fields.RefusedError("base64List参数错误")
        readable = tuple(_readable(one) for one in sources)
        return lambda now: self._engine.blend(readable, DIMENSIONS[dimensions], ask, now)

    def _describe(self, body: Body) -> Act:
        ask = fields.ask_of(body)
        if not fields.text(body, "base64"):
            raise fields.RefusedError("base64不能为空")
        image = _readable(fields.image(body["base64"]))
        return lambda now: self._engine.describe(image, ask, now)

    def _shorten(self, body: Body) -> Act:
        ask, prompt = fields.ask_of(body), fields.text(body, "prompt")
        return lambda now: self._engine.shorten(prompt, ask, now)

    def _action(self, body: Body) -> Act:
        ask, task_id, custom_id = fields.ask_of(body), fields.text(body, "taskId"), fields.text(body, "customId")
        if not task_id.strip() or not custom_id.strip():
            raise fields.RefusedError("taskId和customId不能为空")
        return lambda now: self._engine.action(task_id, custom_id, ask, now)

    def _change(self, body: Body) -> Act:
        ask, task_id = fields.ask_of(body), fields.text(body, "taskId")
        if not task_id.strip():
            raise fields.RefusedError("taskId不能为空")
        action, index = fields.text(body, "action"), fields.index(body)
        return lambda now: self._engine.change(task_id, action, index, ask, now)

    def _simple_change(self, body: Body) -> Act:
        found = re.fullmatch(r"(\S+) (?:([UVuv])([1-4])|([Rr]))", fields.text(body, "content"))
        if found is None:
            raise fields.RefusedError("content参数错误")
        action = {"U": "UPSCALE", "V": "VARIATION", "R": "REROLL"}[(found[2] or found[4]).upper()]
        task_id, index, ask = found[1], int(found[3]) if found[3] else None, fields.ask_of(body)
        return lambda now: self._engine.change(task_id, action, index, ask, now)

    def _modal(self, body: Body) -> Act:
        coded = fields.text(body, "maskBase64")
        mask = fields.image(coded, prefix=False) if coded else b""
        task_id, prompt = fields.text(body, "taskId"), fields.text(body, "prompt")
        return lambda now: self._engine.modal(task_id, prompt, mask, now)


def framework(path: str, status: int, error: str) -> Response:
    """What the engine's framework says by itself, before any of the engine's code runs."""
    return JSONResponse(
        {"timestamp": "2025-07-11T04:12:00.000+00:00", "status": status, "error": error, "path": path}, status
    )


def _readable(data: bytes) -> bytes:
    try:
        return source(data)
    except ValueError as error:
        raise fields.RefusedError("base64格式错误") from error
