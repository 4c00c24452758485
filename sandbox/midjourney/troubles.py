"""Faults by name, as they were met in the wild; each is the keywords of a `sandbox.faults.Fault`."""

from typing import Any

HTML = "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>"
BUSY = {"error": {"message": "service unavailable (request id: 20250711041210aBcD)", "type": "new_api_error"}}
JSON_TYPE = {"content-type": "application/json"}

TROUBLES: dict[str, dict[str, Any]] = {
    "502 html": {"status": 502, "body": HTML},
    "200 html": {"status": 200, "body": "<!doctype html><title>Welcome</title>"},
    "500": {"status": 500, "body": ""},
    "503 json": {"status": 503, "body": BUSY},
    "429": {"status": 429, "body": {"code": 30, "description": "当前分组负载已饱和 ", "type": "upstream_error"}},
    "broken json": {"status": 200, "body": '{"code": 1, "result": "17', "headers": JSON_TYPE},
    "empty list": {"status": 200, "body": []},
    "empty": {"status": 200, "body": "", "headers": JSON_TYPE},
    "not found": {"status": 400, "body": {"code": 4, "description": "task_no_found ", "type": "upstream_error"}},
    "drop": {"end": "drop"},
    "hang": {"end": "hang"},
    "accept then 502": {"status": 502, "body": HTML, "do": True},
    "accept then 500": {"status": 500, "body": "", "do": True},
    "accept then drop": {"end": "drop", "do": True},
    "accept then hang": {"end": "hang", "do": True},
}
