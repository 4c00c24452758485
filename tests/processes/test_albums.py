"""A power cut in the middle of an album: what came before it and what comes after it are one request."""

import asyncio
import io

import pytest
from PIL import Image

from sandbox.midjourney.ledger import Entry
from tests.outside import Outside

pytestmark = pytest.mark.process


def picture(colour: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (64, 64), colour).save(out, "PNG")
    return out.getvalue()


def blends(outside: Outside) -> list[Entry]:
    return outside.provider.submissions(path="blend")


@pytest.mark.parametrize("before", [1, 4])
async def test_an_album_outlives_a_kill_in_its_middle_and_blends_once(outside: Outside, before: int) -> None:
    outside.paint_nothing()
    await outside.start()
    ann = outside.telegram.person("Ann")
    colours = ("red", "green", "blue", "yellow")
    for number, colour in enumerate(colours[:before]):
        ann.private.send_photo(ann, picture(colour), album="cut", caption="/blend" if number == 0 else "")
    await asyncio.sleep(0.5)  # well within the time that another part has
    await outside.kill()
    assert not blends(outside)
    for colour in colours[before:]:
        ann.private.send_photo(ann, picture(colour), album="cut")
    await outside.start()
    await outside.until(lambda: outside.pictures(ann.private))
    await asyncio.sleep(3)
    (blend,) = blends(outside)
    assert len(outside.provider.ledger.images(blend.number)) == 4
    assert len(outside.pictures(ann.private)) == 1
