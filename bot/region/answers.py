"""How the page's server takes and gives: bodies with an end, strict headers, and a sentence for whatever goes wrong."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any

import structlog
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from bot import initdata
from bot.initdata import InitDataRefused
from bot.region.door import DoorClosed
from messages.locale import chosen
from messages.painting import Trouble, trouble
from workers import mask
from workers.mask import MaskRefused

log = structlog.stdlib.get_logger(__name__)

PATIENCE = 60.0
"""Seconds for a body to arrive: a mask over a slow line."""
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors https://web.telegram.org 'self'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}

INIT_DATA = {
    initdata.Fault.MALFORMED: Trouble.NOT_FROM_TELEGRAM,
    initdata.Fault.FORGED: Trouble.NOT_FROM_TELEGRAM,
    initdata.Fault.NO_USER: Trouble.NOT_FROM_TELEGRAM,
    initdata.Fault.EXPIRED: Trouble.TOO_OLD,
    initdata.Fault.FROM_THE_FUTURE: Trouble.TOO_YOUNG,
}
MASK = {
    mask.Fault.UNREADABLE: Trouble.NOT_UNDERSTOOD,
    mask.Fault.NOT_PNG: Trouble.NOT_UNDERSTOOD,
    mask.Fault.OTHER_SIZE: Trouble.NOT_UNDERSTOOD,
    mask.Fault.TOO_LARGE: Trouble.TOO_MUCH,
    mask.Fault.NOTHING_MARKED: Trouble.NOTHING_MARKED,
    mask.Fault.EVERYTHING_MARKED: Trouble.EVERYTHING_MARKED,
}

Endpoint = Callable[[Request], Awaitable[Response]]


class NotTaken(Exception):  # noqa: N818 - a fact, as all our errors are
    """A request that can't be taken, and why."""

    def __init__(self, status: int, why: Trouble) -> None:
        super().__init__(why)
        self.status = status
        self.why = why


def answered(endpoint: Endpoint) -> Endpoint:
    """The same, with every failure as JSON: `{"error": sentence}`."""

    @wraps(endpoint)
    async def answer(request: Request) -> Response:
        try:
            return await endpoint(request)
        except NotTaken as refused:
            return _trouble(request, refused.status, refused.why)
        except DoorClosed as closed:
            return _error(403, closed.words)
        except InitDataRefused as refused:
            return _trouble(request, 401, INIT_DATA[refused.fault])
        except MaskRefused as refused:
            return _trouble(request, 422, MASK[refused.fault])
        except ClientDisconnect:
            return _trouble(request, 400, Trouble.NOT_UNDERSTOOD)  # nobody reads it
        except Exception as error:
            # no traceback: what was asked, a person's words and proof among it, may stand in the error's text
            log.error("region page failed", endpoint=endpoint.__name__, error=type(error).__name__)  # noqa: TRY400
            return _trouble(request, 500, Trouble.OUR_FAULT)

    return answer


async def told(request: Request, most_bytes: int, *names: str) -> tuple[str, ...]:
    """The texts with these names in a request's JSON, none missing; `NotTaken` otherwise."""
    body = await _body(request, most_bytes)
    return await asyncio.to_thread(_texts, body, names)  # a mask takes its time


def _texts(body: bytes, names: tuple[str, ...]) -> tuple[str, ...]:
    try:
        said: Any = json.loads(body)
        texts = tuple(said[name] for name in names)
    except (ValueError, RecursionError, TypeError, KeyError):
        raise NotTaken(400, Trouble.NOT_UNDERSTOOD) from None
    if not all(isinstance(text, str) for text in texts):
        raise NotTaken(400, Trouble.NOT_UNDERSTOOD)
    return texts


async def _body(request: Request, most_bytes: int) -> bytes:
    """Counted as it comes: what a header says of its length may be missing or untrue."""
    parts, size = [], 0
    try:
        async with asyncio.timeout(PATIENCE):
            async for part in request.stream():
                parts.append(part)
                size += len(part)
                if size > most_bytes:
                    raise NotTaken(413, Trouble.TOO_MUCH)
    except TimeoutError:
        raise NotTaken(408, Trouble.TOO_SLOW) from None
    return b"".join(parts)


def spoken(request: Request) -> str | None:
    """The language that the page speaks; a browser's own, before the bot has told the person's."""
    return request.headers.get("accept-language", "").partition(",")[0].partition(";")[0].strip() or None


def _trouble(request: Request, status: int, why: Trouble) -> JSONResponse:
    return _error(status, trouble(why, chosen(spoken(request))))


def _error(status: int, sentence: str) -> JSONResponse:
    return JSONResponse({"error": sentence}, status_code=status, headers=HEADERS)
