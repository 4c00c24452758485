"""Strangers knock, operators decide: by a card under which they press, or by the numbers of people and chats."""

from dataclasses import dataclass
from datetime import datetime

from domain.delivery import Delivery, DeliveryKind, Priority
from domain.errors import ButtonGone, DecidedAlready, OperatorMeant
from domain.guest import ANEW, LIMITS, Choice, Guest, Standing
from domain.requester import ChatKind, Requester
from domain.rules import Access, Rules
from services import access
from storage import cards, chats, deliveries, guests, ledger, statuses, tasks, tongues
from storage.database import Transaction

MOST_OPEN = 50
"""Cards that wait for an operator's decision; whoever knocks beyond that gets a card as soon as others are decided."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Knock:
    """What somebody who may not spend is to hear."""

    standing: Standing | None
    """`None` where nobody is asked: those who are let in stand on a list."""
    first: bool
    """Whether this chat has yet to hear it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What was decided, and whether the guest is to hear of it."""

    guest: Guest
    tell: bool = False


def knock(
    tx: Transaction, requester: Requester, rules: Rules, now: datetime, *, title: str = "", words: str = ""
) -> Knock:
    """Somebody wishes for something where they may not. The operators are asked, once a person or chat."""
    if rules.access is not Access.APPROVAL:
        return Knock(standing=None, first=access.tell_once(tx, requester, now))
    guest = _ask(tx, requester, rules, now, title=title)
    if guest.told_at is None:
        guests.note(
            tx,
            guest.id,
            told_at=now,
            asked_by=requester.user_id,
            asked_name=requester.name,
            asked_words=words,
            topic_id=requester.topic_id,
            reply_to=requester.message_id,
            language=None if requester.chat_kind is ChatKind.CHANNEL else requester.language,
        )
    return Knock(standing=guest.standing, first=guest.told_at is None)


def announce(tx: Transaction, requester: Requester, rules: Rules, now: datetime, *, title: str) -> None:
    """The bot was added to a group or channel: the operators are asked; nothing is said there."""
    if rules.access is Access.APPROVAL and not access.is_let_in(tx, requester.chat_id, rules):
        _ask(tx, requester, rules, now, title=title)


def heard(tx: Transaction, requester: Requester, now: datetime) -> None:
    """An operator can be written to from now on, and understands this language: what waited for them comes."""
    tongues.note(tx, requester.user_id, requester.language)
    deliveries.owe(tx, DeliveryKind.MENU, chat_id=requester.user_id, topic_id=None, reply_to=None, now=now, body={})
    cards.forget_undelivered(tx, (requester.user_id,))
    _owe_cards(tx, (requester.user_id,), now)


def recover(tx: Transaction, rules: Rules, now: datetime) -> None:
    """At a start: operators may be others than before."""
    told = access.operators_of(tx, rules)
    for user_id in told:
        deliveries.owe(tx, DeliveryKind.MENU, chat_id=user_id, topic_id=None, reply_to=None, now=now, body={})
    cards.forget_undelivered(tx, told)
    _owe_cards(tx, told, now)


def press(tx: Transaction, requester: Requester, guest_id: int, number: int, rules: Rules, now: datetime) -> Decided:
    """An operator presses a card's button. Raises `DecidedAlready` where another one was quicker."""
    access.check_operator(tx, requester, rules)
    guest = guests.select_guest(tx, guest_id)
    if guest is None:
        raise ButtonGone
    tongues.note(tx, requester.user_id, requester.language)
    if number == Choice.CHANGE:
        _offer_choices(tx, requester, guest, now)
        return Decided(guest=guest)
    if number < ANEW and not guest.waits:
        raise DecidedAlready
    return decide(tx, requester, guest, number % ANEW, rules, now)


