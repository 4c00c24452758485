import asyncio
from datetime import UTC, datetime, timedelta
from io import BytesIO

import httpx
import pytest
from PIL import Image
from telegram import Bot

from sandbox.telegram import TelegramServer
from sandbox.telegram.errors import ApiError
from tests.sandbox.telegram.bot_api import BotApi

TOKEN = "4242:a-token-of-nobody"
DESCRIPTION = BotApi.load()


class HandClock:
    """Stands still until it is moved."""

    def __init__(self):
        self.time = datetime(2026, 11, 21, 12, tzinfo=UTC)
        self._moved = asyncio.Event()

    def now(self):
        return self.time

    async def sleep(self, seconds):
        until = self.time + timedelta(seconds=seconds)
        while self.time < until:
            await self._moved.wait()

    def move(self, seconds):
        self.time += timedelta(seconds=seconds)
        self._moved.set()
        self._moved = asyncio.Event()


class Api:
    """Calls the Bot API as a bot does; every result must be as the Bot API describes it."""

    def __init__(self, client, root):
        self.client = client
        self.root = root

    def url(self, method):
        return f"{self.root}/bot{TOKEN}/{method}"

    async def __call__(self, method, files=None, **params):
        if files:
            answer = await self.client.post(self.url(method), data=params, files=files)
        else:
            answer = await self.client.post(self.url(method), json=params)
        return self.read(method, answer)

    def read(self, method, answer):
        body = answer.json()
        if not body["ok"]:
            assert answer.status_code == body["error_code"]
            raise ApiError(body["error_code"], body["description"], body.get("parameters"))
        if DESCRIPTION:
            DESCRIPTION.check_result(method, body["result"])
        return body["result"]

    async def refused(self, method, files=None, **params):
        with pytest.raises(ApiError) as refusal:
            await self(method, files, **params)
        return refusal.value.description

    async def updates(self, **params):
        updates = await self("getUpdates", **params)
        for update in updates:
            if DESCRIPTION:
                DESCRIPTION.check_update(update)
        return updates


@pytest.fixture
def clock():
    return HandClock()


@pytest.fixture
async def telegram(clock):
    async with TelegramServer(TOKEN, clock) as server:
        yield server


@pytest.fixture
async def api(telegram):
    async with httpx.AsyncClient(trust_env=False) as client:
        yield Api(client, telegram.root)


@pytest.fixture
async def bot(telegram):
    async with Bot(TOKEN, base_url=f"{telegram.root}/bot", base_file_url=f"{telegram.root}/file/bot") as bot:
        yield bot


@pytest.fixture
def ann(telegram):
    """Somebody who has written to the bot."""
    ann = telegram.person("Ann")
    ann.private.say(ann, "/start")
    return ann


@pytest.fixture
def picture():
    def make(width=40, height=30, colour="teal", form="PNG"):
        kept = BytesIO()
        Image.new("RGB", (width, height), colour).save(kept, form)
        return kept.getvalue()

    return make
