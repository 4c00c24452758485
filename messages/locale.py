"""Which language a person reads: whole English sentences are looked up in a catalogue."""

import gettext
from dataclasses import dataclass
from functools import cache
from pathlib import Path

CATALOGUES = Path(__file__).parent / "locales"


@dataclass(frozen=True, slots=True, kw_only=True)
class Locale:
    """A language and its sentences."""

    tag: str
    catalogue: gettext.NullTranslations

    def say(self, sentence: str) -> str:
        """The sentence in this language, its holes ("{name}") still open."""
        return self.catalogue.gettext(sentence)

    def count(self, one: str, many: str, number: int) -> str:
        """The sentence that fits this number."""
        return self.catalogue.ngettext(one, many, number)


@cache
def locale_for(tag: str | None) -> Locale:
    """The catalogue for a tag as Telegram tells it ("pt-br"); English where there is none."""
    wanted = [tag.replace("-", "_"), tag.split("-")[0]] if tag else []
    catalogue = gettext.translation("messages", str(CATALOGUES), languages=wanted, fallback=True)
    return Locale(tag=tag or "en", catalogue=catalogue)
