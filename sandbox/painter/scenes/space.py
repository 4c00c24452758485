"""Space: nebulae, stars without end, a planet in the light of its sun, maybe with rings."""

from math import cos, pi, sin

from PIL import Image, ImageChops, ImageDraw

from sandbox.painter.canvas import Point
from sandbox.painter.colour import RGB, mix
from sandbox.painter.easel import Easel
from sandbox.painter.noise import field
from sandbox.painter.sky import stars
from sandbox.painter.subjects import person


def space(easel: Easel) -> None:
    """Paint the dark and what shines in it."""
    dice, palette, half, reading = easel.dice, easel.palette, easel.view.half, easel.reading
    easel.canvas.wash(
        [(-0.5, palette.near), (0.0, palette.zenith), (0.6, mix(palette.zenith, palette.sky, 0.5)), (1.2, palette.near)]
    )
    nebula(easel)
    stars(easel, 4.0, density=1.1)
    x, y = half * dice.between("planet x", -0.45, 0.45), dice.between("planet y", 0.3, 0.62)
    radius = dice.between("planet size", 0.14, 0.27)
    angle = dice.between("sun angle", 0, 2 * pi)
    ringed = reading.has("saturn", "ring", "rings") or dice.chance("rings", 0.5)
    moon = x + radius * 1.9 * cos(angle + 1), y + radius * 1.6 * sin(angle + 1)
    planet(easel, *moon, radius * 0.2, angle, "moon", palette.far, palette.light)
    if ringed:
        ring(easel, x, y, radius, behind=True)
    planet(easel, x, y, radius, angle, "planet", palette.horizon, palette.accent)
    if ringed:
        ring(easel, x, y, radius, behind=False)
    if reading.has("astronaut", "person", "man", "woman", "alien", "cat"):
        hill = easel.line("ground", 0.9, 0.05, cells=1.2, octaves=5)
        spot = -x * 0.6
        person(
            easel,
            spot,
            min(hill, key=lambda point: abs(point[0] - spot))[1] + 0.01,
            0.17,
            mix(palette.near, palette.light, 0.12),
        )
        easel.canvas.shape([easel.ground(hill)], [(0.84, mix(palette.near, palette.far, 0.4)), (1.0, palette.near)])


def nebula(easel: Easel) -> None:
    """Hang two clouds of gas with dark lanes between."""
    palette, view = easel.palette, easel.view
    band = field(easel.dice, "band", view, cells=(1.1, 1.3), octaves=2)
    for name, colour, low in (
        ("gas", palette.sky, 96),
        ("glow", palette.horizon, 120),
        ("heart", mix(palette.horizon, palette.light, 0.6), 150),
    ):
        cloud = field(easel.dice, name, view, cells=(1.5, 1.5), octaves=6, gain=0.56)
        mask = ImageChops.multiply(
            cloud.point([min(max((v - low) * 4, 0), 255) for v in range(256)]),
            band.point([min(max((v - 60) * 3, 0), 235) for v in range(256)]),
        )
        easel.canvas.tint(mask, colour)
    lanes = field(easel.dice, "lanes", view, cells=(1.1, 1.1), octaves=5, gain=0.6)
    easel.canvas.tint(lanes.point([min(max((v - 136) * 5, 0), 190) for v in range(256)]), palette.near)


def planet(easel: Easel, x: float, y: float, radius: float, angle: float, name: str, base: RGB, second: RGB) -> None:
    """A banded ball, lit from one side, with air around it."""
    canvas, view, palette = easel.canvas, easel.view, easel.palette
    canvas.glow(
        x + cos(angle) * radius * 0.15,
        y + sin(angle) * radius * 0.15,
        radius * 1.5,
        mix(base, palette.light, 0.3),
        0.55,
    )
    px, py = view.at(x, y)
    size = max(8, round(radius * 2 * view.scale))
    chance = easel.dice.stream(name)
    bands = [mix(mix(base, second, chance.random() * 0.8), palette.light, chance.random() * 0.25) for _ in range(24)]
    strip = Image.new("RGB", (1, len(bands)))
    strip.putdata(bands)
    tilt = chance.uniform(-25, 25)
    skin = strip.resize((size, size), Image.Resampling.BICUBIC).rotate(tilt, Image.Resampling.BILINEAR, fillcolor=base)
    lamp = Image.radial_gradient("L").resize((size * 2, size * 2), Image.Resampling.BILINEAR)
    ox, oy = round(size * 0.5 - cos(angle) * size * 0.3), round(size * 0.5 - sin(angle) * size * 0.3)
    shade = lamp.crop((ox, oy, ox + size, oy + size)).point(
        [min(255, max(0, round((v - 44) * 2.9))) for v in range(256)]
    )
    skin.paste(mix(palette.near, palette.zenith, 0.5), (0, 0), shade)
    disc = Image.new("L", (size * 2, size * 2))
    ImageDraw.Draw(disc).ellipse((2, 2, size * 2 - 3, size * 2 - 3), fill=255)
    canvas.image.paste(skin, (round(px - size / 2), round(py - size / 2)), disc.reduce(2))


def ring(easel: Easel, x: float, y: float, radius: float, *, behind: bool) -> None:
    """Half of a planet's rings: the far half before the planet is painted, the near one after."""
    tilt, flat = easel.dice.between("ring tilt", -0.4, 0.4), easel.dice.between("ring flat", 0.16, 0.3)
    for number in range(7):
        inner = 1.28 + number * 0.125
        outer = inner + 0.1
        shape: list[Point] = []
        for reach, order in ((inner, 1), (outer, -1)):
            for step in range(41)[::order]:
                around = pi * step / 40 + (pi if behind else 0)
                across, down = cos(around) * reach * radius, sin(around) * reach * radius * flat
                shape.append((x + across * cos(tilt) - down * sin(tilt), y + across * sin(tilt) + down * cos(tilt)))
        shine = easel.dice.stream("ring", number).uniform(0.25, 0.85)
        easel.canvas.shape(
            [shape],
            mix(easel.palette.light, easel.palette.horizon, 0.35 + 0.08 * number),
            opacity=shine * (0.6 if behind else 0.9),
        )
