"""Water: still, with what stands above it upside down, or rolling in rows of waves."""

from math import exp, pi, sin

from PIL import Image

from sandbox.painter.canvas import Oval
from sandbox.painter.colour import mix
from sandbox.painter.easel import Easel


def mirror(easel: Easel, shore: float, *, dim: float = 0.35) -> None:
    """Lay still water below the shore: the picture above it, turned over, smeared and darkened."""
    canvas, view = easel.canvas, easel.view
    row = round((shore - view.top) * view.scale)
    if not 0 < row < view.height:
        return
    deep = view.height - row
    above = canvas.image.crop((0, max(row - deep, 0), view.width, row)).transpose(Image.Transpose.FLIP_TOP_BOTTOM)
    small = above.resize((max(view.width // 2, 1), max(deep // 5, 1)), Image.Resampling.BOX)
    canvas.image.paste(small.resize((view.width, deep), Image.Resampling.BICUBIC), (0, row))
    canvas.tint(
        canvas.fade([(shore - 0.001, 0.0), (shore, dim * 0.5), (1.0, min(dim * 1.7, 1.0))]),
        mix(easel.palette.near, easel.palette.zenith, 0.3),
    )
    ripples(easel, shore)


def ripples(easel: Easel, shore: float) -> None:
    """Draw the thin lines of light and shade that make water of a smear."""
    light: list[Oval] = []
    dark: list[Oval] = []
    for number in range(150):
        chance = easel.dice.stream("ripple", number)
        near = chance.random() ** 1.6
        y, x = shore + 0.004 + near * 0.75, chance.uniform(-2.4, 2.4)
        oval = (
            x,
            y,
            chance.uniform(0.03, 0.16) * (0.4 + near * 1.6),
            0.0009 + 0.0028 * near,
            chance.uniform(0.1, 0.34),
        )
        (light if chance.random() < 0.55 else dark).append(oval)
    easel.canvas.ovals(dark, mix(easel.palette.near, easel.palette.sky, 0.25))
    easel.canvas.ovals(light, mix(easel.palette.horizon, easel.palette.light, 0.3))


def glitter(easel: Easel, x: float, shore: float, *, strength: float = 1.0, width: float = 0.05) -> None:
    """Lay the path of light that sun, moon or lamp throw towards us."""
    sparks = []
    for number in range(230):
        chance = easel.dice.stream("glitter", number)
        near = chance.random() ** 1.3
        spread = width * (0.35 + near * 2.6)
        px, y = x + chance.gauss(0, spread * 0.5), shore + 0.003 + near * 0.62
        fade = exp(-(((px - x) / spread) ** 2))
        sparks.append(
            (
                px,
                y,
                (0.006 + 0.03 * near) * chance.uniform(0.5, 1.3),
                0.0008 + 0.0028 * near,
                strength * fade * chance.uniform(0.25, 0.95),
            )
        )
    easel.canvas.ovals(
        sparks, [(shore, easel.palette.light), (1.0, mix(easel.palette.light, easel.palette.horizon, 0.7))]
    )


def waves(easel: Easel, shore: float, *, height: float) -> None:
    """Roll rows of waves from the horizon towards us, each with a lit crest and, when high, foam."""
    canvas, palette, rows = easel.canvas, easel.palette, 15
    canvas.shape(
        [easel.ground([(easel.view.left, shore), (easel.view.right, shore)])], mix(palette.far, palette.horizon, 0.3)
    )
    for row in range(rows):
        near = row / (rows - 1)
        base = shore + 0.004 + (0.62 * near**1.55) + near * 0.02
        tall = height * (0.06 + near**1.25)
        line = easel.line(f"wave {row}", base, tall * 0.55, cells=9.0 - 6.6 * near, octaves=3, gain=0.42)
        phase, pitch = easel.dice.between(f"phase {row}", 0, 2 * pi), 26 - 19 * near
        # A sharpened sine on top makes crests; noise alone would be hills.
        line = [(x, y - tall * 0.5 * (1 - abs(sin(x * pitch / 2 + phase))) ** 2.2) for x, y in line]
        crest = mix(mix(palette.horizon, palette.far, 0.35 + 0.45 * near), palette.near, 0.5 * near)
        trough = mix(palette.far, palette.near, 0.3 + 0.62 * near)
        canvas.shape([easel.ground(line)], [(base - tall, crest), (base + tall * 0.7 + 0.012, trough)])
        rim = 0.0012 + 0.0045 * near * (height / 0.12)
        foam = [
            *line,
            *((x, y + rim * (0.15 + max(0.0, (base - y) / max(tall, 0.001)) ** 2 * 2.4)) for x, y in reversed(line)),
        ]
        canvas.shape([foam], mix(palette.light, palette.horizon, 0.35), opacity=0.28 + 0.3 * near)
