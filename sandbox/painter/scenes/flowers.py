"""Flowers close by, before a meadow that melts into discs of light."""

from math import cos, pi, sin

from sandbox.painter.canvas import Point
from sandbox.painter.colour import RGB, mix, turn
from sandbox.painter.easel import Easel


def flowers(easel: Easel) -> None:
    """Paint blossoms on stems, the nearest last."""
    dice, palette, half = easel.dice, easel.palette, easel.view.half
    leaf = mix(mix(palette.near, (40, 120, 70), 0.45), palette.sky, 0.1)
    easel.canvas.wash(
        [
            (0.0, mix(palette.sky, palette.light, 0.15)),
            (0.4, mix(palette.horizon, palette.light, 0.2)),
            (0.75, mix(palette.far, leaf, 0.5)),
            (1.05, mix(leaf, palette.near, 0.6)),
        ]
    )
    easel.canvas.glow(
        half * dice.between("sun x", -0.7, 0.7), dice.between("sun y", 0.0, 0.25), 0.9, palette.light, 0.9
    )
    bokeh(easel, leaf)
    blades(easel, leaf)
    count = dice.pick("count", (5, 6, 7))
    for number in range(count):
        near = number / (count - 1)
        place = (number * 0.618 + dice.between("first", 0, 1)) % 1.0
        x = half * (place * 1.5 - 0.75)
        y = dice.between(f"bloom y {number}", 0.3, 0.52) + 0.12 * near
        hue = dice.between(f"bloom hue {number}", -0.07, 0.07)
        blossom(
            easel,
            f"bloom {number}",
            x,
            y,
            0.085 + 0.085 * near,
            turn(palette.accent, hue, value=1.12, saturation=1.15),
            mix(leaf, palette.near, 0.2 + 0.3 * near),
        )


def bokeh(easel: Easel, leaf: RGB) -> None:
    """Scatter discs of light far out of focus."""
    for name, tone, count in (
        ("warm", easel.palette.light, 34),
        ("bloom", easel.palette.accent, 26),
        ("leaf", leaf, 20),
    ):
        spots = []
        for number in range(count):
            chance = easel.dice.stream(f"bokeh {name}", number)
            spots.append(
                (
                    chance.uniform(-2.4, 2.4),
                    chance.triangular(0.05, 1.1, 0.7),
                    chance.uniform(0.015, 0.06),
                    chance.uniform(0.1, 0.34),
                )
            )
        easel.canvas.discs(spots, tone)
        easel.canvas.discs(
            [(x, y, radius * 0.86, opacity * 0.4) for x, y, radius, opacity in spots],
            mix(tone, easel.palette.horizon, 0.4),
        )


def blades(easel: Easel, leaf: RGB) -> None:
    """Let grass grow from below."""
    for layer, tone in enumerate((mix(leaf, easel.palette.horizon, 0.35), leaf, mix(leaf, easel.palette.near, 0.55))):
        grass: list[list[Point]] = []
        for slot in easel.view.slots(0.022, 0.1):
            chance = easel.dice.stream(f"grass {layer}", slot)
            x, tall, lean = (
                (slot + chance.random()) * 0.022,
                chance.uniform(0.12, 0.42) * (1.1 - 0.2 * layer),
                chance.gauss(0, 0.05),
            )
            foot = max(1.02, easel.view.bottom)
            grass.append(
                [
                    (x - 0.005, foot),
                    (x + lean * 0.3 - 0.003, 1 - tall * 0.55),
                    (x + lean, 1 - tall),
                    (x + lean * 0.3 + 0.004, 1 - tall * 0.5),
                    (x + 0.006, foot),
                ]
            )
        easel.canvas.shape(
            grass, [(0.55, mix(tone, easel.palette.light, 0.25)), (1.0, tone)], opacity=0.55 + 0.2 * layer
        )


def blossom(easel: Easel, name: str, x: float, y: float, size: float, tone: RGB, stem: RGB) -> None:
    """One flower: stem, leaves, rings of petals from the outside in, and its heart."""
    canvas, palette = easel.canvas, easel.palette
    chance = easel.dice.stream(name)
    bend, foot = chance.gauss(0, 0.05), max(1.03, easel.view.bottom)
    canvas.shape(
        [
            [
                (x - 0.006, y),
                (x + bend * 0.4 - 0.006, (y + 1) / 2),
                (x + bend - 0.009, foot),
                (x + bend + 0.007, foot),
                (x + bend * 0.4 + 0.006, (y + 1) / 2),
                (x + 0.006, y),
            ]
        ],
        stem,
    )
    for side in (-1, 1):
        lx, ly = x + bend * 0.45, y + (1 - y) * chance.uniform(0.4, 0.65)
        canvas.shape(
            [_petal(lx, ly, side * chance.uniform(0.35, 0.7) - pi / 2 + pi / 2 * side * 0.4, size * 1.3, 0.2)],
            [(ly - size, mix(stem, palette.light, 0.25)), (ly, stem)],
        )
    petals, squash = chance.choice((6, 8, 9, 11)), chance.uniform(0.72, 0.95)
    for ring, reach in enumerate((1.0, 0.76, 0.52)):
        turned = chance.uniform(0, pi)
        for petal in range(petals):
            angle = turned + 2 * pi * petal / petals + chance.gauss(0, 0.06)
            shape = _petal(x, y, angle, size * reach, 0.34, squash)
            lit = 0.5 - 0.5 * sin(angle)
            deep, pale = (
                mix(tone, palette.near, 0.42 - 0.1 * ring),
                mix(tone, palette.light, 0.16 + 0.16 * ring + 0.22 * lit),
            )
            canvas.shape(
                [shape],
                [(y - size * reach * squash, pale), (y, deep), (y + size * reach * squash, mix(pale, tone, 0.4))],
            )
    heart = mix(palette.light, (244, 186, 60), 0.75)
    canvas.ovals([(x, y, size * 0.19, size * 0.19 * squash, 1.0)], mix(heart, palette.near, 0.45))
    canvas.discs(
        [(x + chance.gauss(0, size * 0.075), y + chance.gauss(0, size * 0.06), size * 0.018, 0.95) for _ in range(46)],
        heart,
    )


def _petal(x: float, y: float, angle: float, long: float, wide: float, squash: float = 1.0) -> list[Point]:
    outline = []
    for step in range(17):
        along = step / 16
        across = wide * long * sin(pi * along**0.8) * 0.75
        outline.append((along * long, across))
    outline += [(along, -across) for along, across in reversed(outline)]
    return [
        (x + along * cos(angle) - across * sin(angle), y + (along * sin(angle) + across * cos(angle)) * squash)
        for along, across in outline
    ]
