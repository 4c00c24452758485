"""Smooth chance: ridges and clouds that look the same at every size, because their lattice is fixed in the world."""

import random
from math import sqrt

from PIL import Image

from sandbox.painter.dice import Dice
from sandbox.painter.view import SEEN, View

BICUBIC = Image.Resampling.BICUBIC


def profile(
    dice: Dice, name: str, xs: list[float], *, cells: float, octaves: int = 4, gain: float = 0.5
) -> list[float]:
    """Return a height of about -1 to 1 for each x (evenly spaced), `cells` hills to a unit."""
    step = xs[1] - xs[0]
    left, right, total = xs[0] - step / 2, xs[-1] + step / 2, [0.0] * len(xs)
    roots = dice.roots()
    norm = sqrt(sum(weight * weight for _, weight in roots)) * sum(gain**octave for octave in range(octaves)) * 0.62
    for octave in range(octaves):
        dense = cells * 2**octave
        count = int(2 * SEEN * dense)
        box = ((left + SEEN) * dense, 0.0, (right + SEEN) * dense, 1.0)
        for key, weight in roots:
            line = _lattice(f"{key}:{name}:{octave}", count, 1).convert("F")
            samples = line.resize((len(xs), 1), BICUBIC, _inside(box, count, 1)).get_flattened_data()
            loud = weight * gain**octave / norm
            total = [old + (float(new) / 127.5 - 1) * loud for old, new in zip(total, samples, strict=True)]  # type: ignore[arg-type]
    return total


def field(
    dice: Dice, name: str, view: View, *, cells: tuple[float, float], octaves: int = 4, gain: float = 0.5
) -> Image.Image:
    """Return a cloud (mode L, the view's size), `cells` blobs to a unit across and down."""
    half = view.scaled(0.5)
    cloud: Image.Image | None = None
    loud = 0.0
    for octave in range(octaves):
        across, down = cells[0] * 2**octave, cells[1] * 2**octave
        size = int(2 * SEEN * across), max(2, int(2 * SEEN * down))
        box = (
            (view.left + SEEN) * across,
            (view.top + SEEN) * down,
            (view.right + SEEN) * across,
            (view.bottom + SEEN) * down,
        )
        layer: Image.Image | None = None
        heard = 0.0
        for key, weight in dice.roots():
            patch = _lattice(f"{key}:{name}:{octave}", *size).resize(
                (half.width, half.height), BICUBIC, _inside(box, *size)
            )
            heard += weight
            layer = patch if layer is None else Image.blend(layer, patch, weight / heard)
        share = gain**octave
        loud += share
        if layer is not None:
            cloud = layer if cloud is None else Image.blend(cloud, layer, share / loud)
    if cloud is None:
        raise ValueError("a cloud has at least one octave")
    stretched = cloud.point([min(max(round(128 + (value - 128) * 1.6), 0), 255) for value in range(256)])
    return stretched.resize((view.width, view.height), Image.Resampling.BILINEAR)


def _lattice(key: str, width: int, height: int) -> Image.Image:
    return Image.frombytes("L", (width, height), random.Random(key).randbytes(width * height))


def _inside(box: tuple[float, float, float, float], width: int, height: int) -> tuple[float, float, float, float]:
    left, top, right, bottom = box
    left, top = min(max(left, 0.0), width - 1.0), min(max(top, 0.0), height - 1.0)
    return left, top, min(max(right, left + 0.01), width), min(max(bottom, top + 0.01), height)
