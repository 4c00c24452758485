"""Every page of `/settings` fits Telegram's limits, with the longest values, and its buttons mean what they say."""

from itertools import product

import pytest

from domain.options import OWN, VALUES, Chosen, Layer, Option
from domain.sheet import Line, Sheet, Where
from messages import callback, settings
from messages.options import LANGUAGES
from tests.messages.samples import EN, check

LONG: dict[Option, str] = {
    Option.MODEL: "--v " + "7" * 400,
    Option.RATIO: "--ar " + "🦊" * 200,
    Option.STYLIZE: "--stylize " + "👨‍👩‍👧‍👦" * 40,
    Option.LANGUAGE: "x" * 200,
    Option.CLOSED: " ".join(VALUES[Option.CLOSED]),
}


def a_sheet(where: Where, layer: Layer, *, longest: bool = False, has_topic: bool = False) -> Sheet:
    lines = tuple(
        Line(
            option=option,
            values=VALUES[option],
            chosen=Chosen(value=LONG.get(option, VALUES[option][0]) if longest else VALUES[option][0], layer=layer),
        )
        for option in (OWN if where is Where.OWN else Option)
    )
    return Sheet(where=where, lines=lines, has_topic=has_topic)


@pytest.mark.parametrize(("where", "longest", "topic"), list(product(Where, (False, True), (False, True))))
def test_all_pages_fit(where: Where, longest: bool, topic: bool) -> None:
    for layer in Layer:
        sheet = a_sheet(where, layer, longest=longest, has_topic=topic)
        check(settings.overview(sheet, "x" * 32, EN))
        for line in sheet.lines:
            check(settings.page_of(sheet, line, EN))
    check(settings.for_admins("x" * 32, EN))


def test_nothing_chosen_fits_too() -> None:
    lines = tuple(
        Line(option=option, values=VALUES[option], chosen=Chosen(value=None, layer=Layer.BOT)) for option in OWN
    )
    sheet = Sheet(where=Where.OWN, lines=lines, has_topic=False)
    check(settings.overview(sheet, "bot", EN))
    for line in lines:
        check(settings.page_of(sheet, line, EN))


@pytest.mark.parametrize(("where", "option"), list(product(Where, Option)))
def test_each_button_of_a_page_says_what_it_does_and_one_has_the_tick(where: Where, option: Option) -> None:
    for place, value in enumerate(VALUES[option]):
        sheet = Sheet(where=where, lines=(), has_topic=False)
        line = Line(option=option, values=VALUES[option], chosen=Chosen(value=value, layer=sheet.layer))
        words = settings.page_of(sheet, line, EN)
        assert words.keyboard is not None
        buttons = [button for row in words.keyboard.inline_keyboard for button in row]
        meant = [settings.read(int(str(button.callback_data).split(":")[1])) for button in buttons]
        chosen = [(where, option, settings.FIRST + number) for number in range(len(VALUES[option]))]
        assert meant == [*chosen, (where, option, settings.UNSET), (where, None, settings.LOOK)]
        if option is not Option.CLOSED:
            assert [number for number, button in enumerate(buttons) if button.text.startswith("✓")] == [place]


def test_every_option_has_its_name_and_its_sentence() -> None:
    sheet = a_sheet(Where.CHAT, Layer.CHAT)
    pages = [settings.page_of(sheet, line, EN).text for line in sheet.lines]
    assert len(set(pages)) == len(Option)
    assert set(LANGUAGES) == set(VALUES[Option.LANGUAGE])


@pytest.mark.parametrize("number", [0, 10**17, 30_000, 1_900, 21_200])
def test_a_number_that_no_button_has_says_nothing_or_only_a_page(number: int) -> None:
    said = settings.read(number)
    assert said is None or said[2] == settings.LOOK


def test_more_choices_than_a_page_can_carry_would_be_told_here() -> None:
    assert all(len(values) + settings.FIRST <= callback.CHOICES for values in VALUES.values())
