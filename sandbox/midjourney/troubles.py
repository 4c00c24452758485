"""Faults by name, as they were met in the wild; each is the keywords of a `sandbox.faults.Fault`.

Each name has a twin: "accept then …" carries the request out before it answers the same. What can't be said by a fixed
answer is in `twists`; which row of the table of verdicts each belongs to is in `rows`.
"""

from typing import Any

from sandbox.midjourney.answers import INSTANCE

Trouble = dict[str, Any]
JSON_TYPE = {"content-type": "application/json"}
HTML = "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>"
INDEX = "<!doctype html><title>Welcome</title>"
CHALLENGE = "<!DOCTYPE html><html><head><title>Just a moment...</title></head><body>Enable cookies.</body></html>"
ELSEWHERE = "http://elsewhere.example/mj/submit/imagine"
NEVER_RUNS = "1752210009999999"
LAUNCHED = "2025-07-11 12:03:10"


def _proxy(code: int, description: str, *, status: int = 200, result: Any = None, **properties: Any) -> Trouble:
    body = {"code": code, "description": description, "result": result, "properties": properties}
    return {"status": status, "body": body}


def _gateway(name: str, *, code: int = 4, status: int = 400, kind: str = "upstream_error") -> Trouble:
    return {"status": status, "body": {"description": f"{name} ", "type": kind, "code": code}}


def _openai(message: str, status: int, *, code: str | None = None, kind: str = "new_api_error") -> Trouble:
    error = {"message": f"{message} (request id: 20250711041210aBcD)", "type": kind}
    return {"status": status, "body": {"error": error if code is None else error | {"code": code}}}


def _exception(message: str, *, status: int = 200) -> Trouble:
    return {"status": status, "body": {"success": False, "code": -1, "message": message, "timestamp": LAUNCHED}}


def _java(status: int, error: str) -> Trouble:
    return {"status": status, "body": {"timestamp": LAUNCHED, "status": status, "error": error, "path": "/mj"}}


def _plain(status: int, said: str = "") -> Trouble:
    return {"status": status, "body": said, "headers": {"content-type": "text/plain; charset=utf-8"}}


def _redirect(status: int) -> Trouble:
    return {"status": status, "body": "", "headers": {"location": ELSEWHERE}}


