"""Where the eye looks: from the picture's own units to pixels, so that every size shows the same picture."""

from dataclasses import dataclass, replace

SEEN = 6.0
"""How far the world goes on to each side of the middle, in picture heights."""


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A window onto the world: the composed frame has height 1, y from 0 (top) to 1, and x from -half to half."""

    width: int
    height: int
    half: float
    zoom: float = 1.0
    dx: float = 0.0
    dy: float = 0.0

    @property
    def scale(self) -> float:
        """Pixels to a unit."""
        return self.height / self.zoom

    @property
    def left(self) -> float:
        """The world's x at the left edge."""
        return self.dx - self.width / self.scale / 2

    @property
    def right(self) -> float:
        """The world's x at the right edge."""
        return self.dx + self.width / self.scale / 2

    @property
    def top(self) -> float:
        """The world's y at the upper edge."""
        return 0.5 + self.dy - self.zoom / 2

    @property
    def bottom(self) -> float:
        """The world's y at the lower edge."""
        return 0.5 + self.dy + self.zoom / 2

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Return the pixel of a point of the world."""
        return (x - self.left) * self.scale, (y - self.top) * self.scale

    def scaled(self, factor: float) -> "View":
        """Return the same window with more or fewer pixels."""
        return replace(self, width=max(1, round(self.width * factor)), height=max(1, round(self.height * factor)))

    def slots(self, spacing: float, margin: float = 0.0) -> range:
        """Return the numbers of things that stand in a row every `spacing` and may be seen."""
        return range(int((self.left - margin) // spacing), int((self.right + margin) // spacing) + 1)
