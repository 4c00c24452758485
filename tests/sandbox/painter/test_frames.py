"""Wider frames and regions: what was there stays, what is new is new."""

import io

import pytest
from PIL import Image, ImageChops, ImageStat

from sandbox.painter.gallery import png
from sandbox.painter.masks import blank, holes, plain
from sandbox.painter.picture import Picture, extent
from sandbox.painter.rendering import render

SEA = Picture(prompt="a lighthouse in a storm --ar 3:2", seed=4)


def difference(first: Image.Image, second: Image.Image) -> float:
    return sum(ImageStat.Stat(ImageChops.difference(first, second)).mean) / 3


def inner(picture: Picture, side: int = 256) -> tuple[Image.Image, Image.Image]:
    """The part of a frame where the old picture lies, without its seam, and the old picture itself at that size."""
    assert picture.box is not None
    assert picture.under is not None
    whole = render(picture, extent(picture, side))
    left, top = round(picture.box.left * whole.width), round(picture.box.top * whole.height)
    size = round(picture.box.width * whole.width), round(picture.box.height * whole.height)
    edge = 8
    box = edge, edge, size[0] - edge, size[1] - edge
    old = render(picture.under, (size[0] * 2, size[1] * 2)).resize(size, Image.Resampling.BOX)
    return whole.crop((left, top, left + size[0], top + size[1])).crop(box), old.crop(box)


@pytest.mark.parametrize("wider", [SEA.zoomed(2), SEA.zoomed(1.5), SEA.squared(), SEA.panned("left")])
@pytest.mark.parametrize("prompt", [SEA.prompt, "neon city"])
def test_in_a_wider_frame_the_old_picture_is_seen_smaller(wider: Picture, prompt: str) -> None:
    there, old = inner(wider if prompt == SEA.prompt else SEA.zoomed(2, prompt=prompt))
    assert difference(there, old) < 4
    assert difference(there, inner(SEA.zoomed(2).freed().variant(2, 1.0))[0].resize(there.size)) > 8


def test_a_zoom_takes_in_so_much_more() -> None:
    for factor in (1.0, 1.3, 2.0):
        box = SEA.zoomed(factor).box
        assert box is not None
        assert box.width == pytest.approx(1 / factor)
        assert box.height == pytest.approx(1 / factor)


def test_other_words_are_only_around_the_old_picture() -> None:
    city, sea = SEA.zoomed(2, prompt="neon city"), SEA.zoomed(2)
    first, second = (render(one, (240, 160)) for one in (city, sea))
    assert difference(first.crop((66, 44, 174, 116)), second.crop((66, 44, 174, 116))) < 1
    assert difference(first.crop((0, 0, 240, 36)), second.crop((0, 0, 240, 36))) > 8


@pytest.mark.parametrize(("way", "corner"), [("left", (120, 0)), ("right", (0, 0)), ("up", (0, 80)), ("down", (0, 0))])
def test_a_pan_adds_half_the_side_that_it_goes_to(way: str, corner: tuple[int, int]) -> None:
    wide = SEA.panned(way)
    size = (360, 160) if way in {"left", "right"} else (240, 240)
    assert wide.shape == pytest.approx(size[0] / size[1])
    there = render(wide, size).crop((*corner, corner[0] + 240, corner[1] + 160)).crop((10, 10, 230, 150))
    assert there.tobytes() == render(SEA, (240, 160)).crop((10, 10, 230, 150)).tobytes()


def test_a_very_long_picture_moves_instead_of_growing() -> None:
    long = SEA
    for _ in range(4):
        long = long.panned("right")
    assert long.shape == pytest.approx(3.0)
    assert long.box is not None
    assert long.box.left < 0


def test_the_four_of_a_wider_frame_differ_around_the_old_picture_only() -> None:
    first, second = (render(SEA.zoomed(2).variant(n, 0.5), (240, 160)) for n in (1, 2))
    assert difference(first.crop((70, 50, 170, 110)), second.crop((70, 50, 170, 110))) == 0
    assert difference(first, second) > 1


def mask_of(size: tuple[int, int], box: tuple[int, int, int, int]) -> bytes:
    mask = Image.new("RGB", size)
    mask.paste("white", box)
    return png(mask)


@pytest.mark.parametrize("prompt", [SEA.prompt, "a red rose"])
def test_outside_of_a_region_not_a_pixel_changes(prompt: str) -> None:
    size, box = (192, 128), (90, 20, 170, 100)
    mask = mask_of(size, box)
    before, after = render(SEA, size), render(SEA.repainted(prompt, mask, 9).variant(1, 0.55), size)
    changed = ImageChops.difference(before, after).convert("L").point([255 if value else 0 for value in range(256)])
    assert ImageChops.subtract(changed, Image.open(io.BytesIO(mask)).convert("L")).getbbox() is None
    assert difference(before.crop(box), after.crop(box)) > 8
    assert ImageStat.Stat(changed.crop(box)).mean[0] > 200


def test_all_of_a_repainted_picture_differs_in_its_variations() -> None:
    painted = SEA.repainted("a red rose", mask_of((96, 64), (0, 0, 32, 64)), 9)
    held, free = painted.variant(1, 0.5), painted.freed().variant(1, 0.5)
    right = (40, 0, 96, 64)
    plain_picture = render(painted, (96, 64)).crop(right)
    assert difference(render(held, (96, 64)).crop(right), plain_picture) == 0
    assert difference(render(free, (96, 64)).crop(right), plain_picture) > 1


def test_a_mask_is_read_whatever_it_is_encoded_as_and_nothing_else_is() -> None:
    assert blank(plain(png(Image.new("RGB", (8, 8)))))
    assert blank(plain(png(Image.new("RGBA", (8, 8), (255, 255, 255, 0))))), "what is transparent isn't chosen"
    assert not blank(plain(png(Image.new("L", (8, 8), 255))))
    for wrong in (b"", b"nothing", png(Image.new("L", (8, 8)))[:30]):
        with pytest.raises(ValueError, match="not an image"):
            plain(wrong)


def test_holes_are_where_an_image_is_transparent() -> None:
    image = Image.new("RGBA", (20, 20), "red")
    assert holes(png(image.convert("RGB"))) is None
    assert holes(png(image)) is None
    image.paste((0, 0, 0, 0), (0, 0, 10, 20))
    found = holes(png(image))
    assert found is not None
    assert not blank(found)
