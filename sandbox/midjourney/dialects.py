"""What every dialect can do: read a submit, answer questions, say no in its own words."""

from collections.abc import Callable
from typing import Any, Literal, Protocol

from starlette.responses import Response

from sandbox.midjourney.answers import Answer
from sandbox.midjourney.door import Reading

Name = Literal["engine", "gateway", "change"]
Body = dict[str, Any]
Act = Callable[[int], Answer | Response]
"""Carries a submit out at a time (milliseconds since the epoch)."""


class Dialect(Protocol):
    """One way to speak the API over the same engine."""

    @property
    def prefixes(self) -> tuple[str, ...]:
        """The mode prefixes that it serves unless told otherwise; "" is none."""

    @property
    def reading(self) -> Reading:
        """How it reads keys."""

    def denied(self, said: str) -> Response:
        """The key is not good."""

    def missing(self, method: str, path: str) -> Response:
        """There is no such path."""

    def lacking(self, method: str, path: str) -> Response:
        """This path is known, but nothing stands behind it."""

    def read(self, path: str, body: Any) -> Act | Response:
        """Read a submit; what comes back carries it out, or is a refusal.

        Reading may take long (images are decoded) and touches no task, so it may run in a thread.
        """

    def ask(self, method: str, path: str, body: Any, now: int) -> Response:
        """Answer whatever isn't a submit."""

    def listed(self, ids: list[str] | None, now: int) -> list[Body]:
        """Return tasks as they are shown now, the newest first; None: all of them."""

    def forget(self, task_id: str) -> None:
        """Lose a task."""
