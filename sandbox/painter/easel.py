"""All that a scene is painted with: canvas, colours, chances, and what was asked for."""

from dataclasses import dataclass

from sandbox.painter.canvas import Canvas, Point
from sandbox.painter.colour import RGB, mix
from sandbox.painter.dice import Dice
from sandbox.painter.noise import profile
from sandbox.painter.palette import Palette
from sandbox.painter.reading import Reading
from sandbox.painter.view import View


@dataclass(frozen=True, slots=True, kw_only=True)
class Easel:
    """A canvas with everything at hand."""

    canvas: Canvas
    palette: Palette
    dice: Dice
    reading: Reading

    @property
    def view(self) -> View:
        """Where the eye looks."""
        return self.canvas.view

    def depth(self, share: float) -> RGB:
        """Return the colour of things by distance: 0 is far in the haze, 1 stands before us."""
        palette = self.palette
        return mix(palette.far, palette.near, share) if share > 0 else mix(palette.far, palette.horizon, -share)

    def line(
        self,
        name: str,
        base: float,
        height: float,
        *,
        cells: float,
        octaves: int = 5,
        gain: float = 0.5,
        sharp: bool = False,
    ) -> list[Point]:
        """Return a line of hills from left to right; heights are up, so they lessen y. Sharp makes peaks of them."""
        view, count = self.view, max(96, self.view.width // 3)
        step = (view.right - view.left + 0.04) / count
        xs = [view.left - 0.02 + step * (number + 0.5) for number in range(count)]
        hills = profile(self.dice, name, xs, cells=cells, octaves=octaves, gain=gain)
        if sharp:
            hills = [1.1 - 2.6 * abs(hill) for hill in hills]
        return [(x, base - height * hill) for x, hill in zip(xs, hills, strict=True)]

    def ground(self, line: list[Point]) -> list[Point]:
        """Return the shape of all that lies below a line."""
        low = self.view.bottom + 0.05
        return [
            (line[0][0] - 0.05, low),
            (line[0][0] - 0.05, line[0][1]),
            *line,
            (line[-1][0] + 0.05, line[-1][1]),
            (line[-1][0] + 0.05, low),
        ]
