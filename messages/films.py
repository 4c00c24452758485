"""The words that go with videos, and the command that asks for them."""

from collections.abc import Sequence

from telegram import InlineKeyboardMarkup

from domain.task import Task
from messages.locale import Locale
from messages.task import caption
from messages.words import TEXT_LIMIT, Page, Words, code, cut, fitted

LONGEST_ADDRESS = 900
"""Four of them, and the words, fit into one message."""


def below(links: Sequence[str], locale: Locale, keyboard: InlineKeyboardMarkup | None) -> Words:
    """Between the videos of one wish and their buttons."""
    if _takes_one(keyboard):
        page = Page().say(locale.say("U1–U4 take one of these videos on its own, to go on from there."))
    else:
        page = Page().say(locale.say("What can be done with these videos:"))
    if links:
        page.add("\n\n")
        _addresses(page, links, locale)
    return page.words(keyboard)


def links(
    task: Task,
    *,
    mode: str,
    late: bool,
    locale: Locale,
    keyboard: InlineKeyboardMarkup | None,
    astray: bool = False,
    unclear: bool = False,
) -> Words:
    """The last way to bring videos: their addresses. `unclear`: they may stand in the chat already."""
    page = Page()
    if unclear:
        page.say(locale.say("Telegram did not tell me whether the videos have arrived. This is where they are:"))
        _list(page, task.videos)
    else:
        _addresses(page, task.videos, locale)
    page.add("\n\n", caption(task, mode=mode, late=late, locale=locale, astray=astray).text)
    return fitted(page.words(keyboard), TEXT_LIMIT)


def animate_help(username: str, locale: Locale) -> Words:
    """`/animate` without a picture."""
    page = Page().say(locale.say("Send this as the caption of a picture, or as an answer to one:")).add("\n")
    page.add(code(f"/animate@{username} {locale.say('the fox turns its head')}"), "\n\n")
    sentence = locale.say(
        "The words are optional. “{high}” as the first word means much motion, “{loop}” a video without end."
    )
    return page.say(sentence, high="high", loop="loop").words()


def _takes_one(keyboard: InlineKeyboardMarkup | None) -> bool:
    texts = [button.text for row in keyboard.inline_keyboard for button in row] if keyboard else []
    return any(text.removeprefix("✓ ") in {"U1", "U2", "U3", "U4"} for text in texts)


def _addresses(page: Page, addresses: Sequence[str], locale: Locale) -> None:
    number = len(addresses)
    many = locale.count(
        "I could not bring {n} video here. This is where it is:",
        "I could not bring {n} videos here. They are at:",
        number,
    )
    page.say(many, n=number)
    _list(page, addresses)


def _list(page: Page, addresses: Sequence[str]) -> None:
    for address in addresses:
        page.add("\n", cut(address, LONGEST_ADDRESS))
