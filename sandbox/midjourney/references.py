"""The pictures that a prompt refers to by their addresses, and how much they count."""

import re
from dataclasses import dataclass

ADDRESS = re.compile(r"<?(https?://[^\s>]+?)(?:>|::\d+(?:\.\d+)?)*")
STYLES = frozenset({"--sref"})
FACES = frozenset({"--cref", "--oref"})
WEIGHT = re.compile(r"--iw\s+(\d+(?:\.\d+)?)(?=\s|$)")
MOST = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class References:
    """Addresses by what they are for; `weight` is that of the images, 1 unless the prompt says otherwise."""

    images: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()
    faces: tuple[str, ...] = ()
    weight: float = 1.0

    @property
    def all(self) -> tuple[str, ...]:
        """Every address."""
        return self.images + self.styles + self.faces


def references(prompt: str) -> References:
    """Read a prompt: images stand before the words, the others after their parameters."""
    images: list[str] = []
    styles: list[str] = []
    faces: list[str] = []
    into: list[str] | None = images
    for token in prompt.split():
        if found := ADDRESS.fullmatch(token):
            if into is not None:
                into.append(found[1])
        else:
            into = styles if token in STYLES else faces if token in FACES else None
    weight = WEIGHT.search(prompt)
    told = min(float(weight[1]), MOST) if weight else 1.0
    return References(images=tuple(images), styles=tuple(styles), faces=tuple(faces), weight=told)


def words_of(prompt: str) -> str:
    """Return what a prompt says in words: no addresses, no parameters."""
    return re.sub(r"<?https?://\S+", " ", prompt).partition(" --")[0].strip()
