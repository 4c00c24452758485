"""What a prompt asks for: a scene, a mood, things to be seen, colours, a shape. Unknown words give an abstract."""

import re
from dataclasses import dataclass
from hashlib import blake2b

SCENES = {
    "sea": (
        "sea ocean wave waves lighthouse beach coast harbor harbour boat ship sail sailboat island whale surf bay port"
    ),
    "mountains": (
        "mountain mountains peak alps lake valley hill hills cabin summit volcano glacier fjord castle village dragon"
    ),
    "forest": "forest wood woods tree trees pine pines jungle deer fox wolf bear fairy path mushroom bird owl garden",
    "city": (
        "city town street skyline tokyo cyberpunk skyscraper urban building car robot neon train london paris "
        "york rooftop"
    ),
    "desert": "desert dune dunes sahara sand cactus pyramid egypt camel mars canyon oasis western",
    "space": (
        "space galaxy planet planets nebula star stars cosmos cosmic astronaut universe moon rocket alien "
        "saturn spaceship"
    ),
    "flowers": (
        "flower flowers rose roses tulip bouquet blossom petals lily peony sunflower daisy poppy lotus orchid bloom"
    ),
    "portrait": (
        "portrait woman man girl boy face lady queen king princess person warrior cat dog kitten puppy samurai witch"
    ),
}
MOODS = {
    "storm": "storm stormy thunder lightning rain rainy dark tempest gloomy dramatic hurricane",
    "night": "night midnight moon moonlight stars starry aurora northern dark lantern fireflies",
    "dawn": "dawn morning sunrise pastel soft spring calm peaceful dreamy",
    "sunset": "sunset dusk evening golden warm twilight epic cinematic",
    "day": "day noon summer sunny bright clear tropical happy",
    "winter": "winter snow snowy ice frozen frost cold christmas",
    "autumn": "autumn fall october leaves harvest",
    "mist": "mist misty fog foggy haze minimal minimalist zen ink watercolor watercolour",
    "neon": "neon cyberpunk synthwave vaporwave futuristic tokyo glowing retrowave",
}
HUES = {
    "red": 0.99, "crimson": 0.97, "orange": 0.07, "gold": 0.12, "golden": 0.11, "yellow": 0.14, "green": 0.36,
    "emerald": 0.42, "teal": 0.49, "turquoise": 0.48, "cyan": 0.51, "blue": 0.6, "indigo": 0.69, "purple": 0.76,
    "violet": 0.78, "magenta": 0.86, "pink": 0.92, "rose": 0.95,
}  # fmt: skip
USUAL = {
    "sea": ("sunset", "dawn", "day"),
    "mountains": ("dawn", "sunset", "day"),
    "forest": ("mist", "dawn", "autumn"),
    "city": ("night", "sunset", "neon"),
    "desert": ("sunset", "day", "dawn"),
    "space": ("cosmos",),
    "flowers": ("spring", "dawn", "sunset"),
    "portrait": ("sunset", "dawn", "neon", "night"),
    "abstract": ("sunset", "dawn", "neon", "mist", "spring", "autumn", "night"),
}
GREYS = frozenset({"monochrome", "grayscale", "greyscale", "noir", "grey", "gray"})
MOST = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A prompt as a painter understands it."""

    scene: str
    mood: str
    words: frozenset[str]
    hues: tuple[float, ...]
    grey: bool
    aspect: float
    style: int | None = None

    def has(self, *words: str) -> bool:
        """Return whether one of the words stands in the prompt."""
        return any(word in self.words for word in words)


def read(prompt: str) -> Reading:
    """Read a prompt with its parameters; never fails."""
    text, _, parameters = prompt.lower().partition(" --")
    listed = re.findall(r"[a-z]+", re.sub(r"https?://\S+", " ", text))
    wanted = [word for word in listed if word not in _denied(parameters)]
    scene = _best(SCENES, wanted) or "abstract"
    mood = _best(MOODS, wanted)
    if mood is None or scene == "space":
        usual = USUAL[scene]
        mood = usual[blake2b(" ".join(listed or [text]).encode(), digest_size=2).digest()[0] % len(usual)]
    return Reading(
        scene=scene,
        mood=mood,
        words=frozenset(wanted),
        hues=tuple(HUES[word] for word in wanted if word in HUES),
        grey=bool(GREYS.intersection(wanted)) or ("black" in wanted and "white" in wanted),
        aspect=aspect_of(prompt),
        style=_style(prompt),
    )


def aspect_of(prompt: str) -> float:
    """Return width to height as `--ar W:H` says, between 1:3 and 3:1; a square without it."""
    return asked_aspect(prompt) or 1.0


def asked_aspect(prompt: str) -> float | None:
    """Return width to height as `--ar W:H` says; None without it."""
    found = re.search(r"--(?:ar|aspect)\s+(\d{1,4})\s*[:x]\s*(\d{1,4})(?!\d)", prompt)
    if found is None or not int(found[1]) or not int(found[2]):
        return None
    return min(max(int(found[1]) / int(found[2]), 1 / MOST), MOST)


def _style(prompt: str) -> int | None:
    found = re.search(r"--sref\s+(\d{1,10})(?=\s|$)", prompt)
    return int(found[1]) if found else None


def _denied(parameters: str) -> frozenset[str]:
    found = re.search(r"(?:^|--)no ([^-]*)", parameters)
    return frozenset(re.findall(r"[a-z]+", found[1])) if found else frozenset()


def _best(known: dict[str, str], words: list[str]) -> str | None:
    """Return the kind that most words speak for; among equals the one that is named first."""
    heard: dict[str, int] = {}
    for word in words:
        for kind, list_of_words in known.items():
            if word in list_of_words.split():
                heard[kind] = heard.get(kind, 0) + 1
    return max(heard, key=lambda kind: heard[kind]) if heard else None
