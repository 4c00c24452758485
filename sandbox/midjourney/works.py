"""What a task makes: a grid, a single, a text; and what a press makes of that."""

from dataclasses import dataclass, replace
from typing import Any, Literal

from sandbox.midjourney import buttons
from sandbox.midjourney.buttons import Press
from sandbox.painter.picture import Picture, extent

Form = Literal["grid", "single", "large", "described", "shortened"]

GRID_STEP = 1.0  # the four of a fresh grid are compositions of their own
NEAR, SUBTLE, STRONG, SAME = 0.32, 0.14, 0.55, 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """The outcome of a task. `step` is how far the four of a grid lie apart; `texts` are prompts that were found."""

    form: Form
    picture: Picture | None = None
    step: float = GRID_STEP
    source: bytes = b""
    texts: tuple[str, ...] = ()

    def chosen(self, index: int) -> Picture:
        """The index-th of a grid, or the picture itself. Raises ValueError where there is none."""
        if self.picture is None:
            raise ValueError("a text has no picture")
        return self.picture.variant(index, self.step) if self.form == "grid" else self.picture

    def pixels(self, side: int) -> tuple[int, int] | None:
        """Width and height of the result."""
        if self.picture is None:
            return None
        if self.form == "grid":
            width, height = extent(self.picture, side // 2)
            return width * 2, height * 2
        return extent(self.picture, side * 2 if self.form == "large" else side)

    def buttons(self, job: str) -> list[dict[str, Any]]:
        """What may be done next."""
        match self.form:
            case "grid":
                return buttons.grid_buttons(job)
            case "single":
                return buttons.single_buttons(job, square=self.picture is None or self.picture.shape == 1.0)
            case "large":
                return buttons.large_buttons(job)
            case "described":
                return buttons.describe_buttons()
            case "shortened":
                return buttons.shorten_buttons(len(self.texts))


def pressed(
    work: Work, press: Press, *, seed: int, prompt: str | None = None, zoom: float = 2.0, mask: bytes = b""
) -> Work:
    """Return what a press makes of a work. `prompt`, `zoom`, `mask` are a window's answer; `seed` serves what is new.

    Raises ValueError for a press that doesn't belong under this work, or a mask that is no image.
    """
    if press.kind in {"described", "shortened"}:
        return Work(form="grid", picture=Picture(prompt=prompt or work.texts[press.index - 1], seed=seed))
    if press.kind == "again":
        return replace(work)
    picture = work.chosen(press.index)
    worded = replace(picture, prompt=prompt) if prompt is not None else picture
    match press.kind:
        case "upscale":
            return Work(form="single", picture=picture)
        case "subtle":
            return Work(form="large", picture=picture)
        case "creative":
            return Work(form="large", picture=picture.variant(1, SAME / 2))
        case "variation":
            return Work(form="grid", picture=worded, step=NEAR)
        case "low" | "high":
            return Work(form="grid", picture=worded, step=SUBTLE if press.kind == "low" else STRONG)
        case "reroll" if work.picture is not None:
            again = replace(work.picture, seed=seed, prompt=prompt if prompt is not None else work.picture.prompt)
            return replace(work, picture=again)
        case "outpaint":
            wide = picture.squared() if press.index == 100 else picture.zoomed(100 / press.index)
            return Work(form="grid", picture=wide, step=SAME)
        case "zoom":
            return Work(form="grid", picture=worded.zoomed(zoom), step=SAME)
        case "left" | "right" | "up" | "down":
            across = {"left": -0.5, "right": 0.5}.get(press.kind, 0.0) * picture.shape
            down = {"up": -0.3, "down": 0.3}.get(press.kind, 0.0)
            return Work(form="grid", picture=worded.panned(across, down), step=SAME)
        case "region":
            return Work(form="grid", picture=picture.repainted(prompt or picture.prompt, mask), step=STRONG)
        case _:
            raise ValueError(f"{press.kind} is no press of this engine")
