"""Pictures that a person collects for a blend, and what is done with those that came without a command."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, assert_never

from domain.delivery import DeliveryKind
from domain.errors import AlreadyPressed, ButtonGone, NotHere, PicturesTrouble, PicturesUnfit
from domain.gathering import MOST, Gathering, GatheringKind, GatheringState, Shown, Use
from domain.requester import Requester
from domain.rules import Rules
from services import access, photos, rights, wording
from storage import amends, deliveries, gatherings
from storage.database import Transaction

KEPT_FOR = timedelta(minutes=15)
"""How long a basket waits for another picture, and a reference for words."""


def collect(tx: Transaction, requester: Requester, shown: Sequence[Shown], rules: Rules, now: datetime) -> Gathering:
    """Put pictures into this person's basket in this chat; a new one where none is open."""
    access.check(tx, requester, rules)
    basket = gatherings.select_open(tx, GatheringKind.BASKET, requester, now)
    known = basket.shown if basket else ()
    if len({one.unique for one in (*known, *shown)}) < len(known) + len(shown):
        raise PicturesUnfit(PicturesTrouble.SAME)
    if len(known) + len(shown) > MOST:
        raise PicturesUnfit(PicturesTrouble.TOO_MANY, count=len(known) + len(shown))
    until = now + KEPT_FOR
    if basket is None:
        key = gatherings.insert_gathering(tx, GatheringKind.BASKET, requester, now=now, due_at=until)
    else:
        key = basket.id
        gatherings.note(tx, key, due_at=until)
    for one in shown:
        gatherings.add_shown(tx, key, one)
    return _there(tx, key)


def has_basket(tx: Transaction, requester: Requester, now: datetime) -> bool:
    """Whether this person collects in this chat."""
    return gatherings.select_open(tx, GatheringKind.BASKET, requester, now) is not None


def offer(
    tx: Transaction,
    requester: Requester,
    shown: Sequence[Shown],
    words: str,
    rules: Rules,
    now: datetime,
    *,
    album: str | None = None,
) -> Gathering:
    """Pictures came without a command, in private: into the basket, if one is open; else ask what to do with them."""
    if has_basket(tx, requester, now):
        return collect(tx, requester, shown, rules, now)
    access.check(tx, requester, rules)
    if len(shown) > MOST:
        raise PicturesUnfit(PicturesTrouble.TOO_MANY, count=len(shown))
    kind = GatheringKind.OFFER
    key = gatherings.insert_gathering(tx, kind, requester, now=now, due_at=None, words=words, album=album)
    for one in shown:
        gatherings.add_shown(tx, key, one)
    return _there(tx, key)


def use(tx: Transaction, requester: Requester, gathering_id: int, how: Use, rules: Rules, now: datetime) -> Gathering:
    """A person has chosen what to do with gathered pictures; once. The gathering as it is then."""
    gathering = _own(tx, requester, gathering_id, rules)
    owner, shown = gathering.owner, gathering.shown
    if not shown and how is not Use.CANCEL:
        raise PicturesUnfit(PicturesTrouble.NONE)
    match how:
        case Use.BLEND:
            photos.blend(tx, owner, "", shown, rules, now)
        case Use.PORTRAIT | Use.LANDSCAPE:
            photos.blend(tx, owner, how, shown, rules, now)
        case Use.DESCRIBE:
            wording.describe(tx, owner, gathering.pictures[0], rules, now)
        case Use.DRAW:
            photos.imagine(tx, owner, gathering.words, shown, rules, now, may_ask=False)
        case Use.REFERENCE:
            _put_aside(tx, gathering, now)
            return _there(tx, gathering_id)
        case Use.CANCEL:
            gatherings.close(tx, gathering_id, GatheringState.ENDED)
            return _there(tx, gathering_id)
        case _:
            assert_never(how)
    gatherings.close(tx, gathering_id, GatheringState.USED)
    return _there(tx, gathering_id)


def show(tx: Transaction, gathering: Gathering, body: Mapping[str, Any], now: datetime) -> None:
    """Owe what a gathering says in its chat: in place of what it said before, where that can be."""
    owner = gathering.owner
    body = {**body, "language": owner.language}
    if gathering.answer is not None and amends.reword(tx, gathering.answer, body, now):
        return
    answer = deliveries.owe(
        tx,
        DeliveryKind.WORDS,
        chat_id=owner.chat_id,
        topic_id=owner.topic_id,
        reply_to=owner.message_id,
        now=now,
        body=body,
    )
    gatherings.note(tx, gathering.id, answer=answer)


def _put_aside(tx: Transaction, gathering: Gathering, now: datetime) -> None:
    """For the next words; what was put aside before is let go."""
    before = gatherings.select_open(tx, GatheringKind.REFERENCE, gathering.owner, now)
    if before is not None:
        gatherings.close(tx, before.id, GatheringState.ENDED)
    gatherings.note(tx, gathering.id, kind=GatheringKind.REFERENCE, due_at=now + KEPT_FOR)


def _own(tx: Transaction, requester: Requester, gathering_id: int, rules: Rules) -> Gathering:
    gathering = gatherings.select_gathering(tx, gathering_id)
    if gathering is None:
        raise ButtonGone
    if gathering.owner.chat_id != requester.chat_id:
        raise NotHere
    rights.check_owner(tx, requester, gathering.owner.user_id, rules)
    if gathering.state is GatheringState.USED:
        raise AlreadyPressed("")
    if gathering.state is GatheringState.ENDED or gathering.kind is GatheringKind.ALBUM:
        raise ButtonGone
    return gathering


def _there(tx: Transaction, gathering_id: int) -> Gathering:
    found = gatherings.select_gathering(tx, gathering_id)
    if found is None:
        raise LookupError(f"no gathering {gathering_id}")
    return found
