"""Who is let in: what a stranger hears, the operators' cards, and their list of people and chats."""

from collections.abc import Sequence

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from domain.guest import ANEW, CHOICES, LIMITS, Choice, Guest, Standing
from domain.requester import ChatKind
from messages import callback
from messages.help import example
from messages.locale import Locale
from messages.words import Page, Words, bold, code, cut

NAME_SHOWN = 80
PAGE = 8
"""Guests on one page of the list."""

Row = list[InlineKeyboardButton]


def not_let_in(standing: Standing | None, locale: Locale) -> Words:
    """To somebody who may not ask; fits a toast."""
    page = Page()
    match standing:
        case Standing.REFUSED:
            page.say(locale.say("Sorry, the operator of this bot has not let you in."))
        case None:
            page.say(locale.say("This bot draws for people its operator has let in. Please ask the operator."))
        case _:
            page.say(
                locale.say("🙏 I have asked the operator whether I may draw here. You hear from me as soon as I may.")
            )
    return page.words()


def let_in(guest: Guest, username: str, locale: Locale) -> Words:
    """To the guest: from now on; their words are given back, since the first wish was not drawn."""
    page = Page()
    if guest.kind is ChatKind.PRIVATE:
        page.say(locale.say("✅ The operator has let you in: from now on I draw for you."))
    else:
        page.say(locale.say("✅ The operator has let this chat in: from now on I draw here."))
    if guest.daily_limit:
        many = locale.count("Up to {n} picture a day.", "Up to {n} pictures a day.", guest.daily_limit)
        page.add(" ").say(many, n=guest.daily_limit)
    page.add("\n")
    if guest.asked_words:
        page.say(locale.say("Please ask again; a tap copies your words:")).add("\n", code(guest.asked_words))
    else:
        page.say(locale.say("Ask like this:")).add("\n", code(example(locale, username)))
    return page.words()


def card(guest: Guest, locale: Locale, *, choosing: bool) -> Words:
    """To an operator: who it is, what was decided, what can be. `choosing`: though it was decided, choose anew."""
    page = Page()
    page.add(
        f"{sign(guest)} ", bold(name_of(guest, locale)), "\n", _kind(guest, locale), " · ", code(str(guest.chat_id))
    )
    if guest.kind is not ChatKind.PRIVATE and guest.asked_by is not None and guest.asked_by != guest.chat_id:
        who = cut(guest.asked_name, NAME_SHOWN) or "•"
        page.add("\n").say(locale.say("Asked by {name}"), name=who).add(" · ", code(str(guest.asked_by)))
    page.add("\n\n")
    if guest.waits:
        page.say(locale.say("May they ask me for pictures? Each is paid by your key."))
    else:
        _decision(page, guest, locale)
    return page.words(InlineKeyboardMarkup(_choices(guest, locale, choosing=choosing)))


