"""How large what was sent is, in pixels: read from the header alone, as a few bytes can announce a huge picture."""

from io import BytesIO

from PIL import Image, UnidentifiedImageError

from sandbox.telegram.errors import bad_request


def look_of_photo(data: bytes) -> tuple[str, int, int]:
    """Format, width and height of a photo. ApiError for one that Telegram would not take."""
    try:
        with Image.open(BytesIO(data)) as image:
            width, height = image.size
            if width + height > 10_000 or max(width, height) > 20 * min(width, height):
                raise bad_request("PHOTO_INVALID_DIMENSIONS")
            image.load()
            return image.format or "", width, height
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise bad_request("PHOTO_INVALID_DIMENSIONS") from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
        raise bad_request("IMAGE_PROCESS_FAILED") from None


def look_of_film(data: bytes) -> tuple[str, int, int]:
    """Format, width and height of a video or an animation; zeros where nothing can be read. No frame is decoded."""
    import av  # noqa: PLC0415 - takes a quarter of a second that a Telegram without videos need not spend

    try:
        with av.open(BytesIO(data)) as film:
            shown = film.streams.video[0]
            return film.format.name, shown.width, shown.height
    except (av.FFmpegError, IndexError, ValueError):
        return "", 0, 0
