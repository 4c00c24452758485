"""A picture is sent untouched where it fits, else in the next plainer form; nothing in it can break the bot."""

import io
import random
import struct
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from domain.delivery import Form
from workers.picture import DOCUMENT_BYTES, JPEG_SIDE, LADDER, MOVING, PHOTO_BYTES, fit, next_form

NOISE = random.Random(7)


def picture(size: tuple[int, int] = (64, 48), kind: str = "PNG", mode: str = "RGB") -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, 0).save(out, kind)
    return out.getvalue()


def noise(side: int) -> bytes:
    out = io.BytesIO()
    Image.frombytes("RGB", (side, side), NOISE.randbytes(3 * side * side)).save(out, "PNG", compress_level=0)
    return out.getvalue()


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


@pytest.mark.parametrize(("kind", "ending"), [("PNG", "png"), ("JPEG", "jpg"), ("WEBP", "webp")])
async def test_a_picture_that_fits_stays_untouched(kind: str, ending: str) -> None:
    data = picture(kind=kind)
    fitted = await fit(data, Form.PHOTO)
    assert (fitted.form, fitted.data, fitted.filename) == (Form.PHOTO, data, f"picture.{ending}")


@pytest.mark.parametrize(
    ("size", "form"),
    [
        ((5000, 5000), Form.PHOTO),
        ((5001, 5000), Form.JPEG),
        ((2000, 100), Form.PHOTO),
        ((100, 2000), Form.PHOTO),
        ((2001, 100), Form.DOCUMENT),
        ((100, 2001), Form.DOCUMENT),
        ((9000, 600), Form.PHOTO),
        ((9600, 500), Form.JPEG),
        ((1, 1), Form.PHOTO),
    ],
)
async def test_sides_and_ratio_decide_exactly_at_telegrams_limits(size: tuple[int, int], form: Form) -> None:
    data = picture(size, mode="L")
    fitted = await fit(data, Form.PHOTO)
    assert fitted.form is form
    if form is Form.JPEG:
        image = opened(fitted.data)
        assert (image.format, image.mode, max(image.size)) == ("JPEG", "RGB", JPEG_SIDE)
        assert abs(image.width / image.height - size[0] / size[1]) < 0.3
    else:
        assert fitted.data == data


async def test_a_png_of_more_than_ten_megabytes_becomes_a_jpeg() -> None:
    data = noise(1900)
    assert len(data) > PHOTO_BYTES
    fitted = await fit(data, Form.PHOTO)
    assert (fitted.form, fitted.filename) == (Form.JPEG, "picture.jpg")
    assert len(fitted.data) < PHOTO_BYTES
    assert opened(fitted.data).size == (1900, 1900)


async def test_the_original_is_what_a_document_brings() -> None:
    data = picture()
    fitted = await fit(data, Form.DOCUMENT)
    assert (fitted.form, fitted.data, fitted.filename) == (Form.DOCUMENT, data, "picture.png")


@pytest.mark.parametrize(
    ("kind", "mode"), [("PNG", "RGBA"), ("PNG", "P"), ("PNG", "LA"), ("PNG", "1"), ("JPEG", "CMYK"), ("JPEG", "L")]
)
async def test_every_kind_of_colour_becomes_a_plain_jpeg(kind: str, mode: str) -> None:
    data = picture(kind=kind, mode=mode)
    assert (await fit(data, Form.PHOTO)).data == data
    fitted = await fit(data, Form.JPEG)
    assert fitted.form is Form.JPEG
    assert opened(fitted.data).mode == "RGB"


