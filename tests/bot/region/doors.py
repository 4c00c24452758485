"""A door that the page can be tried at: it knows one bot's token, and keeps what was painted."""

import asyncio
import hashlib
import hmac
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from urllib.parse import quote

from PIL import Image
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Mount, Route

from bot.initdata import verify
from bot.region import Canvas, DoorClosed, build_region
from workers.mask import portable

TOKEN = "700700700:AAE-canary-token-aaaaaaaaaaaaaaaaaaa"
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
SIZE = (832, 1216)
TICKET = "t1ck.et-_~"


def signed(*, age: timedelta = timedelta(), **more: str) -> str:
    """Init data as Telegram hands it to the page."""
    user = {"id": 42, "first_name": "Ann & co", "language_code": "en"}
    fields = {"user": json.dumps(user), "auth_date": str(int((NOW - age).timestamp())), "chat_type": "sender"} | more
    said = "\n".join(f"{key}={value}" for key, value in sorted(fields.items()))
    secret = hmac.digest(b"WebAppData", TOKEN.encode(), hashlib.sha256)
    fields["hash"] = hmac.new(secret, said.encode(), hashlib.sha256).hexdigest()
    return "&".join(f"{key}={quote(value, safe='')}" for key, value in fields.items())


@cache
def gradient(size: tuple[int, int] = SIZE) -> bytes:
    """Some picture."""
    out = io.BytesIO()
    bands = (Image.linear_gradient("L").rotate(turn).resize(size) for turn in (0, 90, 180))
    Image.merge("RGB", tuple(bands)).save(out, "PNG")
    return out.getvalue()


@dataclass
class Painted:
    """What came through the door."""

    user_id: int
    window: str
    prompt: str
    mask: bytes
    """In the portable form."""
    sent: bytes
    """As the page sent it."""


@dataclass
class FakeDoor:
    """Keeps what was painted; with `closed` it says that instead."""

    size: tuple[int, int] = SIZE
    image: bytes = b""
    kind: str = "image/png"
    title: str = "Vary (Region)"
    prompt: str = "a red fox in the snow --ar 2:3"
    closed: Exception | None = None
    opened: tuple[int, str] | None = None
    painted: list[Painted] = field(default_factory=list)
    language: str = "en-GB"
    spoken: str | None = None
    """The language of the page, as it told last."""

    async def open(self, init_data: str, window: str) -> Canvas:
        data = verify(init_data, token=TOKEN, now=NOW)
        self.opened = (data.user_id, window)
        width, height = self.size
        return Canvas(
            ticket=TICKET, width=width, height=height, prompt=self.prompt, title=self.title, language=self.language
        )

    async def picture(self, ticket: str, language: str | None) -> tuple[bytes, str]:
        self._check(ticket)
        self.spoken = language
        return self.image or gradient(self.size), self.kind

    async def paint(self, ticket: str, prompt: str, mask_png: bytes, language: str | None) -> str:
        self._check(ticket)
        if self.closed:
            raise self.closed
        mask = await asyncio.to_thread(portable, mask_png, *self.size)
        user_id, window = self.opened or (0, "")
        self.painted.append(Painted(user_id, window, prompt, mask, mask_png))
        return "On its way: look into the chat."

    def _check(self, ticket: str) -> None:
        if ticket != TICKET:
            raise DoorClosed("This window has closed.")


FRAME = """<!doctype html><html lang="en"><link rel="icon" href="data:,"><title>frame</title><script>
const heard = []; addEventListener("message", (event) => heard.push([event.origin === location.origin, event.data]));
</script><iframe id="app" width="380" height="700"></iframe></html>"""


def build(door: FakeDoor, frames: Sequence[str] = ()) -> Starlette:
    """The page where the app will have it, and beside it one that puts it into a frame."""

    async def frame(_request: Request) -> HTMLResponse:
        return HTMLResponse(FRAME)

    app = Starlette(routes=[Mount("/app/region", routes=build_region(door, frames)), Route("/frame", frame)])
    app.router.redirect_slashes = False  # as the bot has it
    return app
