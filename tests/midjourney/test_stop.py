"""What the answer to a cancel says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.provider import Stop
from midjourney.polls import read_stop


@pytest.mark.parametrize(
    ("status", "body", "stop"),
    [
        (200, '{"code":1,"description":"成功","result":"7"}', Stop.STOPPED),
        (200, '{"code":4,"description":"任务状态错误"}', Stop.GOES_ON),
        (200, "演示模式，禁止操作", Stop.NOT_OFFERED),
        (404, '{"error":{"message":"Invalid URL"}}', Stop.NOT_OFFERED),
        (501, "{}", Stop.NOT_OFFERED),
        (502, "<html>", Stop.NO_ANSWER),
        (200, "[]", Stop.GOES_ON),
    ],
)
def test_it_is_read_as_it_is_meant(status: int, body: str, stop: Stop) -> None:
    assert read_stop(status, body.encode()) is stop


@given(st.integers(100, 599), st.binary(max_size=200))
def test_nothing_breaks_it(status: int, body: bytes) -> None:
    assert read_stop(status, body) in Stop
