"""What operators are told about the bot's own troubles."""

from collections.abc import Mapping
from typing import Any

from messages.locale import Locale
from messages.words import Page, Words, cut


def alert(body: Mapping[str, Any], locale: Locale) -> Words:
    """One alert, from what `services.alerts` wrote down."""
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
        case "aside":
            sentence = locale.say(
                "⚠️ Something that Telegram told me could not be handled ({what}), and lies aside in the database. "
                "The log says more. I mention this once a day."
            )
            page.say(sentence, what=cut(str(body.get("what", "")), 100))
        case "older":
            sentence = locale.say(
                "⚠️ I have started on an older copy of my database. What waited in it may have been sent to {provider} "
                "since, so I do not send it again: its people are asked, and /unclear lists it."
            )
            page.say(sentence, provider=provider)
        case _:
            sentence = locale.say("ℹ️ {provider} does not offer “{what}”. I do without it for an hour, then try again.")
            page.say(sentence, provider=provider, what=cut(str(body.get("what", "")), 100))
    if said := cut(str(body.get("said") or ""), 300):
        page.add("\n").say(locale.say("It says: {reason}"), reason=said)
    return page.words()
