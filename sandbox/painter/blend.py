"""Images that were sent: kept small, melted into one, shown as a face in another."""

import io

from PIL import Image, ImageChops, ImageOps

from sandbox.painter.dice import Dice
from sandbox.painter.masks import FORMATS
from sandbox.painter.noise import field
from sandbox.painter.view import View

SOURCE_SIDE = 768
SHARP = 3.0  # how sharply one image gives way to the next, the sharper the more there are
RIM = 178  # how far from the middle a round gradient is where it touches its square
WAVE = 160  # of 255: how far borders wander, all together


def source(data: bytes) -> bytes:
    """Return an image small and plain enough to be kept. Raises ValueError if it is none."""
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            image.draft("RGB", (SOURCE_SIDE, SOURCE_SIDE))
            plain = ImageOps.exif_transpose(image).convert("RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise ValueError("not an image") from error
    plain.thumbnail((SOURCE_SIDE, SOURCE_SIDE))
    kept = io.BytesIO()
    plain.save(kept, "JPEG", quality=88)
    return kept.getvalue()


def opened(kept: bytes) -> Image.Image:
    """Return what `source` has kept."""
    with Image.open(io.BytesIO(kept), formats=FORMATS) as image:
        return image.convert("RGB")


def shape_of(kept: bytes) -> float:
    """Return the width to the height of what `source` has kept."""
    with Image.open(io.BytesIO(kept), formats=FORMATS) as image:
        return image.width / image.height


def melt(sources: list[Image.Image], dice: Dice, view: View) -> Image.Image:
    """Return the sources in their order from left to right, each giving way to the next along a border of chance.

    One alone fills the whole and stays as it is.
    """
    size = view.width, view.height
    if len(sources) == 1:
        return ImageOps.fit(sources[0], size)
    melted: Image.Image | None = None
    across = _across(dice, view, WAVE / len(sources))
    for number, image in enumerate(sources):
        centre = dice.between(f"crop x {number}", 0.3, 0.7), dice.between(f"crop y {number}", 0.3, 0.7)
        filling = ImageOps.fit(image, size, centering=centre)
        if dice.chance(f"turned {number}", 0.3):
            filling = ImageOps.mirror(filling)
        if melted is None:
            melted = filling
            continue
        border = 255 * number / len(sources)
        steps = [round(min(max(128 + (value - border) * SHARP * len(sources), 0), 255)) for value in range(256)]
        melted.paste(filling, (0, 0), across.point(steps))
    if melted is None:
        raise ValueError("nothing to melt")
    return melted


def faced(image: Image.Image, faces: list[Image.Image]) -> Image.Image:
    """Return the image with the middles of others in it, each in a soft oval."""
    side = round(min(image.size) * 0.44)
    for number, face in enumerate(faces):
        wide = round(side * 0.8)
        oval = Image.radial_gradient("L").point([min(max((RIM - value) * 6, 0), 255) for value in range(256)])
        left = round(image.width * (number + 1) / (len(faces) + 1) - wide / 2)
        top = round(image.height * 0.45 - side / 2)
        image.paste(ImageOps.fit(face, (wide, side)), (left, top), oval.resize((wide, side)))
    return image


def _across(dice: Dice, view: View, wave: float) -> Image.Image:
    """Return how far each place lies to the right (0 to 255), blurred by a cloud."""
    size = view.width, view.height
    slope = Image.linear_gradient("L").transpose(Image.Transpose.ROTATE_90).resize(size)
    cloud = field(dice, "melt", view, cells=(1.3, 1.3), octaves=3).point(
        [round(128 + (value - 128) * wave / 128) for value in range(256)]
    )
    return ImageChops.add(slope, cloud, 1, -128)
