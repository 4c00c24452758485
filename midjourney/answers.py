"""Reads an HTTP answer's body within a bound, whatever its headers promise."""

import zlib

import httpx


class Overlong(Exception):  # noqa: N818 - a fact
    """More bytes than anybody needs."""


class Garbled(Exception):  # noqa: N818 - a fact
    """Compressed in a way that was not asked for, or cut off."""


async def read_answer(response: httpx.Response, most: int) -> bytes:
    """The body, at most so many bytes. Raises `Overlong`, `Garbled` and httpx's errors.

    Not httpx's own reading: that unpacks first and counts later, so that a small answer may fill the memory.
    """
    chunks: list[bytes] = []
    size = 0
    async for chunk in response.aiter_raw():
        size += len(chunk)
        if size > most:
            raise Overlong
        chunks.append(chunk)
    body = b"".join(chunks)
    match response.headers.get("content-encoding", "identity").strip().lower():
        case "identity" | "":
            return body
        case "gzip" | "deflate":
            return _unpack(body, most)
        case _:
            raise Garbled


def _unpack(packed: bytes, most: int) -> bytes:
    unpacker = zlib.decompressobj(wbits=47)  # gzip or zlib, as its own header tells
    try:
        body = unpacker.decompress(packed, most + 1)
    except zlib.error:
        raise Garbled from None
    if len(body) > most:
        raise Overlong
    if not unpacker.eof:
        raise Garbled
    return body
