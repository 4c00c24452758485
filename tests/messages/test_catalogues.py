"""The catalogues have every sentence of the code and no other, translated in all forms, with nothing lost or added."""

import ast
import gettext
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.plurals import get_plural

from messages.locale import ENGLISH, LANGUAGES, folder_of, locale_for
from messages.painting import page_words
from sandbox import words
from sandbox.words import HOUSE, NotLiteral, catalogue_path, modules, read, sentences, template, text_of, updated

OTHERS = [language for language in LANGUAGES if language != ENGLISH]
FORMS = {"vi": 1, "zh-hans": 1, "ru": 3, "es": 2}
MEND = "please run `make words`, and translate what it leaves empty"

KEPT = re.compile(r"(?<!\w)(?:/[a-z]+|--[a-z]+)|\b(?:U1|U4|V1|V4|JPEG|PNG|WEBP|GIF|MIDJOURNEY_BASE_URL)\b|#")
"""What is typed or pressed as it stands: commands, parameters, Midjourney's buttons."""
MARK = re.compile(r"^[^\w{“«¿¡/(（…]*")
"""What a sentence begins with before its first word: an emoji, a bullet, a tick."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """An entry of a catalogue."""

    english: tuple[str, ...]
    """One; or that for one, and that for many."""
    forms: tuple[str, ...]

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Each form beside the English that it stands for. That for one may say "this picture" in place of "1"."""
        for place, form in enumerate(self.forms):
            alone = place == 0 and len(self.forms) > 1 and holes(form) != holes(self.english[-1])
            yield self.english[0 if alone else -1], form


def holes(text: str) -> Counter[str]:
    return Counter(name for _literal, name, _spec, _conversion in Formatter().parse(text) if name is not None)


@pytest.fixture(scope="module", params=OTHERS)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def entries(language: str) -> list[Sentence]:
    def whole(given: object) -> tuple[str, ...]:
        return tuple(map(str, given)) if isinstance(given, tuple | list) else (str(given or ""),)

    return [Sentence(whole(message.id), whole(message.string)) for message in read(language) if message.id]


def test_every_sentence_of_the_code_is_there_and_no_other(language: str) -> None:
    lying = catalogue_path(language).read_text(encoding="utf-8")
    assert text_of(updated(language)) == lying, MEND
    assert not read(language).obsolete


def test_everything_is_translated_and_looked_at(language: str) -> None:
    assert not [one.english for one in entries(language) if not all(form.strip() for form in one.forms)]
    assert not [message.id for message in read(language) if message.fuzzy and message.id]


def test_there_are_as_many_forms_as_the_language_has(language: str) -> None:
    catalogue = read(language)
    assert catalogue.num_plurals == FORMS[language]
    assert catalogue.plural_expr == get_plural(folder_of(language)).plural_expr
    for one in entries(language):
        assert len(one.forms) == (FORMS[language] if len(one.english) > 1 else 1), one.english


def test_the_holes_are_the_same(language: str) -> None:
    for one in entries(language):
        for english, form in one.pairs():
            assert holes(form) == holes(english), form


def test_what_stands_before_the_words_is_the_same(language: str) -> None:
    for one in entries(language):
        for english, form in one.pairs():
            assert MARK.match(form)[0] == MARK.match(english)[0], form  # type: ignore[index]  # it fits everything
            assert form.count("\n") == english.count("\n"), form
            assert form == form.strip(), form


def test_what_is_typed_is_the_same(language: str) -> None:
    for one in entries(language):
        for english, form in one.pairs():
            assert Counter(KEPT.findall(form)) == Counter(KEPT.findall(english)), form


def test_a_sentence_ends_as_it_does_in_english(language: str) -> None:
    ends = {".": ".。", ":": ":：", "?": "?？", "…": "…", "%": "%"}
    for one in entries(language):
        for english, form in one.pairs():
            if english[-1] in ends:
                assert form[-1] in ends[english[-1]], form
            else:
                assert form[-1] not in ".。:：?？", form


def test_what_the_bot_reads_is_what_the_translator_wrote(language: str) -> None:
    with catalogue_path(language).with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    for one in entries(language):
        if len(one.english) == 1:
            assert compiled.gettext(one.english[0]) == one.forms[0], MEND
        for number in range(130 if len(one.english) > 1 else 0):
            fits = one.forms[_form(language, number)]
            assert compiled.ngettext(one.english[0], one.english[1], number) == fits, MEND
    lying = dict(compiled._catalog)  # type: ignore[attr-defined]  # nothing else tells what is in there
    assert len(lying) == 1 + sum(len(one.forms) for one in entries(language)), MEND


