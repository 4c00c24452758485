"""The submit table, row by row; then every situation and every sample that the reference knows."""

import json
from datetime import UTC, datetime

import pytest

from domain.verdict import Accepted, Reason, Refused, Unclear, Verdict, Window
from midjourney.verdicts import read_submit

NOW = datetime(2025, 7, 11, 12, tzinfo=UTC)
ID = "1752210001234567"
PAGE = b"<!DOCTYPE html><html><title>Just a moment...</title></html>"
HTML = {"content-type": "text/html"}


def read(status, body, headers=None) -> Verdict:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return read_submit(status, headers or {}, content, now=NOW)


def gateway(words, code=4):
    return {"description": f"{words} ", "type": "upstream_error", "code": code}


def openai(message, code=""):
    return {"error": {"message": f"{message} (request id: 20250711041200zZyX)", "type": "new_api_error", "code": code}}


def refused(reason, *, busy=False):
    return ("refused", reason, busy)


def shape(verdict):
    """A verdict without its words."""
    match verdict:
        case Accepted(remote_ids=ids, existed=existed):
            return ("accepted", ids, existed)
        case Refused(reason=reason, busy=busy):
            return ("refused", reason, busy)
        case Window(remote_id=remote_id, offered=offered):
            return ("window", remote_id, offered)
        case Unclear():
            return "unclear"


AFTER_CHARGE = (
    "do_request_failed",
    "read_response_body_failed",
    "close_response_body_failed",
    "unmarshal_response_body_failed",
    "empty_response_body",
    "insert_midjourney_task_failed",
    "copy_response_body_failed",
)
BUSY = refused(Reason.BUSY, busy=True)
ACCOUNT = refused(Reason.ACCOUNT)
ACCEPTED = ("accepted", (ID,), False)

