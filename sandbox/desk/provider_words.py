"""A request to the provider in short words: what it is about, how it went."""

import json
import re
from collections import Counter
from typing import Any

from sandbox.desk.telegram_words import counted, short
from sandbox.midjourney.buttons import read_press
from sandbox.midjourney.journal import Request

_ID = re.compile(r"(/(?:task|pictures|mj/image)/)([^/]+)(?=/|$)")
_PICTURES = ("base64Array", "base64", "sourceBase64", "targetBase64", "image", "endImage")


def what(request: Request) -> str:
    """Method and path, ids left out: they are what it is about."""
    path = (
        request.path if request.path.endswith(("/list-by-condition", "/list-by-ids")) else _ID.sub(_named, request.path)
    )
    return f"{request.method} {path}"


def about(request: Request) -> str:
    """Prompt, button, pictures, task."""
    body = request.body if isinstance(request.body, dict) else {}
    if isinstance(ids := body.get("ids"), list):
        return str(ids[0]) if len(ids) == 1 else counted(len(ids), "task")
    task = body.get("taskId")
    told = (
        _button(body),
        short(str(body.get("prompt") or "")),
        _pictures(body),
        "with a mask" if body.get("maskBase64") else "",
        f"of {task}" if task else "",
    )
    if words := " ".join(one for one in told if one):
        return words
    found = _ID.search(request.path)
    return found[2] if found and request.method == "GET" else ""


def answer(request: Request) -> str:
    """How it went; empty while it is open."""
    if not request.answered:
        return ""
    if request.status is None:
        return "no answer: the connection was dropped"
    if request.mime.startswith(("image/", "video/")):
        return f"{request.mime.partition('/')[2]}, {_sized(request.size)}"
    try:
        told = json.loads(request.answer)
    except (ValueError, RecursionError):
        return _unreadable(request)
    return short(_told(told)) or str(request.status)


def _told(told: Any) -> str:
    if isinstance(told, list):
        return _listed(told)
    if not isinstance(told, dict):
        return ""
    if "status" in told and "progress" in told:
        return _look(told)
    if isinstance(error := told.get("error"), dict):
        return str(error.get("message", ""))
    if "code" in told:
        said = told.get("description") or told.get("message") or ""
        result = told.get("result")
        accepted = told["code"] in {1, 21, 22} and isinstance(result, str | int)
        return f"code {told['code']} · {result if accepted else said}"
    return str(error or "")


def _listed(tasks: list[Any]) -> str:
    looks = [_look(task) for task in tasks if isinstance(task, dict)]
    if len(looks) <= 1:
        return looks[0] if looks else "no tasks"
    counts = Counter(looks)
    return f"{len(looks)} tasks: " + ", ".join(look if n == 1 else f"{n} × {look}" for look, n in counts.items())


def _look(task: dict[str, Any]) -> str:
    parts = (task.get("status") or "no status yet", task.get("progress"), task.get("failReason"))
    return " ".join(str(part) for part in parts if part)


def _button(body: dict[str, Any]) -> str:
    if custom := body.get("customId"):
        press = read_press(str(custom))
        return f"{press.kind} {press.index}" if press else short(str(custom))
    if action := body.get("action"):
        return " ".join(str(part).lower() for part in (action, body.get("index")) if part is not None)
    return ""


def _pictures(body: dict[str, Any]) -> str:
    sent = [body.get(name) for name in _PICTURES]
    count = sum(len(one) if isinstance(one, list) else 1 for one in sent if one)
    return counted(count, "picture") if count else ""


def _unreadable(request: Request) -> str:
    if request.mime == "text/html" and (title := re.search(rb"<title>([^<]*)</title>", request.answer)):
        return title[1].decode(errors="replace")
    return f"{request.status}, {_sized(request.size)}" if request.size else f"{request.status}, empty"


def _sized(size: int) -> str:
    return f"{size / 2**20:.1f} MB" if size >= 2**20 else f"{max(size // 1024, 1)} KB"


def _named(found: "re.Match[str]") -> str:
    return f"{found[1]}{{id}}"
