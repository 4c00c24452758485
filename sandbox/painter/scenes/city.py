"""A city: towers behind towers, windows lit at night, and wet ground that gives the lights back."""

from sandbox.painter.canvas import Point
from sandbox.painter.colour import mix
from sandbox.painter.easel import Easel
from sandbox.painter.sky import DARK_MOODS, birds, sky, sun
from sandbox.painter.water import mirror
from sandbox.painter.weather import haze, rain, snow


def city(easel: Easel) -> None:
    """Paint a skyline above water or a wet street."""
    dice, reading, half = easel.dice, easel.reading, easel.view.half
    shore = dice.between("shore", 0.72, 0.8)
    sky(easel, shore)
    x = half * dice.between("sun x", -0.5, 0.5)
    big = reading.mood == "neon"
    sun(
        easel,
        x,
        shore - dice.between("sun height", 0.26, 0.44),
        dice.between("sun size", 0.13, 0.2) if big else dice.between("sun small", 0.035, 0.075),
    )
    for layer, (wide, tall) in enumerate(((0.06, 0.3), (0.075, 0.34), (0.105, 0.4))):
        towers(easel, f"towers {layer}", shore, wide, tall, near=layer / 2)
        haze(easel, shore - 0.02, 0.24 - 0.06 * layer, 0.5 - 0.17 * layer)
    mirror(easel, shore, dim=0.25)
    easel.canvas.glow(x, shore, half * 1.3, mix(easel.palette.horizon, easel.palette.light, 0.2), 0.3, squeeze=0.09)
    if reading.mood == "storm" or reading.has("rain", "rainy"):
        rain(easel)
    elif reading.mood == "winter":
        snow(easel)
    elif reading.mood not in DARK_MOODS:
        birds(easel, -x, shore * 0.3)


def towers(easel: Easel, name: str, shore: float, wide: float, tall: float, *, near: float) -> None:
    """Put up one row of towers, highest about the middle, and light their windows."""
    dice, palette, half = easel.dice, easel.palette, easel.view.half
    middle = half * dice.between(f"{name} middle", -0.45, 0.45)
    walls: list[list[Point]] = []
    edges: list[list[Point]] = []
    panes: dict[bool, list[list[Point]]] = {True: [], False: []}
    dark = easel.reading.mood in DARK_MOODS or easel.reading.mood in {"storm", "sunset"}
    for slot in easel.view.slots(wide, wide * 2):
        chance = dice.stream(name, slot)
        x, broad = (slot + chance.uniform(0, 0.3)) * wide, wide * chance.uniform(0.62, 1.0)
        rise = tall * (0.3 + 0.9 * chance.random() ** 1.5) * (1.15 - 0.6 * min(abs(x - middle) / (half + 0.3), 1.2))
        top = shore - rise
        walls.append([(x, shore + 0.01), (x, top), (x + broad, top), (x + broad, shore + 0.01)])
        walls += crown(x, top, broad, chance.randrange(5), chance.uniform(0.02, 0.07))
        edges.append([(x, shore), (x, top), (x + broad * 0.09, top), (x + broad * 0.09, shore)])
        if near > 0.3:
            cols, step = max(2, round(broad / 0.0135)), 0.0165
            gap = broad / cols
            for row in range(int(rise / step) - 1):
                for col in range(cols):
                    lit = chance.random()
                    if lit < (0.4 if dark else 0.2):
                        px, py = x + gap * (col + 0.28), top + step * (row + 0.7)
                        panes[lit < 0.07].append(
                            [(px, py), (px + gap * 0.5, py), (px + gap * 0.5, py + step * 0.42), (px, py + step * 0.42)]
                        )
    tone = easel.depth(-0.35 + 1.2 * near)
    easel.canvas.shape(
        walls, [(shore - tall, mix(tone, palette.zenith, 0.15)), (shore, mix(tone, palette.horizon, 0.28 * (1 - near)))]
    )
    easel.canvas.shape(edges, mix(tone, palette.horizon, 0.35), opacity=0.6)
    warm = mix(palette.accent, (255, 222, 150), 0.55 if easel.reading.mood != "neon" else 0.1)
    easel.canvas.shape(panes[False], warm if dark else mix(tone, palette.light, 0.5), opacity=0.45 + 0.4 * near)
    easel.canvas.shape(panes[True], palette.light if easel.reading.mood != "neon" else palette.horizon, opacity=0.9)


def crown(x: float, top: float, broad: float, kind: int, tall: float) -> list[list[Point]]:
    """Return what stands on a roof: a spire, a step, a slant, or nothing."""
    middle = x + broad / 2
    if kind == 0:
        return [
            [
                (middle - 0.0016, top),
                (middle - 0.0005, top - tall * 1.6),
                (middle + 0.0005, top - tall * 1.6),
                (middle + 0.0016, top),
            ]
        ]
    if kind == 1:
        inner = broad * 0.26
        return [
            [
                (middle - inner, top + 0.001),
                (middle - inner, top - tall * 0.6),
                (middle + inner, top - tall * 0.6),
                (middle + inner, top + 0.001),
            ]
        ]
    if kind == 2:
        return [[(x, top + 0.001), (x, top - tall * 0.5), (x + broad, top + 0.001)]]
    if kind == 3:
        return [[(x, top + 0.001), (middle, top - tall), (x + broad, top + 0.001)]]
    return []
