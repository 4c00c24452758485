"""A numbered grid over a picture: how a region is chosen where no page can be opened to paint it."""

import io
import struct
import zlib
from collections.abc import Collection, Iterator

from PIL import Image, ImageDraw, ImageFont

from workers.mask import MOST_PIXELS, as_portable

LONGEST_SIDE = 1280
"""Pixels: what Telegram shows of a photo on a phone."""
TINT = (139, 92, 246)
LINE = (255, 255, 255)
OUTLINE = (20, 16, 32)
BROKEN = (
    *(OSError, ValueError, SyntaxError, EOFError, struct.error, zlib.error),
    *(Image.DecompressionBombError, Image.DecompressionBombWarning),
)
"""All that opening a broken picture may raise."""

Box = tuple[int, int, int, int]
"""Left, top, right and bottom; the last two are the first pixels that are not in it."""


class PictureUnreadable(Exception):  # noqa: N818 - a fact, as all our errors are
    """These bytes are no picture that can be drawn on."""


def grid_mask(width: int, height: int, columns: int, rows: int, cells: Collection[int]) -> bytes:
    """The portable mask that marks these cells, numbered from 1, row by row.

    `MaskRefused` for none or all of them, ValueError for one that is not there.
    """
    marked = Image.new("L", (width, height), 0)
    boxes = tuple(_boxes(width, height, columns, rows))
    for cell in cells:
        if not 1 <= cell <= len(boxes):
            raise ValueError(f"no cell {cell} in {columns} columns and {rows} rows")
        marked.paste(255, boxes[cell - 1])
    return as_portable(marked)


def draw_grid(picture: bytes, columns: int, rows: int, chosen: Collection[int]) -> bytes:
    """A JPEG of the picture under numbered cells, the chosen ones tinted. To be run in a thread.

    `PictureUnreadable` where the bytes are none, or too large.
    """
    image = _opened(picture)
    boxes = tuple(_boxes(*image.size, columns, rows))
    for number, box in enumerate(boxes, 1):
        if number in chosen:
            part = image.crop(box)
            image.paste(Image.blend(part, Image.new("RGB", part.size, TINT), 0.55), box)
    draw = ImageDraw.Draw(image)
    unit = max(1, round(min(image.size) / 400))
    for colour, thickness in ((OUTLINE, 3 * unit), (LINE, unit)):  # a light line on a dark one is seen on anything
        for left, top, _right, _bottom in boxes:
            if left:
                draw.line((left, 0, left, image.height), colour, thickness)
            if top:
                draw.line((0, top, image.width, top), colour, thickness)
    size = max(12, round(0.42 * min(image.width / columns, image.height / rows)))
    font = ImageFont.load_default(size)
    for number, (left, top, right, bottom) in enumerate(boxes, 1):
        middle = ((left + right) / 2, (top + bottom) / 2)
        edge = max(2, size // 12)
        draw.text(middle, str(number), LINE, font, anchor="mm", stroke_width=edge, stroke_fill=OUTLINE)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=88)
    return out.getvalue()


def size_of(picture: bytes) -> tuple[int, int]:
    """Width and height of a picture, by its header. `PictureUnreadable` where the bytes are none, or too large."""
    try:
        with Image.open(io.BytesIO(picture), formats=("JPEG", "PNG", "WEBP")) as image:
            width, height = image.size
    except BROKEN:
        raise PictureUnreadable from None
    if width * height > MOST_PIXELS:
        raise PictureUnreadable
    return width, height


def _boxes(width: int, height: int, columns: int, rows: int) -> Iterator[Box]:
    """The cells; where pixels do not divide evenly some are one larger, and each pixel is in exactly one."""
    for row in range(rows):
        for column in range(columns):
            yield (
                width * column // columns,
                height * row // rows,
                width * (column + 1) // columns,
                height * (row + 1) // rows,
            )


def _opened(picture: bytes) -> Image.Image:
    try:
        with Image.open(io.BytesIO(picture), formats=("JPEG", "PNG", "WEBP")) as image:
            if image.width * image.height > MOST_PIXELS:
                raise PictureUnreadable
            image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            opened = image.convert("RGB")
    except BROKEN:
        raise PictureUnreadable from None
    opened.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    return opened
