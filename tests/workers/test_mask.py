"""Whatever is painted, what goes to the provider is the one form that all take; what marks nothing is told apart."""

import io
import random
import struct
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from workers.mask import MOST_BYTES, Fault, MaskRefused, as_data_url, portable, white_share


def png(image: Image.Image, **how: object) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG", **how)
    return out.getvalue()


def halves(mode: str, size: tuple[int, int], keep: object, change: object) -> Image.Image:
    image = Image.new(mode, size, keep)  # type: ignore[arg-type]
    image.paste(change, (0, 0, size[0] // 2, size[1]))  # type: ignore[arg-type]
    return image


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data), formats=("PNG",))
    image.load()
    return image


def fault_of(data: bytes, width: int = 8, height: int = 6) -> Fault:
    with pytest.raises(MaskRefused) as refused:
        portable(data, width, height)
    return refused.value.fault


def palette(clear: bool) -> bytes:
    image = halves("P", (8, 6), 0, 1)
    image.putpalette([0, 0, 0, 255, 255, 255] if not clear else [255, 255, 255, 255, 255, 255])
    return png(image, transparency=0) if clear else png(image)


@pytest.mark.parametrize(
    "data",
    [
        png(halves("RGB", (8, 6), (0, 0, 0), (255, 255, 255))),
        png(halves("L", (8, 6), 0, 255)),
        png(halves("1", (8, 6), 0, 1)),
        png(halves("L", (8, 6), 127, 128)),
        png(halves("RGBA", (8, 6), (0, 0, 0, 255), (255, 255, 255, 255))),
        png(halves("RGBA", (8, 6), (255, 255, 255, 0), (255, 255, 255, 255))),
        png(halves("RGBA", (8, 6), (255, 255, 255, 127), (255, 255, 255, 128))),
        png(halves("LA", (8, 6), (255, 0), (255, 255))),
        png(halves("RGB", (8, 6), (1, 2, 3), (255, 255, 255)), transparency=(1, 2, 3)),
        palette(clear=False),
        palette(clear=True),
    ],
)
def test_all_that_means_the_left_half_becomes_the_same_bytes(data: bytes) -> None:
    made = portable(data, 8, 6)
    image = opened(made)
    assert (image.format, image.mode, image.size) == ("PNG", "RGB", (8, 6))
    assert image.tobytes() == halves("RGB", (8, 6), (0, 0, 0), (255, 255, 255)).tobytes()
    assert not image.has_transparency_data
    assert white_share(made) == 0.5
    assert portable(made, 8, 6) == made


@pytest.mark.parametrize("shade", [0, 127, 128, 255])
def test_nothing_and_everything_are_told_apart(shade: int) -> None:
    expected = Fault.NOTHING_MARKED if shade < 128 else Fault.EVERYTHING_MARKED
    assert fault_of(png(Image.new("L", (8, 6), shade))) is expected


def test_a_clear_canvas_marks_nothing() -> None:
    assert fault_of(png(Image.new("RGBA", (8, 6), (255, 255, 255, 0)))) is Fault.NOTHING_MARKED


def test_one_pixel_is_enough_either_way() -> None:
    for background, pixel in ((0, 255), (255, 0)):
        image = Image.new("L", (8, 6), background)
        image.putpixel((7, 5), pixel)
        assert white_share(portable(png(image), 8, 6)) in {1 / 48, 47 / 48}


@pytest.mark.parametrize("size", [(8, 7), (6, 8), (16, 12), (1, 1)])
def test_another_size_is_refused(size: tuple[int, int]) -> None:
    assert fault_of(png(halves("L", size, 0, 255)), *(8, 6)) is Fault.OTHER_SIZE


def test_what_is_no_png_is_refused() -> None:
    out = io.BytesIO()
    halves("L", (8, 6), 0, 255).save(out, "JPEG")
    for data in (b"", b"x", out.getvalue(), b"<svg/>"):
        assert fault_of(data) is Fault.NOT_PNG


def test_sixteen_bits_of_grey_are_refused_not_cut() -> None:
    assert fault_of(png(Image.new("I;16", (8, 6), 20000))) is Fault.UNREADABLE


def test_a_bomb_is_refused_by_its_header() -> None:
    header = b"IHDR" + struct.pack(">IIBBBBB", 60_000, 60_000, 1, 0, 0, 0, 0)
    bomb = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + header + struct.pack(">I", zlib.crc32(header))
    assert fault_of(bomb, 60_000, 60_000) is Fault.TOO_LARGE
    assert fault_of(png(halves("L", (8, 6), 0, 255)) + bytes(MOST_BYTES)) is Fault.TOO_LARGE


NOISE = Image.frombytes("RGB", (40, 30), random.Random(7).randbytes(3600))
GOOD = png(NOISE)


def test_noise_comes_out_as_black_and_white() -> None:
    image = opened(portable(GOOD, 40, 30))
    assert {value for count, value in image.convert("L").getcolors() or []} == {0, 255}


@settings(max_examples=400, deadline=None)
@given(st.integers(0, len(GOOD) - 1), st.binary(min_size=1, max_size=8), st.booleans())
def test_a_broken_png_is_refused_or_read_and_nothing_else(at: int, junk: bytes, cut: bool) -> None:
    data = GOOD[:at] if cut else GOOD[:at] + junk + GOOD[at + len(junk) :]
    try:
        made = portable(data, 40, 30)
    except MaskRefused:
        return
    assert opened(made).size == (40, 30)


def test_a_data_url_has_the_prefix_that_the_strictest_strip() -> None:
    assert as_data_url(b"\x89PNG") == "data:image/png;base64,iVBORw=="
