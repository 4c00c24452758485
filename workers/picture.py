"""A picture on its way to Telegram: fetched, looked at, and brought into the best form that Telegram takes."""

import asyncio
import io
from dataclasses import dataclass

from PIL import Image

from domain.delivery import Form
from midjourney.images import sniff

PHOTO_BYTES = 10 * 1024 * 1024
PHOTO_SIDES = 10_000
PHOTO_RATIO = 20
DOCUMENT_BYTES = 50 * 1024 * 1024
JPEG_SIDE = 2560
"""Pixels: Telegram shows no more of a photo."""
MOST_PIXELS = 40_000_000
"""What is opened at all; a decoded picture takes three to four bytes a pixel."""
KINDS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp"}
LADDER = (Form.PHOTO, Form.JPEG, Form.DOCUMENT, Form.LINK)
MOVING = {"mp4": Form.VIDEO, "gif": Form.ANIMATION}
"""What is better sent otherwise than as a photo, by its kind."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """Bytes in a form."""

    form: Form
    data: bytes
    filename: str


def next_form(form: Form) -> Form | None:
    """The next plainer form; `None` after the last."""
    if form in MOVING.values():
        return Form.DOCUMENT
    later = LADDER[LADDER.index(form) + 1 :]
    return later[0] if later else None


async def fit(data: bytes, form: Form) -> Fitted:
    """Bring bytes into this form, or the next plainer one that is possible. They stay untouched where they fit.

    What moves has no use for a JPEG: it goes as a video or an animation, then as a file.
    """
    if form in {Form.PHOTO, Form.JPEG} and moves(data):
        better = MOVING.get(sniff(data) or "") if form is Form.PHOTO and len(data) <= DOCUMENT_BYTES else None
        if better is not None:
            return Fitted(better, data, f"picture.{_extension(data)}")
        form = Form.DOCUMENT
    if form is Form.PHOTO:
        extension = _photo_extension(data)
        if extension is not None:
            return Fitted(Form.PHOTO, data, f"picture.{extension}")
        form = Form.JPEG
    if form is Form.JPEG:
        smaller = await asyncio.to_thread(_as_jpeg, data)  # takes a second for a large one
        if smaller is not None:
            return Fitted(Form.JPEG, smaller, "picture.jpg")
        form = Form.DOCUMENT
    if form is Form.DOCUMENT and len(data) <= DOCUMENT_BYTES:
        return Fitted(Form.DOCUMENT, data, f"picture.{_extension(data)}")
    return Fitted(Form.LINK, b"", "")


def moves(data: bytes) -> bool:
    """Whether it is a video or an animation. Reads no more than the header."""
    kind = sniff(data)
    if kind != "webp":
        return kind in MOVING
    return data[12:16] == b"VP8X" and bool(data[20:21] and data[20] & 2)


def _photo_extension(data: bytes) -> str | None:
    """The file's ending if Telegram takes these bytes as a photo. Reads no more than the header."""
    if len(data) > PHOTO_BYTES:
        return None
    try:
        with Image.open(io.BytesIO(data), formats=tuple(KINDS)) as picture:
            width, height = picture.size
            kind = picture.format
    except (OSError, ValueError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        return None
    if width + height > PHOTO_SIDES or max(width, height) > PHOTO_RATIO * min(width, height):
        return None
    return KINDS.get(kind or "")


def _as_jpeg(data: bytes) -> bytes | None:
    """A smaller JPEG of a picture; `None` where the bytes are no picture, or one that is too large to open."""
    try:
        with Image.open(io.BytesIO(data), formats=tuple(KINDS)) as picture:
            width, height = picture.size
            if width * height > MOST_PIXELS or max(width, height) > PHOTO_RATIO * min(width, height):
                return None
            picture.draft("RGB", (JPEG_SIDE, JPEG_SIDE))
            smaller = picture.convert("RGB")
            smaller.thumbnail((JPEG_SIDE, JPEG_SIDE), Image.Resampling.LANCZOS)
            out = io.BytesIO()
            smaller.save(out, "JPEG", quality=90)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        return None
    return out.getvalue()


def _extension(data: bytes) -> str:
    kind = sniff(data)
    if kind is not None and kind in MOVING:
        return kind
    try:
        with Image.open(io.BytesIO(data), formats=tuple(KINDS)) as picture:
            return KINDS.get(picture.format or "", "bin")
    except (OSError, ValueError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        return "bin"
