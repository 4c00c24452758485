"""Every screen in every language fits where Telegram shows it, and none is forgotten."""

import ast
import importlib
import inspect
import pkgutil
from collections.abc import Iterator, Mapping

import pytest
from telegram import InlineKeyboardMarkup

import messages
from messages.locale import ENGLISH, LANGUAGES, locale_for
from messages.words import Page, Words
from tests.messages.samples import units
from tests.messages.screens import LABEL, SCREENS, Shown


def speaking() -> Iterator[str]:
    """All functions of the room that take a language."""
    for module in pkgutil.iter_modules(messages.__path__):
        room = importlib.import_module(f"messages.{module.name}")
        for name, function in inspect.getmembers(room, inspect.isfunction):
            if function.__module__ == room.__name__ and not name.startswith("_"):
                takes = inspect.signature(function).parameters.values()
                if any(one.name == "locale" for one in takes):
                    yield f"{module.name}.{name}"


def texts(shown: Shown) -> Iterator[str]:
    match shown:
        case Words() | Page():
            yield shown.text
        case str():
            yield shown
        case Mapping():
            yield from shown.values()
        case _:
            pass


def labels(shown: Shown) -> Iterator[str]:
    markup = shown.keyboard if isinstance(shown, Words) else shown
    if isinstance(markup, InlineKeyboardMarkup):
        yield from (button.text for row in markup.inline_keyboard for button in row)


def test_every_function_that_speaks_has_its_worst_case_here() -> None:
    assert sorted(speaking()) == sorted({name.partition(",")[0] for name in SCREENS})


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SCREENS)
def test_it_fits(name: str, language: str) -> None:
    screen = SCREENS[name]
    seen = list(screen.says(locale_for(language)))
    assert seen
    for shown in seen:
        for text in texts(shown):
            assert 0 < units(text) <= screen.limit, text
        for label in labels(shown):
            assert 0 < units(label) <= LABEL, label


@pytest.mark.parametrize("name", SCREENS)
def test_no_hole_is_left_open_in_any_language(name: str) -> None:
    for language in LANGUAGES:
        for shown in SCREENS[name].says(locale_for(language)):
            for text in (*texts(shown), *labels(shown)):
                assert "{" not in text.replace("{mode}", "")


SAME_EVERYWHERE = {
    "care.concerns",  # begins with what a person has written, and is looked at in `care.question`
    "keyboard.short_keyboard",  # Midjourney's own names
}


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != ENGLISH])
@pytest.mark.parametrize("name", [one for one in SCREENS if one not in SAME_EVERYWHERE])
def test_it_is_said_in_the_language(name: str, language: str) -> None:
    both = [SCREENS[name].says(locale_for(one)) for one in (ENGLISH, language)]
    assert any([*texts(one), *labels(one)] != [*texts(other), *labels(other)] for one, other in zip(*both, strict=True))


def test_what_only_the_presser_sees_is_said_in_their_language() -> None:
    """A toast in the chat's language would be a slip that no type finds."""
    for module in pkgutil.iter_modules(importlib.import_module("handlers").__path__):
        room = importlib.import_module(f"handlers.{module.name}")
        for node in ast.walk(ast.parse(inspect.getsource(room))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(".toast"):
                assert "context.locale" not in ast.unparse(node), f"{module.name}:{node.lineno}"
