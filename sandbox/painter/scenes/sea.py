"""The sea: calm under a low sun, or a storm around a rock; with a lighthouse, a boat, birds as asked."""

from sandbox.painter.buildings import lighthouse
from sandbox.painter.colour import mix
from sandbox.painter.easel import Easel
from sandbox.painter.sky import birds, sky, sun
from sandbox.painter.subjects import sailboat
from sandbox.painter.water import glitter, mirror, waves
from sandbox.painter.weather import haze, lightning, rain


def sea(easel: Easel) -> None:
    """Paint water to the horizon."""
    dice, reading, half = easel.dice, easel.reading, easel.view.half
    shore = dice.between("shore", 0.54, 0.68)
    side = dice.pick("side", (-1, 1))
    stormy = reading.mood == "storm"
    sky(easel, shore)
    x = -side * half * dice.between("sun x", 0.05, 0.5)
    if not stormy:
        sun(easel, x, shore - dice.between("sun height", 0.04, 0.26), dice.between("sun size", 0.035, 0.075))
    elif not reading.has("lighthouse") or dice.chance("strike", 0.55):
        lightning(easel, x, shore)
    if dice.chance("island", 0.6) and not stormy:
        island = easel.line("island", shore + 0.012, 0.05, cells=1.4)
        easel.canvas.shape([easel.ground(island)], [(shore - 0.06, easel.depth(-0.1)), (shore, easel.depth(-0.45))])
    rough = stormy or reading.has("wave", "waves", "surf")
    if rough:
        waves(easel, shore, height=0.125 if stormy else 0.08)
        if not stormy:
            glitter(easel, x, shore, strength=0.5)
    else:
        mirror(easel, shore)
        glitter(easel, x, shore)
    haze(easel, shore, 0.045, 0.4)
    if reading.has("lighthouse"):
        rock(easel, side * half * dice.between("rock x", 0.28, 0.62), shore)
    elif not stormy or reading.has("boat", "ship", "sailboat"):
        size = dice.between("boat size", 0.09, 0.17)
        boat_x, boat_y = side * half * dice.between("boat x", 0.05, 0.5), shore + dice.between("boat y", 0.05, 0.15)
        sailboat(easel, boat_x, boat_y, size)
    if stormy:
        rain(easel)
    else:
        birds(easel, side * half * 0.3, shore * dice.between("birds y", 0.35, 0.65))


def rock(easel: Easel, x: float, shore: float) -> None:
    """A rock in the water that carries a lighthouse."""
    dice, palette = easel.dice, easel.palette
    foot, tall, wide = (
        shore + dice.between("rock foot", 0.12, 0.2),
        dice.between("rock height", 0.12, 0.17),
        dice.between("rock width", 0.26, 0.36),
    )
    lighthouse(easel, x, foot - tall + 0.02, dice.between("tower", 0.38, 0.46))
    chance = dice.stream("rock")
    outline = [(x - wide, foot + 0.02)]
    for number in range(1, 16):
        part = number / 16
        hump = min(part, 1 - part) * 2
        outline.append(
            (x - wide + 2 * wide * part, foot - tall * min(1.0, hump * 1.6) ** 0.8 + chance.uniform(-0.014, 0.014))
        )
    outline.append((x + wide, foot + 0.02))
    easel.canvas.shape(
        [outline],
        [
            (foot - tall, mix(palette.near, palette.far, 0.5)),
            (foot - tall * 0.5, mix(palette.near, palette.far, 0.12)),
            (foot, palette.near),
        ],
    )
    facets = [
        [
            outline[n],
            outline[n + 1],
            (outline[n][0] + chance.uniform(-0.01, 0.03), foot - tall * chance.uniform(0.05, 0.5)),
        ]
        for n in range(2, 13, 2)
    ]
    easel.canvas.shape(facets, mix(palette.far, palette.horizon, 0.2), opacity=0.28)
    spray = [
        (
            x + chance.gauss(0, wide * 0.62),
            foot + 0.012 - abs(chance.gauss(0, 0.018)),
            chance.uniform(0.001, 0.0045),
            chance.uniform(0.15, 0.7),
        )
        for _ in range(260)
    ]
    easel.canvas.glow(x, foot, wide * 1.25, mix(palette.light, palette.horizon, 0.4), 0.45, squeeze=0.16)
    easel.canvas.discs(spray, mix(palette.light, palette.horizon, 0.3))
