"""Images as tests send and measure them."""

import base64
import io

from PIL import Image, ImageChops, ImageStat

JPEG = "JPEG"


def data_url(image: Image.Image | bytes, kind: str = "PNG") -> str:
    """An image as bodies carry it."""
    if isinstance(image, Image.Image):
        out = io.BytesIO()
        image.save(out, kind)
        image = out.getvalue()
    return f"data:image/{kind.lower()};base64,{base64.b64encode(image).decode()}"


def plain(colour: str, size: tuple[int, int] = (60, 40)) -> Image.Image:
    """An image of one colour."""
    return Image.new("RGB", size, colour)


def opened(data: bytes) -> Image.Image:
    """A picture that was downloaded."""
    return Image.open(io.BytesIO(data)).convert("RGB")


def tiles(sheet: Image.Image) -> list[Image.Image]:
    """The four of a grid."""
    wide, high = sheet.width // 2, sheet.height // 2
    return [sheet.crop((x, y, x + wide, y + high)) for y in (0, high) for x in (0, wide)]


def difference(first: Image.Image, second: Image.Image) -> float:
    """How far two pictures lie apart, 0 to 255."""
    return sum(ImageStat.Stat(ImageChops.difference(first, second.resize(first.size, Image.Resampling.BOX))).mean) / 3


def mean(image: Image.Image) -> tuple[float, ...]:
    """Its colour on average."""
    return tuple(ImageStat.Stat(image).mean)


def mask_of(size: tuple[int, int], box: tuple[int, int, int, int]) -> Image.Image:
    """A mask as clients draw it: opaque black, white where it is to be painted anew."""
    mask = Image.new("RGBA", size, (0, 0, 0, 255))
    mask.paste((255, 255, 255, 255), box)
    return mask
