"""An answer to a submit, taken apart into what the table of verdicts asks about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain.task import RemoteId
from domain.verdict import Reason, Refused, Unclear
from midjourney import said
from midjourney.reading import Unreadable, fields, is_html, read_json, remote_ids, retry_after, text, whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """An answer, as far as the table asks about it."""

    status: int
    is_json: bool
    is_html: bool
    is_empty: bool
    code: int | None
    denied: bool
    """It says so itself: `success: false`."""
    is_error: bool
    """It brings an `error`."""
    ids: tuple[RemoteId, ...]
    properties: Mapping[str, Any]
    description: str
    words: str
    """All it says, lower case."""
    said: str
    wait: float | None

    @property
    def fine(self) -> bool:
        """HTTP's own word for it."""
        return 200 <= self.status < 300

    def says(self, known: Sequence[str]) -> bool:
        """Whether one of these occurs in its words."""
        return any(sign in self.words for sign in known)

    def refused(self, reason: Reason) -> Refused:
        """Refused for good."""
        return Refused(reason=reason, said=self.said)

    def unknown_path(self) -> Refused:
        """Whoever answers so does not know the endpoint at all."""
        return Refused(reason=Reason.UNSUPPORTED, said=self.said, endpoint=True)

    def busy(self, reason: Reason = Reason.BUSY) -> Refused:
        """Refused for now."""
        return Refused(reason=reason, said=self.said, busy=True, retry_after=self.wait)

    def unclear(self) -> Unclear:
        """No end that can be told from what was seen."""
        form = "" if self.is_json else ", empty" if self.is_empty else ", a page" if self.is_html else ", not JSON"
        code = "" if self.code is None else f", code {self.code}"
        return Unclear(what=f"HTTP {self.status}{form}{code}")


def look(status: int, headers: Mapping[str, str], body: bytes, now: datetime, hidden: Sequence[str]) -> Seen:
    """Take an answer apart. Never raises."""
    try:
        value, is_json = read_json(body), True
    except Unreadable:
        value, is_json = None, False
    page = not is_json and is_html(headers, body)
    raw = "" if is_json or page else body[:4000].decode(errors="replace").strip()
    answer = fields(value)
    return Seen(
        status=status,
        is_json=is_json,
        is_html=page,
        is_empty=not body.strip(),
        code=whole(answer.get("code")),
        denied=answer.get("success") is False,
        is_error=bool(answer.get("error")),
        ids=remote_ids(answer.get("result")),
        properties=fields(answer.get("properties")),
        description=text(answer.get("description"), 1000).lower(),
        words=said.words(value, raw),
        said=said.message(value, raw, status, hidden),
        wait=retry_after(headers, now),
    )
