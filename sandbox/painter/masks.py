"""Masks: which part of a picture is to be painted anew (white), which stays (black)."""

import io

from PIL import Image, ImageChops, ImageFilter

FORMATS = ("PNG", "JPEG", "WEBP")
SEAM = 0.012
"""How wide a seam is, in shares of the longer side; it lies inside the white, so that the black stays to the pixel."""


def plain(mask: bytes) -> bytes:
    """Return a mask as black and white, small. What is transparent is black. Raises ValueError if it is no image."""
    try:
        with Image.open(io.BytesIO(mask), formats=FORMATS) as image:
            seen = image.convert("RGBA")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise ValueError("not an image") from error
    ground = Image.new("RGBA", seen.size, "black")
    ground.alpha_composite(seen)
    return _kept(ground.convert("L"))


def holes(image: bytes) -> bytes | None:
    """Return where an image (readable) is transparent, as a mask; None if it is nowhere."""
    with Image.open(io.BytesIO(image), formats=FORMATS) as opened:
        if not opened.has_transparency_data:
            return None
        clear = ImageChops.invert(opened.convert("RGBA").getchannel("A"))
    return _kept(clear) if (clear.getextrema()[1] or 0) >= 128 else None  # type: ignore[operator]


def blank(mask: bytes) -> bool:
    """Whether nothing of a plain mask is white."""
    with Image.open(io.BytesIO(mask)) as image:
        return image.getbbox() is None


def region(mask: bytes, size: tuple[int, int]) -> tuple[Image.Image, tuple[int, int, int, int]]:
    """Return a plain mask at this size, its white softened towards its edge, and the box that holds the white."""
    with Image.open(io.BytesIO(mask)) as image:
        hard = image.convert("L").resize(size, Image.Resampling.NEAREST)
    wide = max(1, round(max(size) * SEAM))
    inner = hard.filter(ImageFilter.MinFilter(2 * wide + 1)).filter(ImageFilter.BoxBlur(wide))
    if inner.getbbox() is None:  # too small for a seam
        inner = hard
    return ImageChops.darker(hard, inner), hard.getbbox() or (0, 0, *size)


def _kept(grey: Image.Image) -> bytes:
    out = io.BytesIO()
    grey.point([255 if value >= 128 else 0 for value in range(256)]).convert("1", dither=Image.Dither.NONE).save(
        out, "PNG"
    )
    return out.getvalue()
