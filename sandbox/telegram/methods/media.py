"""The file of a call: an upload, an id of one sent before, or an address that Telegram fetches itself."""

import asyncio
import mimetypes
from typing import Any
from urllib.parse import unquote, urlsplit

import httpx

from sandbox.telegram.errors import ApiError, bad_request
from sandbox.telegram.files import Kind, Stored
from sandbox.telegram.params import Params, Upload
from sandbox.telegram.world import World

MB = 2**20
MOST_UPLOADED = {"photo": 10 * MB, "document": 50 * MB, "animation": 50 * MB, "video": 50 * MB}
MOST_FETCHED = {"photo": 5 * MB, "document": 20 * MB, "animation": 20 * MB, "video": 20 * MB}

_KINDS: dict[str, Kind] = {"photo": "photo", "document": "document", "animation": "animation", "video": "video"}


def input_media(given: Any, *, in_album: bool = False) -> tuple[Kind, Any]:
    """The kind of an InputMedia and what names its file. ApiError for what is none, or none for an album."""
    if not isinstance(given, dict):
        raise _unparsed("expected an Object")
    if not given.get("media"):
        raise _unparsed("media not found")
    if "type" not in given:
        raise _unparsed('Can\'t find field "type"')
    if in_album and given["type"] == "animation":
        raise _unparsed('type "animation" can\'t be used in sendMediaGroup')
    if given["type"] not in _KINDS:
        raise _unparsed(f'type "{given["type"]}" is unsupported')
    return _KINDS[given["type"]], given["media"]


async def media_of(world: World, params: Params, kind: Kind, given: Any) -> Stored:
    """The file that `given` names; None takes the upload of that name. ApiError where Telegram refuses it."""
    if given is None:
        upload = params.uploads.get(kind)
    else:
        upload = (
            params.uploads.get(str(given).removeprefix("attach://")) if str(given).startswith("attach://") else None
        )
    if upload:
        return await _uploaded(world, kind, upload)
    address = str(given or "").strip()
    if not address or address.startswith("attach://"):
        raise bad_request(f"there is no {kind} in the request")
    if address.startswith(("http://", "https://")):
        return await _stored(world, kind, await _fetched(address, kind))
    if (known := world.files.find(address)) is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if "photo" in {known.kind, kind} and known.kind != kind:
        raise bad_request(f"can't use file of type {known.kind.title()} as {kind.title()}")
    return known


def _unparsed(why: str) -> ApiError:
    return bad_request(f"can't parse InputMedia: {why}")


async def _uploaded(world: World, kind: Kind, upload: Upload) -> Stored:
    if not upload.data:
        raise bad_request("file must be non-empty")
    if len(upload.data) > MOST_UPLOADED[kind]:
        raise bad_request("file is too big") if kind == "photo" else ApiError(413, "Request Entity Too Large")
    return await _stored(world, kind, upload)


async def _stored(world: World, kind: Kind, upload: Upload) -> Stored:
    mime = mimetypes.guess_type(upload.name)[0] or upload.mime
    return await asyncio.to_thread(world.files.keep, kind, upload.data, name=upload.name, mime=mime)


async def _fetched(url: str, kind: Kind) -> Upload:
    try:
        async with (
            httpx.AsyncClient(follow_redirects=True, timeout=20, trust_env=False) as client,
            client.stream("GET", url) as answer,
        ):
            mime = answer.headers.get("content-type", "application/octet-stream").partition(";")[0]
            if answer.status_code != 200:
                raise bad_request("failed to get HTTP URL content")
            if mime.startswith("text/") or (kind == "photo" and not mime.startswith("image/")):
                raise bad_request("wrong type of the web page content")
            data = bytearray()
            async for piece in answer.aiter_bytes():
                data += piece
                if len(data) > MOST_FETCHED[kind]:
                    raise bad_request("failed to get HTTP URL content")
    except (httpx.HTTPError, httpx.InvalidURL):
        raise bad_request("failed to get HTTP URL content") from None
    name = unquote(urlsplit(url).path).rpartition("/")[2] or "file"
    return Upload(name=name, mime=mime, data=bytes(data))