# The table's first three rows happen to a connection or to the process, not to an answer: `test_submit.py`, storage.
ROWS = {
    "2xx, JSON, code 1 or 22, usable id": [
        (200, {"code": 1, "description": "提交成功", "result": ID}, ACCEPTED),
        (200, {"code": 1, "result": int(ID), "properties": None}, ACCEPTED),
        (201, {"code": 1, "result": f" {ID} "}, ACCEPTED),
        (200, {"code": "1", "result": ID}, ACCEPTED),
        (200, {"code": 22, "result": ID, "properties": {"numberOfQueues": 2}}, ACCEPTED),
        (200, {"code": 1, "result": "task_Ab3"}, ("accepted", ("task_Ab3",), False)),
    ],
    "the same with several ids (comma-joined)": [
        (200, {"code": 1, "result": "11,22, 33"}, ("accepted", ("11", "22", "33"), False)),
        (200, {"code": 1, "result": "11,,11,null,22"}, ("accepted", ("11", "22"), False)),
    ],
    "code 21 with properties.status (or no window signs) and an id": [
        (200, {"code": 21, "result": ID, "properties": {"status": "SUCCESS"}}, ("accepted", (ID,), True)),
        (
            200,
            {"code": 21, "result": ID, "properties": {"status": "SUCCESS", "finalPrompt": "a"}},
            ("accepted", (ID,), True),
        ),
        (200, {"code": 21, "description": "任务已存在", "result": ID}, ("accepted", (ID,), True)),
    ],
    "window signs: code 21 otherwise; or a remix key in properties; or a confirm-like description": [
        (200, {"code": 21, "result": ID, "properties": {"finalPrompt": "a cat"}}, ("window", ID, "a cat")),
        (200, {"code": 21, "description": "等待窗口确认", "result": ID}, ("window", ID, None)),
        (200, {"code": 1, "result": ID, "properties": {"remix": False, "finalPrompt": ""}}, ("window", ID, None)),
        (200, {"code": 1, "description": "Waiting for window confirm", "result": ID}, ("window", ID, None)),
        (200, {"code": 22, "description": "等待窗口确认", "result": int(ID)}, ("window", ID, None)),
        (200, {"code": 1, "result": ID, "properties": {"finalPrompt": "no sign of a window"}}, ACCEPTED),
    ],
    "code 1/22 without a usable id; unknown code with id": [
        *(
            (200, {"code": 1, "result": bad}, "unclear")
            for bad in ("", "null", "0", 0, -5, 1.5, True, None, [ID], {}, "a b")
        ),
        (200, {"code": 1}, "unclear"),
        (200, {"code": 22, "result": "x" * 65}, "unclear"),
        (200, {"code": 21, "result": None, "properties": {"remix": True}}, "unclear"),
        (200, {"code": 77, "result": ID}, ACCEPTED),
        (200, {"result": int(ID)}, ACCEPTED),
        (200, {"code": 77, "result": "failed"}, "unclear"),
        (200, {"error": {"message": "?"}, "result": ID}, "unclear"),
        (200, {"code": 77}, "unclear"),
        (500, {"code": 77, "result": ID}, "unclear"),
        (400, {"code": 1, "result": ID}, refused(Reason.INVALID)),
    ],
    "code 23; code 9 or text saying the queue is full; code 30; HTTP 429; 425": [
        (200, {"code": 23, "description": "队列已满，请稍后尝试", "result": None}, BUSY),
        (200, {"code": 23, "result": ID}, BUSY),
        (200, {"code": 9, "description": "提交失败，队列已满，请稍后重试"}, BUSY),
        (200, {"code": 4, "description": "Queue full"}, BUSY),
        (200, {"success": False, "code": -1, "message": "队列已满"}, BUSY),
        (400, gateway("负载已饱和", 30), BUSY),
        (429, gateway("负载已饱和", 30), BUSY),
        (429, b"", BUSY),
        (429, PAGE, BUSY),
        (425, b"", BUSY),
    ],
    "code 3 (no account; parent gone)": [
        (200, {"code": 3, "description": "无可用的账号实例"}, refused(Reason.NO_ACCOUNT)),
        (200, {"code": 3, "result": ID}, refused(Reason.NO_ACCOUNT)),
        (404, {"code": 3, "description": "关联任务不存在或已失效"}, refused(Reason.NO_ACCOUNT)),
        (400, gateway("task_not_found"), refused(Reason.NO_ACCOUNT)),
    ],
    "code 4, 24; HTTP 400/404/405/413/415/422 with a JSON body, except the list below": [
        (200, {"code": 4, "description": "prompt不能为空"}, refused(Reason.INVALID)),
        (200, {"code": 4, "result": ID}, refused(Reason.INVALID)),
        (200, {"code": 24, "properties": {"bannedWord": "nude"}}, refused(Reason.BANNED_WORD)),
        (200, {"code": 24, "result": ID}, refused(Reason.BANNED_WORD)),
        (400, openai("Invalid request, index_parse_failed"), refused(Reason.INVALID)),
        (400, {"timestamp": "?", "status": 400, "error": "Bad Request"}, refused(Reason.INVALID)),
        (413, {}, refused(Reason.INVALID)),
        (413, PAGE, refused(Reason.INVALID)),
        (415, {}, refused(Reason.INVALID)),
        (422, {}, refused(Reason.INVALID)),
        (404, openai("Invalid URL (POST /mj/submit/imagine)"), refused(Reason.UNSUPPORTED)),
        (405, {}, refused(Reason.UNSUPPORTED)),
        (501, {}, refused(Reason.UNSUPPORTED)),
        (400, b"", "unclear"),
        (422, PAGE, "unclear"),
    ],
    "task_status_not_success": [
        (400, gateway("task_status_not_success"), refused(Reason.NOT_READY, busy=True)),
        (200, {"code": 4, "description": "关联任务状态错误"}, refused(Reason.NOT_READY, busy=True)),
        (200, {"code": 4, "description": "任务状态错误"}, refused(Reason.INVALID)),
    ],
    "unknown_action": [
        (400, openai("Invalid request, unknown_action:MJ::Job::PicReader::1"), refused(Reason.UNSUPPORTED)),
        (200, {"code": 4, "description": "不支持的动作"}, refused(Reason.UNSUPPORTED)),
        (200, {"code": 4, "description": "未知的 Action 类型"}, refused(Reason.UNSUPPORTED)),
    ],
    "400 with do_request_failed and the like; code 5; code 9 otherwise; code -1 with HTTP 500": [
        *((400, gateway(name), "unclear") for name in AFTER_CHARGE),
        *((400, openai(name), "unclear") for name in AFTER_CHARGE),
        (400, gateway("read_request_body_failed", 5), "unclear"),
        (200, {"code": 5}, "unclear"),
        (200, {"code": 9, "description": "系统异常"}, "unclear"),
        (200, {"code": 9, "result": ID}, "unclear"),
        (500, {"success": False, "code": -1, "message": "boom"}, "unclear"),
    ],
    "success:false / code -1 with HTTP 200 (limits, locks)": [
        (200, {"success": False, "code": -1, "message": "并发数已达上限"}, refused(Reason.LIMIT)),
        (200, {"success": False, "message": "账号已被临时封锁"}, refused(Reason.LIMIT)),
        (200, {"code": -1, "message": "?"}, refused(Reason.LIMIT)),
        (200, {"success": False, "code": 1, "result": ID}, refused(Reason.LIMIT)),
        (200, {"code": 4, "description": "您今日绘图次数已达上限"}, refused(Reason.LIMIT)),
    ],
    "401, 403 with JSON or text; 402; quota_not_enough; 额度已用尽 and the like": [
        (401, openai("Invalid token"), ACCOUNT),
        (401, b"", ACCOUNT),
        (401, b"Authorization header missing.", ACCOUNT),
        (402, {}, ACCOUNT),
        (403, openai("用户已被封禁"), ACCOUNT),
        (403, "未登录".encode(), ACCOUNT),
        (400, gateway("quota_not_enough"), ACCOUNT),
        (200, {"code": 4, "description": "余额不足"}, ACCOUNT),
        (401, openai("该令牌额度已用尽"), ACCOUNT),
        (200, openai("该令牌额度已用尽"), ACCOUNT),
    ],
    "403 HTML (a challenge page)": [
        (403, PAGE, refused(Reason.CHALLENGE, busy=True)),
        (403, b"", BUSY),  # how one engine limits rates
    ],
    "503 with the gateway's model_not_found / no available channel in JSON": [
        (503, openai("?", "model_not_found"), refused(Reason.UNSUPPORTED)),
        (503, openai("No available channel for model mj_video"), refused(Reason.UNSUPPORTED)),
        (503, openai("当前分组 default 下对于模型 mj_video 无可用渠道"), refused(Reason.UNSUPPORTED)),
        (503, b"model_not_found", "unclear"),
    ],
    "500, 502, 503 otherwise, 504, 520-524, 408": [
        *((status, PAGE, "unclear") for status in (500, 502, 503, 504, 520, 521, 522, 523, 524, 408)),
        (503, {"code": 1, "result": ID}, "unclear"),
        (500, {"code": 4, "description": "readObjectStart: expect { or n, but found <"}, "unclear"),
        (502, {"code": 24}, "unclear"),
        (408, {}, "unclear"),
    ],
    "2xx that is HTML, empty, not JSON": [
        (200, PAGE, "unclear"),
        (200, b"", "unclear"),
        (204, b"", "unclear"),
        (200, b"ok", "unclear"),
        (200, b'{"code": 1, "result": "175221', "unclear"),
        (200, b"[" * 40 + b"]" * 40, "unclear"),
        (200, b"[" * 100_000, "unclear"),
        (200, [], "unclear"),
        (200, None, "unclear"),
        (200, ID, "unclear"),
    ],
    "3xx": [
        *((status, b"", refused(Reason.REDIRECTED)) for status in (301, 302, 303, 307, 308)),
        (307, {"code": 1, "result": ID}, refused(Reason.REDIRECTED)),
    ],
}