def people(guests: Sequence[Guest], start: int, total: int, locale: Locale) -> Words:
    """A page of the list; a number brings the card."""
    if not total:
        return Page().say(locale.say("Nobody has asked to be let in yet, and nobody is blocked.")).words()
    page = Page()
    last = start + len(guests)
    page.say(locale.say("People and chats, {first} to {last} of {total}:"), first=start + 1, last=last, total=total)
    for number, guest in enumerate(guests, start=start + 1):
        page.add(f"\n{number}. {sign(guest)} ", bold(cut(name_of(guest, locale), 40)), " · ", _state(guest, locale))
        page.add(" · ", code(str(guest.chat_id)))
    buttons = [_card_button(str(number), guest) for number, guest in enumerate(guests, start=start + 1)]
    rows = [buttons[at : at + 4] for at in range(0, len(buttons), 4)]
    turn: Row = []
    if start:
        turn.append(_button("◀️", callback.GUEST_PAGE, max(start // PAGE - 1, 0)))
    if last < total:
        turn.append(_button("▶️", callback.GUEST_PAGE, start // PAGE + 1))
    return page.words(InlineKeyboardMarkup([*rows, turn] if turn else rows))


def decided(guest: Guest, locale: Locale) -> Words:
    """After `/block` and `/unblock`."""
    page = Page().add(f"{sign(guest)} ", bold(name_of(guest, locale)), " · ", code(str(guest.chat_id)), ": ")
    return page.add(_state(guest, locale)).words()


def number_wanted(command: str, locale: Locale) -> Words:
    """`/block` without a number."""
    page = Page().say(locale.say("Which person or chat? Give me the number; /people and /stats show it:")).add("\n")
    return page.add(code(f"/{command} 123456789")).words()


def done(locale: Locale) -> str:
    """A toast."""
    return locale.say("Done.")


def card_comes(locale: Locale) -> str:
    """A toast."""
    return locale.say("Here is the card.")


def name_of(guest: Guest, locale: Locale) -> str:
    """What a guest is called."""
    return cut(" ".join(guest.name.split()), NAME_SHOWN) or locale.say("Without a name")


def sign(guest: Guest) -> str:
    """One character that says how it stands."""
    if guest.blocked:
        return "⛔"
    signs = {Standing.ASKING: "🚪", Standing.APPROVED: "✅", Standing.REFUSED: "✖️", Standing.UNASKED: "▫️"}
    return signs[guest.standing]


def _kind(guest: Guest, locale: Locale) -> str:
    match guest.kind:
        case ChatKind.PRIVATE:
            return locale.say("A person, in private")
        case ChatKind.CHANNEL:
            kind = locale.say("A channel")
        case ChatKind.GROUP:
            kind = locale.say("A group")
    if guest.members is None:
        return kind
    members = locale.count("{n} member", "{n} members", guest.members).format(n=guest.members)
    return f"{kind} · {members}"


def _state(guest: Guest, locale: Locale) -> str:
    if guest.blocked:
        return locale.say("blocked")
    match guest.standing:
        case Standing.APPROVED if guest.daily_limit:
            return locale.count("{n} a day", "{n} a day", guest.daily_limit).format(n=guest.daily_limit)
        case Standing.APPROVED:
            return locale.say("let in")
        case Standing.REFUSED:
            return locale.say("refused")
        case Standing.ASKING:
            return locale.say("waits for you")
        case Standing.UNASKED:
            return locale.say("not blocked any more")


def _decision(page: Page, guest: Guest, locale: Locale) -> None:
    holes = {
        "name": cut(guest.decided_name, NAME_SHOWN) or "•",
        "time": f"{guest.decided_at:%Y-%m-%d %H:%M} UTC" if guest.decided_at else "•",
    }
    if guest.blocked:
        page.say(locale.say("⛔ Blocked by {name}, {time}. Nothing of theirs is answered."), **holes)
    elif guest.standing is Standing.REFUSED:
        page.say(locale.say("✖️ Refused by {name}, {time}."), **holes)
    elif guest.standing is Standing.APPROVED and guest.daily_limit:
        many = locale.count(
            "✅ Let in by {name}, {time}: {n} picture a day.",
            "✅ Let in by {name}, {time}: {n} pictures a day.",
            guest.daily_limit,
        )
        page.say(many, n=guest.daily_limit, **holes)
    elif guest.standing is Standing.APPROVED:
        page.say(locale.say("✅ Let in by {name}, {time}."), **holes)
    else:
        page.say(locale.say("Unblocked by {name}, {time}."), **holes)


def _choices(guest: Guest, locale: Locale, *, choosing: bool) -> list[Row]:
    if not guest.waits and not choosing:
        return [[_choice(locale.say("✏️ Change"), guest, Choice.CHANGE)]]
    more = 0 if guest.waits else ANEW
    limits = [
        _choice(locale.count("{n} a day", "{n} a day", limit).format(n=limit), guest, Choice.LIMITED + place + more)
        for place, limit in enumerate(LIMITS)
    ]
    block = (locale.say("Unblock"), Choice.UNBLOCK) if guest.blocked else (locale.say("⛔ Block"), Choice.BLOCK)
    last = [_choice(locale.say("✖️ Refuse"), guest, Choice.REFUSE + more), _choice(block[0], guest, block[1] + more)]
    return [[_choice(locale.say("✅ Approve"), guest, Choice.APPROVE + more)], limits, last]


def _choice(text: str, guest: Guest, choice: int) -> InlineKeyboardButton:
    return _button(text, callback.GUEST, guest.id * CHOICES + choice)


def _card_button(text: str, guest: Guest) -> InlineKeyboardButton:
    return _button(text, callback.GUEST_CARD, guest.id)


def _button(text: str, letter: str, number: int) -> InlineKeyboardButton:
    return InlineKeyboardButton(text, callback_data=callback.data(letter, number))
