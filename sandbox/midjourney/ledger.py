"""What arrived: every submit in order with what became of it, every other request counted."""

import base64
import binascii
import re
from collections import Counter, OrderedDict
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

LONGEST = 400
WHOLE = frozenset({"maskBase64"})  # small, and a test wants to see where somebody has drawn
IMAGES = ("base64Array", "base64", "image", "endImage", "sourceBase64", "targetBase64", "maskBase64")
REMEMBERED = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One submit. `accepted` is None until it was carried out: a fault may have kept it from that."""

    number: int
    at: int
    path: str
    body: Any
    headers: tuple[str, ...]
    accepted: bool | None = None
    code: int | None = None
    task_id: str | None = None

    def json(self) -> dict[str, Any]:
        """The entry as the control API shows it."""
        return asdict(self)


@dataclass(slots=True, kw_only=True)
class Ledger:
    """The book. Long texts in bodies (images) are cut to a note of their length, except masks.

    The images of the latest submits are kept beside it.
    """

    entries: list[Entry] = field(default_factory=list)
    requests: Counter[str] = field(default_factory=Counter)
    _bodies: OrderedDict[int, Any] = field(default_factory=OrderedDict)

    def arrived(self, *, at: int, path: str, body: Any, headers: tuple[str, ...]) -> int:
        """Write down a submit; returns its number."""
        number = len(self.entries)
        entry = Entry(number=number, at=at, path=path, body=shortened(body), headers=headers)
        self.entries.append(entry)
        if isinstance(body, dict) and any(body.get(name) for name in IMAGES):
            self._bodies[number] = body
            while len(self._bodies) > REMEMBERED:
                self._bodies.popitem(last=False)
        return number

    def images(self, number: int) -> list[bytes]:
        """Return the images that a submit carried, in their order; of old submits none."""
        sent = [_sent(self._bodies.get(number, {}).get(name)) for name in IMAGES]
        return [image for images in sent for image in images]

    def settled(self, number: int, *, accepted: bool, code: int | None, task_id: str | None) -> None:
        """Write down what a submit was answered; carried out again, its tasks are joined by commas."""
        old = self.entries[number]
        if old.task_id is not None and task_id is not None:
            task_id = f"{old.task_id},{task_id}"
        self.entries[number] = Entry(
            number=number,
            at=old.at,
            path=old.path,
            body=old.body,
            headers=old.headers,
            accepted=accepted,
            code=code,
            task_id=task_id,
        )

    def counted(self, path: str) -> None:
        """Count a request; ids in paths become `{id}`."""
        named = re.sub(r"(/task/|/pictures/)[^/]+(/[^/]+)$", _named, path)
        self.requests[re.sub(r"/mj/image/[^/]+$", "/mj/image/{id}", named)] += 1

    def submissions(
        self, *, path: str | None = None, prompt: str | None = None, accepted: bool | None = None, **fields: str
    ) -> list[Entry]:
        """Return submits by the end of their path, a part of their prompt, their end, other fields of the body."""
        found = []
        for entry in self.entries:
            body: Mapping[str, Any] = entry.body if isinstance(entry.body, dict) else {}
            if (
                (path is None or entry.path.endswith(path))
                and (prompt is None or prompt in str(body.get("prompt", "")))
                and (accepted is None or entry.accepted is accepted)
                and all(body.get(name) == value for name, value in fields.items())
            ):
                found.append(entry)
        return found


def _named(found: "re.Match[str]") -> str:
    return f"{found[1]}{{id}}{found[2]}" if found[1] == "/task/" else "/pictures/{id}"


def shortened(value: Any) -> Any:
    """A body with its long texts (images) cut to a note of their length, except masks."""
    if isinstance(value, str):
        return value if len(value) <= LONGEST or not value.startswith("data:") else f"<{len(value)} characters>"
    if isinstance(value, list):
        return [shortened(part) for part in value]
    if not isinstance(value, dict):
        return value
    return {name: part if name in WHOLE else shortened(part) for name, part in value.items()}


def _sent(value: Any) -> list[bytes]:
    """Decode one field; addresses and what can't be read are no images."""
    found = []
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, str) and one and not one.startswith("http"):
            try:
                found.append(base64.b64decode(one.rpartition("base64,")[2], validate=True))
            except binascii.Error:
                continue
    return found
