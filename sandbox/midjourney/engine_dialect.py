"""The HTTP of a bare engine (kind B): routes, bodies, statuses. What happens is the engine's business."""

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
from sandbox.midjourney.kinds import submit_of
from sandbox.midjourney.prices import price_of
from sandbox.midjourney.sending import Sending
from sandbox.midjourney.wire import task_json

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
        self._masks = {} if masks is None else masks
        self._account = account
        self._buttons = buttons
        self._sending = Sending(engine, keep=keep, insists=insists)

    def denied(self, said: str) -> Response:
        """Say nothing, as this engine does."""
        return Response(status_code=401)

    def missing(self, method: str, path: str) -> Response:
        """Let the framework say it."""
        return framework(path, 404, "Not Found")

    def lacking(self, method: str, path: str) -> Response:
        """Know nothing of it."""
        return self.missing(method, path)

    def forget(self, task_id: str) -> None:
        """Nothing is kept here."""

    def read(self, path: str, body: Any) -> Act | Response:
        """Read a submit; what comes back carries it out, or is the framework's own refusal."""
        reader = self._sending.readers.get(submit_of(path) or "")
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
        """A window costs nothing until it is answered; of several tasks each is paid."""
        if self._account is not None and answer.code in {1, 22} and answer.result is not None:
            for task_id in answer.result.split(","):
                self._account.charge(at=now, task_id=task_id, path=path, amount=price_of(path, body))
        return answer
