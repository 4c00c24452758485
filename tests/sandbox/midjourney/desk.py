"""A provider with options, a client that has its key, and the clock between them."""

import ssl
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from types import TracebackType
from typing import Any, Self

import httpx
from PIL import Image

from sandbox.midjourney.server import MidjourneyServer
from tests.sandbox.midjourney.sheets import opened

KEY = "sk-a-key-of-the-test"
PLAIN = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""All is plain HTTP here; reading the machine's certificates for each client would take longer than the tests."""


class HandClock:
    """Time stands until it is moved; who sleeps moves it."""

    def __init__(self) -> None:
        self.time = datetime(2025, 7, 11, 4, 12, tzinfo=UTC)

    def now(self) -> datetime:
        return self.time

    async def sleep(self, seconds: float) -> None:
        self.move(seconds)

    def move(self, seconds: float) -> None:
        self.time += timedelta(seconds=seconds)


class Desk:
    """`async with Desk(dialect="gateway") as desk`: say, move the clock, look."""

    def __init__(self, *, prefix: str = "", headers: Mapping[str, str] | None = None, **options: Any) -> None:
        self.clock = HandClock()
        self.server = MidjourneyServer(KEY, clock=self.clock, side=128, **options)
        self._prefix = prefix
        self._headers = {"Authorization": f"Bearer {KEY}"} if headers is None else headers

    async def __aenter__(self) -> Self:
        await self.server.start()
        address = self.server.base_url + self._prefix
        self.client = httpx.AsyncClient(base_url=address, headers=dict(self._headers), timeout=5, verify=PLAIN)
        return self

    async def __aexit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        await self.client.aclose()
        await self.server.stop()

    def move(self, seconds: float) -> None:
        self.clock.move(seconds)

    async def submit(self, path: str, **body: Any) -> httpx.Response:
        return await self.client.post(f"/mj/submit/{path}", json=body)

    async def taken(self, path: str, **body: Any) -> str:
        """Submit what has to be accepted; the task's id."""
        answer = await self.submit(path, **body)
        assert answer.status_code == 200
        assert answer.json()["code"] in {1, 21, 22}, answer.text
        return str(answer.json()["result"])

    async def imagine(self, prompt: str = "a cat", **body: Any) -> str:
        return await self.taken("imagine", prompt=prompt, **body)

    async def fetch(self, task_id: str) -> Any:
        answer = await self.client.get(f"/mj/task/{task_id}/fetch")
        assert answer.status_code == 200
        return answer.json()

    async def list(self, *ids: str) -> Any:
        return (await self.client.post("/mj/task/list-by-condition", json={"ids": list(ids)})).json()

    async def grid(self, prompt: str = "a cat") -> Any:
        """A finished grid, as it is shown."""
        task_id = await self.imagine(prompt)
        self.move(60)
        return await self.fetch(task_id)

    async def press(self, parent: Any, part: str) -> httpx.Response:
        """Press the button of a shown task whose customId holds `part`."""
        custom_id = next(one["customId"] for one in parent["buttons"] if part in one["customId"])
        return await self.submit("action", taskId=parent["id"], customId=custom_id)

    async def single(self, prompt: str = "a cat") -> Any:
        """A finished upscale, as it is shown."""
        return await self.pressed(await self.grid(prompt), "upsample::1")

    async def pressed(self, parent: Any, part: str, **answered: str) -> Any:
        """What comes of a press when all is done, as it is shown; a window is answered with `answered`."""
        answer = (await self.press(parent, part)).json()
        assert answer["code"] in {1, 21, 22}, answer
        if answered:
            assert (await self.fetch(answer["result"]))["status"] in {"MODAL", ""}
            assert await self.taken("modal", taskId=answer["result"], **answered) == answer["result"]
        return await self.done(answer["result"])

    async def done(self, task_id: str) -> Any:
        """A task when it is over, as it is shown; it has to succeed."""
        self.move(60)
        shown = await self.fetch(task_id)
        assert shown["status"] == "SUCCESS", shown
        return shown

    async def made(self, path: str, **body: Any) -> Any:
        """What comes of a submit when all is done, as it is shown."""
        return await self.done(await self.taken(path, **body))

    async def look(self, shown: Any) -> Image.Image:
        """The picture of a shown task."""
        answer = await self.client.get(shown["imageUrl"])
        assert answer.status_code == 200, shown["imageUrl"]
        return opened(answer.content)
