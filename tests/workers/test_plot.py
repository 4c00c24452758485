"""The picture of the days, whatever the numbers are."""

import io
from datetime import date, timedelta

import pytest
from PIL import Image

from workers.plot import BAR, CARD, SIZE, draw, short, step_for

FIRST = date(2026, 1, 1)


def drawn(*counts: int) -> Image.Image:
    return Image.open(io.BytesIO(draw([(FIRST + timedelta(days=n), count) for n, count in enumerate(counts)])))


@pytest.mark.parametrize("counts", [(), (0,), (1,), (5, 0, 3), tuple(range(366)), (10**9,), (0,) * 30])
def test_any_numbers_make_a_picture_that_telegram_takes_as_a_photo(counts: tuple[int, ...]) -> None:
    image = drawn(*counts)
    assert image.size == SIZE
    assert image.getpixel((2, 2)) == tuple(bytes.fromhex(CARD[1:]))


def test_a_taller_bar_has_more_colour() -> None:
    bar = tuple(bytes.fromhex(BAR[1:]))

    def area(image: Image.Image, left: int, right: int) -> int:
        part = image.crop((left, 0, right, SIZE[1])).convert("RGB")
        return sum(count for count, colour in part.getcolors(100_000) or [] if colour == bar)

    image = drawn(2, 8)
    middle = (130 + 1240) // 2
    assert area(image, middle, SIZE[0]) == pytest.approx(4 * area(image, 0, middle), rel=0.02)


@pytest.mark.parametrize(
    ("highest", "step"), [(0, 1), (4, 1), (5, 2), (8, 2), (9, 5), (21, 10), (400, 100), (401, 200)]
)
def test_the_steps_are_round_and_reach_over_the_highest(highest: int, step: int) -> None:
    assert step_for(highest) == step


@pytest.mark.parametrize(
    ("number", "text"), [(0, "0"), (9999, "9999"), (10_000, "10k"), (2_500_000, "2500k"), (10**7, "10M")]
)
def test_long_numbers_are_short(number: int, text: str) -> None:
    assert short(number) == text
