"""A picture of numbers by day: bars on a card of its own, which looks the same in light and in dark.

Drawn with Pillow, which is here anyway: matplotlib would take a second and a hundred megabytes for a dozen rectangles.
Only digits stand in it, since Pillow's own font has few letters; what they mean is told under the picture.
"""

import io
from collections.abc import Sequence
from datetime import date

from PIL import Image, ImageDraw, ImageFont

SIZE = (1280, 720)
LEFT, TOP, RIGHT, BOTTOM = 130, 60, 1240, 620
"""The edges of the bars' field."""
TEXT = 40
CARD, GRID, WORDS, BAR, PALE = "#242b38", "#3d4759", "#dbe1ea", "#5b9dff", "#35507c"
MOST_DATES = 6
STEPS = (1, 2, 5)


def draw(days: Sequence[tuple[date, int]]) -> bytes:
    """A PNG: a bar for each day, its height on the left, some dates below."""
    image = Image.new("RGB", SIZE, CARD)
    pen = ImageDraw.Draw(image)
    font = ImageFont.load_default(TEXT)
    highest = max((count for _day, count in days), default=0)
    step = step_for(highest)
    lines = max(-(-highest // step), 1)
    top = step * lines
    for line in range(lines + 1):
        y = BOTTOM - line * (BOTTOM - TOP) / lines
        pen.line((LEFT, y, RIGHT, y), fill=GRID, width=2)
        pen.text((LEFT - 20, y), short(line * step), fill=WORDS, font=font, anchor="rm")
    width = (RIGHT - LEFT) / max(len(days), 1)
    gap = min(width * 0.2, 8)
    every = -(-len(days) // MOST_DATES)
    for place, (day, count) in enumerate(days):
        left, right = LEFT + place * width + gap / 2, LEFT + (place + 1) * width - gap / 2
        height = (BOTTOM - TOP) * count / top
        if count:
            pen.rounded_rectangle((left, BOTTOM - height, right, BOTTOM), radius=min(6, width / 3, height), fill=BAR)
        else:
            pen.rectangle((left, BOTTOM - 3, right, BOTTOM), fill=PALE)
        if (len(days) - 1 - place) % every == 0:  # today always has its date
            middle = min(max((left + right) / 2, LEFT + TEXT), RIGHT - TEXT * 1.3)
            pen.text((middle, BOTTOM + 20), f"{day:%m-%d}", fill=WORDS, font=font, anchor="mt")
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def step_for(highest: int) -> int:
    """A round number, four of which reach over the highest bar."""
    size = 1
    while True:
        for step in STEPS:
            if step * size * 4 >= highest:
                return step * size
        size *= 10


def short(number: int) -> str:
    """A number in the room that is left of the bars."""
    for size, sign in ((1_000_000, "M"), (1_000, "k")):
        if number >= size * 10:
            return f"{number // size}{sign}"
    return str(number)
