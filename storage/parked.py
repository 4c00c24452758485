"""Deliveries that wait until their chat can be written to again."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, select, update

from domain.delivery import DeliveryKind, DeliveryState
from storage.database import Transaction
from storage.schema import deliveries

PUT_ASIDE = (DeliveryState.PARKED, DeliveryState.OFFERED)


def is_anything_put_aside(tx: Transaction, chat_id: int) -> bool:
    """Whether anything at all waits for this chat."""
    waiting = select(deliveries.c.id).where(deliveries.c.chat_id == chat_id, deliveries.c.state.in_(PUT_ASIDE))
    return tx.execute(waiting.limit(1)).first() is not None


def count_put_aside(tx: Transaction, chat_id: int, kind: DeliveryKind, *, told: bool) -> int:
    """How many of a kind wait until this chat can be written to; with `told`, those that were offered as well."""
    states = PUT_ASIDE if told else (DeliveryState.PARKED,)
    return tx.execute(
        select(func.count()).where(
            deliveries.c.chat_id == chat_id, deliveries.c.kind == kind, deliveries.c.state.in_(states)
        )
    ).scalar_one()


def note_offered(tx: Transaction, chat_id: int, kind: DeliveryKind) -> None:
    """The chat was told that these wait."""
    tx.execute(
        update(deliveries)
        .where(deliveries.c.chat_id == chat_id, deliveries.c.kind == kind, deliveries.c.state == DeliveryState.PARKED)
        .values(state=DeliveryState.OFFERED)
    )


def bring_put_aside(tx: Transaction, chat_id: int, kinds: Collection[DeliveryKind], now: datetime) -> int:
    """What waited goes out now; how many."""
    return tx.execute(
        update(deliveries)
        .where(deliveries.c.chat_id == chat_id, deliveries.c.kind.in_(kinds), deliveries.c.state.in_(PUT_ASIDE))
        .values(state=DeliveryState.DUE, due_at=now, attempts=0, error=None)
    ).rowcount
