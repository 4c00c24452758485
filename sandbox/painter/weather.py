"""What hangs and falls in the air: mist, rain, snow, lightning, shafts of light."""

from PIL import Image, ImageChops, ImageDraw

from sandbox.painter.colour import mix
from sandbox.painter.easel import Easel


def haze(easel: Easel, y: float, spread: float, strength: float) -> None:
    """Lay a band of mist across, thickest at y."""
    mask = easel.canvas.fade([(y - spread, 0.0), (y, strength), (y + spread, 0.0)])
    easel.canvas.tint(mask, mix(easel.palette.horizon, easel.palette.light, 0.2))


def rain(easel: Easel) -> None:
    """Let it rain aslant, thin and pale."""
    view, streaks = easel.view, []
    for number in range(420):
        chance = easel.dice.stream("rain", number)
        x, y, long = chance.uniform(-2.2, 2.2), chance.uniform(-0.5, 1.5), chance.uniform(0.02, 0.075)
        if view.left < x < view.right and view.top < y < view.bottom:
            thin = 0.0006 + 0.0008 * chance.random()
            streaks.append([(x, y), (x + thin, y), (x - long * 0.24 + thin, y + long), (x - long * 0.24, y + long)])
    easel.canvas.shape(streaks, mix(easel.palette.light, easel.palette.sky, 0.2), opacity=0.3)


def snow(easel: Easel) -> None:
    """Let it snow, near flakes large and soft."""
    flakes = []
    for number in range(330):
        chance = easel.dice.stream("snow", number)
        near = chance.random() ** 4
        flakes.append((chance.uniform(-2.2, 2.2), chance.uniform(-0.5, 1.5), 0.0012 + 0.006 * near, 0.85 - 0.5 * near))
    easel.canvas.discs(flakes, mix(easel.palette.light, (255, 255, 255), 0.6))


def lightning(easel: Easel, x: float, foot: float) -> None:
    """Strike once, with branches."""
    chance, branches, y = easel.dice.stream("lightning"), [], -0.02
    bolt, px = [(x, y)], x
    while y < foot:
        y += chance.uniform(0.02, 0.05)
        px += chance.gauss(0, 0.022)
        bolt.append((px, y))
        if chance.random() < 0.3:
            side, bx, by = chance.choice((-1, 1)), px, y
            branch = [(bx, by)]
            for _ in range(chance.randint(2, 5)):
                bx, by = bx + side * chance.uniform(0.008, 0.03), by + chance.uniform(0.012, 0.03)
                branch.append((bx, by))
            branches.append(branch)
    easel.canvas.glow(x, 0.05, 0.55, easel.palette.light, 0.5)
    easel.canvas.glow(px, foot, 0.2, easel.palette.light, 0.5)
    for line, wide in ((bolt, 0.0032), *((branch, 0.0015) for branch in branches)):
        ribbon = [
            *((a - wide * (1 - 0.6 * n / len(line)), b) for n, (a, b) in enumerate(line)),
            *((a + wide * (1 - 0.6 * n / len(line)), b) for n, (a, b) in reversed(list(enumerate(line)))),
        ]
        easel.canvas.shape([ribbon], mix(easel.palette.light, (255, 255, 255), 0.7))


def beams(easel: Easel, x: float, y: float, *, count: int, reach: float, strength: float, down: bool) -> None:
    """Let shafts of light fan out from a point, fading with distance."""
    shafts = Image.new("L", (easel.view.width, easel.view.height))
    for number in range(count):
        angle = easel.dice.between(f"beam {number}", -0.75, 0.75)
        wide = easel.dice.between(f"beam width {number}", 0.03, 0.1)
        far = reach if down else -reach
        part = Image.new("L", shafts.size)
        ImageDraw.Draw(part).polygon(
            [
                easel.view.at(x, y),
                easel.view.at(x + far * (angle - wide), y + far),
                easel.view.at(x + far * (angle + wide), y + far),
            ],
            fill=round(255 * strength),
        )
        shafts = ImageChops.add(shafts, part)
    small = shafts.resize((max(shafts.width // 16, 1), max(shafts.height // 16, 1)), Image.Resampling.BOX)
    soft = small.resize(shafts.size, Image.Resampling.BICUBIC)
    easel.canvas.tint(
        ImageChops.multiply(soft, easel.canvas.fade([(y, 1.0), (y + reach * 0.8, 0.0)])), easel.palette.light
    )
