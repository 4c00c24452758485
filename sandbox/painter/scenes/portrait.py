"""Somebody, seen against a great disc of light: a head and shoulders, or a cat that looks into it."""

from collections.abc import Sequence

from sandbox.painter.canvas import Point, smooth
from sandbox.painter.colour import mix
from sandbox.painter.easel import Easel
from sandbox.painter.scenes.abstract import bands
from sandbox.painter.sky import sky
from sandbox.painter.subjects import cat

# Outlines in heights of the whole figure, looking to the right; y is up from the lower edge.
# fmt: off
FACE: Sequence[Point] = (
    (0.06, 0.24), (0.065, 0.38), (0.09, 0.43), (0.17, 0.435), (0.205, 0.465), (0.2, 0.5), (0.215, 0.525),
    (0.205, 0.542), (0.222, 0.56), (0.214, 0.588), (0.266, 0.608), (0.228, 0.678), (0.212, 0.7), (0.222, 0.735),
    (0.216, 0.8), (0.17, 0.87), (0.05, 0.92), (-0.1, 0.9), (-0.19, 0.79), (-0.19, 0.64), (-0.12, 0.52),
    (-0.105, 0.38), (-0.12, 0.24),
)
SHOULDERS: Sequence[Point] = (
    (-0.1, 0.42), (-0.16, 0.33), (-0.36, 0.26), (-0.47, 0.15), (-0.52, -0.1), (0.4, -0.1), (0.37, 0.12),
    (0.27, 0.22), (0.12, 0.28), (0.06, 0.36),
)
BUN: Sequence[Point] = (
    (0.19, 0.83), (0.14, 0.92), (0.02, 0.95), (-0.12, 0.92), (-0.2, 0.87), (-0.27, 0.92), (-0.34, 0.85),
    (-0.31, 0.75), (-0.22, 0.74), (-0.2, 0.62), (-0.13, 0.53), (-0.06, 0.58), (-0.02, 0.68), (0.06, 0.76),
)
LONG: Sequence[Point] = (
    (0.19, 0.82), (0.15, 0.91), (0.02, 0.955), (-0.13, 0.92), (-0.24, 0.8), (-0.27, 0.62), (-0.36, 0.46),
    (-0.34, 0.3), (-0.42, 0.16), (-0.24, 0.2), (-0.16, 0.1), (-0.1, 0.24), (-0.05, 0.4), (-0.02, 0.56),
    (0.05, 0.72),
)
SHORT: Sequence[Point] = (
    (0.2, 0.8), (0.2, 0.89), (0.08, 0.95), (-0.1, 0.93), (-0.21, 0.82), (-0.21, 0.64), (-0.13, 0.56),
    (-0.05, 0.62), (0.0, 0.74), (0.1, 0.79),
)
# fmt: on


def portrait(easel: Easel) -> None:
    """Paint a figure in the light."""
    dice, palette, half, reading = easel.dice, easel.palette, easel.view.half, easel.reading
    sky(easel, 0.8)
    x, y, radius = (
        half * dice.between("disc x", -0.25, 0.25),
        dice.between("disc y", 0.36, 0.46),
        dice.between("disc", 0.24, 0.31),
    )
    easel.canvas.glow(x, y, radius * 2.4, palette.light, 0.6)
    easel.canvas.discs(
        [(x, y, radius, 1.0)], [(y - radius, palette.light), (y + radius, mix(palette.horizon, palette.accent, 0.55))]
    )
    for ring in range(3):
        easel.canvas.discs([(x, y, radius * (0.86 - 0.2 * ring), 0.1)], palette.light)
    bands(easel, 0.72, 4)
    spot, dark = x + half * dice.between("figure", -0.16, 0.16), mix(palette.near, palette.zenith, 0.15)
    if reading.has("cat", "kitten", "dog", "puppy", "fox"):
        sitting = dice.between("sit", 0.92, 0.98)
        cat(
            easel,
            spot,
            sitting,
            0.56,
            dark,
            ears=1.2 if reading.has("fox") else 1.0,
            tail=1.4 if reading.has("fox") else 1.0,
        )
        easel.canvas.shape([easel.ground(easel.line("sill", sitting + 0.01, 0.012, cells=0.8))], palette.near)
    else:
        bust(easel, spot, 1.02, 0.74)


def bust(easel: Easel, x: float, y: float, size: float) -> None:
    """A head in profile with its hair and shoulders, and light along the edge of the face."""
    canvas, palette, dice, reading = easel.canvas, easel.palette, easel.dice, easel.reading
    look = dice.pick("look", (-1, 1))
    rim, dark = mix(palette.light, palette.accent, 0.25), mix(palette.near, palette.zenith, 0.12)
    soft = not reading.has("man", "boy", "king", "samurai", "warrior")
    hair = dice.pick("hair", (BUN, LONG, LONG) if soft else (SHORT,))
    for shift, tone in ((0.006, rim), (0.0, dark)):
        parts = []
        for outline in (FACE, SHOULDERS, hair):
            dots = [(x + look * (a * size + shift), y - b * size - shift * 0.5) for a, b in smooth(outline)]
            parts.append(dots)
        canvas.shape(parts, [(y - size * 0.9, mix(tone, palette.zenith, 0.2)), (y, tone)])
    if reading.has("queen", "king", "princess", "crown"):
        points = [(-0.15, 0.86), (-0.19, 1.02), (-0.1, 0.93), (-0.05, 1.06), (0.02, 0.94), (0.1, 1.03), (0.12, 0.86)]
        canvas.shape([[(x + look * a * size, y - b * size) for a, b in points]], palette.accent)
