"""A region on its way: small in a row, portable when it is sent, and the same all along."""

import base64
import io
from dataclasses import replace

import pytest
from PIL import Image, ImageDraw

from domain.question import Filled, cells_text
from domain.task import Answer, Describe, PictureId, RemoteId
from workers import masks
from workers.mask import MaskRefused, as_portable

ANSWER = Answer(window=RemoteId("w1"), prompt="a fox")


def painted(size: tuple[int, int]) -> bytes:
    image = Image.new("L", size)
    ImageDraw.Draw(image).ellipse((10, 20, size[0] // 2, size[1] // 2), fill=255)
    return as_portable(image)


def pixels(png: bytes) -> bytes:
    with Image.open(io.BytesIO(png)) as image:
        assert image.mode == "RGB"
        return image.tobytes()


async def test_a_painted_mask_lies_small_and_goes_out_as_it_was() -> None:
    mask = painted((2048, 1365))
    kept = masks.small(mask)
    assert len(kept) < len(mask)
    with Image.open(io.BytesIO(base64.b64decode(kept))) as image:
        assert image.mode == "1"
    ready = await masks.ready(replace(ANSWER, mask=kept))
    assert isinstance(ready, Answer)
    assert pixels(base64.b64decode(ready.mask)) == pixels(mask)


async def test_chosen_cells_are_drawn_in_the_pictures_own_size() -> None:
    filled = Filled(offered="", key="", width=1000, height=500, cells=(1, 5))
    assert filled.layout == (5, 3)
    ready = await masks.ready(replace(ANSWER, mask=cells_text(filled)))
    assert isinstance(ready, Answer)
    with Image.open(io.BytesIO(base64.b64decode(ready.mask))) as image:
        assert image.size == (1000, 500)
        white = [place for place in ((100, 80), (900, 80), (500, 80), (100, 250)) if image.getpixel(place)[0]]  # type: ignore[index]
    assert white == [(100, 80), (900, 80)]


async def test_all_else_goes_out_as_it_is() -> None:
    describe = Describe(picture=PictureId("p"))
    assert await masks.ready(describe) is describe
    assert await masks.ready(ANSWER) is ANSWER


async def test_what_marks_nothing_is_refused_before_it_is_sent() -> None:
    image = Image.new("1", (40, 40))
    out = io.BytesIO()
    image.save(out, "PNG")
    with pytest.raises(MaskRefused):
        await masks.ready(replace(ANSWER, mask=base64.b64encode(out.getvalue()).decode()))
