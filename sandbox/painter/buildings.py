"""Buildings: a lighthouse, a cabin, a castle. Each stands on (x, y) and is `size` tall."""

from sandbox.painter.colour import mix
from sandbox.painter.easel import Easel


def lighthouse(easel: Easel, x: float, y: float, size: float) -> None:
    """A banded tower whose lamp throws two beams."""
    canvas, palette = easel.canvas, easel.palette
    lamp, foot, head = y - size * 0.9, size * 0.105, size * 0.066
    for side, reach in ((-1, 3.4), (1, 3.4)):
        tilt = easel.dice.between(f"beam {side}", -0.1, 0.06)
        for share, opacity in ((1.0, 0.08), (0.62, 0.1), (0.3, 0.14)):
            far, wide = x + side * reach, 0.5 * share + 0.02
            end = lamp + tilt * 3
            canvas.shape(
                [[(x, lamp - 0.004), (far, end - wide), (far, end + wide), (x, lamp + 0.004)]],
                palette.light,
                opacity=opacity,
            )
    bands = [mix(palette.near, palette.light, 0.72), mix(palette.near, (206, 58, 44), 0.72)]
    for band in range(6):
        low, high = band / 6, (band + 1) / 6
        edges = [foot + (head - foot) * part for part in (low, high)]
        ys = [y - size * 0.8 * part for part in (low, high)]
        tone = bands[band % 2]
        canvas.shape(
            [[(x - edges[0], ys[0]), (x - edges[1], ys[1]), (x + edges[1], ys[1]), (x + edges[0], ys[0])]], tone
        )
        canvas.shape(
            [
                [
                    (x + edges[0] * 0.15, ys[0]),
                    (x + edges[1] * 0.15, ys[1]),
                    (x + edges[1], ys[1]),
                    (x + edges[0], ys[0]),
                ]
            ],
            palette.near,
            opacity=0.45,
        )
    top = y - size * 0.8
    canvas.shape(
        [
            [
                (x - head * 1.5, top),
                (x - head * 1.5, top - size * 0.025),
                (x + head * 1.5, top - size * 0.025),
                (x + head * 1.5, top),
            ]
        ],
        palette.near,
    )
    canvas.shape(
        [
            [
                (x - head * 0.8, top),
                (x - head * 0.8, lamp - size * 0.05),
                (x + head * 0.8, lamp - size * 0.05),
                (x + head * 0.8, top),
            ]
        ],
        mix(palette.light, palette.accent, 0.25),
    )
    canvas.shape(
        [[(x - head * 1.1, lamp - size * 0.045), (x, y - size), (x + head * 1.1, lamp - size * 0.045)]],
        mix(palette.near, palette.accent, 0.4),
    )
    canvas.glow(x, lamp, size * 0.62, mix(palette.accent, palette.light, 0.5), 0.75)
    canvas.glow(x, lamp, size * 0.14, (255, 255, 245), 1.0)


def cabin(easel: Easel, x: float, y: float, size: float) -> None:
    """A house with lit windows and smoke."""
    canvas, palette = easel.canvas, easel.palette
    wide, eaves = size * 0.62, y - size * 0.48
    smoke = easel.dice.stream("smoke")
    canvas.discs(
        [
            (
                x + wide * 0.5 + size * 0.05 * n + smoke.gauss(0, 0.03) * size,
                y - size * (1.08 + 0.11 * n),
                size * (0.05 + 0.018 * n),
                0.3 - 0.03 * n,
            )
            for n in range(9)
        ],
        mix(palette.horizon, palette.light, 0.4),
    )
    canvas.shape(
        [[(x - wide, y + size * 0.04), (x - wide, eaves), (x + wide, eaves), (x + wide, y + size * 0.04)]],
        mix(palette.near, palette.accent, 0.12),
    )
    canvas.shape(
        [
            [
                (x + wide * 0.38, eaves),
                (x + wide * 0.38, y - size),
                (x + wide * 0.62, y - size),
                (x + wide * 0.62, eaves),
            ]
        ],
        palette.near,
    )
    roof = mix(palette.near, palette.light, 0.75 if easel.reading.mood == "winter" else 0.1)
    canvas.shape(
        [
            [
                (x - wide * 1.22, eaves + size * 0.03),
                (x - wide * 0.62, y - size * 0.92),
                (x + wide * 0.62, y - size * 0.92),
                (x + wide * 1.22, eaves + size * 0.03),
            ]
        ],
        roof,
    )
    warm = mix(palette.accent, (255, 226, 150), 0.6)
    for pane in (-0.55, 0.1, 0.6):
        px = x + wide * pane
        canvas.glow(px, y - size * 0.25, size * 0.5, warm, 0.45)
        canvas.shape(
            [
                [
                    (px - size * 0.08, y - size * 0.34),
                    (px + size * 0.08, y - size * 0.34),
                    (px + size * 0.08, y - size * 0.14),
                    (px - size * 0.08, y - size * 0.14),
                ]
            ],
            warm,
        )


def castle(easel: Easel, x: float, y: float, size: float) -> None:
    """Towers on a hill, a few windows lit."""
    canvas, palette, stones, lamps = easel.canvas, easel.palette, [], []
    for offset, wide, tall, roofed in (
        (-0.42, 0.1, 0.55, True),
        (-0.2, 0.16, 0.42, False),
        (0.02, 0.12, 0.8, True),
        (0.2, 0.14, 0.5, False),
        (0.4, 0.09, 0.66, True),
    ):
        px, half, top = x + offset * size, wide * size, y - tall * size
        stones.append([(px - half, y + size * 0.1), (px - half, top), (px + half, top), (px + half, y + size * 0.1)])
        if roofed:
            stones.append([(px - half * 1.25, top), (px, top - size * 0.26), (px + half * 1.25, top)])
        else:
            stones += [
                [
                    (px - half + half * 0.5 * n, top + 0.001),
                    (px - half + half * 0.5 * n, top - size * 0.04),
                    (px - half + half * (0.5 * n + 0.28), top - size * 0.04),
                    (px - half + half * (0.5 * n + 0.28), top + 0.001),
                ]
                for n in range(4)
            ]
        lamps.append((px, top + size * 0.12, size * 0.014, size * 0.026, 1.0))
    canvas.shape(stones, [(y - size, mix(palette.near, palette.far, 0.35)), (y, palette.near)])
    canvas.ovals(lamps, mix(palette.accent, (255, 226, 150), 0.6))
