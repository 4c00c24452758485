"""Brings a database to the newest schema; refuses one that a newer program has written."""

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from domain.errors import DatabaseUnusable
from domain.failpoints import Point, passing

NEWEST = "0006"
"""The newest revision, named here so that a start need not load Alembic when there is nothing to do."""

SCRIPTS = Path(__file__).parent / "migrations"


def revision(connection: Connection) -> str | None:
    """The revision that the database is at; `None` for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()


def to_newest(connection: Connection) -> None:
    """Run the migrations that are missing, within the connection's transaction. Raises `DatabaseUnusable`."""
    present = revision(connection)
    if present == NEWEST:
        return
    from alembic import command, util  # noqa: PLC0415 - a fifth of a second that most starts can save
    from alembic.config import Config  # noqa: PLC0415

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(SCRIPTS))
    try:
        command.upgrade(config, "head")
        passing(Point.MIGRATION_UNCOMMITTED)
    except util.CommandError as error:
        raise DatabaseUnusable(
            f"the database is at revision {present}, which this version does not know: a newer program has written it"
        ) from error
