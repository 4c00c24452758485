"""Results that are words: prompts for a picture, a prompt weighed and shortened; and the buttons that draw them."""

from collections.abc import Sequence

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, MessageEntity

from domain.proposals import (
    AGAIN,
    ALL,
    DRAW,
    KEYCAPS,
    OURS,
    Shortened,
    Weight,
    proposals_of,
    read_shortened,
)
from domain.task import Button, Shorten, Task
from messages import callback
from messages.keyboard import REMOVE
from messages.locale import Locale
from messages.words import TEXT_LIMIT, Page, Styled, Words, bold, code, cut, utf16

WEIGHED_ROOM = 1500
"""UTF-16 units of the weighed words; what remains is the proposals'."""
MOST_MARKS = 80
"""Telegram shows a hundred entities in a message."""
ROW_LENGTH = 5


def result(task: Task, locale: Locale) -> Words:
    """What a `Describe` or `Shorten` came to; a tap copies a proposal."""
    page = Page()
    proposals = proposals_of(task)
    if isinstance(task.submission, Shorten):
        _weighed(page, read_shortened(task.text or ""), locale)
    elif proposals:
        page.say(locale.say("🔎 A number draws these words, a tap on them copies them.")).add("\n\n")
    if not proposals:
        page.say(locale.say("The image service says that it is done, but gave no words.")).add("\n\n")
    share = (TEXT_LIMIT - utf16(page.text)) // max(len(proposals), 1) - 10
    for numeral, proposal in zip(KEYCAPS, proposals, strict=False):
        page.add(f"{numeral} ", code(cut(proposal, share)), "\n\n")
    return page.words()


def keyboard(task: Task, buttons: Sequence[Button], locale: Locale) -> InlineKeyboardMarkup:
    """The buttons under such a result, and the one that takes it out of the chat."""
    ours = [button for button in buttons if button.custom_id.startswith(OURS)]
    numbers = [button for button in ours if button.custom_id.startswith(DRAW)]
    rows = [[_button(one, one.label) for one in numbers]] if numbers else []
    charges = locale.count("🎉 All ({n} charge)", "🎉 All ({n} charges)", len(numbers)).format(n=len(numbers))
    rows += [[_button(one, charges)] for one in ours if one.custom_id == ALL]
    last = [_button(one, locale.say("🔄 Again")) for one in ours if one.custom_id == AGAIN]
    remove = InlineKeyboardButton(REMOVE, callback_data=callback.data(callback.REMOVE, task.id))
    return InlineKeyboardMarkup([*rows, [*last, remove]])


def describe_help(locale: Locale) -> Words:
    """`/describe` without a picture."""
    page = Page().say(
        locale.say(
            "I find words for a picture. Answer a picture with {command}, or send one with that as its caption."
        ),
        command=code("/describe"),
    )
    return page.words()


def shorten_help(locale: Locale) -> Words:
    """`/shorten` without words."""
    page = Page().say(locale.say("I tell which words of a prompt weigh, and propose shorter ones:")).add("\n")
    return page.add(code(f"/shorten {locale.say('a very beautiful, epic lighthouse in a storm, high waves')}")).words()


def _weighed(page: Page, shortened: Shortened, locale: Locale) -> None:
    if not shortened.weighed:
        return
    page.say(locale.say("✂️ Bold words weigh most, struck ones hardly count:")).add("\n")
    left = WEIGHED_ROOM
    for place, part in enumerate(shortened.weighed):
        text = cut(part.text, left)
        if place < MOST_MARKS and part.weight is Weight.HEAVY:
            page.add(bold(text))
        elif place < MOST_MARKS and part.weight is Weight.WEAK:
            page.add(Styled(text, MessageEntity.STRIKETHROUGH))
        else:
            page.add(text)
        left -= utf16(text)
        if text != part.text or left <= 1:
            break
    page.add("\n\n")
    if shortened.proposals:
        page.say(locale.say("A number draws these words, a tap on them copies them.")).add("\n\n")


def _button(button: Button, text: str) -> InlineKeyboardButton:
    marked = f"✓ {text}" if button.pressed_at else text
    return InlineKeyboardButton(marked, callback_data=callback.data(callback.PROPOSAL, button.id))
