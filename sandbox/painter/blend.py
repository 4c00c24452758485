"""Melt images into one: each shows through where a cloud lets it."""

import io

from PIL import Image, ImageOps

from sandbox.painter.dice import Dice
from sandbox.painter.noise import field
from sandbox.painter.view import View

SOURCE_SIDE = 768
FORMATS = ("PNG", "JPEG", "WEBP")


def source(data: bytes) -> bytes:
    """Return an image small and plain enough to be kept. Raises ValueError if it is none."""
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            image.draft("RGB", (SOURCE_SIDE, SOURCE_SIDE))
            plain = ImageOps.exif_transpose(image).convert("RGB")
    except (OSError, ValueError, Image.DecompressionBombError) as error:
        raise ValueError("not an image") from error
    plain.thumbnail((SOURCE_SIDE, SOURCE_SIDE))
    kept = io.BytesIO()
    plain.save(kept, "JPEG", quality=88)
    return kept.getvalue()


def melt(sources: tuple[bytes, ...], dice: Dice, view: View) -> Image.Image:
    """Return the sources, each filling the whole, with soft borders that chance draws."""
    melted: Image.Image | None = None
    for number, data in enumerate(sources):
        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            centre = dice.between(f"crop x {number}", 0.3, 0.7), dice.between(f"crop y {number}", 0.3, 0.7)
            filling = ImageOps.fit(image.convert("RGB"), (view.width, view.height), centering=centre)
        if dice.chance(f"turned {number}", 0.3):
            filling = ImageOps.mirror(filling)
        if melted is None:
            melted = filling
            continue
        share = 255 * number / (number + 1) * dice.between(f"share {number}", 0.8, 1.2)
        cloud = field(dice, f"melt {number}", view, cells=(1.3, 1.3), octaves=3)
        border = [round(min(max((value - 128) * 3.2 + 255 - share, 20), 235)) for value in range(256)]
        melted.paste(filling, (0, 0), cloud.point(border))
    if melted is None:
        raise ValueError("nothing to melt")
    return melted