CUT: dict[str, Trouble] = {
    "drop": {"end": "drop"},
    "hang": {"end": "hang"},
}
UNREADABLE: dict[str, Trouble] = {
    "200 html": {"status": 200, "body": INDEX},
    "200 text": _plain(200, "ok"),
    "204": {"status": 204, "body": ""},
    "empty": {"status": 200, "body": "", "headers": JSON_TYPE},
    "null": {"status": 200, "body": "null", "headers": JSON_TYPE},
    "empty list": {"status": 200, "body": []},
    "empty object": {"status": 200, "body": {}},
    "broken json": {"status": 200, "body": '{"code": 1, "result": "17', "headers": JSON_TYPE},
    "deep json": {"status": 200, "body": "[" * 100_000 + "]" * 100_000, "headers": JSON_TYPE},
    "huge json": {"status": 200, "body": '{"description": "' + "x" * (2 << 20) + '"}', "headers": JSON_TYPE},
    "binary": {"status": 200, "body": bytes(range(256)) * 4, "headers": JSON_TYPE},
}
BROKEN: dict[str, Trouble] = {
    "500": {"status": 500, "body": ""},
    "500 json": _openai("Panic detected, error: runtime error", 500, kind="new_api_panic"),
    "500 html read as json": _gateway("readObjectStart: expect { or n, but found <, error found in #1", status=500),
    "500 code -1": _exception("Object reference not set to an instance of an object.", status=500),
    "502": {"status": 502, "body": ""},
    "502 html": {"status": 502, "body": HTML},
    "503": {"status": 503, "body": ""},
    "503 json": _openai("service unavailable", 503),
    "504 html": {"status": 504, "body": HTML.replace("502 Bad Gateway", "504 Gateway Time-out")},
    **{str(status): {"status": status, "body": f"error code: {status}"} for status in (520, 521, 522, 523, 524)},
    "408": _plain(408, "Request Timeout"),
}
AFTER_THE_CHARGE: dict[str, Trouble] = {
    "do_request_failed": _gateway("do_request_failed", code=5),
    "read_response_body_failed": _gateway("read_response_body_failed", code=5),
    "close_response_body_failed": _gateway("close_response_body_failed", code=5),
    "unmarshal_response_body_failed": _gateway("unmarshal_response_body_failed", code=5),
    "empty_response_body": _gateway("empty_response_body", code=5),
    "copy_response_body_failed": _gateway("copy_response_body_failed", code=5),
    "insert_midjourney_task_failed": _gateway("insert_midjourney_task_failed"),
    "code 5": _gateway("upstream_request_failed", code=5),
    "code 9": _proxy(9, "系统异常，请稍后重试"),
    "code 9 modal": _proxy(9, "执行动作(modal)超时"),
}
NO_ID: dict[str, Trouble] = {
    "code 1 without id": _proxy(1, "提交成功"),
    "code 1 with an empty id": _proxy(1, "提交成功", result=""),
    "code 1 with a list": _proxy(1, "提交成功", result=[]),
    "code 22 without id": _proxy(22, "排队中，前面还有2个任务", numberOfQueues=2),
    "unknown code": _proxy(7, "?"),
}
BUSY: dict[str, Trouble] = {
    "code 23": _proxy(23, "队列已满，请稍后尝试", discordInstanceId=INSTANCE),
    "code 23 with an id": _proxy(23, "队列已满，请稍后尝试", result=NEVER_RUNS, discordInstanceId=INSTANCE),
    "code 9 queue full": _proxy(9, "提交失败，队列已满，请稍后重试"),
    "429": {"status": 429, "body": {"code": 30, "description": "当前分组负载已饱和 ", "type": "upstream_error"}},
    "429 empty": {"status": 429, "body": ""},
    "429 json": _openai("rate limit reached", 429),
    "429 for 5 s": {"status": 429, "body": "", "retry_after": 5},
    "425": _plain(425, "Too Early"),
}
REFUSED: dict[str, Trouble] = {
    "no account": _proxy(3, "无可用的账号实例"),
    "parent gone": _proxy(3, "关联任务不存在或已失效"),
    "parent gone 404": _proxy(3, "关联任务不存在或已失效", status=404),
    "task_not_found": _gateway("task_not_found"),
    "not found": {"status": 400, "body": {"code": 4, "description": "task_no_found ", "type": "upstream_error"}},
    "code 4": _proxy(4, "prompt不能为空"),
    "code 24": _proxy(24, "可能包含敏感词", promptEn="a nude statue", bannedWord="nude"),
    "prompt_is_required": _gateway("prompt_is_required"),
    "bind_request_body_failed": _gateway("bind_request_body_failed"),
    "channel disabled": _gateway("该任务所属渠道已被禁用"),
    "mistyped": _openai("Invalid request, json: cannot unmarshal number into Go struct field taskId", 400),
    "400 java": _java(400, "Bad Request"),
    "404 java": _java(404, "Not Found"),
    "404 json": _openai("Invalid URL (POST /mj/submit/imagine)", 404, kind="invalid_request_error"),
    "405": _java(405, "Method Not Allowed"),
    "413": {"status": 413, "body": "<html><title>413 Request Entity Too Large</title></html>"},
    "413 json": _openai("request body too large", 413),
    "415": _java(415, "Unsupported Media Type"),
    "422": {"status": 422, "body": {"detail": [{"loc": ["body", "prompt"], "msg": "field required"}]}},
    "501": _openai("API not implemented", 501, code="api_not_implemented"),
    "task_status_not_success": _gateway("task_status_not_success"),
    "parent not finished": _proxy(4, "关联任务状态错误"),
    "unknown_action": _openai("Invalid request, unknown_action:MJ::Job::PicReader::1", 400),
    "unknown_action e": _gateway("unknown_action:MJ::Job::PicReader::1", kind="internal_error"),
    "unknown_action b": _proxy(4, "不支持的动作"),
    "unknown_action c": _proxy(4, "未知的 Action 类型"),
    "button gone": _proxy(3, "关联动作不存在"),
    "limit": _exception("并发数已达上限"),
    "limit code 4": _proxy(4, "今日绘图次数已达上限"),
    "locked": _exception("账号已被临时封锁，请稍后重试"),
    "model_not_found": _openai(
        "No available channel for model mj_video under group default", 503, code="model_not_found"
    ),
    "no channel": _openai("当前分组 default 下对于模型 mj_imagine 无可用渠道", 503),
    **{f"redirect {status}": _redirect(status) for status in (301, 302, 303, 307, 308)},
}
ACCOUNT: dict[str, Trouble] = {
    "401": {"status": 401, "body": ""},
    "401 text": _plain(401, "账号无权限"),
    "401 json": _openai("Invalid token", 401, code=""),
    "401 json e": _openai("无效的令牌", 401, kind="one_hub_error"),
    "key used up": _openai("该令牌额度已用尽 !token.RemainQuota = 0 [sk-abc***xyz]", 401, code=""),
    "key expired": _openai("该令牌已过期", 401, code=""),
    "402": _openai("Payment required", 402),
    "403 json": _openai("用户已被封禁", 403),
    "403 text": _plain(403, "账号不可用"),
    "quota_not_enough": _gateway("quota_not_enough"),
    "quota said otherwise": _proxy(4, "用户额度不足，剩余额度: 0"),
    "403 html": {"status": 403, "body": CHALLENGE},
}
PLAIN: dict[str, Trouble] = {
    **CUT,
    **UNREADABLE,
    **BROKEN,
    **AFTER_THE_CHARGE,
    **NO_ID,
    **BUSY,
    **REFUSED,
    **ACCOUNT,
}
TROUBLES: dict[str, Trouble] = {
    **PLAIN,
    **{f"accept then {name}": trouble | {"do": True} for name, trouble in PLAIN.items()},
}
