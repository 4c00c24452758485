"""Dunes with their sharp shadows, and what travels or stands there."""

from sandbox.painter.colour import mix
from sandbox.painter.easel import Easel
from sandbox.painter.sky import birds, sky, sun
from sandbox.painter.subjects import person
from sandbox.painter.weather import haze


def desert(easel: Easel) -> None:
    """Paint dunes, one behind the other."""
    dice, reading, half, palette = easel.dice, easel.reading, easel.view.half, easel.palette
    horizon = dice.between("horizon", 0.46, 0.58)
    sky(easel, horizon)
    x = half * dice.between("sun x", -0.6, 0.6)
    sun(easel, x, horizon - dice.between("sun height", 0.06, 0.26), dice.between("sun size", 0.05, 0.11))
    side = -1 if x < 0 else 1
    far = easel.line("mesas", horizon + 0.005, 0.05, cells=1.6, octaves=4, gain=0.3)
    easel.canvas.shape([easel.ground(far)], mix(easel.depth(-0.3), palette.horizon, 0.2))
    if reading.has("pyramid", "pyramids", "egypt"):
        for number, size in enumerate((0.34, 0.22)):
            pyramid(
                easel,
                half * dice.between(f"pyramid {number}", -0.55, 0.55),
                horizon + 0.035 + 0.02 * number,
                size,
                side,
            )
    haze(easel, horizon + 0.02, 0.1, 0.5)
    layers = 5
    crest = 0.0
    for layer in range(layers):
        near = layer / (layers - 1)
        base = horizon + 0.05 + 0.34 * near**1.25
        tall = 0.028 + 0.085 * near
        line = easel.line(f"dune {layer}", base, tall, cells=1.7 - 1.05 * near, octaves=2, gain=0.22)
        sand = mix(mix(palette.horizon, palette.light, 0.2), palette.accent, 0.22 + 0.25 * near)
        sand = mix(sand, palette.near, 0.05 + 0.28 * near)
        shade = mix(mix(palette.far, palette.near, 0.15 + 0.55 * near), sand, 0.15)
        easel.canvas.shape(
            [easel.ground(line)],
            [(base - tall, mix(sand, palette.light, 0.25)), (base + 0.16 + 0.1 * near, mix(sand, shade, 0.75))],
        )
        slip(easel, line, f"slip {layer}", base, tall, side, shade)
        if layer == 2:
            spot = half * dice.between("traveller", -0.35, 0.35)
            crest = min(line, key=lambda point: abs(point[0] - spot))[1]
            for number in range(dice.pick("party", (1, 3, 4))):
                person(easel, spot + number * 0.035, crest + 0.004 + number * 0.001, 0.05, palette.near, cloak=1.0)
    birds(easel, -x, horizon * 0.4, count=4)


def slip(
    easel: Easel,
    line: list[tuple[float, float]],
    name: str,
    base: float,
    tall: float,
    side: int,
    shade: tuple[int, int, int],
) -> None:
    """Lay the steep side of each dune in shade: from the crest down, away from the sun, with a curved foot."""
    shapes = []
    reach = max(3, len(line) // 40)
    for spot in range(reach, len(line) - reach):
        x, y = line[spot]
        if y > min(py for _, py in line[spot - reach : spot + reach + 1]):
            continue
        edge, at = [(x, y)], spot
        while 0 < at - side < len(line) - 1 and line[at - side][1] >= line[at][1]:
            at -= side
            edge.append(line[at])
        end_x, end_y = edge[-1]
        drop = easel.dice.stream(name, round(x * 50)).uniform(1.5, 2.6) * tall
        sweep = side * abs(end_x - x) * 0.35
        curve = [
            (end_x + (x + sweep - end_x) * t + sweep * 0.6 * t * (1 - t), end_y + (y + drop - end_y) * t**0.8)
            for t in (n / 12 for n in range(13))
        ]
        back = [(x + sweep * (1 - t) ** 2, y + drop * (1 - t)) for t in (n / 10 for n in range(11))]
        shapes.append([*edge, *curve, *back])
    easel.canvas.shape(
        shapes, [(base - tall, shade), (base + tall * 2.4, mix(shade, easel.palette.near, 0.25))], opacity=0.78
    )


def pyramid(easel: Easel, x: float, y: float, size: float, side: int) -> None:
    """Two faces, one in the light."""
    palette = easel.palette
    top, ridge = (x, y - size * 0.62), (x - side * size * 0.18, y)
    lit = mix(palette.horizon, palette.accent, 0.35)
    easel.canvas.shape(
        [[(x - size * 0.5, y), top, (x + size * 0.5, y)]],
        [(y - size, mix(palette.far, palette.near, 0.25)), (y, mix(palette.far, palette.horizon, 0.4))],
    )
    easel.canvas.shape(
        [[ridge, top, (x + side * size * 0.5, y)]],
        [(y - size * 0.6, mix(lit, palette.light, 0.3)), (y, mix(lit, palette.horizon, 0.5))],
    )
