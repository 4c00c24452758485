"""Choices that repeat: a named value depends on the seed and the way to a variation, never on the order of asking."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One move away from a picture: which of the four, and how far (0 stays, 1 is a composition of its own)."""

    index: int
    strength: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Dice:
    """All chances of one picture. Near variations share most of their values, far ones few."""

    seed: int
    steps: tuple[Step, ...] = ()

    def stepped(self, step: Step) -> "Dice":
        """Return the dice of a variation."""
        return replace(self, steps=(*self.steps, step))

    def roots(self) -> list[tuple[str, float]]:
        """Return the keys that shape this picture and their weights (sum 1), the oldest first."""
        keys = [(f"{self.seed}", 1.0)]
        for number, step in enumerate(self.steps, 1):
            path = ".".join(str(one.index) for one in self.steps[:number])
            keys = [(key, weight * (1 - step.strength)) for key, weight in keys]
            keys.append((f"{self.seed}/{path}", step.strength))
        return [(key, weight) for key, weight in keys if weight > 0]

    def between(self, name: str, low: float, high: float) -> float:
        """Return a number from low to high that drifts a little with each small step."""
        return low + (high - low) * sum(_fraction(key, name) * weight for key, weight in self.roots())

    def key(self, name: str) -> str:
        """Return the key that decides whole things: a small step changes it seldom, a full step always."""
        chosen = f"{self.seed}"
        for number, step in enumerate(self.steps, 1):
            path = f"{self.seed}/" + ".".join(str(one.index) for one in self.steps[:number])
            if _fraction(path, f"{name}?") < step.strength:
                chosen = path
        return f"{chosen}:{name}"

    def chance(self, name: str, probability: float) -> bool:
        """Return whether something happens in this picture."""
        return _fraction(self.key(name), "chance") < probability

    def pick(self, name: str, options: Sequence[T]) -> T:
        """Return one of the options."""
        return options[int(_fraction(self.key(name), "pick") * len(options))]

    def stream(self, name: str, slot: int = 0) -> random.Random:
        """Return a stream of chances for one of many things (a star, a tree): the same wherever the eye looks."""
        return random.Random(f"{self.key(name)}#{slot}")


def _fraction(key: str, name: str) -> float:
    return int.from_bytes(blake2b(f"{key}|{name}".encode(), digest_size=7).digest(), "big") / 2**56
