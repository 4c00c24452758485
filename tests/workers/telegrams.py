"""A Telegram that takes every call, and remembers what it was asked."""

import json
from typing import Any

from telegram import Bot
from telegram.request import BaseRequest, RequestData

MESSAGE = {"message_id": 77, "date": 1, "chat": {"id": 7, "type": "private"}}


class Telegram(BaseRequest):
    """Answers every send with the same message."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, dict[str, Any]]] = []
        """Method and parameters."""

    @property
    def read_timeout(self) -> float | None:
        """The library asks for it."""
        return 5.0

    async def initialize(self) -> None:
        """Nothing to do."""

    async def shutdown(self) -> None:
        """Nothing to do."""

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_args: Any, **_kwargs: Any
    ) -> tuple[int, bytes]:
        """Remember, and agree."""
        assert method == "POST"
        self.calls.append((url.rsplit("/", 1)[-1], dict(request_data.parameters) if request_data else {}))
        return 200, json.dumps({"ok": True, "result": MESSAGE}).encode()

    def bot(self) -> Bot:
        """A bot that talks to it."""
        return Bot("1:token", request=self, get_updates_request=self)
