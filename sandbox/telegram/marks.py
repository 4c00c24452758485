"""parse_mode HTML: marks in angle brackets become entities; what Telegram can't parse is refused in its words."""

import re
from dataclasses import dataclass
from html import unescape

from sandbox.telegram.entities import Entity, in_order, units
from sandbox.telegram.errors import ApiError, bad_request

_KINDS = {
    **dict.fromkeys(("b", "strong"), "bold"),
    **dict.fromkeys(("i", "em"), "italic"),
    **dict.fromkeys(("u", "ins"), "underline"),
    **dict.fromkeys(("s", "strike", "del"), "strikethrough"),
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "blockquote": "blockquote",
    "tg-spoiler": "spoiler",
}
_PIECE = re.compile(r"<(?P<end>/?)(?P<name>[^\s<>/]*)(?P<rest>[^<>]*)>|&(?:lt|gt|amp|quot|#\d+|#[xX][0-9a-fA-F]+);|<")
_ATTRIBUTE = re.compile(r"([\w-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Open:
    name: str
    rest: str
    offset: int


def parse_html(text: str) -> tuple[str, tuple[Entity, ...]]:
    """The plain text and its entities. ApiError (`can't parse entities: …`) for broken marks."""
    plain: list[str] = []
    length = 0
    open_: list[_Open] = []
    made: list[Entity] = []

    def say(piece: str) -> None:
        nonlocal length
        plain.append(piece)
        length += units(piece)

    place = 0
    for match in _PIECE.finditer(text):
        say(text[place : match.start()])
        place = match.end()
        at = len(text[: match.start()].encode())
        if match["name"] is None:
            if match[0] == "<":
                raise _unparsed(f"Unclosed start tag at byte offset {at}")
            say(unescape(match[0]))
        elif not match["end"]:
            if match["name"].lower() not in _KINDS:
                raise _unparsed(f'Unsupported start tag "{match["name"].lower()}" at byte offset {at}')
            open_.append(_Open(name=match["name"].lower(), rest=match["rest"], offset=length))
        else:
            made += _closed(open_, made, match["name"].lower(), length, at)
    say(text[place:])
    if open_:
        raise _unparsed(f'Can\'t find end tag corresponding to start tag "{open_[-1].name}"')
    return "".join(plain), in_order(made)


def _closed(open_: list[_Open], made: list[Entity], name: str, end: int, at: int) -> list[Entity]:
    if not open_:
        raise _unparsed(f"Unexpected end tag at byte offset {at}")
    tag = open_.pop()
    if tag.name != name:
        raise _unparsed(f'Unmatched end tag at byte offset {at}, expected "</{tag.name}>", found "</{name}>"')
    entity: Entity = {"type": _KINDS[name], "offset": tag.offset, "length": end - tag.offset}
    attributes = {found[1].lower(): unescape(found[2] or found[3] or found[4] or "") for found in _attributes(tag.rest)}
    if name == "a":
        if "href" not in attributes:
            return []
        entity["url"] = attributes["href"]
    if name == "blockquote" and "expandable" in tag.rest:
        entity["type"] = "expandable_blockquote"
    if name == "code" and open_ and open_[-1].name == "pre" and open_[-1].offset == tag.offset:
        language = attributes.get("class", "").removeprefix("language-")
        return [{**entity, "type": "pre", "language": language}] if language else []
    if name == "pre" and made and {**made[-1], "language": ""} == {**entity, "language": ""}:
        return []  # already said, with its language
    return [entity] if entity["length"] else []


def _attributes(rest: str) -> list[re.Match[str]]:
    return list(_ATTRIBUTE.finditer(rest))


def _unparsed(why: str) -> ApiError:
    return bad_request(f"can't parse entities: {why}")
