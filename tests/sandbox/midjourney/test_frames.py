"""Windows and presses that keep the old picture: regions, zooms, pans, squares, measured over HTTP."""

from typing import Any

import pytest
from PIL import Image, ImageChops

from tests.sandbox.midjourney.desk import Desk
from tests.sandbox.midjourney.sheets import data_url, difference, mask_of, tiles

WORDS = "a lighthouse in a storm --ar 3:2"
BOX = (80, 16, 140, 80)


async def repainted(desk: Desk, single: Any, mask: str, prompt: str = "a red rose") -> Any:
    return await desk.pressed(single, "Inpaint", prompt=prompt, maskBase64=mask)


@pytest.mark.parametrize("prompt", ["a red rose", WORDS])
async def test_a_region_changes_inside_of_its_mask_and_nowhere_else(prompt: str) -> None:
    async with Desk() as desk:
        single = await desk.single(WORDS)
        before = await desk.look(single)
        mask = mask_of(before.size, BOX)
        grid = await repainted(desk, single, data_url(mask), prompt)
        for tile in tiles(await desk.look(grid)):
            small = tuple(round(part * tile.width / before.width) for part in BOX)
            assert difference(tile.crop((0, 0, small[0] - 2, tile.height)), before.crop((0, 0, 78, before.height))) < 12
            assert difference(before.crop(BOX), tile.resize(before.size).crop(BOX)) > 8
        chosen = await desk.pressed(grid, "upsample::2")
        after = await desk.look(chosen)
        assert after.size == before.size
        changed = ImageChops.difference(before, after).convert("L").point([255 if n else 0 for n in range(256)])
        assert changed.getbbox() is not None
        assert ImageChops.subtract(changed, mask.convert("L")).getbbox() is None, "not a pixel outside"
        assert difference(before.crop(BOX), after.crop(BOX)) > 8


async def test_a_mask_that_is_missing_or_unreadable_is_refused_and_the_window_stays() -> None:
    async with Desk() as desk:
        window = (await desk.press(await desk.single(), "Inpaint")).json()["result"]
        missing = (await desk.submit("modal", taskId=window, prompt="a")).json()
        assert (missing["code"], missing["description"]) == (4, "蒙版base64不能为空")
        for wrong in ("data:image/png;base64,AAAA", "data:image/png;base64,%%%"):
            assert (await desk.submit("modal", taskId=window, prompt="a", maskBase64=wrong)).json()["code"] == 4
        assert (await desk.fetch(window))["status"] == "MODAL"


async def test_a_mask_that_is_all_black_is_taken_and_fails() -> None:
    async with Desk() as desk:
        window = (await desk.press(await desk.single(), "Inpaint")).json()["result"]
        mask = data_url(Image.new("RGB", (32, 32)))
        await desk.taken("modal", taskId=window, prompt="a", maskBase64=mask)
        desk.move(60)
        shown = await desk.fetch(window)
        assert (shown["status"], shown["failReason"][:23]) == ("FAILURE", "[Internal Server Error]")


@pytest.mark.parametrize("dialect", ["engine", "gateway"])
async def test_the_mask_that_was_sent_can_be_read_in_the_book(dialect: str) -> None:
    async with Desk(dialect=dialect) as desk:
        mask = data_url(mask_of((300, 200), BOX))
        assert len(mask) > 400
        await repainted(desk, await desk.single(WORDS), mask)
        (entry,) = desk.server.submissions(path="modal")
        assert entry.body["maskBase64"] == mask
        (sent,) = desk.server.ledger.images(entry.number)
        assert data_url(sent) == mask


@pytest.mark.parametrize(
    ("part", "answered", "share", "shape"),
    [
        ("Outpaint::50", {}, 0.5, 1.5),
        ("Outpaint::75", {}, 0.75, 1.5),
        ("CustomZoom", {"prompt": f"{WORDS} --zoom 1.3"}, 1 / 1.3, 1.5),
        ("CustomZoom", {"prompt": "a neon city --zoom 2"}, 0.5, 1.5),
        ("CustomZoom", {"prompt": "a lighthouse --ar 1:1 --zoom 1.5"}, 1 / 1.5, 1.0),
        ("CustomZoom", {"prompt": "a lighthouse --ar 2:1 --zoom 1"}, 0.75, 2.0),
        ("Outpaint::100", {}, 1.0, 1.0),
    ],
)
async def test_a_wider_frame_shows_the_old_picture_smaller_in_its_middle(
    part: str, answered: dict[str, str], share: float, shape: float
) -> None:
    async with Desk() as desk:
        single = await desk.single(WORDS)
        before = await desk.look(single)
        wide = await desk.look(await desk.pressed(await desk.pressed(single, part, **answered), "upsample::1"))
        assert wide.width / wide.height == pytest.approx(shape, abs=0.1)
        width = wide.width * share
        size = round(width), round(width / before.width * before.height)
        left, top = (wide.width - size[0]) // 2, (wide.height - size[1]) // 2
        found = wide.crop((left, top, left + size[0], top + size[1]))
        edge = 10
        core = (edge, edge, size[0] - edge, size[1] - edge)
        there = difference(found.crop(core), before.resize(size, Image.Resampling.BOX).crop(core))
        assert there < 16, "so small, a rounded pixel is much"
        if share < 1:
            assert difference(wide.crop((0, 0, wide.width, before.height)), before) > there + 3, "it isn't as large"


@pytest.mark.parametrize("way", ["left", "right", "up", "down"])
async def test_a_pan_adds_to_its_side(way: str) -> None:
    async with Desk() as desk:
        single = await desk.single(WORDS)
        before = await desk.look(single)
        wide = await desk.look(await desk.pressed(await desk.pressed(single, f"pan_{way}"), "upsample::1"))
        shape = 2.25 if way in {"left", "right"} else 1.0
        assert wide.width / wide.height == pytest.approx(shape, abs=0.15)
        size = (wide.width * 2 // 3, wide.height) if shape > 2 else (wide.width, wide.height * 2 // 3)
        ends = (wide.width - size[0], wide.height - size[1])
        left, top = {"left": (ends[0], 0), "up": (0, ends[1])}.get(way, (0, 0))
        core = wide.crop((left + 8, top + 8, left + size[0] - 8, top + size[1] - 8))
        old = before.resize(size, Image.Resampling.BOX).crop((8, 8, size[0] - 8, size[1] - 8))
        elsewhere = wide.crop((ends[0] - left, ends[1] - top, ends[0] - left + size[0], ends[1] - top + size[1]))
        assert difference(core, old) < 12
        assert difference(elsewhere.crop((8, 8, size[0] - 8, size[1] - 8)), old) > difference(core, old)
