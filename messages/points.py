"""What somebody has left today, and what an operator has given or taken."""

from collections.abc import Sequence
from datetime import timedelta

from messages import spans
from messages.locale import Locale
from messages.words import Page, Words, bold, code, cut

Left = tuple[int, int | None]
"""A day's limit, and what is left of it; `None` where there is no limit."""


def balance(
    pictures: Left,
    points: Left,
    chat: Sequence[Left],
    *,
    given: int,
    prices: Sequence[int],
    opens_in: timedelta,
    locale: Locale,
) -> Words:
    """What is left to a person, and to the chat: its pictures and its points, nothing in private."""
    page = Page()
    limited = False
    for whose, shares in ((locale.say("You have left today:"), (pictures, points)), (locale.say("This chat:"), chat)):
        parts = [_left(*left, in_points=bool(place), locale=locale) for place, left in enumerate(shares)]
        if said := [part for part in parts if part]:
            page.add(bold(whose), " ", ", ".join(said), "\n")
            limited = True
    if limited:
        page.add(spans.opens_in(opens_in, locale), "\n")
    else:
        page.say(locale.say("There is no daily limit here: ask for as much as you like.")).add("\n")
    if given:
        many = locale.count(
            "🎁 And {n} point that was given to you; it waits until the day's are used up.",
            "🎁 And {n} points that were given to you; they wait until the day's are used up.",
            given,
        )
        page.say(many, n=given).add("\n")
    if given or points[0] or any(limit for limit, _left in chat[1:]):
        picture, large, video = prices
        sentence = locale.say("Points: {picture} for a picture, {large} for a large one, {video} for a video.")
        page.say(sentence, picture=picture, large=large, video=video)
    return page.words()


def gave(name: str, points: int, wanted: int, balance: int, locale: Locale) -> Words:
    """To the operator, and whoever reads along."""
    who = bold(cut(name, 60))
    page = Page()
    if points > 0:
        many = locale.count("🎁 {who} has been given {n} point.", "🎁 {who} has been given {n} points.", points)
        page.say(many, who=who, n=points).add(" ")
    elif points < 0:
        many = locale.count("{n} point was taken from {who}.", "{n} points were taken from {who}.", -points)
        page.say(many, who=who, n=-points).add(" ")
    if points != wanted:
        page.say(locale.say("There were no more.")).add(" ")
    many = locale.count("{who} has {n} given point now.", "{who} has {n} given points now.", balance)
    return page.say(many, who=who, n=balance).words()


def give_help(locale: Locale) -> Words:
    """How to give."""
    page = Page().say(locale.say("Answer a person's message with the number of points, or name the person's id:"))
    page.add("\n", code("/give 50"), "\n", code("/give 123456789 50"), "\n")
    return page.say(locale.say("A negative number takes them back.")).words()


def _left(limit: int, left: int | None, *, in_points: bool, locale: Locale) -> str:
    if left is None:
        return ""
    if in_points:
        return locale.count("{left} of {n} point", "{left} of {n} points", limit).format(left=left, n=limit)
    return locale.count("{left} of {n} picture", "{left} of {n} pictures", limit).format(left=left, n=limit)
