"""How to ask for what begins with a picture."""

from messages.locale import Locale
from messages.words import Page, Words, code


def edit_help(username: str, locale: Locale) -> Words:
    """`/edit` without a picture, or without words."""
    page = Page().say(locale.say("Send this as the caption of a picture, or as an answer to one:")).add("\n")
    page.add(code(f"/edit@{username} {locale.say('make it snow')}"), "\n\n")
    return page.say(locale.say("The words say what is to be different.")).words()


def swap_help(username: str, locale: Locale) -> Words:
    """`/swap` without exactly two pictures."""
    page = Page().say(locale.say("I need exactly two pictures: a face, and where it goes.")).add("\n")
    page.say(locale.say("Send the one with the face as an answer to the other picture, with this caption:")).add("\n")
    return page.add(code(f"/swap@{username}")).words()
