"""What answers to questions about tasks say: the polling table."""

import json
from datetime import UTC, datetime

import pytest

from midjourney.polls import Plain, Silence, read_fetch, read_list
from tests.midjourney.samples import sample, sample_bytes

NOW = datetime(2025, 7, 11, 12, tzinfo=UTC)
PAGE = b"<html>maintenance</html>"
GONE = {"description": "task_no_found ", "type": "upstream_error", "code": 4}


def body_of(value):
    return value if isinstance(value, bytes) else json.dumps(value).encode()


def fetch(status, value, headers=None):
    return read_fetch(status, headers or {}, body_of(value), now=NOW)


def ask_list(status, value, headers=None):
    return read_list(status, headers or {}, body_of(value), now=NOW)


@pytest.mark.parametrize(
    ("status", "value"),
    [
        (200, b""),
        (200, None),
        (204, b""),
        (400, GONE),
        (404, b""),
        (404, b"Not Found"),
        (404, {"code": 3}),
        (200, GONE),
    ],
)
def test_a_task_is_missing_in_each_of_the_known_ways(status, value):
    assert fetch(status, value) is Plain.MISSING


@pytest.mark.parametrize(
    ("status", "value"),
    [
        (200, PAGE), (404, PAGE), (500, b""), (501, b""), (502, PAGE), (503, {}), (504, b""), (429, b""), (429, GONE),
        (401, b""), (403, b""), (403, PAGE), (302, b""), (408, b""),
        (400, {"code": 4, "description": "quota_not_enough"}), (400, b"what?"),
        (200, {}), (200, []), (200, "x"), (200, b"{"), (200, {"status": "SUCCESS"}),
    ],
)  # fmt: skip
def test_what_is_no_answer_says_nothing_about_the_task(status, value):
    assert isinstance(fetch(status, value), Silence)


def test_a_task_is_read():
    assert fetch(200, sample_bytes("8.18")).progress == 46


def test_a_wait_that_is_asked_for_is_kept():
    assert fetch(429, b"", {"retry-after": "7"}).retry_after == 7
    assert ask_list(503, b"", {"retry-after": "7000"}).retry_after == 600


def test_what_would_meet_every_question_is_known():
    assert [fetch(status, b"").everywhere for status in (401, 403, 429, 500)] == [True, True, True, False]


@pytest.mark.parametrize(
    ("status", "value"),
    [
        (404, b""),
        (404, PAGE),
        (405, {}),
        (501, b""),
        (200, {"code": 4}),
        (200, None),
        (200, b""),
        (400, {"code": 4}),
        (200, "x"),
    ],
)
def test_a_provider_without_lists_is_recognised(status, value):
    assert ask_list(status, value) is Plain.NOT_OFFERED


@pytest.mark.parametrize(
    ("status", "value"),
    [
        (200, PAGE),
        (200, b"["),
        (500, b""),
        (502, PAGE),
        (503, []),
        (429, []),
        (401, []),
        (403, PAGE),
        (400, PAGE),
        (302, []),
    ],
)
def test_a_list_that_did_not_come_says_nothing(status, value):
    assert isinstance(ask_list(status, value), Silence)


def test_a_list_is_read():
    assert ask_list(200, []) == {}
    assert list(ask_list(200, sample_bytes("8.30"))) == [sample("8.30")[0]["id"]]
