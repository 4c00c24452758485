"""A picture as a value: what, from which seed, seen from where, and what it was made from. Painted in `rendering`."""

from dataclasses import dataclass, replace
from math import sqrt
from typing import TypeAlias

from sandbox.painter.dice import Step
from sandbox.painter.masks import plain
from sandbox.painter.reading import MOST, read

WIDEST = 3.2
"""The world behind the scenes is not endless: what lies farther out is painted as if it were here."""
ASIDE = 0.5
"""What a pan adds, in lengths of the side that grows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """Where a picture lies in a larger one, in shares of its width and height."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """One picture, not yet painted.

    `sources` show in it, `share` of the way from the scene alone (0) to them alone (1, a blend or a photo); it takes
    its colours from `styles` and shows `faces` in its middle; `niji` is drawn flat and bright.
    `under` is what was there before: it stays in its `box` (a wider frame), or where `mask` is black (a region anew).
    While `held`, only what is new about it differs in its variants.
    `frame` is the shape that the scene was composed for, where that isn't its own.
    """

    prompt: str
    seed: int
    steps: tuple[Step, ...] = ()
    zoom: float = 1.0
    dx: float = 0.0
    dy: float = 0.0
    aspect: float | None = None
    frame: float | None = None
    niji: bool = False
    sources: "tuple[Source, ...]" = ()
    share: float = 1.0
    styles: "tuple[Source, ...]" = ()
    faces: "tuple[Source, ...]" = ()
    under: "Picture | None" = None
    box: Box | None = None
    mask: bytes = b""
    held: bool = False

    @property
    def shape(self) -> float:
        """Width to height."""
        return self.aspect if self.aspect is not None else read(self.prompt).aspect

    def variant(self, index: int, strength: float = 1.0) -> "Picture":
        """Return the index-th (1 to 4) picture near this one; strength 1 is a composition of its own."""
        stepped = replace(self, steps=(*self.steps, Step(index=index, strength=strength)))
        if self.under is None or self.held:
            return stepped
        return replace(stepped, under=self.under.variant(index, strength))

    def freed(self) -> "Picture":
        """Return the same picture, all of which differs in its variants."""
        return replace(self, held=False, under=None if self.under is None else self.under.freed())

    def reworded(self, prompt: str) -> "Picture":
        """Return the same picture of other words, all through."""
        return replace(self, prompt=prompt, under=None if self.under is None else self.under.reworded(prompt))

    def zoomed(self, factor: float, *, aspect: float | None = None, prompt: str | None = None) -> "Picture":
        """Return a frame of this shape, `factor` times as large as needed to hold the picture in its middle."""
        shape = aspect or self.shape
        high = factor * max(1.0, self.shape / shape)
        wide = high * shape
        return self._framed(wide, high, (wide - self.shape) / 2, (high - 1) / 2, prompt)

    def squared(self) -> "Picture":
        """Return the square that holds the picture."""
        return self.zoomed(1.0, aspect=1.0)

    def panned(self, way: str, *, prompt: str | None = None) -> "Picture":
        """Return a frame that is longer to the left, right, up or down; beyond 3 to 1 it moves instead."""
        wide, high = self.shape, 1.0
        if way in {"left", "right"}:
            long = min(wide * (1 + ASIDE), max(MOST, wide))
            return self._framed(long, high, wide * ASIDE if way == "left" else long - wide * (1 + ASIDE), 0.0, prompt)
        long = min(1 + ASIDE, max(MOST * wide, high))
        return self._framed(wide, long, 0.0, ASIDE if way == "up" else long - 1 - ASIDE, prompt)

    def repainted(self, prompt: str, mask: bytes, seed: int) -> "Picture":
        """Return the same picture with other words where the mask is white. Raises ValueError if it is no image."""
        return replace(
            self,
            prompt=prompt,
            seed=seed,
            steps=(),
            aspect=self.shape,
            sources=(),
            faces=(),
            under=self,
            box=None,
            mask=plain(mask),
            held=True,
        )

    def _framed(self, wide: float, high: float, left: float, top: float, prompt: str | None) -> "Picture":
        """All in heights of this picture; what is new looks at the world from where the old picture does."""
        right = (wide / 2 - (left + self.shape / 2)) * self.zoom
        down = (high / 2 - (top + 0.5)) * self.zoom
        return replace(
            self,
            prompt=self.prompt if prompt is None else prompt,
            zoom=min(self.zoom * high, WIDEST),
            dx=min(max(self.dx + right, -2.0), 2.0),
            dy=min(max(self.dy + down, -0.8), 0.8),
            aspect=wide / high,
            frame=self.frame or self.shape,
            sources=(),
            styles=self.styles or self.sources,
            faces=(),
            under=self,
            box=Box(left=left / wide, top=top / high, width=self.shape / wide, height=1 / high),
            mask=b"",
            held=True,
        )


Source: TypeAlias = bytes | Picture
"""An image that goes into a picture: encoded, or one of our own that isn't painted yet."""


def extent(picture: Picture, side: int) -> tuple[int, int]:
    """Return width and height in pixels: as many as a square of this side has, in multiples of 8."""
    root = sqrt(picture.shape)
    return max(8, round(side * root / 8) * 8), max(8, round(side / root / 8) * 8)
