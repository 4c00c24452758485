"""Things in a scene, as silhouettes with a little light on them. Each stands on (x, y) and is `size` tall."""

from math import cos, pi, sin

from sandbox.painter.canvas import Point, smooth
from sandbox.painter.colour import RGB, mix
from sandbox.painter.easel import Easel


def sailboat(easel: Easel, x: float, y: float, size: float) -> None:
    """A small boat under two sails."""
    canvas, palette = easel.canvas, easel.palette
    lit, shade = mix(palette.light, palette.horizon, 0.15), mix(palette.light, palette.far, 0.45)
    canvas.shape(
        [[(x - size * 0.02, y - size * 0.16), (x - size * 0.02, y - size), (x - size * 0.42, y - size * 0.18)]], lit
    )
    canvas.shape(
        [[(x + size * 0.03, y - size * 0.16), (x + size * 0.01, y - size * 0.92), (x + size * 0.34, y - size * 0.2)]],
        shade,
    )
    canvas.shape(
        [
            [
                (x - size * 0.45, y - size * 0.13),
                (x + size * 0.48, y - size * 0.13),
                (x + size * 0.32, y + size * 0.03),
                (x - size * 0.32, y + size * 0.03),
            ]
        ],
        palette.near,
    )


def balloon(easel: Easel, x: float, y: float, size: float, tone: RGB) -> None:
    """A hot-air balloon in stripes."""
    canvas, palette, radius = easel.canvas, easel.palette, size * 0.36
    cy = y - size * 0.62
    for stripe, wide in enumerate((1.0, 0.66, 0.28)):
        outline = [
            (
                x + radius * wide * sin(angle) * (1.0 if cos(angle) > -0.2 else 1 - 0.55 * (-cos(angle) - 0.2) ** 1.4),
                cy - radius * 1.06 * cos(angle) * (1 if cos(angle) > 0 else 1.22),
            )
            for angle in (2 * pi * n / 40 for n in range(40))
        ]
        hue = tone if stripe != 1 else mix(palette.light, tone, 0.2)
        canvas.shape(
            [outline], [(cy - radius, mix(hue, palette.light, 0.25)), (cy + radius * 1.2, mix(hue, palette.near, 0.4))]
        )
    canvas.shape(
        [
            [
                (x - radius * 0.2, y),
                (x - radius * 0.24, y - size * 0.11),
                (x + radius * 0.24, y - size * 0.11),
                (x + radius * 0.2, y),
            ]
        ],
        palette.near,
    )


def cat(
    easel: Easel,
    x: float,
    y: float,
    size: float,
    tone: RGB,
    *,
    ears: float = 1.0,
    tail: float = 1.0,
    tip: RGB | None = None,
) -> None:
    """A cat that sits and looks away from us; with longer ears and a brush for a tail it is a fox."""
    canvas = easel.canvas
    body = [
        (x + size * a, y - size * b)
        for a, b in (
            (-0.27, 0),
            (-0.3, 0.12),
            (-0.27, 0.3),
            (-0.19, 0.5),
            (-0.15, 0.62),
            (0.15, 0.62),
            (0.19, 0.5),
            (0.27, 0.3),
            (0.3, 0.12),
            (0.27, 0),
        )
    ]
    curl = [(0.2 + 0.26 * sin(step / 40 * pi), 0.03 + 0.36 * step / 40 * tail) for step in range(41)]
    thick = [0.05 * (1 + 1.3 * (tail - 1)) * (0.75 + 0.5 * sin(step / 40 * pi)) for step in range(41)]
    canvas.ovals(
        [(x + a * size, y - b * size, t * size, t * size, 1.0) for (a, b), t in zip(curl, thick, strict=True)], tone
    )
    if tip is not None:
        canvas.ovals(
            [
                (x + a * size, y - b * size, t * size, t * size, 1.0)
                for (a, b), t in list(zip(curl, thick, strict=True))[29:]
            ],
            tip,
        )
    canvas.shape([smooth(body)], [(y - size * 0.6, tone), (y, mix(tone, easel.palette.near, 0.35))])
    head = y - size * 0.74
    canvas.ovals([(x, head, size * 0.185, size * 0.16, 1.0)], tone)
    canvas.ovals([(x, y - size * 0.02, size * 0.27, size * 0.05, 1.0)], mix(tone, easel.palette.near, 0.35))
    for side in (-1, 1):
        canvas.shape(
            [
                [
                    (x + side * size * 0.175, head - size * 0.03),
                    (x + side * size * 0.16, head - size * (0.1 + 0.17 * ears)),
                    (x + side * size * 0.03, head - size * 0.13),
                ]
            ],
            tone,
        )


def person(easel: Easel, x: float, y: float, size: float, tone: RGB, *, cloak: float = 0.0) -> None:
    """A small figure seen from behind."""
    canvas = easel.canvas
    canvas.discs([(x, y - size * 0.92, size * 0.075, 1.0)], tone)
    half, hem = 0.105, 0.1 + cloak * 0.16
    outline = [
        (-half, 0.82),
        (-0.04, 0.86),
        (0.04, 0.86),
        (half, 0.82),
        (half + 0.03, 0.48),
        (hem, 0.42 - 0.34 * cloak),
        (-hem, 0.42 - 0.34 * cloak),
        (-half - 0.03, 0.48),
    ]
    legs = [
        [(-0.095, 0.45), (-0.005, 0.45), (-0.02, 0.0), (-0.085, 0.0)],
        [(0.005, 0.45), (0.095, 0.45), (0.085, 0.0), (0.02, 0.0)],
    ]
    canvas.shape([[(x + a * size, y - b * size) for a, b in part] for part in (outline, *legs)], tone)


def pine(x: float, y: float, size: float, *, lean: float = 0.0, tiers: int = 6) -> list[Point]:
    """Return a conifer as a polygon."""
    right, wide = [], size * 0.2
    for tier in range(tiers):
        part = (tier + 1) / tiers
        reach = wide * part**0.85
        right += [
            (x + reach + lean * (1 - part), y - size * (1 - part) - size * 0.02),
            (x + reach * 0.5 + lean * (1 - part), y - size * (1 - part) - size * 0.035),
        ]
    trunk = [(x + size * 0.02, y - size * 0.03), (x + size * 0.02, y + size * 0.03)]
    left = [(2 * x - px + 2 * lean * (y - py) / size, py) for px, py in reversed([*right, *trunk])]
    return [(x + lean, y - size), *right, *trunk, *left]
