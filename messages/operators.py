"""What operators read about the bot as a whole."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from domain.figures import Overview, Share, Stats, Tally
from messages.locale import Locale
from messages.words import CAPTION_LIMIT, Page, Words, bold, code, cut, fitted

LACKS_SHOWN = 12


def commands(locale: Locale) -> Mapping[str, str]:
    """Shown beside everybody's commands in an operator's private chat."""
    return {
        "status": locale.say("how the bot and its provider are"),
        "stats": locale.say("requests by day, and who asks most"),
        "usage": locale.say("all requests of a month as a CSV file"),
        "people": locale.say("who may ask, who is refused or blocked"),
        "block": locale.say("answer a person or chat no more"),
        "unblock": locale.say("answer them again"),
        "unclear": locale.say("what may have been charged without a result"),
    }


def status(seen: Overview, now: datetime, locale: Locale) -> Words:
    """How it is at this moment."""
    page = Page().add(bold(cut(seen.provider, 100)), " · ")
    page.say(locale.say("mode {mode}"), mode=seen.mode).add("\n")
    _account(page, seen, locale)
    if seen.lacks:
        names = ", ".join(cut(name, 40) for name in list(seen.lacks)[:LACKS_SHOWN])
        page.add("\n").say(locale.say("Does without: {names}"), names=names)
    page.add("\n\n", bold(locale.say("The line")), "\n")
    page.say(locale.say("At the provider: {running}. Waiting: {waiting}."), running=seen.running, waiting=seen.waiting)
    if seen.oldest is not None:
        task = seen.oldest
        page.add("\n").say(
            locale.say("The oldest: task {number} in chat {chat}, since {minutes} min."),
            number=code(str(task.id)),
            chat=code(str(task.chat_id)),
            minutes=_minutes(now - task.recorded_at),
        )
    page.add("\n\n", bold(locale.say("Today (UTC)")), "\n")
    _tally(page, seen.today, locale)
    if seen.unclear:
        many = locale.count("⚠️ {n} unclear: /unclear", "⚠️ {n} unclear: /unclear", seen.unclear)
        page.add("\n\n").say(many, n=seen.unclear)
    if seen.guests_waiting:
        many = locale.count(
            "🚪 {n} waits to be let in: /people", "🚪 {n} wait to be let in: /people", seen.guests_waiting
        )
        page.add("\n\n").say(many, n=seen.guests_waiting)
    return page.words()


def stats(told: Stats, locale: Locale) -> Words:
    """Under the picture of the days."""
    page = Page()
    many = locale.count("📊 Requests of {n} day (UTC), by day", "📊 Requests of {n} days (UTC), by day", len(told.days))
    page.add(bold(many.format(n=len(told.days))), "\n")
    _tally(page, told.tally, locale)
    _shares(page, locale.say("Persons"), told.people, locale)
    _shares(page, locale.say("Groups and channels"), told.chats, locale)
    return fitted(page.words(), CAPTION_LIMIT)


def days_wanted(command: str, most: int, locale: Locale) -> Words:
    """`/stats` or `/usage` with something that is no span."""
    page = Page().say(locale.say("For how long? A number of days, at most {n}:"), n=most)
    page.add("\n", code(f"/{command} 30"))
    if command == "usage":
        page.add("\n").say(locale.say("Or a month:")).add("\n", code(f"/{command} 2026-11"))
    return page.words()


def usage(count: int, since: datetime, until: datetime, locale: Locale, *, whole: bool) -> Words:
    """Under the file of usage."""
    many = locale.count(
        "{n} request, from {first} to {last} (UTC).", "{n} requests, from {first} to {last} (UTC).", count
    )
    first, last = f"{since:%Y-%m-%d}", f"{until - timedelta(days=1):%Y-%m-%d}"
    page = Page().say(many, n=count, first=first, last=last)
    if not whole:
        page.add(" ").say(locale.say("⚠️ The file was getting too large and ends early. Ask for a shorter span."))
    return page.words()


def _account(page: Page, seen: Overview, locale: Locale) -> None:
    if seen.paused_since is None:
        page.say(locale.say("✅ Takes requests. It does not tell its balance."))
    elif seen.key_refused:
        page.say(locale.say("⚠️ Refuses the key since {time} UTC."), time=f"{seen.paused_since:%Y-%m-%d %H:%M}")
    else:
        sentence = locale.say("⚠️ Refuses the account (key or balance) since {time} UTC.")
        page.say(sentence, time=f"{seen.paused_since:%Y-%m-%d %H:%M}")


def _tally(page: Page, tally: Tally, locale: Locale) -> None:
    page.say(
        locale.say("Asked: {asked}. Delivered: {delivered}. Failed: {failed}. Refused: {refused}. Unclear: {unclear}."),
        asked=tally.asked,
        delivered=tally.delivered,
        failed=tally.failed,
        refused=tally.refused,
        unclear=tally.unclear,
    )


def _shares(page: Page, title: str, shares: tuple[Share, ...], locale: Locale) -> None:
    if not shares:
        return
    page.add("\n\n", bold(title))
    for share in shares:
        name = cut(" ".join(share.name.split()), 40) or locale.say("Without a name")
        page.add(f"\n{share.count} · {name} · ", code(str(share.id)))


def _minutes(span: timedelta) -> int:
    return max(int(span.total_seconds()) // 60, 0)
