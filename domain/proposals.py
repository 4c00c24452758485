"""Results that are words: prompts found for a picture, or a prompt weighed and made shorter. Read, never trusted."""

import re
from dataclasses import dataclass
from enum import StrEnum

from domain.task import Describe, Shorten, Task

MOST_DESCRIBED = 4
MOST_SHORTENED = 5
LONGEST = 4000
"""Characters of one proposal; more than that is no prompt that anybody could use."""

OURS = "ours::"
"""How the ids of buttons begin that the provider never offered: what they do, the bot does by itself."""
DRAW = f"{OURS}draw::"
"""Followed by the proposal's number, from 1."""
ALL = f"{OURS}all"
AGAIN = f"{OURS}again"

KEYCAPS = tuple(f"{number}\ufe0f\u20e3" for number in range(1, 10))

_NUMERAL = r"[0-9]\ufe0f?\u20e3"
_AT_LINE_START = re.compile(rf"(?m)^[ \t]*(?:{_NUMERAL}[ \t]*)+")
_ANYWHERE = re.compile(rf"(?:{_NUMERAL}\s*)+")
_HEADING = re.compile(r"(?m)^[ \t]*#+[^\n]*$")
_LINK = re.compile(r"\[([^\[\]\n]*)\]\((?:[^()\s]|\([^()\s]*\))*\)")
_MARK = re.compile(r"\*\*([^*\n]+)\*\*|~~([^~\n]+)~~")
_BRACES = str.maketrans("{}", "()")
"""A description means nothing by braces, though a prompt with them would be taken for several."""
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


class Weight(StrEnum):
    """How much a word of a prompt counts."""

    HEAVY = "heavy"
    PLAIN = "plain"
    WEAK = "weak"


@dataclass(frozen=True, slots=True)
class Weighed:
    """A part of a prompt, with its weight."""

    text: str
    weight: Weight


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortened:
    """What a `Shorten` came to."""

    weighed: tuple[Weighed, ...]
    proposals: tuple[str, ...]


def is_words(task: Task) -> bool:
    """Whether the task was asked for words, so that no picture is its result."""
    return isinstance(task.submission, Describe | Shorten)


def proposals_of(task: Task, text: str | None = None) -> tuple[str, ...]:
    """The prompts that a task proposes, in the order of their buttons; `text`: what it has just come to."""
    text = text or task.text or ""
    return read_shortened(text).proposals if isinstance(task.submission, Shorten) else read_described(text)


def read_described(text: str) -> tuple[str, ...]:
    """The prompts in what a `Describe` came to: numbered, or by blank lines, or by lines."""
    text = _plain(text)
    _before, numbered = _numbered(text)
    return _cleaned(numbered or _blocks(text), MOST_DESCRIBED)


def read_shortened(text: str) -> Shortened:
    """The words with their weights, and the shorter prompts, in what a `Shorten` came to."""
    text = _plain(text)
    before, numbered = _numbered(text)
    if not numbered:
        sections = _HEADING.split(text)
        before, last = (sections[1], sections[-1]) if len(sections) > 2 else ("", sections[-1])
        numbered = _blocks(last)
    weighed = _weigh(" ".join(_HEADING.sub("", before).split()))
    return Shortened(weighed=weighed, proposals=_cleaned(numbered, MOST_SHORTENED))


def _plain(text: str) -> str:
    return _FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _numbered(text: str) -> tuple[str, list[str]]:
    """What stands before the first numeral, and what stands behind each."""
    numeral = _AT_LINE_START if len(_AT_LINE_START.findall(text)) > 1 else _ANYWHERE
    before, *parts = numeral.split(text)
    return before, parts


def _blocks(text: str) -> list[str]:
    blocks = [block for block in re.split(r"\n[ \t]*\n", text) if block.strip()]
    return blocks if len(blocks) > 1 else text.split("\n")


def _cleaned(parts: list[str], most: int) -> tuple[str, ...]:
    without_links = (_LINK.sub(r"\1", _HEADING.sub("", part)) for part in parts)
    unmarked = (_MARK.sub(lambda found: found[1] or found[2], part) for part in without_links)
    lines = (" ".join(part.translate(_BRACES).split())[:LONGEST].strip() for part in unmarked)
    return tuple(line for line in lines if line)[:most]


def _weigh(text: str) -> tuple[Weighed, ...]:
    parts: list[Weighed] = []
    end = 0
    for found in _MARK.finditer(text):
        parts.append(Weighed(text[end : found.start()], Weight.PLAIN))
        heavy, weak = found.groups()
        parts.append(Weighed(heavy, Weight.HEAVY) if heavy else Weighed(weak, Weight.WEAK))
        end = found.end()
    parts.append(Weighed(text[end:], Weight.PLAIN))
    return tuple(part for part in parts if part.text)
