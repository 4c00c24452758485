"""What operators are told about the bot's own troubles."""

from collections.abc import Mapping
from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from messages import callback
from messages.locale import Locale
from messages.words import Page, Words, cut


def alert(body: Mapping[str, Any], locale: Locale) -> Words:
    """One alert, from what `services.alerts` wrote down."""
    if body.get("over"):
        return _over(body, locale)
    if body.get("alert") == "set aside":
        return _set_aside(body, locale)
    page = Page()
    provider = cut(str(body.get("provider", "")), 100)
    match body.get("alert"):
        case "account":
            sentence = locale.say(
                "⚠️ {provider} does not accept this bot's account (key or balance). New requests are refused until it "
                "is well again; what is being drawn goes on."
            )
            page.say(sentence, provider=provider)
        case "redirected":
            sentence = locale.say(
                "⚠️ {provider} answers with another address. The key is not sent there; "
                "please check MIDJOURNEY_BASE_URL."
            )
            page.say(sentence, provider=provider)
        case "older":
            sentence = locale.say(
                "⚠️ I have started on an older copy of my database. What waited in it may have been sent to {provider} "
                "since, so I do not send it again: its people are asked, and /unclear lists it."
            )
            page.say(sentence, provider=provider)
        case "unclear":
            count = int(body.get("count") or 1)
            many = locale.count(
                "⚠️ {n} request may have been charged by {provider} without a result. /unclear lists it.",
                "⚠️ {n} requests may have been charged by {provider} without a result. /unclear lists them.",
                count,
            )
            page.say(many, n=count, provider=provider)
        case "disk":
            sentence = locale.say(
                "⚠️ The disk that holds the database is nearly full: {n} MB are free. "
                "Without room nothing new can be written down, and everything waits."
            )
            page.say(sentence, n=int(body.get("megabytes") or 0))
        case _:
            sentence = locale.say("ℹ️ {provider} does not offer “{what}”. I do without it for an hour, then try again.")
            page.say(sentence, provider=provider, what=cut(str(body.get("what", "")), 100))
    if said := cut(str(body.get("said") or ""), 300):
        page.add("\n").say(locale.say("It says: {reason}"), reason=said)
    return page.words()


def _set_aside(body: Mapping[str, Any], locale: Locale) -> Words:
    """A card: what lies aside can be let go."""
    count = int(body.get("count") or 1)
    many = locale.count(
        "⚠️ {n} message of a person could not be handled and lies aside; nothing was spent for it.",
        "⚠️ {n} messages of people could not be handled and lie aside; nothing was spent for them.",
        count,
    )
    page = Page().say(many, n=count).add("\n")
    sentence = locale.say("The latest is update {number}: {error}. The log tells more.")
    page.say(sentence, number=int(body.get("update") or 0), error=cut(str(body.get("said") or "?"), 100))
    button = InlineKeyboardButton(locale.say("Let go"), callback_data=callback.data(callback.LET_GO_ASIDE, 0))
    return page.words(InlineKeyboardMarkup([[button]]))


def let_go(count: int, locale: Locale) -> Words:
    """In place of that card."""
    many = locale.count("{n} message that lay aside was let go.", "{n} messages that lay aside were let go.", count)
    return Page().say(many, n=count).words()


def _over(body: Mapping[str, Any], locale: Locale) -> Words:
    page = Page()
    provider = cut(str(body.get("provider", "")), 100)
    match body.get("alert"):
        case "account":
            page.say(locale.say("✅ {provider} accepts this bot's account again."), provider=provider)
        case "redirected":
            page.say(locale.say("✅ {provider} answers at its address again."), provider=provider)
        case "unclear":
            page.say(locale.say("✅ No request is unclear any more: all have turned up."))
        case "disk":
            page.say(locale.say("✅ There is room on the database's disk again."))
        case _:
            page.say(locale.say("✅ That is over."))
    return page.words()
