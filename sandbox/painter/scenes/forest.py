"""A forest in layers of mist, with light falling in and somebody who lives there."""

from sandbox.painter.canvas import Point
from sandbox.painter.colour import RGB, mix
from sandbox.painter.easel import Easel
from sandbox.painter.sky import birds, sky, sun
from sandbox.painter.subjects import cat, person, pine
from sandbox.painter.weather import beams, haze, rain, snow


def forest(easel: Easel) -> None:
    """Paint a wood, far trees pale and near trees dark."""
    dice, reading, half, palette = easel.dice, easel.reading, easel.view.half, easel.palette
    sky(easel, 0.66)
    x, y = half * dice.between("sun x", -0.55, 0.55), dice.between("sun y", 0.2, 0.36)
    sun(easel, x, y, dice.between("sun size", 0.04, 0.075), haze=1.1)
    layers = 6
    for layer in range(layers):
        near = layer / (layers - 1)
        base = 0.52 + 0.4 * near**1.2
        line = easel.line(f"wood {layer}", base, 0.07 + 0.03 * near, cells=0.8, octaves=3)
        tone = easel.depth(-0.55 + 1.5 * near)
        treeline(easel, f"trees {layer}", base, 0.12 + 0.4 * near**1.6, tone, line=line, sparse=0.25 + 0.45 * near)
        easel.canvas.shape([easel.ground(line)], [(base - 0.08, tone), (base + 0.2, mix(tone, palette.near, 0.5))])
        if layer < layers - 1:
            haze(easel, base + 0.05, 0.15, 0.42 - 0.3 * near)
        if layer == 2:
            beams(easel, x, y, count=6, reach=0.9, strength=0.2, down=True)
        if layer == layers - 1:
            dweller(easel, line)
    undergrowth(easel, 1.0)
    birds(easel, -x, 0.2, count=5)
    if reading.mood in {"night", "neon"} or reading.has("fireflies", "fairy", "magic", "enchanted"):
        fireflies(easel)
    if reading.mood == "storm":
        rain(easel)
    elif reading.mood == "winter":
        snow(easel)


def dweller(easel: Easel, line: list[Point]) -> None:
    """Put a fox, a cat or a wanderer onto a clearing in the light, if one was asked for."""
    reading, palette = easel.reading, easel.palette
    x = easel.view.half * easel.dice.between("dweller", -0.3, 0.3)
    y = min(line[_at(line, x)][1] + 0.03, 0.95)
    if not reading.has("fox", "wolf", "cat", "bear", "deer", "person", "man", "woman", "girl", "boy", "path"):
        return
    easel.canvas.glow(x, y - 0.09, 0.3, mix(palette.horizon, palette.light, 0.4), 0.6)
    if reading.has("fox"):
        fox = mix(palette.near, (226, 98, 36), 0.86)
        cat(easel, x, y, 0.19, fox, ears=1.25, tail=1.6, tip=mix(palette.light, fox, 0.1))
    elif reading.has("wolf", "bear", "deer", "cat"):
        cat(
            easel,
            x,
            y,
            0.2,
            palette.near,
            ears=1.0 if reading.has("cat") else 0.9,
            tail=1.0 if reading.has("cat") else 1.3,
        )
    else:
        person(easel, x, y, 0.15, palette.near, cloak=0.8)


def treeline(
    easel: Easel,
    name: str,
    base: float,
    size: float,
    tone: RGB,
    *,
    line: list[Point] | None = None,
    sparse: float = 0.0,
) -> None:
    """Plant a row of conifers along a line; sparse leaves gaps."""
    trees, spacing = [], size * 0.2
    for slot in easel.view.slots(spacing, size):
        chance = easel.dice.stream(name, slot)
        if chance.random() < sparse:
            continue
        x = (slot + chance.random()) * spacing
        y = base if line is None else min(max(line[_at(line, x)][1], base - 0.2), base + 0.3)
        tall = size * chance.uniform(0.5, 1.1)
        trees.append(pine(x, y + 0.006, tall, lean=chance.gauss(0, 0.02) * size, tiers=5 + int(tall * 12)))
    easel.canvas.shape(trees, tone)


def undergrowth(easel: Easel, start: float) -> None:
    """Fill what a wider look shows below the frame: slope after slope, with larger and darker trees."""
    for row in range(1, 7):
        base = start + 0.17 * row
        if base > easel.view.bottom + 0.3:
            return
        tone = mix(easel.palette.near, (0, 0, 0), 0.09 * row)
        line = easel.line(f"undergrowth {row}", base, 0.05, cells=0.9, octaves=3)
        easel.canvas.shape([easel.ground(line)], tone)
        treeline(easel, f"undergrowth trees {row}", base, 0.19 + 0.05 * row, tone, line=line, sparse=0.45)


def fireflies(easel: Easel) -> None:
    """Let small warm lights hang between the trunks."""
    for number in range(46):
        chance = easel.dice.stream("firefly", number)
        x, y = chance.uniform(-1.5, 1.5) * easel.view.half, chance.uniform(0.45, 0.97)
        easel.canvas.glow(x, y, chance.uniform(0.012, 0.04), easel.palette.accent, 0.8)
        easel.canvas.discs([(x, y, 0.0022, 1.0)], mix(easel.palette.accent, (255, 255, 220), 0.7))


def _at(line: list[Point], x: float) -> int:
    """Return the place of x in an evenly spaced line."""
    share = (x - line[0][0]) / (line[-1][0] - line[0][0])
    return min(max(round(share * (len(line) - 1)), 0), len(line) - 1)
