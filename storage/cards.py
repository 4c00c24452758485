"""The table of cards: which messages of which operators are about which guest."""

import json
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import insert, select, update

from domain.delivery import DeliveryKind, DeliveryState, Priority
from storage import amends, deliveries
from storage.database import Transaction
from storage.guests import WAITS
from storage.schema import cards, guests
from storage.schema import deliveries as delivery_rows


def owe(tx: Transaction, guest_id: int, operator_id: int, now: datetime) -> None:
    """Promise an operator a card."""
    body = {"guest": guest_id}
    delivery_id = deliveries.owe(
        tx, DeliveryKind.CARD, chat_id=operator_id, topic_id=None, reply_to=None, now=now, body=body
    )
    tx.execute(insert(cards).values(delivery_id=delivery_id, guest_id=guest_id, operator_id=operator_id))


def show_anew(tx: Transaction, guest_id: int, now: datetime) -> None:
    """What the guest's cards say has changed. One that is on its way is looked after when it arrives."""
    tx.execute(
        update(delivery_rows)
        .where(
            delivery_rows.c.id.in_(select(cards.c.delivery_id).where(cards.c.guest_id == guest_id)),
            delivery_rows.c.state.in_((DeliveryState.SETTLED, DeliveryState.DROPPED)),
            delivery_rows.c.message_id.is_not(None),
        )
        .values(
            state=DeliveryState.DUE,
            due_at=now,
            priority=Priority.ANSWER,
            unclear=0,
            body=json.dumps({"guest": guest_id}),
        )
    )


def offer_choices(tx: Transaction, delivery_id: int, guest_id: int, now: datetime) -> None:
    """This card shows once more what can be chosen."""
    amends.reword(tx, delivery_id, {"guest": guest_id, "choosing": True}, now)


def select_guest_id(tx: Transaction, delivery_id: int) -> int | None:
    """Whom a card is about."""
    found: int | None = tx.execute(
        select(cards.c.guest_id).where(cards.c.delivery_id == delivery_id)
    ).scalar_one_or_none()
    return found


def select_delivery(tx: Transaction, operator_id: int, message_id: int) -> int | None:
    """The card that stands as this message in an operator's private chat."""
    found: int | None = tx.execute(
        select(delivery_rows.c.id)
        .join(cards, cards.c.delivery_id == delivery_rows.c.id)
        .where(delivery_rows.c.chat_id == operator_id, delivery_rows.c.message_id == message_id)
    ).scalar_one_or_none()
    return found


def select_without(tx: Transaction, operator_id: int, most: int) -> tuple[int, ...]:
    """Guests who wait and of whom this operator has no card, the oldest first; at most as many as fill `most` cards."""
    held = select(cards.c.guest_id).where(cards.c.operator_id == operator_id)
    open_cards = len(tx.execute(select(guests.c.id).where(WAITS, guests.c.id.in_(held)).limit(most)).all())
    rows = tx.execute(
        select(guests.c.id)
        .where(WAITS, guests.c.id.not_in(held))
        .order_by(guests.c.id)
        .limit(max(most - open_cards, 0))
    )
    return tuple(rows.scalars())


def forget_undelivered(tx: Transaction, operators: Collection[int]) -> None:
    """Cards that never reached their operator (who had not begun a chat with the bot) may be promised anew."""
    lost = (
        select(cards.c.delivery_id)
        .join(delivery_rows, delivery_rows.c.id == cards.c.delivery_id)
        .where(
            cards.c.operator_id.in_(set(operators)),
            delivery_rows.c.state == DeliveryState.DROPPED,
            delivery_rows.c.message_id.is_(None),
        )
    )
    tx.execute(cards.delete().where(cards.c.delivery_id.in_(lost)))
