"""A small town in which everything can be refused: what the table of refusals plays on."""

import asyncio
import json
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from sandbox.serving import Serving


class Stage:
    """Ann and the bot in private, in a group, a supergroup, a forum and a channel. `here` is where calls go to."""

    def __init__(self, api, telegram, ann, picture):
        self.api, self.telegram, self.ann, self.picture = api, telegram, ann, picture
        self.bob = telegram.person("Bob")
        self.small = telegram.group("Small", [ann], kind="group")
        self.group = telegram.group("Group", [ann])
        self.forum = telegram.group("Forum", [ann], forum=True)
        self.channel = telegram.channel("News", ann)
        self.here = ann.private

    async def sent(self, **more):
        """The id of a text of the bot's."""
        return (await self.api("sendMessage", chat_id=self.here.id, text="a", **more))["message_id"]

    async def photo(self):
        """The file_id of a photo of the bot's."""
        sent = await self.api("sendPhoto", {"photo": self.picture()}, chat_id=self.here.id)
        return sent["photo"][-1]["file_id"]

    async def call(self, method, files=None, **params):
        """What a call is refused with; it goes to `here` unless it names another chat, or None for none."""
        params = {"chat_id": self.here.id} | params
        if files:
            params = {
                name: value if isinstance(value, str | int) else json.dumps(value) for name, value in params.items()
            }
        params = {name: value for name, value in params.items() if value is not None}
        return await self.api.refused(method, files, **params)

    async def get(self, path):
        """What an address is refused with."""
        return (await self.api.client.get(f"{self.telegram.root}/{path}")).json()["description"]

    async def conflict(self):
        """What a poll ends with when another comes."""
        first = asyncio.create_task(self.api.refused("getUpdates", offset=2**40, timeout=50))
        await self.telegram.journal.arrived("getUpdates")
        await asyncio.sleep(0.02)
        second = asyncio.create_task(self.api("getUpdates", offset=2**40, timeout=50))
        refusal = await asyncio.wait_for(first, 5)
        self.ann.private.say(self.ann, "enough")
        await second
        return refusal

    @asynccontextmanager
    async def web(self):
        """The address of a page that is no picture, below which there is nothing else."""
        page = Route("/page", lambda _request: PlainTextResponse("words"))
        serving = await Serving(Starlette(routes=[page])).start()
        try:
            yield serving.root
        finally:
            await serving.stop()


def html(text):
    """The parameters of a text with marks."""
    return {"text": text, "parse_mode": "HTML"}


def keyboard(*buttons):
    """The parameters of a text with a row of buttons."""
    return {"text": "a", "reply_markup": {"inline_keyboard": [list(buttons)]}}


def album(*kinds, **more):
    """The parameters of an album whose parts are uploads."""
    return {"media": [{"type": kind, "media": f"attach://{place}"} | more for place, kind in enumerate(kinds)]}
