"""How long something takes, as people say it: no finer than it is known."""

from datetime import timedelta
from math import ceil

from messages.locale import Locale

MINUTE = 60
HOUR = 3600


def ready_in(span: timedelta, locale: Locale) -> str:
    """When a result may be there."""
    seconds = span.total_seconds()
    if seconds < MINUTE:
        return locale.say("Ready in less than a minute.")
    if seconds < 2 * HOUR:
        minutes = ceil(seconds / MINUTE)
        return locale.count("Ready in about {n} minute.", "Ready in about {n} minutes.", minutes).format(n=minutes)
    hours = round(seconds / HOUR)
    return locale.count("Ready in about {n} hour.", "Ready in about {n} hours.", hours).format(n=hours)


def opens_in(span: timedelta, locale: Locale) -> str:
    """When a day's share is there again."""
    hours, minutes = divmod(int(span.total_seconds()) // MINUTE, MINUTE)
    return locale.say("It opens again in {hours} h {minutes} min.").format(hours=hours, minutes=minutes)
