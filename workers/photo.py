"""A person's picture made fit for the provider: looked at, turned upright, stripped of all but its pixels, made small.

Pure functions for a thread. What arrives here is anything that anybody may have sent.
"""

import io
import warnings

from PIL import Image, ImageOps

from domain.verdict import PictureTrouble

MOST_BYTES = 20 * 1024 * 1024
"""Of what is opened; Telegram hands bots no larger files."""
MOST_PIXELS = 50_000_000
"""A decoded picture takes three to four bytes a pixel."""
SIDE = 2048
SENT_BYTES = 4 * 1024 * 1024
"""What providers advise at the most."""
KINDS = ("JPEG", "PNG", "WEBP", "GIF")
QUALITIES = (92, 85, 75, 60)


class PictureUnfit(Exception):  # noqa: N818 - a fact
    """This picture cannot be used."""

    def __init__(self, why: PictureTrouble) -> None:
        super().__init__(why)
        self.why = why


def prepare(data: bytes) -> bytes:
    """An upright RGB JPEG of at most `SIDE` pixels a side and `SENT_BYTES`, without any metadata.

    Of what moves, the first frame; what is transparent becomes white. Raises `PictureUnfit`.
    """
    if len(data) > MOST_BYTES:
        raise PictureUnfit(PictureTrouble.TOO_LARGE)
    picture = _opened(data)
    for quality in QUALITIES:
        out = io.BytesIO()
        picture.save(out, "JPEG", quality=quality)
        if out.tell() <= SENT_BYTES:
            break
    return out.getvalue()


def _opened(data: bytes) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow's own word on size comes at other numbers than ours
            with Image.open(io.BytesIO(data), formats=KINDS) as picture:
                _check_size(*picture.size)
                picture.draft("RGB", (SIDE, SIDE))  # a JPEG is read no larger than it is wanted
                picture.seek(0)
                upright = ImageOps.exif_transpose(picture)
                upright.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS)
                return _on_white(upright)
    except PictureUnfit:
        raise
    # whatever a decoder makes of bytes that somebody has made for it
    except (OSError, ValueError, SyntaxError, EOFError, MemoryError, ArithmeticError, LookupError, TypeError) as error:
        raise PictureUnfit(PictureTrouble.NO_PICTURE) from error
    except Image.DecompressionBombError as error:
        raise PictureUnfit(PictureTrouble.TOO_LARGE) from error


def _check_size(width: int, height: int) -> None:
    if width * height > MOST_PIXELS:
        raise PictureUnfit(PictureTrouble.TOO_LARGE)


def _on_white(picture: Image.Image) -> Image.Image:
    """RGB, whatever it was; without the metadata that a copy would carry along."""
    if picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info:
        above = picture.convert("RGBA")
        plain = Image.new("RGB", picture.size, "white")
        plain.paste(above, mask=above.getchannel("A"))
        return plain
    plain = Image.new("RGB", picture.size)
    plain.paste(picture.convert("RGB"))
    return plain
