"""Whatever somebody sends as a picture: a clear sentence, or the provider receives it upright and stripped."""

import io
import struct
import zlib
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image

from tests.stories.test_albums import colour_of, picture
from tests.world import World, WorldWith

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
ORIENTATION, GPS = 0x0112, 0x8825


def saved(image: Image.Image, kind: str, **how: Any) -> bytes:
    """A picture as a file's bytes."""
    out = io.BytesIO()
    image.save(out, kind, **how)
    return out.getvalue()


def bomb(side: int = 16_000) -> bytes:
    """A few kilobytes that unpack to a picture of that many pixels a side."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    packer = zlib.compressobj(9)
    line = bytes(1 + 3 * side)
    packed = b"".join(packer.compress(line) for _ in range(side)) + packer.flush()
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


def halves() -> Image.Image:
    """Red at the left, blue at the right."""
    image = Image.new("RGB", (200, 100), "red")
    image.paste("blue", (100, 0, 200, 100))
    return image


def with_exif() -> bytes:
    """What a phone makes of `halves` when it is held on its side, with the place where that was."""
    exif = Image.Exif()
    exif[ORIENTATION] = 6  # is to be turned by 90° clockwise
    exif[GPS] = {1: "N", 2: (52.0, 30.0, 0.0), 3: "E", 4: (13.0, 24.0, 0.0)}
    return saved(halves(), "JPEG", quality=95, exif=exif.tobytes())


BAD: dict[str, tuple[Callable[[], bytes], str, str]] = {
    "a bomb": (bomb, "image/png", "too large"),
    "a truncated JPEG": (lambda: saved(halves(), "JPEG")[:300], "image/jpeg", "cannot read that picture"),
    "a truncated PNG": (lambda: picture(side=512)[:-60], "image/png", "cannot read that picture"),
    "no picture in truth": (lambda: b"MZ this is a program", "image/png", "cannot read that picture"),
    "an SVG that says it is a PNG": (lambda: SVG, "image/png", "cannot read that picture"),
    "an SVG": (lambda: SVG, "image/svg+xml", "something else"),
    "a film": (lambda: b"\0\0\0 ftypisom", "video/mp4", "something else"),
    "25 MB": (lambda: picture() + bytes(25 * 1024 * 1024), "image/png", "too large"),
    "nothing": (lambda: b"\0", "image/gif", "cannot read that picture"),
}


@pytest.mark.parametrize("kind", BAD)
async def test_a_clear_sentence_for(kind: str, world_with: WorldWith) -> None:
    world: World = await world_with(DAILY_LIMIT_PER_USER="1")
    world.paint_nothing()
    make, mime, sentence = BAD[kind]
    ann = world.telegram.person("Ann")
    ann.private.send_photo(ann, make(), caption="/imagine a fox", as_file=True, mime=mime, name="x.png")
    told = await world.sees(ann.private, lambda m: m.from_bot and sentence in m.text, within=20)
    assert "othing was sent" in told.text
    await world.pass_time(2)
    assert not world.provider.submissions()
    await world.draws(ann)  # the place of today was not used


async def test_a_file_that_is_no_picture_is_explained_in_private_without_a_command(world: World) -> None:
    ann = world.telegram.person("Ann")
    asked = ann.private.send_photo(ann, SVG, as_file=True, mime="image/svg+xml", name="x.svg")
    assert "JPEG, PNG, WEBP or GIF" in (await world.answer(ann.private, asked)).text
    asked = ann.private.send_photo(ann, SVG, as_file=True, mime="image/svg+xml", name="x.svg", caption="/blend")
    assert "JPEG, PNG, WEBP or GIF" in (await world.answer(ann.private, asked)).text


@pytest.mark.parametrize("kind", ["exif", "cmyk", "wrong extension", "gif", "huge", "palette"])
async def test_the_provider_receives_it_upright_small_and_stripped(kind: str, world: World) -> None:
    world.paint_nothing()
    frames = [Image.new("RGB", (50, 50), colour) for colour in ("red", "blue")]
    data, mime = {
        "exif": (with_exif(), "image/jpeg"),
        "cmyk": (saved(Image.new("RGB", (80, 80), "red").convert("CMYK"), "JPEG"), "image/jpeg"),
        "wrong extension": (saved(Image.new("RGB", (80, 80), "red"), "WEBP"), "image/png"),
        "gif": (saved(frames[0], "GIF", save_all=True, append_images=frames[1:]), "image/gif"),
        "huge": (saved(Image.new("RGB", (6000, 6000), "red"), "JPEG"), "image/jpeg"),
        "palette": (saved(Image.new("RGB", (80, 80), "red").convert("P"), "PNG"), "image/png"),
    }[kind]
    ann = world.telegram.person("Ann")
    ann.private.send_photo(ann, data, caption="/imagine a fox", as_file=True, mime=mime, name="x.png")
    (entry,) = await world.until(lambda: world.provider.submissions(path="imagine"), within=30)
    (received,) = world.provider.ledger.images(entry.number)
    with Image.open(io.BytesIO(received)) as image:
        assert (image.format, image.mode) == ("JPEG", "RGB")
        assert not image.getexif()
        assert max(image.size) <= 2048
        if kind == "exif":
            assert image.size == (100, 200)
            top, bottom = image.crop((0, 0, 100, 90)), image.crop((0, 110, 100, 200))
            assert [colour_of(saved(part, "PNG")) for part in (top, bottom)] == ["red", "blue"]
        else:
            assert colour_of(received) == "red"
    assert b"Exif" not in received


async def test_one_bad_picture_of_several_is_told_and_nothing_is_submitted(world_with: WorldWith) -> None:
    world: World = await world_with(DAILY_LIMIT_PER_USER="1")
    world.paint_nothing()
    ann = world.telegram.person("Ann")
    album = [picture("red"), b"no picture", picture("blue")]
    ann.private.send_album(ann, album, caption="/blend", as_files=True)
    told = await world.sees(ann.private, lambda m: "one of the pictures" in m.text, within=20)
    assert "Nothing was sent" in told.text
    assert not world.provider.submissions()
    ann.private.send_album(ann, album, caption="/imagine a fox --sref", as_files=True)
    await world.until(lambda: sum("one of the pictures" in m.text for m in ann.private.messages) == 2, within=20)
    assert not world.provider.submissions()
    await world.draws(ann)


async def test_the_same_picture_as_a_photo_and_as_a_file_is_found_out_before_it_is_sent(world: World) -> None:
    ann = world.telegram.person("Ann")
    ann.private.send_photo(ann, picture("red"), caption="/blend")
    await world.pass_time(2)
    ann.private.send_photo(ann, picture("red"), as_file=True)
    basket = await world.sees(ann.private, lambda m: "2 of 5" in m.text, within=5)
    await world.press(ann.private, ann, basket, "Blend")
    told = await world.sees(ann.private, lambda m: "are the same" in m.text, within=10)
    assert "Nothing was sent" in told.text
    assert not world.provider.submissions()
