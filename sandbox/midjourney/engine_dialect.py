"""The HTTP of a bare engine (kind B): routes, bodies, statuses. What happens is the engine's business."""

import re
from collections.abc import Callable
from typing import Any

from starlette.responses import JSONResponse, Response

from sandbox.midjourney import answers, fields
from sandbox.midjourney.account import Account
from sandbox.midjourney.answers import Answer
from sandbox.midjourney.dialects import Act, Body
from sandbox.midjourney.door import Reading
from sandbox.midjourney.engine import Engine
from sandbox.midjourney.envelopes import framework
from sandbox.midjourney.prices import price_of
from sandbox.midjourney.wire import task_json
from sandbox.painter.blend import source

DIMENSIONS = {"PORTRAIT": 2 / 3, "SQUARE": 1.0, "LANDSCAPE": 1.5}
Carry = Callable[[int], Answer]
Read = Callable[[Body], Carry]
NOTHING: Body = {}


class EngineDialect:
    """Reads requests, asks the engine, shapes answers.

    `keep` stores an image and returns its address; `masks` let tasks be shown otherwise; what is taken on is charged
    to `account` if there is one; without `buttons` every task shows null in their place; with `insists` an action
    must carry `chooseSameChannel` as text.
    """

    prefixes: tuple[str, ...] = ("",)
    reading: Reading = "exact"

    def __init__(
        self,
        engine: Engine,
        *,
        base: Callable[[], str],
        keep: Callable[[bytes], str],
        masks: dict[str, Body] | None = None,
        account: Account | None = None,
        buttons: bool = True,
        insists: bool = False,
    ) -> None:
        self._engine = engine
        self._base = base
        self._keep = keep
        self._masks = {} if masks is None else masks
        self._account = account
        self._buttons = buttons
        self._insists = insists
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

    def denied(self, said: str) -> Response:
        """Say nothing, as this engine does."""
        return Response(status_code=401)

    def missing(self, method: str, path: str) -> Response:
        """Let the framework say it."""
        return framework(path, 404, "Not Found")

    def forget(self, task_id: str) -> None:
        """Nothing is kept here."""

    def read(self, path: str, body: Any) -> Act | Response:
        """Read a submit; what comes back carries it out, or is the framework's own refusal."""
        reader = self._submits.get(path.removeprefix("/mj/submit/"))
        if reader is None:
            return framework(path, 404, "Not Found")
        if not isinstance(body, dict):
            return framework(path, 400, "Bad Request")
        try:
            act = reader(body)
        except fields.UnreadableError:
            return framework(path, 400, "Bad Request")
        except fields.RefusedError as refused:
            answer = answers.invalid(str(refused))
            return lambda _now: answer
        return lambda now: self._paid(act(now), path, body, now)

    def ask(self, method: str, path: str, body: Any, now: int) -> Response:
        """Answer whatever isn't a submit."""
        ids = body.get("ids") if isinstance(body, dict) else None
        match method, path.removeprefix("/mj/task/").split("/"):
            case "POST", ["list-by-condition" | "list-by-ids"]:
                if not isinstance(ids, list):
                    return framework(path, 400, "Bad Request")
                return JSONResponse(self.listed([str(one) for one in ids], now))
            case "GET", ["list"]:
                return JSONResponse(self.listed(None, now))
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
        return shown | ({} if self._buttons else {"buttons": None}) | self._masks.get(task_id, NOTHING)

    def listed(self, ids: list[str] | None, now: int) -> list[Body]:
        """Return the tasks that are known, in no order that was asked for."""
        found = (self.fetch(one, now) for one in sorted(set(self._engine.tasks if ids is None else ids), reverse=True))
        return [shown for shown in found if shown is not None]

    def _paid(self, answer: Answer, path: str, body: Body, now: int) -> Answer:
        """A window costs nothing until it is answered."""
        if self._account is not None and answer.code in {1, 22} and answer.result is not None:
            self._account.charge(at=now, task_id=answer.result, path=path, amount=price_of(path, body))
        return answer

    def _imagine(self, body: Body) -> Carry:
        ask, prompt = fields.ask_of(body), fields.text(body, "prompt")
        addresses = [self._keep(_readable(one)) for one in fields.images(body)]
        words = " ".join([*addresses, prompt]) if prompt.strip() else ""
        return lambda now: self._engine.imagine(words, ask, now)

    def _blend(self, body: Body) -> Carry:
        dimensions = fields.text(body, "dimensions") or "SQUARE"
        if dimensions not in DIMENSIONS:
            raise fields.UnreadableError("dimensions")
        ask, sources = fields.ask_of(body), fields.images(body)
        if not 2 <= len(sources) <= 5:
            raise fields.RefusedError("base64List参数错误")
        readable = tuple(_readable(one) for one in sources)
        return lambda now: self._engine.blend(readable, DIMENSIONS[dimensions], ask, now)

    def _describe(self, body: Body) -> Carry:
        ask = fields.ask_of(body)
        if not fields.text(body, "base64"):
            raise fields.RefusedError("base64不能为空")
        image = _readable(fields.image(body["base64"]))
        return lambda now: self._engine.describe(image, ask, now)

    def _shorten(self, body: Body) -> Carry:
        ask, prompt = fields.ask_of(body), fields.text(body, "prompt")
        return lambda now: self._engine.shorten(prompt, ask, now)

    def _action(self, body: Body) -> Carry:
        ask, task_id, custom_id = fields.ask_of(body), fields.text(body, "taskId"), fields.text(body, "customId")
        if not task_id.strip() or not custom_id.strip():
            raise fields.RefusedError("taskId和customId不能为空")
        if self._insists and not isinstance(body.get("chooseSameChannel"), str):
            raise fields.UnreadableError("chooseSameChannel")
        return lambda now: self._engine.action(task_id, custom_id, ask, now)

    def _change(self, body: Body) -> Carry:
        ask, task_id = fields.ask_of(body), fields.text(body, "taskId")
        if not task_id.strip():
            raise fields.RefusedError("taskId不能为空")
        action, index = fields.text(body, "action"), fields.index(body)
        return lambda now: self._engine.change(task_id, action, index, ask, now)

    def _simple_change(self, body: Body) -> Carry:
        found = re.fullmatch(r"(\S+) (?:([UVuv])([1-4])|([Rr]))", fields.text(body, "content"))
        if found is None:
            raise fields.RefusedError("content参数错误")
        action = {"U": "UPSCALE", "V": "VARIATION", "R": "REROLL"}[(found[2] or found[4]).upper()]
        task_id, index, ask = found[1], int(found[3]) if found[3] else None, fields.ask_of(body)
        return lambda now: self._engine.change(task_id, action, index, ask, now)

    def _modal(self, body: Body) -> Carry:
        coded = fields.text(body, "maskBase64")
        mask = fields.image(coded, prefix=False) if coded else b""
        task_id, prompt = fields.text(body, "taskId"), fields.text(body, "prompt")
        return lambda now: self._engine.modal(task_id, prompt, mask, now)


def _readable(data: bytes) -> bytes:
    try:
        return source(data)
    except ValueError as error:
        raise fields.RefusedError("base64格式错误") from error
