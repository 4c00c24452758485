"""Spans as operators write them, and figures of them."""

import pytest

from services.spans import days_in, span_in
from storage import figures
from tests.services.house import ANNA, NOON, House


@pytest.mark.parametrize(
    ("said", "since", "until"),
    [
        ("", "2026-11-01", "2026-12-01"),
        ("2026-12", "2026-12-01", "2027-01-01"),
        (" 2024-02 ", "2024-02-01", "2024-03-01"),
        ("1", "2026-11-21", "2026-11-22"),
        ("30", "2026-10-23", "2026-11-22"),
    ],
)
def test_spans(said: str, since: str, until: str) -> None:
    span = span_in(said, NOON)
    assert span is not None
    assert (f"{span.since:%Y-%m-%d}", f"{span.until:%Y-%m-%d}") == (since, until)


@pytest.mark.parametrize("said", ["0", "-1", "367", "2026-13", "1999-01", "november", "3 days", "٣", "1e2"])
def test_what_is_no_span(said: str) -> None:
    assert span_in(said, NOON) is None
    assert days_in(said) is None


async def test_figures_of_a_day(house: House) -> None:
    running = await house.running(ANNA, "r1")
    await house.imagine(ANNA)
    assert await house.run(figures.oldest_running) == running
    assert await house.run(figures.count_running) == await house.run(figures.count_waiting) == 1
    assert await house.run(figures.count_by_day, NOON) == {NOON.date(): 2}
