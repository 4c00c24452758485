"""The table of languages that operators were last heard in: what they are told by itself is told in it."""

from sqlalchemy import select
from sqlalchemy.dialects import sqlite

from storage.database import Transaction
from storage.schema import tongues


def note(tx: Transaction, user_id: int, language: str | None) -> None:
    """This operator speaks it."""
    statement = sqlite.insert(tongues).values(user_id=user_id, language=language)
    tx.execute(statement.on_conflict_do_update(index_elements=[tongues.c.user_id], set_={"language": language}))


def language_of(tx: Transaction, user_id: int) -> str | None:
    """The language; `None` where it is not known."""
    found: str | None = tx.execute(select(tongues.c.language).where(tongues.c.user_id == user_id)).scalar_one_or_none()
    return found
