"""The question about a prompt before it is paid for: what seems wrong, and what can be done about it."""

from typing import assert_never

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from domain.doubt import BadRatio, Concern, Doubt, NoValue, OutOfRange, UnknownFlag, UnknownVersion
from messages import callback
from messages.locale import Locale
from messages.words import TEXT_LIMIT, Page, Words, code, cut, utf16

SHOWN = 40
"""UTF-16 units of anything in the question that a person has written."""
BUTTON_WIDTH = 40
MOST = 10
"""Pictures of one press, as `services.care` counts."""


def question(prompt: str, draft_id: int, doubt: Doubt, locale: Locale) -> Words:
    """Nothing was sent yet: shall it be?"""
    page = Page().say(locale.say("🤔 A question before I send this:")).add("\n")
    for concern in doubt.concerns:
        _concern(page.add("• "), concern, locale)
        page.add("\n")
    count = len(doubt.expanded)
    if doubt.too_many:
        fewer = locale.count(
            "• That makes more than {n} picture at once. Please ask for fewer.",
            "• That makes more than {n} pictures at once. Please ask for fewer.",
            MOST,
        )
        page.say(fewer, n=MOST).add("\n")
    elif count > 1 or not doubt.concerns:
        many = locale.count("• That makes {n} picture.", "• That makes {n} pictures, each its own charge.", count)
        page.say(many, n=count).add("\n")
    page.add("\n", code(cut(prompt, TEXT_LIMIT - utf16(page.text) - 2)))
    rows = _rows(draft_id, doubt, locale)
    return page.words(InlineKeyboardMarkup(rows) if rows else None)


def concerns(page: Page, doubt: Doubt, locale: Locale) -> Page:
    """What seems wrong, a line each."""
    for concern in doubt.concerns:
        _concern(page.add("\n• "), concern, locale)
    return page


def _rows(draft_id: int, doubt: Doubt, locale: Locale) -> list[list[InlineKeyboardButton]]:
    if doubt.too_many:
        return []
    count = len(doubt.expanded)
    several = count > 1 or not doubt.concerns
    rows = []
    if doubt.repaired:
        use = locale.say("Use {parameters}")
        if several:
            use = locale.count("Use {parameters}: {n} charge", "Use {parameters}: {n} charges", count)
        rows.append((use.format(parameters=cut(doubt.repair, BUTTON_WIDTH), n=count), callback.REPAIRED))
    if several:
        draw = locale.count("Draw {n} picture ({n} charge)", "Draw {n} pictures ({n} charges)", count)
        rows.append((draw.format(n=count), callback.EXPANDED))
    else:
        rows.append((locale.say("Send anyway"), callback.AS_WRITTEN))
    return [[InlineKeyboardButton(text, callback_data=callback.data(letter, draft_id))] for text, letter in rows]


def _concern(page: Page, concern: Concern, locale: Locale) -> None:
    match concern:
        case UnknownFlag(flag=flag, nearest=""):
            page.say(locale.say("I do not know {flag}."), flag=_shown(flag))
        case UnknownFlag(flag=flag, nearest=nearest):
            page.say(
                locale.say("I do not know {flag}. Is {nearest} meant?"), flag=_shown(flag), nearest=_shown(nearest)
            )
        case UnknownVersion(flag=flag, value=value, nearest=nearest):
            sentence = locale.say("I do not know {written}. Is {nearest} meant?")
            page.say(sentence, written=_shown(f"{flag} {value}"), nearest=_shown(f"{flag} {nearest}"))
        case BadRatio(value=value, nearest=""):
            sentence = locale.say("{value} is no shape of a picture; {example} is one.")
            page.say(sentence, value=_shown(value), example="3:2")
        case BadRatio(value=value, nearest=nearest):
            sentence = locale.say("{value} is no shape of a picture. Is {nearest} meant?")
            page.say(sentence, value=_shown(value), nearest=_shown(nearest))
        case OutOfRange(flag=flag, value=value, low=low, high=high):
            sentence = locale.say("{flag} goes from {low} to {high}, and here it is {value}.")
            page.say(sentence, flag=_shown(flag), low=low, high=high, value=_shown(value))
        case NoValue(flag=flag):
            page.say(locale.say("{flag} wants a value behind it."), flag=_shown(flag))
        case _:
            assert_never(concern)


def _shown(text: str) -> str:
    return cut(text, SHOWN)
