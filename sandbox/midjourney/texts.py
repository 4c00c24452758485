"""Words the engine finds: four prompts for an image, shorter prompts for a long one."""

import io
import re

from PIL import Image

from sandbox.midjourney.buttons import KEYCAPS
from sandbox.painter.colour import RGB, light
from sandbox.painter.masks import FORMATS

NAMES: dict[str, RGB] = {
    "crimson": (170, 40, 50), "orange": (236, 140, 60), "golden": (240, 200, 110), "green": (80, 140, 80),
    "teal": (50, 130, 130), "blue": (60, 110, 190), "indigo": (50, 50, 110), "violet": (120, 80, 150),
    "pink": (230, 140, 170), "pale": (230, 230, 228), "grey": (128, 132, 138), "dark": (18, 20, 28),
    "brown": (110, 80, 60),
}  # fmt: skip
FILLERS = re.compile(
    r"an?|the|of|in|on|at|by|with|and|very|really|beautiful|epic|trending|masterpiece|stunning|detailed|ultra|highly|"
    r"amazing|best|quality|awesome|gorgeous|incredible|artstation|[48]k|hd|(hyper)?realistic"
)
SHORT_COUNT = 5


def describe(image: bytes, subject: str = "") -> tuple[str, ...]:
    """Return four prompts for an image: by its colours, its light and its shape. `image` must be readable.

    If it is known what it shows, the `subject` is named in all four.
    """
    with Image.open(io.BytesIO(image), formats=FORMATS) as opened:
        plain = opened.convert("RGB")
    shape = _shape(plain.width / plain.height)
    small = plain.resize((48, 48))
    counted = small.quantize(5, Image.Quantize.MEDIANCUT).convert("RGB").getcolors(48 * 48) or []
    colours = [
        (colour[0], colour[1], colour[2]) for _, colour in sorted(counted, reverse=True) if isinstance(colour, tuple)
    ]
    names = list(dict.fromkeys(_name(colour) for colour in colours))
    first, second = names[0], names[-1]
    shade = sum(light(colour) for colour in colours) / len(colours)
    top, bottom = _mean(small.crop((0, 0, 48, 16))), _mean(small.crop((0, 32, 48, 48)))
    mood, scene = _mood(first, shade), subject or _scene(light(top), light(bottom))
    return (
        f"{scene} {mood}, {first} and {second} tones --ar {shape}",
        f"{f'{subject}, ' if subject else ''}{first} sky over {second} land, minimal illustration, {mood} --ar {shape}",
        f"{subject or 'an abstract composition'} in {', '.join(names[:3])} --ar {shape}",
        f"{scene}, flat colours, {second} accents --ar {shape}",
    )


def _mood(first: str, shade: float) -> str:
    if shade < 0.25:
        return "by night, under stars"
    if first in {"orange", "golden", "crimson", "pink"}:
        return "at dusk, in warm light"
    return "in morning mist" if shade > 0.62 else "in soft evening light"


def _scene(top: float, bottom: float) -> str:
    if top > bottom + 0.08:
        return "a wide landscape with mountains"
    return "the sea under a heavy sky" if bottom > top + 0.08 else "a quiet forest"


def numbered(texts: tuple[str, ...]) -> str:
    """Return texts as the engine lists them: a keycap digit before each, blank lines between."""
    return "\n\n".join(f"{KEYCAPS[number]} {text}" for number, text in enumerate(texts))


def shorten(prompt: str) -> tuple[str, ...]:
    """Return up to five prompts, each shorter than the one before."""
    parts = [part for part in re.split(r"[,\s]+", prompt.partition(" --")[0]) if part]
    strong = [part for part in parts if not FILLERS.fullmatch(part.lower())] or parts
    lengths = sorted({max(1, round(len(strong) * share)) for share in (1.0, 0.75, 0.55, 0.35, 0.2)}, reverse=True)
    return tuple(", ".join(strong[:length]) for length in lengths[:SHORT_COUNT])


def analysis(prompt: str, short: tuple[str, ...]) -> str:
    """Return the text that a shorten task ends with: tokens by weight, then the short prompts."""
    weighed = re.sub(r"[^\s,]+", lambda found: _weigh(found[0]), prompt.partition(" --")[0])
    return f"## Important tokens\n{weighed}\n## Shortened prompts\n{numbered(short)}"


def _weigh(word: str) -> str:
    if FILLERS.fullmatch(word.lower()):
        return f"~~{word}~~" if len(word) > 3 else word
    return f"**{word}**" if len(word) > 4 else word


def _name(colour: RGB) -> str:
    return min(NAMES, key=lambda name: sum((a - b) ** 2 for a, b in zip(NAMES[name], colour, strict=True)))


def _mean(part: Image.Image) -> RGB:
    pixel = part.resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))
    if not isinstance(pixel, tuple):
        raise TypeError("an RGB pixel has three parts")
    return int(pixel[0]), int(pixel[1]), int(pixel[2])


def _shape(aspect: float) -> str:
    known = {"1:1": 1.0, "4:3": 4 / 3, "3:2": 1.5, "16:9": 16 / 9, "3:4": 0.75, "2:3": 2 / 3, "9:16": 9 / 16}
    return min(known, key=lambda name: abs(known[name] - aspect))