def decide(tx: Transaction, requester: Requester, guest: Guest, choice: int, rules: Rules, now: datetime) -> Decided:
    """Write down what an operator has decided, and show it on all cards."""
    if choice in {Choice.REFUSE, Choice.BLOCK} and access.is_operator(tx, guest.chat_id, rules):
        raise OperatorMeant
    standing, limit, blocked_at = guest.standing, guest.daily_limit, None
    match choice:
        case Choice.APPROVE:
            standing, limit = Standing.APPROVED, 0
        case Choice.REFUSE:
            standing = Standing.REFUSED
        case Choice.BLOCK:
            blocked_at = guest.blocked_at or now
        case Choice.UNBLOCK:
            pass
        case _ if 0 <= choice - Choice.LIMITED < len(LIMITS):
            standing, limit = Standing.APPROVED, LIMITS[choice - Choice.LIMITED]
        case _:
            raise ButtonGone
    guests.note(
        tx,
        guest.id,
        standing=standing,
        daily_limit=limit,
        blocked_at=blocked_at,
        decided_at=now,
        decided_by=requester.user_id,
        decided_name=requester.name,
    )
    if blocked_at is not None:
        _withdraw_waiting(tx, guest.chat_id, now)
    cards.show_anew(tx, guest.id, now)
    _owe_cards(tx, access.operators_of(tx, rules), now)
    decided = guests.select_guest(tx, guest.id)
    assert decided is not None  # noqa: S101 - it was there a moment ago, in this very transaction
    return Decided(guest=decided, tell=_is_news(guest, decided))


def told(tx: Transaction, guest: Guest) -> None:
    """The guest hears of it: their words are given back, and kept no longer."""
    guests.note(tx, guest.id, asked_words="")


def decide_by_number(
    tx: Transaction, requester: Requester, number: int, choice: Choice, rules: Rules, now: datetime
) -> Decided:
    """The same for a person or chat whose number is known, whether they have asked or not."""
    access.check_operator(tx, requester, rules)
    chat_id = chats.current_id(tx, number)
    kind = ChatKind.PRIVATE if chat_id > 0 else ChatKind.GROUP
    guest = guests.select_guest(tx, guests.insert_guest(tx, chat_id, kind))
    if guest is None:
        raise ButtonGone
    return decide(tx, requester, guest, choice, rules, now)


def card_arrived(tx: Transaction, delivery: Delivery, shown: Guest, now: datetime, *, message_id: int | None) -> None:
    """A card stands with its operator, as the guest was when it was written; what has changed since is due."""
    deliveries.settle(tx, delivery.id, now=now, in_chat=delivery.chat_id, message_id=message_id)
    if guests.select_guest(tx, shown.id) != shown:
        cards.show_anew(tx, shown.id, now)


def _ask(tx: Transaction, requester: Requester, rules: Rules, now: datetime, *, title: str) -> Guest:
    guest_id = guests.insert_guest(tx, requester.chat_id, requester.chat_kind, name=title)
    guest = guests.select_guest(tx, guest_id)
    if guest is not None and guest.standing is Standing.UNASKED:
        name = title or guest.name
        guests.note(
            tx,
            guest_id,
            kind=requester.chat_kind,
            standing=Standing.ASKING,
            name=name,
            asked_by=requester.user_id,
            asked_name=requester.name,
            asked_at=now,
        )
        _owe_cards(tx, access.operators_of(tx, rules), now)
        guest = guests.select_guest(tx, guest_id)
    assert guest is not None  # noqa: S101 - it was written above
    return guest


def _owe_cards(tx: Transaction, operator_ids: tuple[int, ...], now: datetime) -> None:
    """Owe the cards that these operators have not been promised yet."""
    for operator_id in operator_ids:
        for guest_id in cards.select_without(tx, operator_id, MOST_OPEN):
            cards.owe(tx, guest_id, operator_id, now)


def _offer_choices(tx: Transaction, requester: Requester, guest: Guest, now: datetime) -> None:
    delivery_id = cards.select_delivery(tx, requester.chat_id, requester.message_id or 0)
    if delivery_id is None:
        raise ButtonGone
    cards.offer_choices(tx, delivery_id, guest.id, now)


def _is_news(before: Guest, after: Guest) -> bool:
    """A block is silent, and so is its end; another limit is no news, either."""
    if after.blocked or after.standing not in {Standing.APPROVED, Standing.REFUSED}:
        return False
    if after.standing is before.standing:
        return False
    welcome = after.kind is ChatKind.GROUP and after.standing is Standing.APPROVED and after.asked_at is not None
    return after.told_at is not None or welcome


def _withdraw_waiting(tx: Transaction, guest_id: int, now: datetime) -> None:
    """What a blocked guest has in line costs nothing any more."""
    for task in tasks.select_waiting_of(tx, guest_id):
        if tasks.cancel_waiting(tx, task.id, now):
            ledger.give_back(tx, task.id)
            statuses.refresh_status(tx, task.id, now, urgent=Priority.PROGRESS)
