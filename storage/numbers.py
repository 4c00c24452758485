"""Numbers that are given once: they stand on buttons in chats, where the database cannot reach them."""

from datetime import datetime

from sqlalchemy import text

from storage.database import Transaction
from storage.schema import metadata


def skip_used(tx: Transaction, now: datetime) -> None:
    """This is an older state, so numbers beyond its newest are out there: go on with one that nobody can have reached.

    The time in milliseconds: the next older state that is put back goes on with a higher one again.
    """
    for name, table in metadata.tables.items():
        if table.dialect_options["sqlite"]["autoincrement"]:
            line = {"name": name, "number": int(now.timestamp() * 1000)}
            tx.execute(text("DELETE FROM sqlite_sequence WHERE name = :name AND seq < :number"), line)
            tx.execute(
                text(
                    "INSERT INTO sqlite_sequence (name, seq) SELECT :name, :number "
                    "WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = :name)"
                ),
                line,
            )
