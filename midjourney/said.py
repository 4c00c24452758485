"""The provider's own words, made fit to be shown: found in any of its envelopes, without markup, keys or addresses."""

import re
from collections.abc import Iterator, Mapping, Sequence
from http import HTTPStatus
from typing import Any

from midjourney.reading import fields, text

LONGEST = 300
_READ = 4000
"""Characters that are looked at; cleaning takes time."""
_SHORTEST_SECRET = 4
"""A shorter one would blot out ordinary words."""

_PAGE = re.compile(r"<\s*(!doctype|html|head|body|script|style|title|div|center)\b", re.IGNORECASE)
_NOISE = re.compile(
    r"""
    [(\[]? \b (?: request | trace | req ) [\s_-]? id \s* [:=] \s* [\w.-]+ \s* [)\]]?
    | \b [a-z][a-z0-9+.-]{0,20} :// [^\s，。；、"'<>()\[\]]+
    | </?[a-z][^<>]{0,200}> | <@[^<>]{0,40}>
    | \b (?: upstream | new_api | one_hub | internal | invalid_request )_error \b \s* [:,]?
    | \b bearer \s+ \S{8,}
    | \b sk-[\w*.-]+
    | (?<![\w-]) [\w-]* \*{3,} [\w*-]* | \w \*\* \w+
    | (?<![\w+/=.-]) (?= [\w+/=.-]* \d ) (?= [\w+/=.-]* [a-z] ) [a-z0-9_+/=.-]{24,}
    """,
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
_EMPTY_BRACKETS = re.compile(r"\(\s*\)|\[\s*\]")
_DIRECTIONS = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f\ufeff]")


def message(value: Any, raw: str, status: int, hidden: Sequence[str] = ()) -> str:
    """What an answer says. `value`: its JSON; `raw`: its text where it is neither JSON nor a page; else the status."""
    for words in (*_candidates(value), raw if len(raw) <= LONGEST else ""):
        if said := clean(words, hidden):
            return said
    return _phrase(status)


def words(value: Any, raw: str) -> str:
    """All that an answer says, in lower case, to look for what is known."""
    error = fields(value).get("error")
    codes = (text(fields(error).get(name), 100) for name in ("code", "type"))
    return " ".join([*_candidates(value), *codes, raw[:_READ]]).lower()


def clean(said: object, hidden: Sequence[str] = ()) -> str:
    """One line of at most 300 characters, without markup, keys, request ids, addresses and whatever is `hidden`."""
    line = " ".join(_DIRECTIONS.sub("", text(said, _READ)).split())
    if _PAGE.search(line):
        return ""
    for secret in hidden:
        if len(secret) >= _SHORTEST_SECRET:
            line = re.sub(re.escape(secret), "", line, flags=re.IGNORECASE)
    line = " ".join(_EMPTY_BRACKETS.sub("", _NOISE.sub("", line)).split()).strip(" ,;:")
    return line if len(line) <= LONGEST else line[: LONGEST - 1].rstrip() + "…"


def _candidates(value: Any) -> Iterator[str]:
    answer: Mapping[str, Any] = fields(value)
    error = answer.get("error")
    for words_ in (
        answer.get("description"),
        fields(error).get("message"),
        error,
        *map(answer.get, ("message", "msg")),
    ):
        if found := text(words_, _READ):
            yield found


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return f"HTTP {status}"
