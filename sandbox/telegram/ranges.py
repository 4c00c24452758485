"""A file over HTTP as a browser wants it: a part of it where one is asked for (a video is sought in), and kept."""

import re

from starlette.responses import Response

HEADERS = {
    "accept-ranges": "bytes",
    "cache-control": "private, max-age=31536000, immutable",  # an id is made of the bytes: they never change
    "content-security-policy": "sandbox",  # somebody's HTML or SVG, opened by itself, is no part of the page
    "x-content-type-options": "nosniff",
}


def partly(data: bytes, mime: str, wanted: str | None) -> Response:
    """The bytes, or the one part of them that the `Range` header wants; 416 where there is no such part.

    A header that can't be read, or asks for several parts, is passed over, as the standard allows.
    """
    found = re.fullmatch(r"bytes=(\d*)-(\d*)", (wanted or "").strip())
    if found is None or not any(found.groups()):
        return Response(data, media_type=mime, headers=HEADERS)
    size = len(data)
    if found[1]:
        start, end = int(found[1]), min(int(found[2] or size - 1), size - 1)
        if found[2] and int(found[2]) < int(found[1]):
            return Response(data, media_type=mime, headers=HEADERS)
    else:
        start, end = max(size - int(found[2]), 0), size - 1
    if start > end:
        return Response(status_code=416, headers={"content-range": f"bytes */{size}"})
    told = HEADERS | {"content-range": f"bytes {start}-{end}/{size}"}
    return Response(data[start : end + 1], 206, told, media_type=mime)
