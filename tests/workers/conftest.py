"""A real database for each test; the schema is made once and copied."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.database import Database


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database at the newest schema, closed."""
    path = tmp_path_factory.mktemp("template") / "bot.db"

    async def make() -> None:
        await (await Database.open(path)).close()

    asyncio.run(make())
    return path


@pytest.fixture
def path(template: Path, tmp_path: Path) -> Path:
    """A database file of the test's own, closed."""
    return Path(shutil.copy(template, tmp_path / "bot.db"))


@pytest.fixture
async def db(path: Path) -> AsyncIterator[Database]:
    """An open database."""
    db = await Database.open(path)
    yield db
    await db.close()