def test_the_table_here_has_the_rows_of_the_table():
    assert len(ROWS) == 21 - 3


@pytest.mark.parametrize(
    ("status", "body", "expected"),
    [pytest.param(*example, id=f"{row}-{n}") for row, examples in ROWS.items() for n, example in enumerate(examples)],
)
def test_each_row_of_the_table_is_read_as_it_says(status, body, expected):
    headers = HTML if body == PAGE else {}
    assert shape(read(status, body, headers)) == expected


SITUATIONS = [
    ("bad key at D", 401, openai("Invalid token"), ACCOUNT),
    ("bad key at E", 401, openai("无效的令牌"), ACCOUNT),
    ("bad key at A", 401, b"", ACCOUNT),
    ("disabled at C", 401, "账号已禁用".encode(), ACCOUNT),
    ("not logged in at C", 403, "未登录".encode(), ACCOUNT),
    ("key lacks access", 403, openai("无权访问该分组"), ACCOUNT),
    ("key used up", 401, openai("该令牌额度已用尽 TokenStatusExhausted[sk-abc***xyz]"), ACCOUNT),
    ("key expired", 401, openai("该令牌已过期"), ACCOUNT),
    ("no balance", 400, gateway("quota_not_enough"), ACCOUNT),
    ("no engine account", 200, {"code": 3, "description": "无可用的账号实例"}, refused(Reason.NO_ACCOUNT)),
    ("no channel", 503, openai("No available channel", "model_not_found"), refused(Reason.UNSUPPORTED)),
    ("saturated", 429, gateway("当前分组负载已饱和", 30), BUSY),
    ("rate limit at D", 429, openai("Too many requests"), BUSY),
    ("rate limit at C", 403, b"", BUSY),
    ("queue full at A", 200, {"code": 23, "description": "队列已满，请稍后尝试"}, BUSY),
    ("queue full at C11", 200, {"code": 9, "description": "提交失败，队列已满，请稍后重试"}, BUSY),
    ("concurrency limit", 200, {"success": False, "code": -1, "message": "并发数已达上限"}, refused(Reason.LIMIT)),
    ("queue limit", 200, {"code": 4, "description": "队列数已达上限"}, refused(Reason.LIMIT)),
    ("daily limit", 200, {"success": False, "code": -1, "message": "今日绘图次数已达上限"}, refused(Reason.LIMIT)),
    ("banned word", 200, {"code": 24, "properties": {"bannedWord": "nude"}}, refused(Reason.BANNED_WORD)),
    ("temporary lock", 200, {"success": False, "code": -1, "message": "账号已被临时封锁"}, refused(Reason.LIMIT)),
    ("unknown parent at B", 200, {"code": 3, "description": "关联任务不存在或已失效"}, refused(Reason.NO_ACCOUNT)),
    ("unknown parent at C", 404, {"code": 3}, refused(Reason.NO_ACCOUNT)),
    ("unknown parent at D", 400, gateway("task_not_found"), refused(Reason.NO_ACCOUNT)),
    ("parent not done at B", 200, {"code": 4, "description": "关联任务状态错误"}, refused(Reason.NOT_READY, busy=True)),
    ("parent not done at D", 400, gateway("task_status_not_success"), refused(Reason.NOT_READY, busy=True)),
    ("button gone", 200, {"code": 3, "description": "关联动作不存在"}, refused(Reason.NO_ACCOUNT)),
    (
        "unsupported button at D",
        400,
        openai("Invalid request, unknown_action:MJ::BOOKMARK"),
        refused(Reason.UNSUPPORTED),
    ),
    (
        "unsupported button at E",
        400,
        {"description": "unknown_action:x", "type": "internal_error", "code": 4},
        refused(Reason.UNSUPPORTED),
    ),
    ("unsupported button at B", 200, {"code": 4, "description": "不支持的动作"}, refused(Reason.UNSUPPORTED)),
    ("unsupported button at C11", 200, {"code": 4, "description": "未知的 Action 类型"}, refused(Reason.UNSUPPORTED)),
    ("reroll not allowed", 200, {"code": 4, "description": "该任务不支持重新生成"}, refused(Reason.INVALID)),
    ("parent's channel closed", 400, gateway("该任务所属渠道已被禁用"), refused(Reason.INVALID)),
    ("body not parsable", 400, openai("Invalid request, invalid_request"), refused(Reason.INVALID)),
    *(
        (f"missing field: {name}", 400, gateway(name), refused(Reason.INVALID))
        for name in ("prompt_is_required", "custom_id_is_required", "index_is_required", "bind_request_body_failed")
    ),
    *(
        (f"upstream broken: {name}", 400, gateway(name, 5), "unclear")
        for name in (
            "do_request_failed",
            "empty_response_body",
            "unmarshal_response_body_failed",
            "read_request_body_failed",
        )
    ),
    ("upstream sent a page", 500, {"code": 4, "description": "readObjectStart: expect { or n, but found <"}, "unclear"),
    ("wrong path", 404, openai("Invalid URL (POST /mj/x)"), refused(Reason.UNSUPPORTED)),
    ("not implemented", 501, b"", refused(Reason.UNSUPPORTED)),
    ("body too large", 413, b"", refused(Reason.INVALID)),
]


