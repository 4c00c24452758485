"""The mask of a Vary (Region): a picture's size, white where it is to be drawn anew, black where it stays.

Providers differ in what they forgive; the form made here is the one that all of them take: an opaque RGB PNG of
nothing but pure black and pure white.
"""

import base64
import io
import struct
import zlib
from enum import StrEnum

from PIL import Image, ImageChops

MOST_BYTES = 8 * 1024 * 1024
MOST_PIXELS = 40_000_000
THRESHOLD = 128
"""From this brightness on, grey is white."""
SIGNATURE = b"\x89PNG\r\n\x1a\n"


class Fault(StrEnum):
    """What is wrong with a mask."""

    UNREADABLE = "unreadable"
    NOT_PNG = "not a PNG"
    TOO_LARGE = "too large"
    OTHER_SIZE = "another size than the picture's"
    NOTHING_MARKED = "nothing marked"
    EVERYTHING_MARKED = "everything marked"


class MaskRefused(Exception):  # noqa: N818 - a fact, as all our errors are
    """This can't be sent as a mask."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


def portable(mask_png: bytes, width: int, height: int) -> bytes:
    """The mask in the form that all providers take, or `MaskRefused`. What is transparent stays.

    Takes a second for a large one: to be run in a thread.
    """
    if _size(mask_png) != (width, height):
        raise MaskRefused(Fault.OTHER_SIZE)
    try:
        with Image.open(io.BytesIO(mask_png), formats=("PNG",)) as image:
            brightness = _brightness(image)
    except (OSError, ValueError, SyntaxError, EOFError, struct.error, zlib.error):  # all that broken PNGs raise
        raise MaskRefused(Fault.UNREADABLE) from None
    return as_portable(brightness.point([0] * THRESHOLD + [255] * (256 - THRESHOLD)))


def as_portable(marked: Image.Image) -> bytes:
    """Pure black and white of mode L as the PNG that is sent; `MaskRefused` where it marks nothing or everything."""
    white, total = marked.histogram()[255], marked.width * marked.height
    if white == 0:
        raise MaskRefused(Fault.NOTHING_MARKED)
    if white == total:
        raise MaskRefused(Fault.EVERYTHING_MARKED)
    out = io.BytesIO()
    Image.merge("RGB", (marked, marked, marked)).save(out, "PNG")
    return out.getvalue()


def white_share(mask: bytes) -> float:
    """How much of a portable mask is white, from 0 to 1."""
    with Image.open(io.BytesIO(mask), formats=("PNG",)) as image:
        return image.convert("L").histogram()[255] / (image.width * image.height)


def as_data_url(png: bytes) -> str:
    """A PNG as text, with the very prefix that the strictest provider strips."""
    return "data:image/png;base64," + base64.b64encode(png).decode()


def _size(png: bytes) -> tuple[int, int]:
    """Width and height by the header alone, so that nothing is unpacked that is too large."""
    if not png.startswith(SIGNATURE):
        raise MaskRefused(Fault.NOT_PNG)
    if len(png) > MOST_BYTES:
        raise MaskRefused(Fault.TOO_LARGE)
    if png[12:16] != b"IHDR" or len(png) < 24:
        raise MaskRefused(Fault.UNREADABLE)
    width, height = struct.unpack(">II", png[16:24])
    if width * height > MOST_PIXELS:
        raise MaskRefused(Fault.TOO_LARGE)
    return width, height


def _brightness(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I"):  # 16 bits of grey, which Pillow would cut off instead of scaling down
        raise MaskRefused(Fault.UNREADABLE)
    if not image.has_transparency_data:
        return image.convert("L")
    rgba = image.convert("RGBA")
    return ImageChops.multiply(rgba.convert("L"), rgba.getchannel("A"))
