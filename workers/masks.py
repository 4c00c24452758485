"""A region on its way to the provider: drawn, or made portable, just before it is sent; in rows it lies small."""

import asyncio
import base64
import io
import re
from dataclasses import replace

from PIL import Image

from domain.task import Answer, Submission
from workers.grid import grid_mask
from workers.mask import portable

_CELLS = re.compile(r"cells:(\d{1,5})x(\d{1,5}):(\d)x(\d):(\d{1,2}(?:,\d{1,2}){0,24})")


async def ready(submission: Submission) -> Submission:
    """The same, its mask as providers take it. Raises `MaskRefused` and ValueError."""
    if not isinstance(submission, Answer) or not submission.mask:
        return submission
    mask = await asyncio.to_thread(_portable, submission.mask)
    return replace(submission, mask=base64.b64encode(mask).decode())


def small(mask: bytes) -> str:
    """A portable mask as it lies in a row: a bit a pixel, as base64. To be run in a thread."""
    out = io.BytesIO()
    with Image.open(io.BytesIO(mask), formats=("PNG",)) as image:
        image.convert("L").convert("1", dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return base64.b64encode(out.getvalue()).decode()


def _portable(kept: str) -> bytes:
    if found := _CELLS.fullmatch(kept):
        width, height, columns, rows = (int(found[part]) for part in range(1, 5))
        return grid_mask(width, height, columns, rows, [int(cell) for cell in found[5].split(",")])
    png = base64.b64decode(kept, validate=True)
    with Image.open(io.BytesIO(png), formats=("PNG",)) as image:
        size = image.size
    return portable(png, *size)
