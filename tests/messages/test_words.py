"""Text with entities: offsets as Telegram counts, nothing cut inside a character."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, MessageEntity

from messages.words import Page, Styled, Words, bold, code, cut, fitted, quote, utf16
from tests.messages.samples import check, entity_texts, units, written

styles = st.sampled_from([bold, code, quote])


@pytest.mark.parametrize(("text", "length"), [("", 0), ("abc", 3), ("é", 1), ("🦊", 2), ("狐", 1), ("👨‍👩‍👧", 8)])
def test_length_is_counted_as_telegram_does(text: str, length: int) -> None:
    assert utf16(text) == length


@given(st.lists(st.tuples(styles, written) | written, max_size=8))
def test_entities_cover_exactly_what_was_styled(parts: list[tuple[object, str] | str]) -> None:
    page = Page()
    expected = []
    for part in parts:
        if isinstance(part, str):
            page.add(part)
        else:
            style, text = part
            page.add(style(text))  # type: ignore[operator]
            expected += [text] if text else []
    words = Words(text=page.text, entities=tuple(page.entities))
    assert entity_texts(words) == expected


@given(st.lists(st.tuples(styles, written.filter(lambda text: text.strip() == text and text)), min_size=1))
def test_a_finished_page_is_what_telegram_takes(parts: list[tuple[object, str]]) -> None:
    page = Page()
    for style, text in parts[:12]:
        page.add(style(text), "\n")  # type: ignore[operator]
    check(page.words())


def test_nothing_in_a_hole_is_markup_or_a_hole() -> None:
    words = Page().say("It says: {reason}; {reason}", reason="{reason} <b>x</b> {0} %s").words()
    assert words.text == "It says: {reason} <b>x</b> {0} %s; {reason} <b>x</b> {0} %s"
    assert words.entities == ()


def test_a_styled_hole_is_styled_where_it_stands() -> None:
    words = Page().add("🦊 ").say("“{word}”!", word=bold("gore 🦊")).words()
    assert words.text == "🦊 “gore 🦊”!"
    assert entity_texts(words) == ["gore 🦊"]


def test_a_forgotten_hole_is_noticed() -> None:
    with pytest.raises(KeyError):
        Page().say("{n} pictures")


def test_a_long_quote_folds() -> None:
    assert quote("x" * 400).kind == MessageEntity.BLOCKQUOTE
    assert quote("x" * 401).kind == MessageEntity.EXPANDABLE_BLOCKQUOTE


@given(written, st.integers(1, 80))
def test_what_is_cut_fits_and_is_a_beginning(text: str, room: int) -> None:
    short = cut(text, room)
    assert units(short) <= room
    if units(text) <= room:
        assert short == text
    else:
        assert short.endswith("…")
        assert text.startswith(short[:-1])


@given(written, st.integers(1, 80))
def test_nothing_is_cut_before_or_behind_a_joiner(text: str, room: int) -> None:
    short = cut(text, room)
    if short != text:
        kept = len(short) - 1
        assert kept == 0 or short[kept - 1] != "\u200d"
        assert text[kept : kept + 1] not in {"\u200d", "\ufe0f", "\ufe0e"} or kept == 0


@pytest.mark.parametrize(
    ("text", "room", "short"),
    [
        ("a fox in snow", 5, "a fo…"),
        ("a fox", 5, "a fox"),
        ("a   x", 4, "a…"),
        ("🦊🦊🦊", 5, "🦊🦊…"),
        ("🦊🦊🦊", 4, "🦊…"),
        ("👨‍👩‍👧x", 8, "…"),
        ("x", 0, "…"),
    ],
)
def test_cutting(text: str, room: int, short: str) -> None:
    assert cut(text, room) == short


@given(
    st.lists(st.tuples(styles, written), max_size=5),
    st.lists(st.lists(st.tuples(written, st.integers(0, 10**18)), min_size=1, max_size=4), max_size=3),
)
def test_a_message_comes_back_from_its_delivery_as_it_was(
    parts: list[tuple[object, str]], rows: list[list[tuple[str, int]]]
) -> None:
    page = Page()
    for style, text in parts:
        page.add(style(text), " ")  # type: ignore[operator]
    keyboard = InlineKeyboardMarkup(
        [[InlineKeyboardButton(text, callback_data=f"b:{number}") for text, number in row] for row in rows]
    )
    words = page.words(keyboard if rows else None)
    assert Words.from_body(json.loads(json.dumps(words.to_body()))) == words


def test_a_message_of_nothing_but_text_comes_back() -> None:
    assert Words.from_body({"text": "hello"}) == Words(text="hello")
    assert Page().add(Styled("", "bold"), "x").words() == Words(text="x")


@given(st.lists(st.tuples(styles, written.map(str.strip)), min_size=1, max_size=6), st.integers(2, 120))
def test_a_message_that_must_be_shorter_keeps_its_entities_in_place(parts: list[tuple[object, str]], room: int) -> None:
    page = Page()
    for style, text in parts:
        page.add(style(text), "\n")  # type: ignore[operator]
    words = page.words()
    short = fitted(words, room)
    assert units(short.text) <= room
    if units(words.text) <= room:
        assert short == words
    for before, after in zip(entity_texts(words), entity_texts(short), strict=False):
        assert before.startswith(after.rstrip("…"))
        assert after
