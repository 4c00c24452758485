"""Short films: a picture that the eye wanders through, as an H.264 MP4 that browsers and chats play."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import cos, pi, sin
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

import av
from PIL import Image, ImageEnhance

from sandbox.painter.dice import Dice
from sandbox.painter.picture import Picture, extent
from sandbox.painter.rendering import render

RATE = 12  # frames a second
PART = 2.0
"""Seconds of a fresh film, and of what each extension adds."""
SIDE = 320
MARGIN = 1.3  # how much larger than a frame the picture is painted, so that coming nearer doesn't blur
PACE = {"low": 0.07, "high": 0.24}
"""How much nearer the eye comes in a second."""
SWAY = {"low": 0.15, "high": 0.5}
"""How much of the room at the edges it uses to wander aside."""

Motion = Literal["low", "high"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Film:
    """One film, not yet shot: it starts as `picture`, ends as `end` if there is one, or as it began if it `loops`.

    `parts` is how it moves in each of its parts; by `seed` it goes another way; `fine` has more pixels.
    """

    picture: Picture
    parts: tuple[Motion, ...]
    seed: int = 0
    loops: bool = False
    end: Picture | None = None
    fine: bool = False

    @property
    def seconds(self) -> float:
        """How long it is."""
        return PART * len(self.parts)

    def extended(self, motion: Motion) -> "Film":
        """Return a longer one that begins the same."""
        return replace(self, parts=(*self.parts, motion), loops=False, end=None)

    def size(self, side: int) -> tuple[int, int]:
        """Width and height in pixels, for results of this side."""
        return extent(self.picture, round(min(side, SIDE) * (1.5 if self.fine else 1)))


def frames(film: Film, side: int = SIDE) -> Iterator[Image.Image]:
    """Paint the frames, one after the other."""
    size = film.size(side)
    large = round(size[0] * MARGIN), round(size[1] * MARGIN)
    first = render(film.picture, large)
    last = None if film.end is None else render(film.end, size)
    count = round(film.seconds * RATE)
    angle = Dice(seed=film.seed).between("way", 0, 2 * pi)
    for number in range(count):
        share = number / (count - 1)
        nearer, aside = _gone(film, number, count)
        frame = _seen(first, size, nearer, (cos(angle) * aside, sin(angle) * aside))
        frame = ImageEnhance.Brightness(frame).enhance(1 + 0.3 * aside * sin(angle))
        if last is not None and share > 0.5:
            frame = Image.blend(frame, last, (share - 0.5) * 2)
        yield frame


def mp4(film: Film, side: int = SIDE) -> bytes:
    """Shoot the film and encode it; an index at the front lets it play before it is all there."""
    width, height = film.size(side)
    with TemporaryDirectory() as folder:  # the index is moved to the front in a second pass, which needs a real file
        path = Path(folder) / "film.mp4"
        with av.open(path, "w", format="mp4", options={"movflags": "faststart"}) as container:
            stream = container.add_stream("libx264", rate=RATE, options={"crf": "24", "preset": "veryfast"})
            stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
            for image in frames(film, side):
                container.mux(stream.encode(av.VideoFrame.from_image(image)))  # type: ignore[no-untyped-call]
            container.mux(stream.encode(None))
        return path.read_bytes()


def _gone(film: Film, number: int, count: int) -> tuple[float, float]:
    """Return how near the eye has come by this frame (1 at first) and how far it has gone aside."""
    nearer = aside = 0.0
    steps = round(PART * RATE)
    last = round(number if not film.loops else (1 - cos(2 * pi * number / (count - 1))) / 2 * (count - 1) / 2)
    for step in range(last):
        motion = film.parts[min(step // steps, len(film.parts) - 1)]
        nearer += PACE[motion] / RATE
        aside += SWAY[motion] / RATE
    return 1 + nearer, sin(aside)


def _seen(image: Image.Image, size: tuple[int, int], nearer: float, aside: tuple[float, float]) -> Image.Image:
    width, height = image.width / nearer, image.height / nearer
    left = (image.width - width) / 2 * (1 + aside[0])
    top = (image.height - height) / 2 * (1 + aside[1])
    return image.resize(size, Image.Resampling.BICUBIC, (left, top, left + width, top + height))
