"""Which language a person reads: whole English sentences are looked up in a catalogue.

`make words` gathers them from the code and makes the catalogues; docs/howto/languages.md tells how to mend one.
"""

import gettext
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

CATALOGUES = Path(__file__).parent / "locales"
ENGLISH: Final = "en"
LANGUAGES: Final[Mapping[str, str]] = {
    ENGLISH: "English",
    "vi": "Tiếng Việt",
    "zh-hans": "简体中文",
    "ru": "Русский",
    "es": "Español",
}
"""The languages by their tags, each with its own name for itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Locale:
    """A language and its sentences."""

    tag: str
    """One of `LANGUAGES`."""
    catalogue: gettext.NullTranslations

    def say(self, sentence: str) -> str:
        """The sentence in this language, its holes ("{name}") still open."""
        return self.catalogue.gettext(sentence)

    def count(self, one: str, many: str, number: int) -> str:
        """The sentence that fits this number."""
        return self.catalogue.ngettext(one, many, number)


def known(tag: str | None) -> str | None:
    """Which of our languages a tag means, as Telegram or a person writes it ("es-419", "zh_CN"); `None` for others.

    Whoever reads traditional Chinese gets simplified: it is nearer to them than English.
    """
    first = (tag or "").lower().replace("_", "-").partition("-")[0]
    return next((one for one in LANGUAGES if one.partition("-")[0] == first), None)


def chosen(*wishes: str | None) -> Locale:
    """The first of these tags that is a language of ours; English where none is."""
    return locale_for(next(filter(None, map(known, wishes)), None))


@cache
def locale_for(tag: str | None) -> Locale:
    """The catalogue for a tag; English where there is none."""
    language = known(tag) or ENGLISH
    if language == ENGLISH:
        return Locale(tag=language, catalogue=gettext.NullTranslations())
    found = gettext.translation("messages", str(CATALOGUES), languages=[folder_of(language)])
    return Locale(tag=language, catalogue=found)


def folder_of(language: str) -> str:
    """What gettext calls it: "zh-hans" is "zh_Hans" there."""
    first, _, script = language.partition("-")
    return f"{first}_{script.title()}" if script else first
