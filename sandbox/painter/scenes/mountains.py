"""Mountains behind mountains, lit from one side, over a valley, a lake or a cabin."""

from sandbox.painter.buildings import cabin, castle
from sandbox.painter.canvas import Point
from sandbox.painter.colour import mix
from sandbox.painter.easel import Easel
from sandbox.painter.scenes.forest import treeline, undergrowth
from sandbox.painter.sky import birds, sky, sun
from sandbox.painter.subjects import balloon
from sandbox.painter.water import glitter, mirror
from sandbox.painter.weather import haze, rain, snow


def mountains(easel: Easel) -> None:
    """Paint a range."""
    dice, reading, half, palette = easel.dice, easel.reading, easel.view.half, easel.palette
    base = dice.between("base", 0.5, 0.6)
    lake = reading.has("lake", "reflection", "fjord", "water") or dice.chance("lake", 0.35)
    sky(easel, base + 0.1)
    x = half * dice.between("sun x", -0.65, 0.65)
    if reading.mood != "storm":
        sun(easel, x, base - dice.between("sun height", 0.16, 0.34), dice.between("sun size", 0.03, 0.065))
    count = 4
    for layer in range(count):
        near = layer / (count - 1)
        foot = base + 0.03 + near * 0.13
        tall = dice.between(f"tall {layer}", 0.15, 0.24) * (1.1 - 0.5 * near)
        line = easel.line(
            f"range {layer}", foot - tall * 0.6, tall, cells=0.85 + near * 0.8, octaves=6, gain=0.42, sharp=near < 0.9
        )
        tone = easel.depth(-0.42 + 0.95 * near)
        easel.canvas.shape(
            [easel.ground(line)],
            [(foot - tall * 1.6, mix(tone, palette.zenith, 0.18)), (foot + 0.04, mix(tone, palette.horizon, 0.4))],
        )
        if near < 0.9:
            lit_side = -1 if x < 0 else 1
            snowy = mix(palette.light, tone, 0.2 + 0.3 * near)
            facets(
                easel,
                line,
                f"facets {layer}",
                foot,
                lit_side,
                snowy if near < 0.7 else mix(tone, palette.light, 0.25),
                tone,
            )
        haze(easel, foot + 0.02, 0.11, 0.4 - 0.16 * near)
    shore = base + 0.19
    if lake:
        trees = shore + 0.004
        treeline(easel, "far trees", trees, 0.045, easel.depth(0.6))
        mirror(easel, shore)
        glitter(easel, x, shore, strength=0.45)
    front(easel, shore, lake=lake)
    if reading.has("balloon", "balloons"):
        for number in range(3):
            bx, by = (
                half * dice.between(f"balloon x {number}", -0.8, 0.8),
                base * dice.between(f"balloon y {number}", 0.35, 0.85),
            )
            balloon(easel, bx, by, 0.22 - 0.055 * number, mix(palette.accent, palette.sky, 0.2 * number))
    else:
        birds(easel, -x * 0.6, base * 0.45, count=5)
    if reading.mood == "storm":
        rain(easel)
    elif reading.mood == "winter":
        snow(easel)


def front(easel: Easel, shore: float, *, lake: bool) -> None:
    """The near slope with its trees, and a cabin when one was asked for."""
    dice, palette, half = easel.dice, easel.palette, easel.view.half
    ground = shore + (0.17 if lake else 0.07)
    slope = dice.between("slope", -0.12, 0.12)
    line = [(x, y + slope * x) for x, y in easel.line("front", ground, 0.05, cells=1.0, octaves=5)]
    if easel.reading.has("cabin", "house", "hut", "cottage"):
        x = half * dice.between("cabin x", -0.4, 0.4)
        y = min(line, key=lambda point: abs(point[0] - x))[1]
        cabin(easel, x, y + 0.02, 0.115)
    elif easel.reading.has("castle", "village"):
        x = half * dice.between("castle x", -0.4, 0.4)
        castle(easel, x, min(line, key=lambda point: abs(point[0] - x))[1] + 0.02, 0.27)
    easel.canvas.shape(
        [easel.ground(line)], [(ground - 0.06, mix(palette.near, palette.far, 0.22)), (ground + 0.14, palette.near)]
    )
    treeline(easel, "front trees", ground + 0.015, 0.15, palette.near, line=line, sparse=0.5)
    undergrowth(easel, ground + 0.12)


def facets(
    easel: Easel,
    line: list[Point],
    name: str,
    foot: float,
    side: int,
    lit: tuple[int, int, int],
    tone: tuple[int, int, int],
) -> None:
    """Light the slope of each peak that looks to the light, and lay the other in shade; the border runs zigzag."""
    bright: list[list[Point]] = []
    dark: list[list[Point]] = []
    reach = max(3, len(line) // 60)
    for spot in range(reach, len(line) - reach):
        x, y = line[spot]
        if y > min(py for _, py in line[spot - reach : spot + reach + 1]) or y > foot - 0.06:
            continue
        fall = (foot - y) * 0.62
        for direction, shapes in ((side, bright), (-side, dark)):
            edge, at = [(x, y)], spot
            while (
                0 < at + direction < len(line) - 1
                and line[at + direction][1] >= line[at][1] - 0.0025
                and line[at + direction][1] < y + fall
            ):
                at += direction
                edge.append(line[at])
            chance, steps = easel.dice.stream(name, round(x * 400)), 7
            low = edge[-1][1]
            border = []
            for step in range(1, steps):
                part = 1 - step / steps
                drift = (edge[-1][0] - x) * 0.22 * part + chance.uniform(-0.5, 0.5) * 0.02 * (1 if step % 2 else -1)
                border.append((x + drift, y + (low - y) * part))
            shapes.append([*edge, *border])
    easel.canvas.shape(dark, mix(tone, easel.palette.near, 0.32), opacity=0.5)
    easel.canvas.shape(bright, lit, opacity=0.62)
