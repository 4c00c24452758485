"""The sandbox's world in this process, with a client at its people's side; with the real bot where one is needed."""

from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest

from sandbox.demo import Demo
from sandbox.process import BotProcess


class Desk:
    """The demo and its people's side: `await desk.post("speed", times=4)`, `await desk.state()`."""

    def __init__(self, demo: Demo, client: httpx.AsyncClient) -> None:
        self.demo = demo
        self.client = client

    async def state(self) -> Any:
        return (await self.client.get("/_/desk")).json()

    async def post(self, act: str, **body: Any) -> Any:
        """What has become of it."""
        answer = await self.client.post(f"/_/desk/{act}", json=body)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def refused(self, act: str, body: Any) -> str:
        """The words of a refusal."""
        answer = await self.client.post(f"/_/desk/{act}", json=body)
        assert answer.status_code == 409, answer.text
        return str(answer.json()["error"])

    async def journal(self, after: int = 0, **query: Any) -> Any:
        """What is new, once there is something."""
        asked = {"after": after, "wait": 5} | query
        return (await self.client.get("/_/desk/journal", params=asked)).json()

    async def until(self, what: str, *, times: int = 1) -> list[Any]:
        """All entries, once so many of them that are answered hold `what`."""
        seen: dict[str, Any] = {}
        after = 0
        while True:
            told = await self.journal(after)
            assert told["calls"], f"{what!r} did not happen {times} times"
            seen |= {call["id"]: call for call in told["calls"]}
            found = [one for one in seen.values() if what in one["what"] and (one["status"] or one["side"] == "desk")]
            if len(found) >= times:
                return list(seen.values())
            after = told["last"]

    def bot_api(self, method: str) -> str:
        """Where the bot calls."""
        settings = self.demo.settings(Path())
        return f"{settings['TELEGRAM_API_URL']}/bot{settings['TELEGRAM_BOT_TOKEN']}/{method}"


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    """Without a bot."""
    async with (
        Demo(port=0, speed=2) as demo,
        httpx.AsyncClient(base_url=demo.address, trust_env=False, timeout=20) as client,
    ):
        yield Desk(demo, client)


@pytest.fixture
async def live(desk: Desk, tmp_path: Path) -> AsyncIterator[Desk]:
    """With the real bot, which has come."""
    (tmp_path / "cwd").mkdir()
    settings = desk.demo.settings(tmp_path)
    with (tmp_path / "bot.log").open("ab") as log:
        await desk.demo.desk.bot.begin(partial(BotProcess.start, settings, folder=tmp_path / "cwd", log=log))
        await desk.demo.bot_came(30)
        yield desk
