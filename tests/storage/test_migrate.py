"""Migrations bring an empty file to exactly the schema that the program uses, once."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text

from storage import ledger, line, migrate, preferences
from storage.database import Database, Transaction
from storage.schema import metadata


def content(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())


async def test_an_empty_file_comes_to_exactly_the_schema(tmp_path: Path) -> None:
    db = await Database.open(tmp_path / "bot.db")

    def differences(tx: Transaction) -> list[object]:
        context = MigrationContext.configure(tx, opts={"compare_type": True, "compare_server_default": True})
        return list(compare_metadata(context, metadata))

    found = await db.run(differences)
    await db.close()
    assert found == []


async def test_a_file_without_content_counts_as_empty(tmp_path: Path) -> None:
    (tmp_path / "bot.db").touch()
    await (await Database.open(tmp_path / "bot.db")).close()
    assert any("CREATE TABLE tasks" in line for line in content(tmp_path / "bot.db"))


async def test_the_same_tables_are_made_as_the_program_would_make_them(tmp_path: Path) -> None:
    """Alembic's comparison does not see everything: whether numbers are ever used again, for one."""
    await (await Database.open(tmp_path / "bot.db")).close()
    made = "\n".join(content(tmp_path / "bot.db"))
    for table in metadata.tables.values():
        if table.dialect_options["sqlite"]["autoincrement"]:
            statement = made.split(f"CREATE TABLE {table.name} (")[1].split(";")[0]
            assert "AUTOINCREMENT" in statement, table.name


async def test_a_second_start_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "bot.db"
    await (await Database.open(path)).close()
    before = content(path)
    await (await Database.open(path)).close()
    assert content(path) == before


async def test_what_waits_and_counts_when_points_come_goes_on(tmp_path: Path) -> None:
    """From before prices: those who wait go first, and what was counted was free."""
    path = tmp_path / "bot.db"
    config = Config()
    config.set_main_option("script_location", str(migrate.SCRIPTS))
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0003")
        needed = "prompt, title, user_name, chat_kind, later_looks"
        connection.exec_driver_sql(
            f"insert into tasks (id, state, submission, nonce, user_id, chat_id, provider, attempts, missing_count, "
            f"recorded_at, due_at, {needed}) values (1, 'recorded', '{{}}', 'n', 7, 7, 'p', 0, 0, "
            "'2026-11-21 12:00:00.000000', '2026-11-21 12:00:00.000000', '', '', '', '', '')"
        )
        connection.exec_driver_sql("insert into ledger values (1, 7, 7, '2026-11-21', 'held')")
    engine.dispose()
    db = await Database.open(path)
    noon = datetime(2026, 11, 21, 12, tzinfo=UTC)
    (waiting,) = await db.run(line.select_waiting, "p", noon)
    used = await db.run(ledger.of_user, 7, noon.date())
    await db.close()
    assert (waiting.turn, used.pictures, used.points) == (0, 1, 0)


def test_the_newest_revision_is_named_rightly() -> None:
    config = Config()
    config.set_main_option("script_location", str(migrate.SCRIPTS))
    assert ScriptDirectory.from_config(config).get_heads() == [migrate.NEWEST]


async def test_an_old_database_tells_its_revision(db: Database, tmp_path: Path) -> None:
    del tmp_path
    assert await db.run(migrate.revision) == migrate.NEWEST


async def test_what_was_chosen_before_there_were_settings_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "bot.db"

    def at_0003(connection: Transaction) -> None:
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", str(migrate.SCRIPTS))
        command.upgrade(config, "0003")

    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        at_0003(connection)
        connection.execute(text("INSERT INTO chats (id, press_policy) VALUES (-5, 'admins'), (-6, NULL)"))
        connection.execute(text("INSERT INTO preferences (scope_id, name, value) VALUES (7, 'usual', '--s 5')"))
    engine.dispose()
    db = await Database.open(path)
    kept = [await db.run(preferences.select_all, scope) for scope in (-5, -6, 7)]
    await db.close()
    assert kept == [{"presses": "admins"}, {}, {"usual": "--s 5"}]