@pytest.mark.parametrize("data", [b"garbage" * 100, b"<html>not found</html>", b"\x89PNG\r\n\x1a\n"])
async def test_what_is_no_known_picture_is_a_file(data: bytes) -> None:
    for form in (Form.PHOTO, Form.JPEG, Form.DOCUMENT):
        fitted = await fit(data, form)
        assert (fitted.form, fitted.data, fitted.filename) == (Form.DOCUMENT, data, "picture.bin")


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
async def test_a_picture_that_was_cut_off_is_a_file_at_last(kind: str) -> None:
    data = picture((300, 300), kind)
    cut = data[: len(data) * 2 // 3]
    fitted = await fit(cut, Form.JPEG)
    assert (fitted.form, fitted.data) == (Form.DOCUMENT, cut)


async def test_what_is_too_large_for_a_file_is_a_link() -> None:
    fitted = await fit(bytes(DOCUMENT_BYTES + 1), Form.PHOTO)
    assert (fitted.form, fitted.data) == (Form.LINK, b"")
    assert (await fit(bytes(DOCUMENT_BYTES), Form.DOCUMENT)).form is Form.DOCUMENT
    assert (await fit(picture(), Form.LINK)).form is Form.LINK


@pytest.mark.filterwarnings("default::PIL.Image.DecompressionBombWarning")  # as it is outside of tests
@pytest.mark.parametrize("side", [11_000, 20_000, 60_000])
async def test_a_header_that_promises_too_much_is_not_opened(side: int) -> None:
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + header
    data = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk)) + bytes(2000)
    fitted = await fit(data, Form.PHOTO)
    assert (fitted.form, fitted.data) == (Form.DOCUMENT, data)


SAMPLES = [picture((40, 30), kind) for kind in ("PNG", "JPEG", "WEBP")] + [picture((40, 30), "JPEG", "CMYK")]


@pytest.mark.filterwarnings("ignore")  # what the library only mumbles about is no error outside of tests
@settings(deadline=None, max_examples=300)
@given(st.sampled_from(SAMPLES), st.lists(st.tuples(st.integers(0, 400), st.integers(0, 255)), max_size=6), st.data())
async def test_no_damage_in_a_picture_breaks_anything(
    sample: bytes, changes: list[tuple[int, int]], data: st.DataObject
) -> None:
    damaged = bytearray(sample)
    for where, value in changes:
        damaged[where % len(damaged)] = value
    damaged = damaged[: data.draw(st.integers(1, len(damaged)))]
    for form in (Form.PHOTO, Form.JPEG, Form.DOCUMENT):
        fitted = await fit(bytes(damaged), form)
        assert fitted.data == bytes(damaged) or fitted.form is Form.JPEG


def test_every_form_has_a_plainer_one_but_the_last() -> None:
    assert [next_form(form) for form in LADDER] == [Form.JPEG, Form.DOCUMENT, Form.LINK, None]
    assert [next_form(form) for form in MOVING.values()] == [Form.DOCUMENT] * 2


def animated(kind: str) -> bytes:
    out = io.BytesIO()
    first, second = Image.new("RGB", (20, 20), "teal"), Image.new("RGB", (20, 20), "navy")
    first.save(out, kind, save_all=True, append_images=[second], duration=100)
    return out.getvalue()


MP4 = b"\x00\x00\x00\x20ftypisom" + bytes(200)


@pytest.mark.parametrize(
    ("data", "form", "name"),
    [
        (MP4, Form.VIDEO, "picture.mp4"),
        (animated("GIF"), Form.ANIMATION, "picture.gif"),
        (animated("WEBP"), Form.DOCUMENT, "picture.webp"),
        (picture(kind="WEBP"), Form.PHOTO, "picture.webp"),
    ],
)
async def test_what_moves_is_sent_as_what_moves(data: bytes, form: Form, name: str) -> None:
    fitted = await fit(data, Form.PHOTO)
    assert (fitted.form, fitted.data, fitted.filename) == (form, data, name)


@pytest.mark.parametrize("data", [MP4, animated("GIF"), animated("WEBP")])
async def test_what_moves_never_becomes_a_still(data: bytes) -> None:
    assert (await fit(data, Form.JPEG)).form is Form.DOCUMENT
    assert (await fit(data, Form.DOCUMENT)).data == data


async def test_a_video_beyond_what_telegram_takes_becomes_its_address() -> None:
    assert (await fit(MP4 + bytes(DOCUMENT_BYTES), Form.PHOTO)).form is Form.LINK
