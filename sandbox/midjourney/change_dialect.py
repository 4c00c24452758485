"""The HTTP of a reseller that knows only `change` for follow-ups: no buttons are pressed, no windows open."""

from typing import Any

from starlette.responses import Response

from sandbox.midjourney import answers
from sandbox.midjourney.account import Account
from sandbox.midjourney.answers import Answer
from sandbox.midjourney.buttons import read_press
from sandbox.midjourney.dialects import Act, Body
from sandbox.midjourney.door import Reading
from sandbox.midjourney.engine import Engine
from sandbox.midjourney.engine_dialect import EngineDialect
from sandbox.midjourney.envelopes import invalid_url, openai, upstream
from sandbox.midjourney.fields import ask_of
from sandbox.midjourney.kinds import submit_of
from sandbox.midjourney.prices import price_of
from sandbox.midjourney.strict import MistypedError, bound, lacking

KNOWN = frozenset({"imagine", "describe", "blend", "change"})


class ChangeDialect:
    """Fewer paths before the same engine. A change that was asked for before is answered with its task (code 21)."""

    prefixes: tuple[str, ...] = ("",)
    reading: Reading = "gateway"

    def __init__(self, engine: Engine, front: EngineDialect, *, account: Account) -> None:
        self._engine = engine
        self._front = front
        self._account = account
        self._changes: dict[tuple[str, str, int], str] = {}

    def denied(self, said: str) -> Response:
        """Say why."""
        return openai(said, 401, code="")

    def missing(self, method: str, path: str) -> Response:
        """Refuse a path."""
        return invalid_url(method, path)

    def lacking(self, method: str, path: str) -> Response:
        """Refuse a path."""
        return self.missing(method, path)

    def forget(self, task_id: str) -> None:
        """Forget that a task was a change."""
        self._changes = {asked: made for asked, made in self._changes.items() if made != task_id}

    def read(self, path: str, body: Any) -> Act | Response:
        """Read one of the few submits."""
        name = submit_of(path) or ""
        if name not in KNOWN:
            return self.missing("POST", path)
        try:
            sent = bound(body)
        except MistypedError as error:
            return openai(f"Invalid request, {error}", 400)
        if (missed := lacking(name, sent)) is not None:
            return upstream(missed)
        act = self._reroll(sent) if sent.get("action") == "REROLL" else self._front.read(path, sent)
        if isinstance(act, Response):
            return act
        return lambda now: self._carry_out(path, sent, act, now)

    def ask(self, method: str, path: str, body: Any, now: int) -> Response:
        """Answer about tasks."""
        match method, path.removeprefix("/mj/task/").split("/"):
            case ("POST", ["list-by-condition"]) | ("GET", [_, "fetch"]):
                return self._front.ask(method, path, body, now)
            case _:
                return self.missing(method, path)

    def listed(self, ids: list[str] | None, now: int) -> list[Body]:
        """Return the tasks that are known."""
        return self._front.listed(ids, now)

    def _carry_out(self, path: str, sent: Body, act: Act, now: int) -> Answer | Response:
        action = str(sent.get("action"))
        asked = (str(sent.get("taskId")), action, 0 if action == "REROLL" else int(sent.get("index") or 0))
        if (existing := self._existing(asked, now)) is not None:
            return existing
        price = price_of(path, sent)
        if not self._account.can_pay(price):
            return upstream("quota_not_enough")
        answer = act(now)
        if not isinstance(answer, Response) and answer.accepted and answer.result is not None:
            self._account.charge(at=now, task_id=answer.result, path=path, amount=price)
            if path.endswith("/change"):
                self._changes[asked] = answer.result
        return answer

    def _existing(self, asked: tuple[str, str, int], now: int) -> Answer | None:
        shown = self._front.fetch(self._changes.get(asked, ""), now)
        if shown is None:
            return None
        told = {"status": shown["status"], "imageUrl": shown["imageUrl"]}
        return Answer(code=21, description="任务已存在", result=shown["id"], properties=told)

    def _reroll(self, sent: Body) -> Act:
        """The engine finds a change by its button's label, and a reroll's has none."""

        def act(now: int) -> Answer:
            seen = self._engine.see(sent["taskId"], now)
            if seen is None:
                return answers.missing("关联任务不存在或已失效")
            task, seen_as = seen
            if seen_as.status != "SUCCESS":
                return answers.invalid("关联任务状态错误")
            for button in task.work.buttons(task.job):
                if (press := read_press(button["customId"])) is not None and press.kind == "reroll":
                    return self._engine.action(sent["taskId"], button["customId"], ask_of(sent), now)
            return answers.invalid("关联任务不允许执行变化")

        return act