@pytest.mark.parametrize(
    ("status", "body", "expected"), [pytest.param(*situation, id=name) for name, *situation in SITUATIONS]
)
def test_each_known_situation_gets_its_verdict(status, body, expected):
    assert shape(read(status, body)) == expected


def test_a_place_in_the_queue_is_told():
    assert read(200, {"code": 22, "result": ID, "properties": {"numberOfQueues": 2}}).queue_place == 2
    assert read(200, {"code": 22, "result": ID, "properties": {"numberOfQueues": "7"}}).queue_place == 7
    for nonsense in (None, -1, "many", True, []):
        assert read(200, {"code": 22, "result": ID, "properties": {"numberOfQueues": nonsense}}).queue_place is None


def test_the_banned_word_is_named():
    verdict = read(200, {"code": 24, "description": "可能包含敏感词", "properties": {"bannedWord": "<b>nude</b>\n"}})
    assert verdict.banned_word == "nude"
    assert read(200, {"code": 24, "properties": None}).banned_word == ""


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("30", 30),
        ("0", 0),
        ("1.5", 1.5),
        ("86400", 600),
        ("Fri, 11 Jul 2025 12:01:00 GMT", 60),
        ("Fri, 11 Jul 2025 11:00:00 GMT", 0),
        ("Sat, 11 Jul 2026 12:00:00 GMT", 600),
        ("Fri, 11 Jul 2025 12:01:00", 60),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("inf", None),
        ("9" * 5000, None),
    ],
)
def test_a_named_wait_is_obeyed_up_to_ten_minutes(value, seconds):
    assert read(429, b"", {"Retry-After": value}).retry_after == seconds


