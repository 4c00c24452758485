"""Whatever picture somebody sends: upright, small, and nothing but pixels; or a clear no."""

import contextlib
import io
import struct
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from domain.verdict import PictureTrouble
from workers.photo import SENT_BYTES, SIDE, PictureUnfit, prepare


def saved(picture: Image.Image, form: str, **options: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, form, **options)
    return out.getvalue()


def opened(data: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(data))
    picture.load()
    return picture


def halves(width: int = 80, height: int = 40) -> Image.Image:
    """Red on the left, blue on the right."""
    picture = Image.new("RGB", (width, height), "blue")
    picture.paste("red", (0, 0, width // 2, height))
    return picture


def near(one: object, other: tuple[int, int, int]) -> bool:
    assert isinstance(one, tuple)
    return all(abs(a - b) < 12 for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF"])
def test_every_usual_kind_becomes_a_plain_jpeg(form: str) -> None:
    made = opened(prepare(saved(halves(), form)))
    assert (made.format, made.mode, made.size) == ("JPEG", "RGB", (80, 40))
    assert near(made.getpixel((10, 20)), (255, 0, 0))
    assert near(made.getpixel((70, 20)), (0, 0, 255))


def test_a_picture_turned_by_its_metadata_stands_upright_and_says_nothing_of_where_it_was_taken() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned by a quarter
    exif[0x010F] = "A maker"
    exif.get_ifd(0x8825)[1] = "N"
    data = saved(halves(), "JPEG", exif=exif)
    assert b"A maker" in data
    sent = prepare(data)
    made = opened(sent)
    assert made.size == (40, 80)
    assert near(made.getpixel((20, 10)), (255, 0, 0))
    assert not made.getexif()
    assert b"A maker" not in sent


def test_ink_colours_become_light() -> None:
    made = opened(prepare(saved(halves().convert("CMYK"), "JPEG")))
    assert made.mode == "RGB"


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_what_is_transparent_becomes_white(mode: str) -> None:
    picture = Image.new("RGBA", (40, 40), (255, 0, 0, 0)).convert(mode)
    data = saved(picture, "PNG", transparency=picture.getpixel((0, 0))) if mode == "P" else saved(picture, "PNG")
    assert near(opened(prepare(data)).getpixel((20, 20)), (255, 255, 255))


def test_of_what_moves_the_first_picture_is_taken() -> None:
    frames = [Image.new("RGB", (40, 40), colour) for colour in ("red", "blue", "green")]
    data = saved(frames[0], "GIF", save_all=True, append_images=frames[1:], duration=50)
    assert near(opened(prepare(data)).getpixel((20, 20)), (255, 0, 0))


def test_a_large_one_is_made_small() -> None:
    noise = Image.effect_noise((5000, 3000), 90).convert("RGB")
    sent = prepare(saved(noise, "JPEG", quality=95))
    assert len(sent) <= SENT_BYTES
    assert max(opened(sent).size) == SIDE


def bomb(width: int, height: int) -> bytes:
    """A few bytes that announce a huge picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", PictureTrouble.NO_PICTURE),
        (b"hello", PictureTrouble.NO_PICTURE),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", PictureTrouble.NO_PICTURE),
        (saved(halves(), "JPEG")[:200], PictureTrouble.NO_PICTURE),
        (saved(halves(), "BMP"), PictureTrouble.NO_PICTURE),
        (saved(halves(), "TIFF"), PictureTrouble.NO_PICTURE),
        (bomb(16_000, 16_000), PictureTrouble.TOO_LARGE),
        (bomb(0xFFFFFF, 0xFFFFFF), PictureTrouble.TOO_LARGE),
        (b"\x89PNG\r\n\x1a\n" + bytes(25 * 1024 * 1024), PictureTrouble.TOO_LARGE),
    ],
    ids=["empty", "text", "svg", "cut off", "bmp", "tiff", "bomb", "huge bomb", "25 MB"],
)
def test_what_cannot_be_used_is_told_apart(data: bytes, why: PictureTrouble) -> None:
    with pytest.raises(PictureUnfit) as unfit:
        prepare(data)
    assert unfit.value.why is why


@settings(deadline=None, max_examples=200)
@given(
    st.binary(max_size=200),
    st.sampled_from([saved(halves(), form) for form in ("JPEG", "PNG", "WEBP", "GIF")]),
    st.data(),
)
def test_nothing_breaks_it(noise: bytes, real: bytes, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(real)))
    for candidate in (noise, real[:at] + noise, real[:at] + noise + real[at:]):
        with contextlib.suppress(PictureUnfit):
            assert opened(prepare(candidate)).format == "JPEG"
