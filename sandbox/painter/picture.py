"""A picture as a value (what, from which seed, seen from where), and how it is painted at any size."""

import io
from dataclasses import dataclass, replace
from math import sqrt
from random import Random

from PIL import Image, ImageChops

from sandbox.painter.blend import FORMATS, melt
from sandbox.painter.canvas import Canvas
from sandbox.painter.colour import mix
from sandbox.painter.dice import Dice, Step
from sandbox.painter.easel import Easel
from sandbox.painter.palette import choose
from sandbox.painter.reading import read
from sandbox.painter.scenes import SCENES
from sandbox.painter.view import View

WIDEST = 3.2
"""Zooming out ends here; the world behind the scenes is not endless."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """One picture, not yet painted.

    `sources` are encoded images that it melts together (a blend); where `mask` (an encoded image) is black,
    the picture `under` it shows (a region painted anew).
    """

    prompt: str
    seed: int
    steps: tuple[Step, ...] = ()
    zoom: float = 1.0
    dx: float = 0.0
    dy: float = 0.0
    aspect: float | None = None
    sources: tuple[bytes, ...] = ()
    under: "Picture | None" = None
    mask: bytes = b""

    @property
    def shape(self) -> float:
        """Width to height."""
        return self.aspect if self.aspect is not None else read(self.prompt).aspect

    def variant(self, index: int, strength: float = 1.0) -> "Picture":
        """Return the index-th (1 to 4) picture near this one; strength 1 is a composition of its own."""
        return replace(self, steps=(*self.steps, Step(index=index, strength=strength)))

    def zoomed(self, factor: float) -> "Picture":
        """Return a wider look at the same middle."""
        return replace(self, zoom=min(self.zoom * factor, WIDEST))

    def panned(self, right: float, down: float) -> "Picture":
        """Return a look to the side, in picture heights."""
        return replace(self, dx=min(max(self.dx + right, -2.0), 2.0), dy=min(max(self.dy + down, -0.8), 0.8))

    def repainted(self, prompt: str, mask: bytes) -> "Picture":
        """Return the same picture with other words where the mask is white. Raises ValueError if it is no image."""
        try:
            with Image.open(io.BytesIO(mask), formats=FORMATS) as image:
                image.verify()
        except (OSError, SyntaxError, Image.DecompressionBombError) as error:
            raise ValueError("not an image") from error
        return replace(self, prompt=prompt, aspect=self.shape, under=self, mask=mask)

    def squared(self) -> "Picture":
        """Return the same scene seen through a square."""
        return replace(self, zoom=min(self.zoom * max(self.shape, 1.0), WIDEST), aspect=1.0)


def extent(picture: Picture, side: int) -> tuple[int, int]:
    """Return width and height in pixels: as many as a square of this side has, in multiples of 8."""
    root = sqrt(picture.shape)
    return max(8, round(side * root / 8) * 8), max(8, round(side / root / 8) * 8)


def paint(prompt: str, seed: int, size: tuple[int, int]) -> Image.Image:
    """Paint a prompt at this size (width, height); the same words and seed give the same picture."""
    return render(Picture(prompt=prompt, seed=seed, aspect=size[0] / size[1]), size)


def render(picture: Picture, size: tuple[int, int]) -> Image.Image:
    """Paint a picture at this size. Every size shows the same composition."""
    if picture.under is None:
        return _render(picture, size)
    with Image.open(io.BytesIO(picture.mask), formats=FORMATS) as mask:
        region = mask.convert("L").resize(size, Image.Resampling.BILINEAR)
    return Image.composite(_render(picture, size), render(picture.under, size), region)


def _render(picture: Picture, size: tuple[int, int]) -> Image.Image:
    reading = read(picture.prompt)
    frame = reading.aspect if not picture.sources else picture.shape
    if picture.aspect is not None and picture.zoom == 1.0:
        frame = picture.shape
    view = View(width=size[0], height=size[1], half=frame / 2, zoom=picture.zoom, dx=picture.dx, dy=picture.dy)
    dice = Dice(seed=picture.seed, steps=picture.steps)
    canvas = Canvas(view)
    if picture.sources:
        canvas.image = melt(picture.sources, dice, view)
    else:
        palette = choose(reading, dice)
        SCENES[reading.scene](Easel(canvas=canvas, palette=palette, dice=dice, reading=reading))
        _frame(canvas, mix(palette.near, palette.zenith, 0.3))
    return _grain(canvas.image, picture.seed)


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
