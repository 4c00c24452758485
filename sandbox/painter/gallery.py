"""Pictures as files: grids, singles, previews, films; painted once, kept while there is room. Safe for threads."""

import io
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from PIL import Image, ImageFilter

from sandbox.painter.film import Film, frames, mp4
from sandbox.painter.memory import Memory
from sandbox.painter.picture import Picture, extent
from sandbox.painter.rendering import render

SIDE = 1024
GAP = 0  # pixels between the four; the real ones have none
FINEST = 2  # larger pictures are painted at this scale and stretched
DRAFT = 8  # a preview is painted from a grid this many times smaller


def grid(picture: Picture, side: int = SIDE, strength: float = 1.0) -> Image.Image:
    """Paint the four variants of a picture in one image of about side x side pixels."""
    width, height = extent(picture, side // 2)
    sheet = Image.new("RGB", (width * 2 + GAP, height * 2 + GAP))
    for number in range(4):
        one = render(picture.variant(number + 1, strength), (width, height))
        sheet.paste(one, (number % 2 * (width + GAP), number // 2 * (height + GAP)))
    return sheet


def single(picture: Picture, side: int = SIDE) -> Image.Image:
    """Paint one picture of about side x side pixels."""
    return render(picture, extent(picture, side))


def blurred(image: Image.Image, size: tuple[int, int], percent: int) -> Image.Image:
    """Return an image as it looks when it is so far: coarse at first, then blurred, clear at 100."""
    cells = 10 + (percent / 100) ** 2 * 118
    small = image.resize((max(2, round(cells)), max(2, round(cells * size[1] / size[0]))), Image.Resampling.BOX)
    return small.resize(size, Image.Resampling.BICUBIC).filter(ImageFilter.GaussianBlur(max(0.0, (60 - percent) / 16)))


def png(image: Image.Image) -> bytes:
    """Encode a result."""
    out = io.BytesIO()
    image.save(out, "PNG", compress_level=3)
    return out.getvalue()


def webp(image: Image.Image) -> bytes:
    """Encode a preview."""
    out = io.BytesIO()
    image.save(out, "WEBP", quality=60, method=2)
    return out.getvalue()


class Gallery:
    """Encoded pictures by what they show; the least wanted are forgotten when there are more than `room`.

    What was painted is remembered by `memory`, with its words.
    """

    def __init__(self, *, side: int = SIDE, room: int = 64, memory: Memory | None = None) -> None:
        self.side = side
        self.memory = memory or Memory()
        self._room = room
        self._kept: OrderedDict[object, bytes] = OrderedDict()
        self._lock = Lock()

    def grid(self, picture: Picture, strength: float = 1.0) -> bytes:
        """Return the finished grid (PNG)."""
        return self._once(("grid", picture, strength), lambda: self._grid(picture, strength))

    def single(self, picture: Picture, scale: int = 1) -> bytes:
        """Return one finished picture (PNG), `scale` times the usual side."""
        return self._once(("single", picture, scale), lambda: self._single(picture, scale))

    def film(self, film: Film) -> bytes:
        """Return a finished film (MP4)."""
        return self._once(("film", film), lambda: mp4(film, self.side))

    def still(self, film: Film) -> bytes:
        """Return the first frame of a film (WEBP)."""
        return self._once(("still", film), lambda: webp(next(frames(film, self.side))))

    def preview(self, picture: Picture, percent: int, strength: float = 1.0) -> bytes:
        """Return the grid as it looks at this percentage (WEBP, half the size)."""
        width, height = extent(picture, self.side // 4)
        return self._once(
            ("preview", picture, percent, strength),
            lambda: webp(
                blurred(grid(picture, max(64, self.side // DRAFT * 2), strength), (width * 2, height * 2), percent)
            ),
        )

    def _grid(self, picture: Picture, strength: float) -> bytes:
        sheet = grid(picture, self.side, strength)
        width, height = sheet.width // 2, sheet.height // 2
        corners = [(left, top) for top in (0, height) for left in (0, width)]
        for left, top in corners:
            self.memory.learn(sheet.crop((left, top, left + width, top + height)), picture.prompt)
        self.memory.learn(sheet, picture.prompt)
        return png(sheet)

    def _single(self, picture: Picture, scale: int) -> bytes:
        painted = single(picture, self.side * min(scale, FINEST))
        self.memory.learn(painted, picture.prompt)
        if scale > FINEST:
            painted = painted.resize(extent(picture, self.side * scale), Image.Resampling.BICUBIC)
        return png(painted)

    def _once(self, key: object, make: Callable[[], bytes]) -> bytes:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        made = make()
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > self._room:
                self._kept.popitem(last=False)
        return made
