"""A gateway's binding of bodies: every known field has its type, and a wrong one is refused by name."""

from typing import Any

TEXTS = frozenset(
    {"prompt", "customId", "botType", "notifyHook", "action", "state", "taskId", "content", "base64", "maskBase64"}
)
DELETED = frozenset({"notifyHook", "accountFilter"})
REQUIRED = {
    "imagine": ("prompt",),
    "action": ("taskId",),
    "change": ("taskId", "action", "index"),
    "modal": ("taskId",),
}
FACES = "sour_base64_and_target_base64_is_required"  # as it is spelled there
NAMES = {"prompt": "prompt", "taskId": "task_id", "action": "action", "index": "index"}


class MistypedError(ValueError):
    """The body can't be bound; the text says why."""


def bound(body: Any) -> dict[str, Any]:
    """Return the body as it is sent on. Raises MistypedError."""
    if not isinstance(body, dict):
        raise MistypedError("invalid character looking for beginning of value")
    for name, value in body.items():
        if value is not None and not _fits(name, value):
            raise MistypedError(f"json: cannot unmarshal {_kind(value)} into Go struct field MidjourneyRequest.{name}")
    return {name: value for name, value in body.items() if name not in DELETED and value is not None}


def lacking(name: str, body: dict[str, Any]) -> str | None:
    """Return the error for the first field that a submit needs and that is empty."""
    if name == "swap" and not (body.get("sourceBase64") and body.get("targetBase64")):
        return FACES
    empty = next((field for field in REQUIRED.get(name, ()) if not body.get(field)), None)
    return None if empty is None else f"{NAMES[empty]}_is_required"


def _fits(name: str, value: Any) -> bool:
    if name in TEXTS:
        return isinstance(value, str)
    if name == "index":
        return isinstance(value, int) and not isinstance(value, bool)
    if name == "base64Array":
        return isinstance(value, list) and all(isinstance(one, str) for one in value)
    return True


def _kind(value: Any) -> str:
    match value:
        case bool():
            return "bool"
        case int() | float():
            return "number"
        case str():
            return "string"
        case _:
            return "array" if isinstance(value, list) else "object"
