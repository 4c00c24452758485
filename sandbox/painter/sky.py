"""What is above: the sky's gradient, sun and moon, stars, clouds, northern lights, birds."""

from math import cos, pi, sin

from PIL import ImageChops

from sandbox.painter.canvas import Point
from sandbox.painter.colour import mix
from sandbox.painter.easel import Easel
from sandbox.painter.noise import field

DARK_MOODS = frozenset({"night", "neon", "cosmos"})


def sky(easel: Easel, horizon: float) -> None:
    """Paint the sky down to the horizon, with stars or clouds as the mood has them."""
    palette, mood = easel.palette, easel.reading.mood
    glow = mix(palette.horizon, palette.light, 0.25)
    easel.canvas.wash(
        [
            (-0.6, mix(palette.zenith, palette.near, 0.35)),
            (0.0, palette.zenith),
            (horizon * 0.55, palette.sky),
            (horizon * 0.9, palette.horizon),
            (horizon, glow),
        ]
    )
    if mood in DARK_MOODS or easel.reading.has("stars", "starry"):
        stars(easel, horizon)
    if easel.reading.has("aurora", "northern", "borealis"):
        aurora(easel, horizon)
    cover = {"storm": 1.0, "mist": 0.3, "day": 0.75, "sunset": 0.7, "dawn": 0.6, "neon": 0.3, "night": 0.25}.get(
        mood, 0.5
    )
    clouds(easel, horizon, cover)


def sun(easel: Easel, x: float, y: float, radius: float, *, haze: float = 1.0) -> None:
    """Paint sun or moon with the light around it."""
    canvas, palette = easel.canvas, easel.palette
    canvas.glow(x, y, radius * 9, mix(palette.horizon, palette.light, 0.35), 0.6 * haze)
    canvas.glow(x, y, radius * 3.2, palette.light, 0.75 * haze)
    low = (
        mix(palette.light, palette.accent, 0.35)
        if easel.reading.mood not in DARK_MOODS
        else mix(palette.light, palette.sky, 0.25)
    )
    canvas.discs([(x, y, radius, 1.0)], [(y - radius, palette.light), (y + radius, low)])
    if easel.reading.mood == "night":
        marks = easel.dice.stream("moon marks")
        spots = []
        for _ in range(7):
            angle, away = marks.uniform(0, 2 * pi), marks.uniform(0, 0.62) * radius
            spots.append((x + cos(angle) * away, y + sin(angle) * away, radius * marks.uniform(0.08, 0.26), 0.16))
        canvas.discs(spots, palette.far)


def stars(easel: Easel, horizon: float, *, density: float = 1.0) -> None:
    """Scatter stars, fewer towards the horizon; a few of them shine."""
    spacing, spots, bright = 0.055, [], []
    for column in easel.view.slots(spacing):
        for row in range(int(easel.view.top // spacing) - 1, int(min(horizon, easel.view.bottom) / spacing) + 1):
            chance = easel.dice.stream("star", column * 7919 + row)
            x, y = (column + chance.random()) * spacing, (row + chance.random()) * spacing
            if chance.random() > density * (1.05 - 0.75 * max(y, 0.0) / max(horizon, 0.05)):
                continue
            size = chance.random() ** 5
            spots.append((x, y, 0.0007 + 0.0017 * size, 0.25 + 0.7 * chance.random()))
            if size > 0.82:
                bright.append((x, y))
    easel.canvas.discs(spots, mix(easel.palette.light, (255, 255, 255), 0.5))
    for x, y in bright:
        easel.canvas.glow(x, y, 0.016, easel.palette.light, 0.7)


def clouds(easel: Easel, horizon: float, cover: float) -> None:
    """Draw two layers of clouds: their shaded bellies, then their lit edges."""
    canvas, palette, stormy = easel.canvas, easel.palette, easel.reading.mood == "storm"
    cloud = field(easel.dice, "clouds", easel.view, cells=(2.1, 5.5 if not stormy else 4.2), octaves=5, gain=0.55)
    edge = 150 - 46 * cover
    bellies = cloud.point([_slope(value, edge, edge + 46) for value in range(256)])
    lit = cloud.point([_slope(value, edge + 6, edge + 70) for value in range(256)])
    ceiling = canvas.fade([(-0.4, 0.9 * cover), (0.0, 0.9 * cover), (horizon * 0.7, 0.55 * cover), (horizon, 0.0)])
    shade = mix(palette.zenith, palette.sky, 0.45) if not stormy else mix(palette.near, palette.zenith, 0.35)
    canvas.tint(
        ImageChops.multiply(bellies, ceiling), [(0.0, shade), (horizon, mix(palette.far, palette.accent, 0.25))]
    )
    shine = mix(palette.sky, palette.light, 0.25) if stormy else mix(palette.horizon, palette.light, 0.6)
    shifted = ImageChops.subtract(lit, ImageChops.offset(bellies, 0, -round(0.018 * easel.view.scale)))
    canvas.tint(ImageChops.multiply(shifted, ceiling), [(0.0, mix(palette.sky, shine, 0.6)), (horizon, shine)])


def aurora(easel: Easel, horizon: float) -> None:
    """Hang curtains of northern lights."""
    curtain = field(easel.dice, "aurora", easel.view, cells=(2.2, 0.5), octaves=3)
    rays = field(easel.dice, "rays", easel.view, cells=(16, 0.6), octaves=2)
    mask = ImageChops.multiply(curtain.point([_slope(value, 96, 190) for value in range(256)]), rays)
    mask = ImageChops.multiply(mask, easel.canvas.fade([(0.0, 0.25), (horizon * 0.65, 1.0), (horizon * 0.95, 0.0)]))
    easel.canvas.tint(mask, [(0.0, (150, 90, 230)), (horizon * 0.5, (80, 240, 190)), (horizon, (140, 255, 170))])


def birds(easel: Easel, x: float, y: float, *, count: int = 7, size: float = 0.016) -> None:
    """Let a few birds pass."""
    chance, wings = easel.dice.stream("birds"), []
    for _ in range(count):
        bx, by = x + chance.gauss(0, 0.085), y + chance.gauss(0, 0.035)
        span, lift = size * chance.uniform(0.6, 1.2), chance.uniform(0.3, 0.7)
        wings.append(_bird(bx, by, span, lift))
    easel.canvas.shape(wings, mix(easel.palette.near, easel.palette.far, 0.2), opacity=0.9)


def _bird(x: float, y: float, span: float, lift: float) -> list[Point]:
    tip, bow = y - span * lift, y - span * 0.42 * lift - span * 0.12
    upper = [(x - span, tip), (x - span * 0.45, bow), (x, y), (x + span * 0.45, bow), (x + span, tip)]
    under = y - span * 0.2 * lift
    return [*upper, (x + span * 0.42, under), (x, y + span * 0.16), (x - span * 0.42, under)]


def _slope(value: int, low: float, high: float) -> int:
    return round(255 * min(max((value - low) / (high - low), 0.0), 1.0))
