"""One person's wish, in the table of preferences: whether to be asked for words where a press would take some."""

from sqlalchemy import select
from sqlalchemy.dialects import sqlite

from storage.database import Transaction
from storage.schema import preferences

NAME = "remix"
ASK = "ask"
AS_IT_IS = "asis"


def wants_to_be_asked(tx: Transaction, user_id: int) -> bool:
    """Whether; not unless the person said so."""
    found = tx.execute(
        select(preferences.c.value).where(preferences.c.scope_id == user_id, preferences.c.name == NAME)
    ).scalar_one_or_none()
    return found == ASK


def choose(tx: Transaction, user_id: int, *, ask: bool) -> None:
    """The person has said."""
    value = ASK if ask else AS_IT_IS
    statement = sqlite.insert(preferences).values(scope_id=user_id, name=NAME, value=value)
    key = [preferences.c.scope_id, preferences.c.name]
    tx.execute(statement.on_conflict_do_update(index_elements=key, set_={"value": value}))