def _form(language: str, number: int) -> int:
    """As the languages themselves have it; written here once more, from the grammar books."""
    match language:
        case "ru" if number % 10 == 1 and number % 100 != 11:
            return 0
        case "ru" if number % 10 in {2, 3, 4} and number % 100 not in {12, 13, 14}:
            return 1
        case "ru":
            return 2
        case "es":
            return int(number != 1)
        case _:
            return 0


def test_every_language_has_a_catalogue_and_every_catalogue_a_language() -> None:
    folders = {path.parts[-3] for path in (HOUSE / "messages" / "locales").rglob("*.po")}
    assert folders == {folder_of(language) for language in OTHERS}
    for language, name in LANGUAGES.items():
        assert locale_for(language).tag == language
        assert name


def test_a_sentence_that_is_made_up_elsewhere_is_found() -> None:
    for source in ("locale.say(sentence)", "locale.count(*both, 3)", 'locale.say(f"{n} pictures")', "locale.say()"):
        with pytest.raises(NotLiteral):
            list(sentences(source, "x.py"))
    source = """def f():
    '''Why.'''
    page.say(self._locale(found).say("a" "b")).say(x)
    context.locale.count("1", "n", 2)
"""
    assert [(one.words, one.about) for one in sentences(source, "x.py")] == [(("ab",), "Why."), (("1", "n"), "Why.")]


def test_whatever_has_a_language_is_called_so() -> None:
    """Else its sentences would not be gathered: `self._tongue.say("…")` looks like a page's."""
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            speaks = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "say"
            if speaks and isinstance(node, ast.Call) and not words.is_of_a_locale(node.func):
                assert not isinstance(node.args[0], ast.Constant | ast.JoinedStr), f"{path}:{node.lineno}"


WORDY = re.compile(r"[A-Za-z’']{2,}[,.:;]? [A-Za-z’']{2,}")
SPOKEN = ("messages", "handlers", "bot/door.py", "bot/region", "bot/commands.py")
NO_SENTENCES = {
    "portrait, square, landscape",  # what is typed behind /blend
    "/prefer off",
    "/prefer chat off",
    "/style noir ",
    "Tiếng Việt",
    "🇻🇳 Tiếng Việt",
    "set aside",  # what an alert is about
    "Vary (Region)",
    "region ticket ",  # what a ticket's proof is made from
    "export const WORDS = ",
    "handler failed",  # kept for the operator's eyes
}


def spoken(path: Path) -> Iterator[str]:
    """The texts in a module that may be read by people: no docstrings, logs, errors, and none that is looked up."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    left_out: set[int] = set()
    for node in ast.walk(tree):
        silent = isinstance(node, ast.Raise | ast.Expr) and not (
            isinstance(node, ast.Expr) and not isinstance(node.value, ast.Constant)
        )
        if isinstance(node, ast.Call):
            silent = words.is_of_a_locale(node.func) or ast.unparse(node.func).startswith(("log.", "super()"))
        if isinstance(node, ast.ClassDef) and "StrEnum" in map(ast.unparse, node.bases):
            silent = True
        if silent:
            inside = [*node.args, *node.keywords] if isinstance(node, ast.Call) else [node]
            left_out |= {id(one) for part in inside for one in ast.walk(part)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in left_out:
            yield node.value


def test_no_sentence_goes_past_the_catalogues() -> None:
    paths = [path for path in modules() if path.relative_to(HOUSE).as_posix().startswith(SPOKEN)]
    assert len(paths) > 30
    found = {(path.name, text) for path in paths for text in spoken(path) if WORDY.search(text)}
    assert {(name, text) for name, text in found if text not in NO_SENTENCES and "default-src" not in text} == set()


def test_the_page_has_all_its_words_and_no_others() -> None:
    page = HOUSE / "bot" / "region" / "page"
    script, html = (page / "app.js").read_text(encoding="utf-8"), (page / "index.html").read_text(encoding="utf-8")
    used = set(re.findall(r"(?<![./])words\.(\w+)", script)) | set(re.findall(r'data-(?:say|label)="(\w+)"', html))
    assert used == set(page_words(locale_for(ENGLISH)))
    shown = re.sub(r"<title>.*?</title>|<[^>]+>", " ", html)
    assert not shown.strip()


def test_a_sentence_is_told_with_what_it_is_for() -> None:
    message = template().get("Here are the words.")
    assert message is not None
    assert message.auto_comments == ["A toast."]
