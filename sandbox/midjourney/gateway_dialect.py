"""The HTTP of a gateway (kind D) before an engine: strict bodies, copies that lag, codes rewritten, all paid."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from starlette.responses import JSONResponse, Response

from sandbox.midjourney.account import Account
from sandbox.midjourney.answers import Answer
from sandbox.midjourney.copies import Copies, Row, blank
from sandbox.midjourney.dialects import Act, Body
from sandbox.midjourney.door import Reading
from sandbox.midjourney.engine_dialect import EngineDialect
from sandbox.midjourney.envelopes import invalid_url, openai, upstream
from sandbox.midjourney.kinds import submit_of
from sandbox.midjourney.prices import PRICES, action_of
from sandbox.midjourney.strict import MistypedError, bound, lacking

MODELS = {
    "imagine": "mj_imagine",
    "blend": "mj_blend",
    "describe": "mj_describe",
    "shorten": "mj_shorten",
    "action": "mj_action",
    "modal": "mj_modal",
    "change": "mj_change",
    "video": "mj_video",
    "edits": "mj_edits",
    "upload-discord-images": "mj_upload",
    "swap": "swap_face",
    "simple-change": "mj_",  # taken for a change without an action, for which nobody has a channel
}
OF_ANOTHER = frozenset({"action", "modal", "change"})
STAYS_A_WINDOW = frozenset({"INPAINT", "CUSTOM_ZOOM"})


class GatewayDialect:
    """Reads requests, asks the engine, keeps rows.

    `server` is the address it believes to have: picture addresses start with it; None leaves the engine's own.
    """

    prefixes: tuple[str, ...] = ("", "/mj-fast", "/mj-relax", "/mj-turbo")
    reading: Reading = "gateway"

    def __init__(
        self,
        engine: EngineDialect,
        *,
        account: Account,
        server: Callable[[], str | None],
        masks: dict[str, Body],
        refresh: float,
        now: int,
        insists: bool = False,
    ) -> None:
        self._engine = engine
        self._account = account
        self._server = server
        self._masks = masks
        self._insists = insists
        self.copies = Copies(see=engine.fetch, account=account, every=round(refresh * 1000), now=now)

    def denied(self, said: str) -> Response:
        """Say why, with nothing of the right key in it."""
        return openai(said, 401, code="")

    def missing(self, method: str, path: str) -> Response:
        """Refuse a path."""
        return invalid_url(method, path)

    def lacking(self, method: str, path: str) -> Response:
        """Find no channel for a submit."""
        name = submit_of(path)
        if name not in MODELS:
            return self.missing(method, path)
        told = f"No available channel for model {MODELS[name]} under group default"
        return openai(told, 503, code="model_not_found")

    def forget(self, task_id: str) -> None:
        """Lose the rows."""
        self.copies.forget(task_id)

    def read(self, path: str, body: Any) -> Act | Response:
        """Bind, find a price, and leave the rest to the time when it is carried out."""
        name = submit_of(path) or ""
        if name == "simple-change":
            return self.lacking("POST", path)
        if name not in MODELS:
            return self.missing("POST", path)
        try:
            sent = bound(body)
            action = action_of(path, sent)
        except MistypedError as error:
            return openai(f"Invalid request, {error}", 400)
        except ValueError as error:
            if not sent.get("customId"):
                return openai("Invalid request, custom_id_is_required", 400)
            return openai(f"Panic detected, error: {error}", 500, kind="new_api_panic")
        return self._read(name, path, sent, action)

    def ask(self, method: str, path: str, body: Any, now: int) -> Response:
        """Answer from the copies."""
        self.copies.catch_up(now)
        match method, path.removeprefix("/mj/").split("/"):
            case "POST", ["task", "list-by-condition"]:
                ids = body.get("ids") if isinstance(body, dict) else None
                if not isinstance(ids, list) or not all(isinstance(one, str) for one in ids):
                    return upstream("bind_request_body_failed")
                return JSONResponse(self.listed(ids, now))
            case "GET", ["task", task_id, "fetch"]:
                row = self.copies.first(task_id)
                return upstream("task_no_found") if row is None else JSONResponse(self._json(row))
            case "GET", ["task", task_id, "image-seed"]:
                if self.copies.first(task_id) is None:
                    return upstream("task_no_found")
                return self._engine.ask(method, path, body, now)
            case "POST", ["notify"]:
                return openai("API not implemented", 501, code="api_not_implemented")
            case _:
                return self.missing(method, path)

    def listed(self, ids: list[str] | None, now: int) -> list[Body]:
        """Return rows, not tasks: an id may come twice."""
        self.copies.catch_up(now)
        return [self._json(row) for row in self.copies.all(ids)]

    def _read(self, name: str, path: str, sent: Body, action: str | None) -> Act | Response:
        if name == "action" and action is None:
            return openai(f"Invalid request, unknown_action:{sent['customId']}", 400)
        if name == "action" and self._insists and not isinstance(sent.get("chooseSameChannel"), str):
            return openai("Invalid request, chooseSameChannel is required", 400)
        if (missed := lacking(name, sent)) is not None:
            return upstream(missed)
        if action is None:
            return openai("Invalid request, unknown_action:", 400)
        act = self._engine.read(path, sent)
        if isinstance(act, Response):
            return act
        return lambda now: self._carry_out(name, path, sent, action, act, now)

    def _carry_out(self, name: str, path: str, sent: Body, action: str, act: Act, now: int) -> Answer | Response:
        self.copies.catch_up(now)
        prompt = str(sent.get("prompt", ""))
        if name in OF_ANOTHER:
            parent = self.copies.first(sent["taskId"])
            if parent is None:
                return upstream("task_not_found")
            if name != "modal" and parent.shown["status"] != "SUCCESS":
                return upstream("task_status_not_success")
            prompt = parent.shown["prompt"]
        price = PRICES[action]
        if not self._account.can_pay(price):
            return upstream("quota_not_enough")
        answer = act(now)
        if isinstance(answer, Response) or not answer.accepted or answer.result is None:
            return answer
        charge = self._account.charge(at=now, task_id=answer.result, path=path, amount=price)
        told = answer.description
        shown = blank(task_id=answer.result, action=action, prompt=prompt, description=told, now=now)
        self.copies.add(Row(task_id=answer.result, born=now, shown=shown, charge=charge))
        return _rewritten(answer, action)

    def _json(self, row: Row) -> Body:
        address, server = row.image, self._server()
        if address and server is not None:
            unfinished = "" if row.shown["status"] == "SUCCESS" else f"?rand={row.shown['startTime']}"
            address = f"{server}/mj/image/{row.task_id}{unfinished}"
        return row.shown | {"imageUrl": address} | self._masks.get(row.task_id, {})


def _rewritten(answer: Answer, action: str) -> Answer:
    """A place in the queue is hidden, and so is a window that doesn't always open."""
    hidden = answer.code == 22 or (answer.code == 21 and action not in STAYS_A_WINDOW)
    return replace(answer, code=1) if hidden else answer
