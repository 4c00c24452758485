"""Whose language counts where, and what becomes of the tags that Telegram and people write."""

from itertools import product

import pytest

from domain.options import VALUES, Option
from domain.requester import ChatKind
from messages.languages import Wishes
from messages.locale import LANGUAGES, chosen, folder_of, known, locale_for
from messages.options import LANGUAGES as NAMES


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("en", "en"),
        ("en-GB", "en"),
        ("vi", "vi"),
        ("vi-VN", "vi"),
        ("ru", "ru"),
        ("RU", "ru"),
        ("es-419", "es"),
        ("es_MX", "es"),
        ("zh", "zh-hans"),
        ("zh-hans", "zh-hans"),
        ("zh-Hans-CN", "zh-hans"),
        ("zh_CN", "zh-hans"),
        ("zh-sg", "zh-hans"),
        ("zh-tw", "zh-hans"),  # nearer to its readers than English
        ("zh-hant", "zh-hans"),
        ("de", None),
        ("eng", None),
        ("pt-br", None),
        ("", None),
        (None, None),
        ("..", None),
        ("../../ru", None),
        ("en\0", None),
    ],
)
def test_tags(tag: str | None, language: str | None) -> None:
    assert known(tag) == language
    assert locale_for(tag).tag == (language or "en")


def test_each_language_is_its_own_tag() -> None:
    assert [known(tag) for tag in LANGUAGES] == list(LANGUAGES)
    assert folder_of("zh-hans") == "zh_Hans"


def test_the_first_that_is_known_wins() -> None:
    assert chosen(None, "tlh", "ru", "es").tag == "ru"
    assert chosen(None, "tlh").tag == "en"
    assert chosen().tag == "en"


def test_ones_own_goes_by_person_chat_telegram_and_default() -> None:
    everything = Wishes(person="vi", chat="ru", told="es", default="zh-hans")
    assert everything.own().tag == "vi"
    assert Wishes(chat="ru", told="es", default="zh-hans").own().tag == "ru"
    assert Wishes(told="es", default="zh-hans").own().tag == "es"
    assert Wishes(told="de", default="zh-hans").own().tag == "zh-hans"
    assert Wishes().own().tag == "en"


def test_what_stands_in_a_group_is_the_chats_then_the_askers() -> None:
    group = ChatKind.GROUP
    assert Wishes(person="vi", chat="ru", told="es", default="en").everybodys(group).tag == "ru"
    assert Wishes(person="vi", told="es", default="en").everybodys(group).tag == "vi"
    assert Wishes(told="es", default="en").everybodys(group).tag == "es"
    assert Wishes(told=None, default="zh-hans").everybodys(group).tag == "zh-hans"


@pytest.mark.parametrize(("person", "told"), list(product((None, "vi"), (None, "es"))))
def test_nothing_in_a_channel_is_in_the_language_of_one_reader(person: str | None, told: str | None) -> None:
    assert Wishes(person=person, told=told, default="ru").everybodys(ChatKind.CHANNEL).tag == "ru"
    chosen_there = Wishes(person=person, chat="zh-hans", told=told, default="ru")
    assert chosen_there.everybodys(ChatKind.CHANNEL).tag == "zh-hans"


def test_in_private_all_is_ones_own() -> None:
    assert Wishes(person="vi", chat="ru").everybodys(ChatKind.PRIVATE).tag == "vi"


def test_what_can_be_chosen_is_what_is_spoken() -> None:
    assert VALUES[Option.LANGUAGE] == tuple(LANGUAGES)
    assert list(NAMES) == list(LANGUAGES)
