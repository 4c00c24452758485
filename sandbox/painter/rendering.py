"""How a picture is painted, at any size: every size shows the same composition."""

from dataclasses import replace
from random import Random

from PIL import Image, ImageChops

from sandbox.painter.blend import faced, melt, opened
from sandbox.painter.canvas import Canvas
from sandbox.painter.colour import mix
from sandbox.painter.dice import Dice
from sandbox.painter.easel import Easel
from sandbox.painter.manner import flat
from sandbox.painter.masks import region
from sandbox.painter.palette import choose, drawn_from
from sandbox.painter.picture import Picture, Source, extent
from sandbox.painter.reading import read
from sandbox.painter.scenes import SCENES
from sandbox.painter.view import View

REFERENCE = 256  # pixels; our own pictures are painted so large where they are only referred to
SEAM = 0.03  # how far an old picture runs out into what was painted around it, in shares of its sides
Size = tuple[int, int]


def paint(prompt: str, seed: int, size: Size) -> Image.Image:
    """Paint a prompt at this size (width, height); the same words and seed give the same picture."""
    return render(Picture(prompt=prompt, seed=seed, aspect=size[0] / size[1]), size)


def render(picture: Picture, size: Size) -> Image.Image:
    """Paint a picture."""
    if picture.under is None:
        return _painted(picture, size)
    if picture.box is not None:
        return _around(picture, picture.under, size)
    return _anew(picture, picture.under, size)


def _around(picture: Picture, under: Picture, size: Size) -> Image.Image:
    """Paint a wider frame, then lay what was there into it."""
    box, (width, height) = picture.box, size
    if box is None:
        raise ValueError("what lies under a picture has a place in it")
    wide = _painted(picture, size)
    left, top = round(box.left * width), round(box.top * height)
    inner = max(1, round(box.width * width)), max(1, round(box.height * height))
    wide.paste(render(under, inner), (left, top), _seam(inner, (left, top), size))
    return wide


def _seam(inner: Size, at: tuple[int, int], size: Size) -> Image.Image:
    """Return a mask that runs out towards those edges of the old picture that lie inside the new."""
    reach = [max(2, round(side * SEAM)) for side in inner]
    ends = [(at[axis] > 0, at[axis] + inner[axis] < size[axis]) for axis in (0, 1)]
    ramps = []
    for axis in (0, 1):
        length, far = inner[axis], reach[axis]
        row = Image.new("L", (length, 1))
        row.putdata(
            [
                round(255 * min(1.0, n / far if ends[axis][0] else 1.0, (length - 1 - n) / far if ends[axis][1] else 1))
                for n in range(length)
            ]
        )
        ramps.append(row if axis == 0 else row.transpose(Image.Transpose.ROTATE_270))
    return ImageChops.multiply(*(ramp.resize(inner, Image.Resampling.NEAREST) for ramp in ramps))


def _anew(picture: Picture, under: Picture, size: Size) -> Image.Image:
    """Paint a region; words that ask for another scene get one of the region's own size, so that it can be seen."""
    old = render(under, size)
    mask, box = region(picture.mask, size)
    if read(picture.prompt).scene == read(under.prompt).scene and not under.sources:
        return Image.composite(_painted(picture, size), old, mask)
    wide, high = box[2] - box[0], box[3] - box[1]
    own = replace(picture, aspect=wide / high, frame=None, zoom=1.0, dx=0.0, dy=0.0)
    old.paste(_painted(own, (wide, high)), box[:2], mask.crop(box))
    return old


def _painted(picture: Picture, size: Size) -> Image.Image:
    half = (picture.frame or picture.shape) / 2
    view = View(width=size[0], height=size[1], half=half, zoom=picture.zoom, dx=picture.dx, dy=picture.dy)
    dice = Dice(seed=picture.seed, steps=picture.steps)
    sources = _all_of(picture.sources)
    image = melt(sources, dice, view) if sources and picture.share > 0 else None
    if image is None:
        image = _scene(picture, dice, view)
    elif picture.share < 1:
        image = Image.blend(_scene(picture, dice, view), image, picture.share)
    image = faced(image, _all_of(picture.faces))
    return flat(image) if picture.niji else _grain(image, picture.seed)


def _scene(picture: Picture, dice: Dice, view: View) -> Image.Image:
    reading, canvas = read(picture.prompt), Canvas(view)
    styles = _all_of(picture.styles)
    palette = drawn_from(styles[0]) if styles else choose(reading, dice)
    SCENES[reading.scene](Easel(canvas=canvas, palette=palette, dice=dice, reading=reading))
    _frame(canvas, mix(palette.near, palette.zenith, 0.3))
    return canvas.image


def _all_of(sources: tuple[Source, ...]) -> list[Image.Image]:
    return [opened(one) if isinstance(one, bytes) else render(one, extent(one, REFERENCE)) for one in sources]


def _frame(canvas: Canvas, dark: tuple[int, int, int]) -> None:
    """Darken the corners a little; it holds a picture together."""
    corners = Image.radial_gradient("L").point([round(max(0, value - 118) * 0.62) for value in range(256)])
    canvas.tint(corners.resize(canvas.image.size, Image.Resampling.BILINEAR), dark)


def _grain(image: Image.Image, seed: int) -> Image.Image:
    """Add a grain of one step up or down, so that gradients show no bands; more would only make files large."""
    tile = Image.frombytes("L", (256, 256), Random(seed).randbytes(65536)).point(
        [value * 3 // 256 + 127 for value in range(256)]
    )
    grain = Image.new("L", image.size)
    for x in range(0, image.width, 256):
        for y in range(0, image.height, 256):
            grain.paste(tile, (x, y))
    return ImageChops.add(image, Image.merge("RGB", (grain, grain, grain)), 1, -128)
