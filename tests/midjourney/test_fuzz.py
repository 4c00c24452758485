"""Whatever comes in: nothing raises, and no refusal is read as a yes."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.provider import Snapshot
from domain.verdict import Accepted, Refused, Unclear, Window
from midjourney.polls import read_fetch, read_list, read_seed, read_stop
from midjourney.reading import remote_ids
from midjourney.tasks import read_task, read_tasks
from midjourney.uploads import read_upload
from midjourney.verdicts import read_submit

NOW = datetime(2025, 7, 11, 12, tzinfo=UTC)
STATUSES = st.sampled_from((200, 201, 204, 301, 400, 401, 403, 404, 408, 413, 422, 429, 500, 501, 502, 503, 524, 599))
WORDS = st.text(max_size=20) | st.sampled_from(
    ("1752210001234567", "null", "0", "confirm", "队列已满", "quota_not_enough", "do_request_failed", "SUCCESS", "100%")
)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | WORDS
VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3))
CODES = st.sampled_from((-1, 0, 1, 3, 4, 5, 9, 21, 22, 23, 24, 30, 77, "1", True, None)) | VALUES
ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "code": CODES,
        "result": VALUES,
        "description": VALUES,
        "properties": VALUES
        | st.dictionaries(st.sampled_from(("remix", "status", "finalPrompt", "numberOfQueues")), VALUES),
        "error": VALUES,
        "success": VALUES,
        "message": VALUES,
    },
)
TASK_FIELDS = (
    *(
        "status",
        "progress",
        "imageUrl",
        "videoUrl",
        "videoUrls",
        "failReason",
        "properties",
        "buttons",
        "state",
        "action",
    ),
    *("prompt", "promptEn", "description"),
)
TASK = st.fixed_dictionaries({"id": VALUES}, optional=dict.fromkeys(TASK_FIELDS, VALUES))
HEADERS = st.dictionaries(st.sampled_from(("Retry-After", "content-type", "x")), st.text(max_size=30), max_size=3)
BODIES = st.binary(max_size=200) | st.text(max_size=100).map(lambda text: text.encode("utf-8", "surrogatepass"))


def as_json(value):
    return json.dumps(value).encode()


@settings(deadline=None)
@given(STATUSES, HEADERS, BODIES | VALUES.map(as_json))
def test_any_bytes_come_to_some_end(status, headers, body):
    verdict = read_submit(status, headers, body, now=NOW)
    assert isinstance(verdict, Accepted | Refused | Window | Unclear)
    read_fetch(status, headers, body, now=NOW)
    read_list(status, headers, body, now=NOW)
    read_upload(status, headers, body, 2, now=NOW)
    read_seed(status, body)
    read_stop(status, body)


DEEP = b"[" * 100_000, b'{"a":' * 100_000, b"[" * 100_000 + b"]" * 100_000, b'{"id":"1","buttons":' + b"[" * 50_000


@pytest.mark.parametrize("body", [*DEEP, b"9" * 1_000_000, b'{"code":1,"result":' + b"9" * 5000 + b"}", b"NaN", b"-"])
@pytest.mark.parametrize("status", [200, 400, 500])
def test_what_is_deep_or_without_end_comes_to_an_end_of_its_own(status, body):
    assert not isinstance(read_submit(status, {}, body, now=NOW), Accepted | Window)
    assert not isinstance(read_fetch(status, {}, body, now=NOW), Snapshot)
    assert not isinstance(read_list(status, {}, body, now=NOW), dict)


def test_of_doubled_keys_and_ids_one_holds():
    assert read_submit(200, {}, b'{"code":1,"code":23,"result":"12"}', now=NOW) == read_submit(
        200, {}, b'{"code":23,"result":"12"}', now=NOW
    )
    rows = b'[{"id":"1","status":"SUCCESS"},{"id":"1","status":"FAILURE"},{"id":"1","id":"2"}]'
    found = read_list(200, {}, rows, now=NOW)
    assert {key: one.status.value for key, one in found.items()} == {"1": "success", "2": "waiting"}


@settings(deadline=None)
@given(STATUSES, ANSWERS)
def test_a_yes_needs_a_good_status_an_id_and_no_word_against_it(status, answer):
    verdict = read_submit(status, {}, as_json(answer), now=NOW)
    said_yes = isinstance(verdict, Accepted | Window)
    code = answer.get("code")
    if said_yes:
        ids = verdict.remote_ids if isinstance(verdict, Accepted) else (verdict.remote_id,)
        assert 200 <= status < 300
        assert ids
        assert set(ids) <= set(remote_ids(answer["result"]))
        assert answer.get("success") is not False
        assert not (type(code) is int and code in {-1, 3, 4, 5, 9, 23, 24, 30})
    elif 200 <= status < 300 and type(code) is int and code in {1, 21, 22} and answer.get("success") is not False:
        assert not remote_ids(answer.get("result"))
    if isinstance(verdict, Refused):
        assert len(verdict.said) <= 300
        assert verdict.said.isprintable() or "\u200d" in verdict.said or not verdict.said.isascii()
        verdict.said.encode()


@settings(deadline=None)
@given(st.lists(TASK | VALUES, max_size=4))
def test_any_tasks_are_read_or_skipped(values):
    for task in read_tasks(values).values():
        assert isinstance(task, Snapshot)
        assert task.progress is None or 0 <= task.progress <= 100
        for text in (task.reason, task.final_prompt, task.state, task.image_url):
            assert text is None or text.encode()


@settings(deadline=None)
@given(VALUES)
def test_any_value_is_a_task_or_none(value):
    read_task(value)


@settings(deadline=None)
@given(VALUES)
def test_ids_are_short_plain_and_different(value):
    ids = remote_ids(value)
    assert len(set(ids)) == len(ids) <= 64
    assert all(0 < len(each) <= 64 and each.isascii() and each not in {"0", "null"} for each in ids)
