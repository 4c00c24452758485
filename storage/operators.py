"""The tables of operators, and of the one-time links by which the first of them comes in."""

from datetime import datetime

from sqlalchemy import delete, func, insert, select
from sqlalchemy.dialects import sqlite

from storage.database import Transaction
from storage.schema import claims, operators


def is_operator(tx: Transaction, user_id: int) -> bool:
    """Whether this person has claimed the bot."""
    return bool(tx.execute(select(func.count()).where(operators.c.user_id == user_id)).scalar_one())


def select_operators(tx: Transaction) -> frozenset[int]:
    """All who have."""
    return frozenset(tx.execute(select(operators.c.user_id)).scalars())


def count_operators(tx: Transaction) -> int:
    """How many have."""
    return tx.execute(select(func.count()).select_from(operators)).scalar_one()


def insert_operator(tx: Transaction, user_id: int, now: datetime) -> None:
    """This person runs the bot."""
    tx.execute(sqlite.insert(operators).values(user_id=user_id, since=now).on_conflict_do_nothing())


def delete_claims(tx: Transaction) -> None:
    """No link works any more."""
    tx.execute(delete(claims))


def replace_claim(tx: Transaction, digest: str, now: datetime) -> None:
    """Only the newest link works. Kept as a SHA-256 digest, so that a copy of the database opens nothing."""
    delete_claims(tx)
    tx.execute(insert(claims).values(digest=digest, created_at=now))


def use_claim(tx: Transaction, digest: str) -> bool:
    """Use up a link; false if there is none like it."""
    return tx.execute(delete(claims).where(claims.c.digest == digest)).rowcount == 1
