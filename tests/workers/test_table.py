"""The file of usage: whole, in bounded pieces, harmless."""

import csv
import io
from dataclasses import replace
from datetime import timedelta

import pytest

from services.spans import Span
from storage.database import Database
from tests.services.house import ANNA, NOON, OPEN, House
from workers import table

TODAY = Span(NOON - timedelta(hours=12), NOON + timedelta(hours=12))


@pytest.fixture
def house(db: Database) -> House:
    house = House(db)
    house.rules = replace(OPEN, max_running_per_user=0)
    return house


async def test_all_requests_of_a_span_are_in_it_a_page_at_a_time(house: House) -> None:
    house.now = NOON - timedelta(days=1)
    await house.imagine(ANNA)
    house.now = NOON
    for _time in range(30):
        await house.imagine(ANNA)
    file, count, whole = await table.write(house.db, TODAY, "fast", page=7)
    with file:
        rows = list(csv.reader(io.StringIO(file.read().decode("utf-8-sig"))))
    assert (count, whole, len(rows)) == (30, True, 31)
    assert rows[0] == list(table.COLUMNS)
    assert rows[1] == ["2026-11-21", "12:00:00", "7", "private", "7", "Anna", "IMAGINE", "fast", "recorded"]


async def test_a_file_that_grows_too_large_ends_early(house: House) -> None:
    for _time in range(20):
        await house.imagine(ANNA)
    file, count, whole = await table.write(house.db, TODAY, "fast", page=2, most=300)
    file.close()
    assert not whole
    assert 0 < count < 20


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"])
def test_no_cell_is_a_formula(cell: str) -> None:
    assert table.harmless(cell) == f"'{cell}"
    assert table.harmless(f"a{cell}") == f"a{cell}"
