"""What a task makes: a grid, a single, films, a text; and what a press makes of that."""

from dataclasses import dataclass, replace
from typing import Any, Literal

from sandbox.midjourney import buttons
from sandbox.midjourney.buttons import Press
from sandbox.midjourney.versions import version_of
from sandbox.painter.film import Film, Motion
from sandbox.painter.picture import Picture, extent
from sandbox.painter.reading import asked_aspect

Form = Literal["grid", "single", "large", "huge", "plain", "films", "film", "described", "shortened"]
SCALES = {"large": 2, "huge": 4}
PRESSED_ON: dict[str, Form] = {"subtle": "large", "creative": "large", "twice": "large", "four times": "huge"}
GRID_STEP = 1.0  # the four of a fresh grid are compositions of their own
NEAR, SUBTLE, STRONG, SAME = 0.32, 0.14, 0.55, 0.1
BATCH = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What a window was told: the words, and what belongs to one kind of window only."""

    prompt: str
    zoom: float = 2.0
    mask: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """The outcome of a task. `step` is how far the four of a grid lie apart; `texts` are prompts that were found.

    A `plain` picture has nothing to be pressed (a swapped face).
    """

    form: Form
    picture: Picture | None = None
    step: float = GRID_STEP
    source: bytes = b""
    texts: tuple[str, ...] = ()
    films: tuple[Film, ...] = ()

    def chosen(self, index: int) -> Picture:
        """The index-th of a grid, or the picture itself. Raises ValueError where there is none."""
        if self.picture is None:
            raise ValueError("a text has no picture")
        return self.picture.variant(index, self.step) if self.form == "grid" else self.picture

    @property
    def scale(self) -> int:
        """How many times the usual side a result has."""
        return SCALES.get(self.form, 1)

    def pixels(self, side: int) -> tuple[int, int] | None:
        """Width and height of the result."""
        if self.films:
            return self.films[0].size(side)
        if self.picture is None:
            return None
        if self.form == "grid":
            width, height = extent(self.picture, side // 2)
            return width * 2, height * 2
        return extent(self.picture, side * self.scale)

    def buttons(self, job: str) -> list[dict[str, Any]]:
        """What may be done next."""
        match self.form:
            case "grid":
                return buttons.grid_buttons(job)
            case "single":
                version = version_of(self.picture.prompt if self.picture is not None else "")
                return buttons.single_buttons(job, version, square=self.picture is None or self.picture.shape == 1.0)
            case "large" | "huge":
                return buttons.large_buttons(job)
            case "films":
                return buttons.films_buttons(job, len(self.films))
            case "film":
                return buttons.film_buttons(job)
            case "described":
                return buttons.describe_buttons()
            case "shortened":
                return buttons.shorten_buttons(len(self.texts))
            case "plain":
                return []


def shot(
    picture: Picture, motion: Motion, seed: int, *, count: int = BATCH, end: Picture | None = None, **how: bool
) -> Work:
    """Return so many films of a picture, each going another way."""
    films = tuple(Film(picture=picture, parts=(motion,), seed=seed + number, end=end, **how) for number in range(count))
    return _filmed(films)


def extended(film: Film, motion: Motion, seed: int) -> Work:
    """Return longer films that begin as this one does."""
    return _filmed(tuple(replace(film.extended(motion), seed=film.seed + 97 * (seed % 89 + n)) for n in range(BATCH)))


def pressed(work: Work, press: Press, *, seed: int, answered: Answered | None = None) -> Work:
    """Return what a press on a work with pictures makes; `seed` serves what is new.

    Raises ValueError for a press that doesn't belong under this work, or a mask that is no image.
    """
    motion: Motion = "high" if press.kind.endswith("high") else "low"
    match press.kind:
        case "again":
            return replace(work)
        case "film":
            return _filmed((work.films[press.index - 1],))
        case "extend high" | "extend low":
            return extended(work.films[0], motion, seed)
        case "reroll" if work.films:
            return _filmed(tuple(replace(film, seed=seed + n) for n, film in enumerate(work.films)))
        case "reroll" if work.picture is not None:
            again = work.picture if answered is None else work.picture.reworded(answered.prompt)
            return replace(work, picture=replace(again, seed=seed))
        case "animate high" | "animate low":
            return shot(work.chosen(1), motion, seed)
        case "upscale":
            return Work(form="single", picture=work.chosen(press.index))
        case "subtle" | "creative" | "twice" | "four times":
            picture = work.chosen(1)
            alike = picture.freed().variant(1, SAME / 2) if press.kind == "creative" else picture
            return Work(form=PRESSED_ON[press.kind], picture=alike)
        case _:
            return _redrawn(work.chosen(press.index), press, seed, answered)


def _redrawn(picture: Picture, press: Press, seed: int, answered: Answered | None) -> Work:
    prompt = None if answered is None else answered.prompt
    match press.kind:
        case "variation" | "low" | "high":
            step = {"variation": NEAR, "low": SUBTLE, "high": STRONG}[press.kind]
            worded = picture if prompt is None else picture.reworded(prompt)
            return Work(form="grid", picture=worded.freed(), step=step)
        case "outpaint":
            wide = picture.squared() if press.index == 100 else picture.zoomed(100 / press.index)
            return Work(form="grid", picture=wide, step=SAME)
        case "zoom" if answered is not None:
            aspect = asked_aspect(answered.prompt)
            return Work(form="grid", picture=picture.zoomed(answered.zoom, aspect=aspect, prompt=prompt), step=SAME)
        case "left" | "right" | "up" | "down":
            return Work(form="grid", picture=picture.panned(press.kind, prompt=prompt), step=SAME)
        case "region" if answered is not None:
            words = answered.prompt or picture.prompt
            return Work(form="grid", picture=picture.repainted(words, answered.mask, seed), step=STRONG)
        case _:
            raise ValueError(f"{press.kind} is no press of this engine")


def _filmed(films: tuple[Film, ...]) -> Work:
    return Work(form="films" if len(films) > 1 else "film", films=films)
