"""What a brush can do: washes, shapes with soft edges, glows and tints, all in the world's units."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

from PIL import Image, ImageDraw

from sandbox.painter.colour import RGB, mix
from sandbox.painter.view import View

Point = tuple[float, float]
Stop = tuple[float, RGB]
Oval = tuple[float, float, float, float, float]
FINE = 2  # shapes are drawn twice as large and halved: that is all the smoothing they get


class Canvas:
    """A picture that is being painted through a view."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.image = Image.new("RGB", (view.width, view.height))

    def wash(self, stops: Sequence[Stop]) -> None:
        """Cover everything with a gradient from top to bottom; stops are (y, colour), rising."""
        self.image.paste(self._gradient(stops, 0, self.view.height, self.view.width))

    def shape(self, polygons: Iterable[Sequence[Point]], fill: RGB | Sequence[Stop], *, opacity: float = 1.0) -> None:
        """Fill polygons with one colour or a gradient from top to bottom."""
        dots = [[self.view.at(x, y) for x, y in polygon] for polygon in polygons]
        box = self._box([dot for polygon in dots for dot in polygon])
        if box is None:
            return
        left, top, right, bottom = box
        mask = Image.new("L", ((right - left) * FINE, (bottom - top) * FINE))
        draw = ImageDraw.Draw(mask)
        for polygon in dots:
            draw.polygon([((x - left) * FINE, (y - top) * FINE) for x, y in polygon], fill=round(255 * opacity))
        self._pour(mask.reduce(FINE), box, fill)

    def discs(self, discs: Iterable[tuple[float, float, float, float]], fill: RGB | Sequence[Stop]) -> None:
        """Fill circles, each (x, y, radius, opacity); the smallest stay visible at every size."""
        self.ovals(((x, y, radius, radius, opacity) for x, y, radius, opacity in discs), fill)

    def ovals(self, ovals: Iterable[Oval], fill: RGB | Sequence[Stop]) -> None:
        """Fill ovals, each (x, y, half width, half height, opacity)."""
        scale, spots = self.view.scale, []
        for x, y, wide, high, opacity in ovals:
            px, py = self.view.at(x, y)
            spots.append((px, py, max(wide * scale, 0.5), max(high * scale, 0.5), round(255 * min(opacity, 1.0))))
        box = self._box([dot for x, y, w, h, _ in spots for dot in ((x - w, y - h), (x + w, y + h))])
        if box is None:
            return
        left, top, right, bottom = box
        mask = Image.new("L", ((right - left) * FINE, (bottom - top) * FINE))
        draw = ImageDraw.Draw(mask)
        for x, y, w, h, shade in spots:
            x0, y0 = (x - left) * FINE, (y - top) * FINE
            draw.ellipse((x0 - w * FINE, y0 - h * FINE, x0 + w * FINE, y0 + h * FINE), fill=shade)
        self._pour(mask.reduce(FINE), box, fill)

    def glow(self, x: float, y: float, radius: float, colour: RGB, strength: float, *, squeeze: float = 1.0) -> None:
        """Let light fall off softly from a point; squeeze below 1 flattens it."""
        px, py = self.view.at(x, y)
        wide = radius * self.view.scale
        high = wide * squeeze
        box = round(px - wide), round(py - high), round(px + wide), round(py + high)
        seen = max(box[0], 0), max(box[1], 0), min(box[2], self.view.width), min(box[3], self.view.height)
        if seen[0] >= seen[2] or seen[1] >= seen[3]:
            return
        across, down = 256 / (box[2] - box[0]), 256 / (box[3] - box[1])
        part = (
            (seen[0] - box[0]) * across,
            (seen[1] - box[1]) * down,
            (seen[2] - box[0]) * across,
            (seen[3] - box[1]) * down,
        )
        lamp = _lamp().point([round(value * min(strength, 1.0)) for value in range(256)])
        lamp = lamp.resize((seen[2] - seen[0], seen[3] - seen[1]), Image.Resampling.BILINEAR, part)
        self.image.paste(colour, seen, lamp)

    def tint(self, mask: Image.Image, colour: RGB | Sequence[Stop]) -> None:
        """Paint a colour through a mask of the whole view."""
        self._pour(mask, (0, 0, self.view.width, self.view.height), colour)

    def fade(self, stops: Sequence[tuple[float, float]]) -> Image.Image:
        """Return a mask that changes from top to bottom; stops are (y, opacity), rising."""
        bands = [(y, (round(255 * value),) * 3) for y, value in stops]
        return self._gradient(
            [(y, (r, g, b)) for y, (r, g, b) in bands], 0, self.view.height, self.view.width
        ).getchannel(0)

    def _pour(self, mask: Image.Image, box: tuple[int, int, int, int], fill: RGB | Sequence[Stop]) -> None:
        left, top, right, bottom = box
        if isinstance(fill[0], int):
            self.image.paste(fill, box, mask)  # type: ignore[arg-type]
        else:
            self.image.paste(self._gradient(fill, top, bottom, right - left), (left, top), mask)  # type: ignore[arg-type]

    def _gradient(self, stops: Sequence[Stop], top: int, bottom: int, width: int) -> Image.Image:
        column = Image.new("RGB", (1, bottom - top))
        column.putdata([ramp(stops, self.view.top + (row + 0.5) / self.view.scale) for row in range(top, bottom)])
        return column.resize((width, bottom - top), Image.Resampling.NEAREST)

    def _box(self, dots: Sequence[Point]) -> tuple[int, int, int, int] | None:
        if not dots:
            return None
        left = max(int(min(x for x, _ in dots)) - 1, 0)
        top = max(int(min(y for _, y in dots)) - 1, 0)
        right = min(int(max(x for x, _ in dots)) + 2, self.view.width)
        bottom = min(int(max(y for _, y in dots)) + 2, self.view.height)
        return (left, top, right, bottom) if left < right and top < bottom else None


def ramp(stops: Sequence[Stop], y: float) -> RGB:
    """Return the colour at y between the stops."""
    if y <= stops[0][0]:
        return stops[0][1]
    for (above, first), (below, second) in pairwise(stops):
        if y <= below:
            return mix(first, second, (y - above) / (below - above))
    return stops[-1][1]


def smooth(points: Sequence[Point], steps: int = 6) -> list[Point]:
    """Return a closed curve through all points (Catmull and Rom's)."""
    curve, count = [], len(points)
    for number in range(count):
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = (points[(number + shift) % count] for shift in (-1, 0, 1, 2))
        for step in range(steps):
            t = step / steps
            curve.append(
                (
                    0.5
                    * (
                        2 * bx
                        + (cx - ax) * t
                        + (2 * ax - 5 * bx + 4 * cx - dx) * t**2
                        + (3 * bx - ax - 3 * cx + dx) * t**3
                    ),
                    0.5
                    * (
                        2 * by
                        + (cy - ay) * t
                        + (2 * ay - 5 * by + 4 * cy - dy) * t**2
                        + (3 * by - ay - 3 * cy + dy) * t**3
                    ),
                )
            )
    return curve


@lru_cache(maxsize=1)
def _lamp() -> Image.Image:
    """Return light at its full strength in the middle, dark at the rim (256 x 256)."""
    return Image.radial_gradient("L").point([round(255 * max(0.0, 1 - value / 178) ** 2) for value in range(256)])
