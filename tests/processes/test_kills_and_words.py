"""Kills around words for a picture: what was pressed is drawn, each once, and the question is still there."""

import asyncio
import io
from collections import Counter

import pytest
from PIL import Image

from tests.outside import Outside

pytestmark = pytest.mark.process


def a_picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (60, 60), "teal").save(out, "PNG")
    return out.getvalue()


async def test_all_four_of_a_description_outlive_kills_each_drawn_once(outside: Outside) -> None:
    outside.provider.set_speed(all=1.0)
    await outside.start()
    ann = outside.telegram.person("Ann")
    asked = ann.private.send_photo(ann, a_picture(), caption="/describe")
    await outside.until(lambda: outside.provider.submissions(path="describe", accepted=True))
    await asyncio.sleep(0.3)
    await outside.kill()
    await outside.start()
    shown = await outside.until(lambda: [m for m in ann.private.messages if m.from_bot and len(m.buttons) == 7])
    (words,) = shown
    assert words.reply_to == asked.id
    outside.provider.set_speed(all=3.0)
    ann.private.press(ann, words.id, "🎉 All (4 charges)")
    await outside.until(lambda: len(outside.provider.submissions(path="imagine", accepted=True)) == 3)  # one waits
    await asyncio.sleep(0.3)
    await outside.kill()
    await outside.start()
    await outside.until(lambda: len(outside.pictures(ann.private)) == 4)
    await asyncio.sleep(1)
    prompts = Counter(entry.body["prompt"] for entry in outside.provider.submissions(path="imagine"))
    assert len(prompts) == 4
    assert set(prompts.values()) == {1}
    assert len(outside.provider.submissions(path="describe")) == 1
    assert len(outside.pictures(ann.private)) == 4
