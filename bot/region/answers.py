"""How the page's server takes and gives: bodies with an end, strict headers, and a sentence for whatever goes wrong."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any

import structlog
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from bot.initdata import InitDataRefused
from bot.region import words
from bot.region.door import DoorClosed
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

Endpoint = Callable[[Request], Awaitable[Response]]


class NotTaken(Exception):  # noqa: N818 - a fact, as all our errors are
    """A request that can't be taken, with the words for it."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence


def answered(endpoint: Endpoint) -> Endpoint:
    """The same, with every failure as JSON: `{"error": sentence}`."""

    @wraps(endpoint)
    async def answer(request: Request) -> Response:
        try:
            return await endpoint(request)
        except NotTaken as refused:
            return _error(refused.status, refused.sentence)
        except DoorClosed as closed:
            return _error(403, closed.words)
        except InitDataRefused as refused:
            return _error(401, words.INIT_DATA[refused.fault])
        except MaskRefused as refused:
            return _error(422, words.MASK[refused.fault])
        except ClientDisconnect:
            return _error(400, words.NOT_UNDERSTOOD)  # nobody reads it
        except Exception as error:
            # no traceback: what was asked, a person's words and proof among it, may stand in the error's text
            log.error("region page failed", endpoint=endpoint.__name__, error=type(error).__name__)  # noqa: TRY400
            return _error(500, words.OUR_FAULT)

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
        raise NotTaken(400, words.NOT_UNDERSTOOD) from None
    if not all(isinstance(text, str) for text in texts):
        raise NotTaken(400, words.NOT_UNDERSTOOD)
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
                    raise NotTaken(413, words.TOO_MUCH)
    except TimeoutError:
        raise NotTaken(408, words.TOO_SLOW) from None
    return b"".join(parts)


def _error(status: int, sentence: str) -> JSONResponse:
    return JSONResponse({"error": sentence}, status_code=status, headers=HEADERS)
