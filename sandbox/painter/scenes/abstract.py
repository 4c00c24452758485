"""A landscape of no place: a disc of light over long curved bands, like paper laid in layers."""

from sandbox.painter.colour import mix, turn
from sandbox.painter.easel import Easel
from sandbox.painter.sky import birds, sky


def abstract(easel: Easel) -> None:
    """Paint bands under a disc."""
    dice, palette, half = easel.dice, easel.palette, easel.view.half
    start = dice.between("start", 0.4, 0.56)
    sky(easel, start + 0.16)
    x, y = half * dice.between("disc x", -0.5, 0.5), start - dice.between("disc y", 0.02, 0.2)
    radius = dice.between("disc", 0.09, 0.19)
    easel.canvas.glow(x, y, radius * 3.4, mix(palette.light, palette.horizon, 0.3), 0.65)
    tone = mix(palette.light, palette.accent, 0.3 if dice.chance("warm disc", 0.5) else 0.75)
    easel.canvas.discs([(x, y, radius, 1.0)], [(y - radius, mix(tone, palette.light, 0.5)), (y + radius, tone)])
    birds(easel, -x, start * 0.45, count=5)
    bands(easel, start, 8)


def bands(easel: Easel, start: float, count: int) -> None:
    """Lay bands from far to near; each throws a soft shadow on the one behind and has a lit rim."""
    dice, palette = easel.dice, easel.palette
    for band in range(count):
        near = band / max(count - 1, 1)
        base = start + (1.0 - start) * (0.08 + 0.86 * near)
        tall = dice.between(f"band tall {band}", 0.05, 0.13)
        line = easel.line(f"band {band}", base, tall, cells=0.95, octaves=2, gain=0.2)
        tone = mix(
            mix(palette.horizon, palette.accent, 0.15 + 0.4 * dice.stream("band", band).random()),
            palette.far,
            min(near * 1.5, 1.0),
        )
        tone = turn(
            mix(tone, palette.near, max(0.0, near * 1.25 - 0.35)), dice.between(f"band hue {band}", -0.025, 0.025)
        )
        for step in range(4):
            lifted = [(x, y - 0.005 * (4 - step)) for x, y in line]
            easel.canvas.shape([easel.ground(lifted)], palette.near, opacity=0.055)
        easel.canvas.shape(
            [easel.ground(line)],
            [(base - tall, mix(tone, palette.light, 0.26)), (base + 0.26, mix(tone, palette.near, 0.42))],
        )
        rim = [*line, *((x, y + 0.0032) for x, y in reversed(line))]
        easel.canvas.shape([rim], mix(tone, palette.light, 0.6), opacity=0.7)