def test_an_unclear_answer_is_told_by_its_status_not_its_words():
    assert read(200, PAGE, HTML).what == "HTTP 200, a page"
    assert read(200, b"").what == "HTTP 200, empty"
    assert read(200, b"secret words").what == "HTTP 200, not JSON"
    assert read(400, gateway("do_request_failed https://upstream.example", 5)).what == "HTTP 400, code 5"


@pytest.mark.parametrize(
    "body",
    [
        b'{"code": 1, "result": "1752210001234567", "x": NaN, "y": Infinity, "z": 1e999}',
        b'{"code": 1, "result": "1752210001234567", "x": ' + b"9" * 100_000 + b"}",
        b'{"code": 24, "code": 1, "result": "1752210001234567"}',
        b'\xef\xbb\xbf{"code": 1, "result": "1752210001234567"}',
        b'{"code": 1, "result": "1752210001234567", "description": "\\ud800"}',
    ],
)
def test_odd_json_beside_a_plain_yes_is_still_a_yes(body):
    assert shape(read(200, body)) == ACCEPTED


def test_an_answer_that_is_nested_beyond_reason_is_not_read():
    def nested(levels):
        return b'{"code": 1, "result": "1752210001234567", "x": ' + b"[" * levels + b"]" * levels + b"}"

    assert shape(read(200, nested(30))) == ACCEPTED
    assert shape(read(200, nested(40))) == shape(read(200, nested(100_000))) == "unclear"


def test_a_code_that_is_no_number_is_no_yes():
    for code in (True, 1.0, [1], "one", None, {"1": 1}, 10**60):
        assert shape(read(200, {"code": code, "result": "yes"})) == "unclear"
