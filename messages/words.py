"""A message as text with entities: what people wrote enters as it is and can never become markup."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from string import Formatter
from typing import Any, Self

from telegram import InlineKeyboardMarkup, MessageEntity

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
"""In UTF-16 units, as Telegram counts."""

_STEERING = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_JOINERS = frozenset("\u200d\ufe0e\ufe0f")


@dataclass(frozen=True, slots=True)
class Styled:
    """A part of a message that looks different."""

    text: str
    kind: str
    """One of Telegram's entity types."""


def bold(text: str) -> Styled:
    """Strong."""
    return Styled(text, MessageEntity.BOLD)


def code(text: str) -> Styled:
    """A tap copies it."""
    return Styled(text, MessageEntity.CODE)


def quote(text: str) -> Styled:
    """Somebody's words; long ones fold."""
    kind = MessageEntity.EXPANDABLE_BLOCKQUOTE if len(text) > 400 else MessageEntity.BLOCKQUOTE
    return Styled(text, kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A message, ready to be sent."""

    text: str
    entities: tuple[MessageEntity, ...] = ()
    keyboard: InlineKeyboardMarkup | None = None

    def to_body(self) -> dict[str, Any]:
        """As it lies in a delivery."""
        return {
            "text": self.text,
            "entities": [entity.to_dict() for entity in self.entities],
            "keyboard": self.keyboard.to_dict() if self.keyboard else None,
        }

    @classmethod
    def from_body(cls, body: Mapping[str, Any]) -> Self:
        """Read back what `to_body` wrote."""
        keyboard = body.get("keyboard")
        return cls(
            text=body["text"],
            entities=tuple(MessageEntity.de_json(entity) for entity in body.get("entities", ())),
            keyboard=InlineKeyboardMarkup.de_json(keyboard) if keyboard else None,
        )


@dataclass(slots=True)
class Page:
    """Collects the parts of a message and keeps count of where the entities are."""

    text: str = ""
    entities: list[MessageEntity] = field(default_factory=list)

    def add(self, *parts: str | Styled) -> Self:
        """Append parts."""
        for part in parts:
            if isinstance(part, Styled):
                if part.text:
                    self.entities.append(MessageEntity(part.kind, utf16(self.text), utf16(part.text)))
                self.text += part.text
            else:
                self.text += part
        return self

    def say(self, sentence: str, **holes: str | int | Styled) -> Self:
        """Append a sentence, its named holes filled."""
        for literal, name, _spec, _conversion in Formatter().parse(sentence):
            self.add(literal)
            if name is not None:
                value = holes[name]
                self.add(value if isinstance(value, Styled) else str(value))
        return self

    def words(self, keyboard: InlineKeyboardMarkup | None = None) -> Words:
        """The finished message. Telegram strips blanks at the ends, so there must be none at the start."""
        return Words(text=self.text.rstrip(), entities=tuple(self.entities), keyboard=keyboard)


def below(sentence: str, words: Words) -> Words:
    """The same under a sentence."""
    head = f"{sentence}\n"
    moved = tuple(
        MessageEntity(entity.type, entity.offset + utf16(head), entity.length, url=entity.url)
        for entity in words.entities
    )
    return Words(text=head + words.text, entities=moved, keyboard=words.keyboard)


def fitted(words: Words, room: int) -> Words:
    """The same in at most `room` UTF-16 units."""
    text = cut(words.text, room)
    if text == words.text:
        return words
    end = utf16(text)
    entities = tuple(
        MessageEntity(entity.type, entity.offset, min(entity.length, end - entity.offset), url=entity.url)
        for entity in words.entities
        if entity.offset < end
    )
    return Words(text=text, entities=entities, keyboard=words.keyboard)


def one_line(text: str) -> str:
    """A name, or words beside others: without line breaks, and without what would turn round whatever stands behind."""
    return " ".join(_STEERING.sub(" ", text).split())


def utf16(text: str) -> int:
    """Length as Telegram counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def cut(text: str, room: int) -> str:
    """At most `room` UTF-16 units, never cut inside a character; what was cut shows as an ellipsis."""
    if utf16(text) <= room:
        return text
    end = min(len(text), max(room - 1, 0))
    while end and (utf16(text[:end]) > room - 1 or text[end] in _JOINERS or text[end - 1] in _JOINERS):
        end -= 1
    return text[:end].rstrip() + "…"
