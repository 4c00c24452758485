"""What the bot says to a chat as a whole: hello, what waits for it, who may press there."""

from collections.abc import Mapping

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from domain.rules import PressPolicy
from messages import callback
from messages.help import example
from messages.locale import Locale
from messages.words import Page, Words, bold, code

POLICIES = (PressPolicy.OWNER, PressPolicy.MEMBERS, PressPolicy.ADMINS)
"""In the order of the buttons; a button carries its place here."""


def welcome(username: str, locale: Locale, *, hears_all: bool) -> Words:
    """The one message of the bot's own accord: what it does, how to ask, what it hears of the room."""
    page = Page().say(locale.say("👋 I draw pictures from words. Ask like this:")).add("\n")
    page.add(code(example(locale, username)), "\n")
    if hears_all:
        page.say(locale.say("I answer commands only."))
    else:
        page.say(locale.say("I hear commands and answers to my messages, nothing else that is said here."))
    return page.words()


def waiting(count: int, locale: Locale) -> Words:
    """The chat can be written to again, and this came meanwhile."""
    many = locale.count("{n} finished picture waits for this chat.", "{n} finished pictures wait for this chat.", count)
    page = Page().say(many, n=count)
    text = locale.count("Bring it", "Bring them", count)
    button = InlineKeyboardButton(text, callback_data=callback.data(callback.WAITING, 0))
    return page.words(InlineKeyboardMarkup([[button]]))


def brought(count: int, locale: Locale) -> Words:
    """In place of the offer, once it was taken."""
    many = locale.count("{n} finished picture comes now.", "{n} finished pictures come now.", count)
    return Page().say(many, n=count).words()


def presses(policy: PressPolicy, locale: Locale) -> Words:
    """Who may use the buttons under pictures here; the admins choose."""
    names = policies(locale)
    page = Page().say(locale.say("Who may use the buttons under somebody's picture in this chat?")).add("\n")
    page.add(bold(names[policy]))
    rows = [
        [
            InlineKeyboardButton(
                f"✓ {names[one]}" if one is policy else names[one],
                callback_data=callback.data(callback.POLICY, place),
            )
        ]
        for place, one in enumerate(POLICIES)
    ]
    return page.words(InlineKeyboardMarkup(rows))


def policies(locale: Locale) -> Mapping[PressPolicy, str]:
    """What the choices are called."""
    return {
        PressPolicy.OWNER: locale.say("Who asked for it"),
        PressPolicy.MEMBERS: locale.say("Everybody here"),
        PressPolicy.ADMINS: locale.say("Admins"),
    }


def presses_in_private(locale: Locale) -> Words:
    """The question makes no sense where there is one person."""
    return Page().say(locale.say("Here you are the only one who presses. Ask me in a group or channel.")).words()


def chosen(locale: Locale) -> str:
    """A toast."""
    return locale.say("Done.")


def nothing_waits(locale: Locale) -> str:
    """A toast: somebody was quicker."""
    return locale.say("Nothing waits for this chat any more.")


def coming(locale: Locale) -> str:
    """A toast."""
    return locale.say("They are on their way.")
