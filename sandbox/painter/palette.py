"""Colours that go together: a few palettes for each mood, bent by the colours that a prompt names."""

from collections.abc import Callable
from dataclasses import dataclass, fields, replace

from PIL import Image

from sandbox.painter.colour import RGB, grey, light, mix, towards, turn
from sandbox.painter.dice import Dice
from sandbox.painter.reading import Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """The colours of one picture, from the top of the sky to what stands nearest."""

    zenith: RGB
    sky: RGB
    horizon: RGB
    light: RGB
    far: RGB
    near: RGB
    accent: RGB


def _of(colours: str) -> Palette:
    zenith, sky, horizon, light, far, near, accent = (_rgb(colour) for colour in colours.split())
    return Palette(zenith=zenith, sky=sky, horizon=horizon, light=light, far=far, near=near, accent=accent)


def _rgb(colour: str) -> RGB:
    red, green, blue = bytes.fromhex(colour)
    return red, green, blue


PALETTES: dict[str, tuple[Palette, ...]] = {
    "storm": (
        _of("121a28 344656 929e9c ececdc 465864 080e16 ffd078"),
        _of("16162c 3e3e5c b29282 fae2c4 4c4a62 0c0a16 ffbe6e"),
        _of("0c202a 26525c 80aaa0 e4f4e2 386066 041218 ffd88c"),
    ),
    "night": (
        _of("04081c 0e1e48 3a5884 eef2ff 223860 030610 ffca74"),
        _of("0a0620 261a54 704a8c ffeee6 362862 080514 ffb078"),
        _of("020e1a 082e42 32787a e8fff6 164252 02090e ffd682"),
    ),
    "dawn": (
        _of("424e80 b28aa6 ffcea8 fff3dc 9c82a4 26223e ff8e76"),
        _of("5c84aa c0c6ce ffdec4 fffaec 96aabe 24344c f49678"),
        _of("685c96 d69cb0 ffdcbe fff6e6 aa86aa 302246 ffa882"),
    ),
    "sunset": (
        _of("241a52 9e3a68 ff9850 ffe8a8 74345c 140c22 ff6842"),
        _of("163058 7c5c82 ffb474 fff0c4 5c4e70 0e1426 ff924e"),
        _of("44163c c63e46 ffba5c fff4be 8c3242 1e081c ff803a"),
    ),
    "day": (
        _of("2668ba 7ab6e6 e6f0f0 fffce8 749ebe 163842 f2bc54"),
        _of("1a7aac 74c8d4 f4f0d6 fffce2 68a6aa 0e3e42 faa05a"),
    ),
    "winter": (
        _of("547ca8 b2cce2 f8f0ec fffcf4 a6c0d6 1e304a e2624c"),
        _of("465282 a8a6cc ffded6 fff4ec 9aa0c6 222448 ff966e"),
    ),
    "autumn": (
        _of("6a5c70 e0ac86 ffe4b2 fff6d6 be805c 321816 e86422"),
        _of("465468 c8966e ffce8c fff0c8 a86240 281416 d64822"),
    ),
    "mist": (
        _of("7c929c b0c0c2 e6e8e0 fffef4 a0b2b6 182c32 cc7a54"),
        _of("8c8ca0 c0bec8 eee6e2 fffaf4 acacbc 242438 c46060"),
        _of("709286 b0c8b6 eeeed6 ffffec 96b4a2 102c26 dc8c50"),
    ),
    "neon": (
        _of("0a0422 3e0c60 f03294 ffcee2 461870 070314 00e8f4"),
        _of("040828 182478 1ebedc defaff 1e3078 030516 ff3caa"),
        _of("160226 701060 ff7a4a ffe2aa 601664 0c0218 46ecff"),
    ),
    "spring": (
        _of("569cb4 b0daca fcf6d4 fffeee 7cb298 0e322c f47898"),
        _of("8482be dcbed8 ffecdc fffaf0 9ea0b2 242c3c fa6e82"),
    ),
    "cosmos": (
        _of("040412 221048 943680 ffe8dc 3c1e6e 03020c 5abeff"),
        _of("020816 082c54 1e8ca0 e8fffa 103c6e 02040e ffa05a"),
        _of("0a030e 48122e dc5c3c fff0d6 64223e 07020a ffbe6e"),
    ),
}


def choose(reading: Reading, dice: Dice) -> Palette:
    """Return the palette of a picture: its mood's, by chance, turned a little, then bent to the named colours.

    A style that is named by a number has a palette of its own.
    """
    palette = dice.pick("palette", PALETTES[reading.mood])
    if reading.style is not None:
        every = [one for palettes in PALETTES.values() for one in palettes]
        palette = _each(every[reading.style % len(every)], lambda colour: turn(colour, (reading.style or 0) % 97 / 97))
    drift, bright = dice.between("hue", -0.035, 0.035), dice.between("bright", 0.92, 1.06)
    palette = _each(palette, lambda colour: turn(colour, drift, value=bright))
    if reading.hues:
        first, last = reading.hues[0], reading.hues[-1]
        palette = _each(palette, lambda colour: towards(colour, first, 0.55))
        palette = replace(
            palette, accent=towards(palette.accent, last, 0.9), horizon=towards(palette.horizon, last, 0.4)
        )
    return _each(palette, grey) if reading.grey else palette


def drawn_from(image: Image.Image) -> Palette:
    """Return the palette of another picture: its own colours, from the darkest before us to the lightest."""
    few = image.resize((48, 48), Image.Resampling.BOX).quantize(7, Image.Quantize.MEDIANCUT).convert("RGB")
    found = [colour for _, colour in few.getcolors(48 * 48) or () if isinstance(colour, tuple)]
    shades = sorted(((colour[0], colour[1], colour[2]) for colour in found), key=light)
    dark, bright, strong = shades[0], shades[-1], max(shades, key=lambda colour: max(colour) - min(colour))

    def shade(share: float) -> RGB:
        return shades[round(share * (len(shades) - 1))]

    return Palette(
        zenith=shade(0.4),
        sky=shade(0.6),
        horizon=shade(0.8),
        light=mix(bright, (255, 255, 255), 0.15),
        far=shade(0.3),
        near=mix(dark, (0, 0, 0), 0.15),
        accent=strong,
    )


def _each(palette: Palette, change: Callable[[RGB], RGB]) -> Palette:
    return replace(palette, **{one.name: change(getattr(palette, one.name)) for one in fields(palette)})
