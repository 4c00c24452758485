"""The four pictures of a grid, each by itself. Pure functions for a thread."""

import io
import warnings

from PIL import Image

from workers.picture import KINDS, MOST_PIXELS

QUALITY = 95
LEAST_SIDE = 2
"""Pixels of what can be cut at all."""


def cut(grid: bytes) -> tuple[bytes, ...]:
    """Four JPEGs, row by row, in which every pixel of the grid is once; empty where these bytes are no such picture."""
    picture = _opened(grid)
    if picture is None:
        return ()
    middle, half = picture.width // 2, picture.height // 2
    boxes = (
        (0, 0, middle, half),
        (middle, 0, picture.width, half),
        (0, half, middle, picture.height),
        (middle, half, picture.width, picture.height),
    )
    return tuple(_saved(picture.crop(box)) for box in boxes)


def _opened(data: bytes) -> Image.Image | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow's own word on size comes at other numbers than ours
            with Image.open(io.BytesIO(data), formats=tuple(KINDS)) as picture:
                width, height = picture.size
                if width * height > MOST_PIXELS or min(width, height) < LEAST_SIDE:
                    return None
                return picture.convert("RGB")
    # whatever a decoder makes of broken bytes
    except (OSError, ValueError, SyntaxError, EOFError, MemoryError, ArithmeticError, LookupError, TypeError):
        return None
    except Image.DecompressionBombError:
        return None


def _saved(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=QUALITY, subsampling=0)
    return out.getvalue()
