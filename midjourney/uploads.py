"""Pictures put up at the provider, so that a prompt can name their addresses. Costs nothing, and may be repeated."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from urllib.parse import urlsplit

from domain.verdict import Accepted, Reason, Refused, Unclear, Window
from midjourney.reading import Unreadable, fields, read_json, whole
from midjourney.verdicts import read_submit

LONGEST_ADDRESS = 2048


def read_upload(
    status: int, headers: Mapping[str, str], body: bytes, wanted: int, *, now: datetime, hidden: Sequence[str] = ()
) -> tuple[str, ...] | Refused:
    """The addresses, as many as were wanted, in the order sent; or why there are none. Never raises."""
    try:
        answer = fields(read_json(body))
    except Unreadable:
        answer = {}
    if 200 <= status < 300 and whole(answer.get("code")) in {1, 22}:
        result = answer.get("result")
        addresses = tuple(filter(_is_address, result if isinstance(result, list) else [result]))
        if len(addresses) == wanted:
            return addresses
    verdict = read_submit(status, headers, body, now=now, hidden=hidden)
    match verdict:
        case Refused(reason=Reason.ACCOUNT | Reason.BUSY | Reason.CHALLENGE | Reason.REDIRECTED | Reason.BANNED_WORD):
            return verdict
        case Refused(reason=Reason.UNSUPPORTED) | Accepted() | Window():
            return Refused(reason=Reason.UNSUPPORTED, endpoint=True)
        case Unclear():  # nothing is charged for it, so it is simply tried again
            return Refused(reason=Reason.BUSY, busy=True)
        case Refused():
            return Refused(reason=Reason.UNSUPPORTED, said=verdict.said, endpoint=True)


def _is_address(value: object) -> bool:
    if not isinstance(value, str) or len(value) > LONGEST_ADDRESS or not value.isprintable() or " " in value:
        return False
    try:
        return urlsplit(value).scheme in {"http", "https"} and bool(urlsplit(value).hostname)
    except ValueError:
        return False
