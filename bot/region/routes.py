"""The page's addresses: its files, and what it asks."""

import asyncio
import base64
import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import asdict
from pathlib import Path

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.region.answers import HEADERS, POLICY, NotTaken, answered, spoken, told
from bot.region.door import RegionDoor
from messages.locale import LANGUAGES, locale_for
from messages.painting import Trouble, page_words

PAGE = Path(__file__).parent / "page"
FILES = {
    "/": ("index.html", "text/html"),
    "/app.js": ("app.js", "text/javascript"),
    "/style.css": ("style.css", "text/css"),
}
WORDS = "/words.js"
"""The fourth: the page's words in all languages, so that it can speak before anybody has answered."""
OPEN_BYTES = 16 * 1024
PAINT_BYTES = 8 * 1024 * 1024
PNG_URL = "data:image/png;base64,"
PICTURES = ("image/jpeg", "image/png", "image/webp")


def build_region(door: RegionDoor, frames: Sequence[str] = ()) -> list[Route]:
    """The routes, to be mounted. Nothing is kept here: whoever has a ticket of the door's has its canvas.

    `frames` are the origins that may show the page beside Telegram's own.
    """

    async def open_canvas(request: Request) -> Response:
        init_data, window = await told(request, OPEN_BYTES, "initData", "window")
        return JSONResponse(asdict(await door.open(init_data, window)), headers=HEADERS)

    async def picture(request: Request) -> Response:
        data, kind = await door.picture(request.path_params["ticket"], spoken(request))
        return Response(data, media_type=kind if kind in PICTURES else "application/octet-stream", headers=HEADERS)

    async def paint(request: Request) -> Response:
        ticket, prompt, mask = await told(request, PAINT_BYTES, "ticket", "prompt", "mask")
        png = await asyncio.to_thread(_png, mask)
        sentence = await door.paint(ticket, prompt, png, spoken(request))
        return JSONResponse({"sentence": sentence}, headers=HEADERS)

    return [
        *(Route(path, _file((PAGE / name).read_bytes(), kind, frames)) for path, (name, kind) in FILES.items()),
        Route(WORDS, _file(_all_words(), "text/javascript", frames)),
        Route("/open", answered(open_canvas), methods=["POST"]),
        Route("/picture/{ticket}", answered(picture)),
        Route("/paint", answered(paint), methods=["POST"]),
    ]


def _all_words() -> bytes:
    table = {tag: page_words(locale_for(tag)) for tag in LANGUAGES}
    return f"export const WORDS = {json.dumps(table, ensure_ascii=False)};\n".encode()


def _file(data: bytes, kind: str, frames: Sequence[str]) -> Callable[[Request], Awaitable[Response]]:
    # the page itself names who has opened it, in its address; script and style are everybody's
    caching = {} if kind == "text/html" else {"Cache-Control": "no-cache"}
    headers = HEADERS | caching | {"Content-Security-Policy": " ".join((POLICY, *frames))}  # its last rule is on frames

    async def file(_request: Request) -> Response:
        return Response(data, media_type=kind, headers=headers)

    return file


def _png(data_url: str) -> bytes:
    head, comma, data = data_url.partition(",")
    if head + comma != PNG_URL:
        raise NotTaken(400, Trouble.NOT_UNDERSTOOD)
    try:
        return base64.b64decode(data, validate=True)
    except ValueError:
        raise NotTaken(400, Trouble.NOT_UNDERSTOOD) from None
