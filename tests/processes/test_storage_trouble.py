"""From outside: a disk that is full, read-only or broken, a file that is locked, damaged, too new or an old copy."""

import asyncio
import json
import os
import resource
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from bot.web import bind
from sandbox.telegram.views import MessageView
from tests.outside import Outside

pytestmark = pytest.mark.process


class SmallDisk:
    """A file system of its own, of twelve megabytes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.database = folder / "bot.db"
        self._filling = folder / "filling"

    def fill(self) -> None:
        """Until nothing goes in any more."""
        with self._filling.open("wb") as file:
            try:
                while True:
                    os.write(file.fileno(), bytes(4096))
            except OSError:
                return

    def free(self) -> None:
        """Somebody has cleaned up."""
        self._filling.unlink()

    def make_read_only(self) -> None:
        subprocess.run(["mount", "-o", "remount,ro", str(self.folder)], check=True)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SmallDisk]:
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", str(folder)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("NOT TRIED: a small disk of its own can only be mounted by root")
    yield SmallDisk(folder)
    subprocess.run(["umount", "-l", str(folder)], check=True)


def on(database: Path) -> str:
    """The setting for it."""
    return f"sqlite+aiosqlite:///{database}"


def free_port() -> str:
    with closing(bind("127.0.0.1", 0)) as free:
        return str(free.getsockname()[1])


async def health(port: str) -> tuple[int, str]:
    async with httpx.AsyncClient(trust_env=False) as client:
        answer = await client.get(f"http://127.0.0.1:{port}/health")
    return answer.status_code, answer.json()["status"]


def told_once(outside: Outside) -> bool:
    """Whether the log says what is wrong and what to do; without a traceback for each try."""
    log = outside.log.read_text(errors="replace")
    return log.count("the database cannot be written") == 1 and "Traceback" not in log


async def test_a_disk_that_is_full_for_a_while_loses_nothing(outside: Outside, disk: SmallDisk) -> None:
    outside.provider.set_speed(all=3.0)
    outside.paint_nothing()
    port = free_port()
    await outside.start(DATABASE_URL=on(disk.database), HTTP_PORT=port, PREVIEWS="off")
    ann, bob = outside.telegram.person("Ann"), outside.telegram.person("Bob")
    ann.private.say(ann, "/imagine a red fox")
    await outside.until(lambda: outside.provider.submissions(accepted=True))
    disk.fill()
    for number in range(20):  # more than any room that is left within the database's files
        bob.private.say(bob, f"/imagine whale {number} " + "in a blue sea, " * 250)
    await asyncio.sleep(5)
    assert await health(port) == (503, "database")
    assert outside.telegram.updates.pending
    assert outside.running
    assert told_once(outside)
    disk.free()
    await outside.until(lambda: outside.pictures(ann.private))
    await outside.until(lambda: len(outside.pictures(bob.private)) >= 3)
    assert (await health(port))[0] == 200
    assert len(outside.pictures(ann.private)) == 1
    prompts = [entry.body["prompt"] for entry in outside.provider.submissions()]
    assert len(prompts) == len(set(prompts))


async def test_a_stop_while_the_disk_is_full_is_as_quick_as_any(outside: Outside, disk: SmallDisk) -> None:
    await outside.start(DATABASE_URL=on(disk.database))
    disk.fill()
    ann = outside.telegram.person("Ann")
    for number in range(20):
        ann.private.say(ann, f"/imagine fox {number} " + "in the snow, " * 300)
    await asyncio.sleep(2)
    assert await outside.stop() == 0
    disk.free()
    await outside.start(DATABASE_URL=on(disk.database))
    await outside.until(lambda: outside.pictures(ann.private))


async def test_a_disk_that_is_full_at_the_start_ends_it_with_four(outside: Outside, disk: SmallDisk) -> None:
    disk.fill()
    code, printed = await outside.run(DATABASE_URL=on(disk.database))
    assert code == 4
    assert "DATABASE_URL: the database cannot be used: the disk is full; free some space" in printed
    assert "Traceback" not in printed


async def test_a_disk_that_is_read_only_ends_it_with_four(outside: Outside, disk: SmallDisk) -> None:
    assert (await outside.run("migrate", DATABASE_URL=on(disk.database)))[0] == 0
    disk.make_read_only()
    code, printed = await outside.run(DATABASE_URL=on(disk.database))
    assert code == 4
    assert "DATABASE_URL: the database or its folder cannot be written" in printed
    assert "Traceback" not in printed
    code, printed = await outside.run("check", DATABASE_URL=on(disk.database))
    assert "Traceback" not in printed


async def test_a_quota_on_its_files_is_waited_for_like_a_full_disk(outside: Outside) -> None:
    """The kernel refuses a write with another word than for a full disk."""
    outside.provider.set_speed(all=1.0)
    await outside.start()
    ann = outside.telegram.person("Ann")
    used = (outside.folder / "bot.db-wal").stat().st_size
    _soft, hard = resource.prlimit(outside.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(outside.pid, resource.RLIMIT_FSIZE, (used, hard))
    ann.private.say(ann, "/imagine a red fox")
    await asyncio.sleep(3)
    assert not outside.provider.submissions()
    resource.prlimit(outside.pid, resource.RLIMIT_FSIZE, (hard, hard))
    await outside.until(lambda: outside.pictures(ann.private))
    assert len(outside.provider.submissions()) == 1


async def test_a_lock_of_another_program_is_waited_for(outside: Outside) -> None:
    outside.provider.set_speed(all=1.0)
    port = free_port()
    await outside.start(HTTP_PORT=port)
    ann = outside.telegram.person("Ann")
    with closing(sqlite3.connect(outside.folder / "bot.db", isolation_level=None)) as browser:
        browser.execute("BEGIN IMMEDIATE")
        ann.private.say(ann, "/imagine a red fox")
        await asyncio.sleep(4)
        assert await health(port) == (503, "database")
        assert not outside.provider.submissions()
        code, printed = await outside.run("backup", str(outside.folder / "copy.db"))
        assert code == 0, printed  # reading is free
        browser.execute("ROLLBACK")
    await outside.until(lambda: outside.pictures(ann.private))
    assert len(outside.provider.submissions()) == 1
    assert told_once(outside)


async def test_a_lock_at_the_start_ends_it_with_four(outside: Outside) -> None:
    assert (await outside.run("migrate"))[0] == 0
    with closing(sqlite3.connect(outside.folder / "bot.db", isolation_level=None)) as browser:
        browser.execute("BEGIN IMMEDIATE")
        code, printed = await outside.run()
    assert code == 4
    assert "another program has locked it; close that program" in printed


@pytest.mark.parametrize(
    ("where", "said"), [(0, "no database at all"), (3 * 4096, "damaged; put a backup in its place")]
)
async def test_damage_ends_it_with_four_and_check_tells_it(outside: Outside, where: int, said: str) -> None:
    await outside.start()
    ann = outside.telegram.person("Ann")
    ann.private.say(ann, "/imagine a red fox")
    await outside.until(lambda: outside.pictures(ann.private))
    assert await outside.stop() == 0
    database = outside.folder / "bot.db"
    content = database.read_bytes()
    until = 4096 if where < 4096 else len(content)
    database.write_bytes(content[:where] + b"\xa5" * (until - where) + content[until:])
    await outside.start(wait=False)
    for number in range(3):
        ann.private.say(ann, f"/imagine {number} whales")
    assert await outside.exit_code(20) == 4
    last = outside.last_words()
    assert "DATABASE_URL: the database cannot be used" in last
    assert said in last
    code, printed = await outside.run("check")
    assert code == 1
    assert "damaged" in printed


def asked_about(outside: Outside, person_id: int) -> list[MessageView]:
    chat = outside.telegram.chats[person_id]
    return [m for m in chat.messages if m.from_bot and "older copy" in m.text]


async def test_a_backup_under_load_that_is_put_back_submits_nothing_again(outside: Outside) -> None:
    outside.provider.set_speed(all=1.0)
    outside.paint_nothing()
    await outside.start(MAX_RUNNING="2", PREVIEWS="off")
    people = [outside.telegram.person(f"Person {number}") for number in range(8)]
    for number, person in enumerate(people):
        person.private.say(person, f"/imagine wish <{number}>")
    await outside.until(lambda: len(outside.provider.submissions(accepted=True)) >= 2)
    copy = outside.folder / "copy.db"
    code, printed = await outside.run("backup", str(copy))
    assert code == 0, printed
    await outside.until(lambda: all(outside.pictures(person.private) for person in people))
    await outside.kill()
    database = outside.folder / "bot.db"
    with closing(sqlite3.connect(f"file:{copy}?mode=ro", uri=True)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        taken = {prompt for (prompt,) in connection.execute("SELECT prompt FROM tasks WHERE state = 'running'")}
    assert len(taken) < 8
    outside.provider.faults.add(match="/mj/task/list", times=None, status=404, body={"error": "Not Found"})
    shutil.copy(copy, database)  # and what lies beside it is forgotten
    code, printed = await outside.run()
    assert code == 4
    assert "remove bot.db-wal" in printed
    for name in ("bot.db-wal", "bot.db-shm"):
        (outside.folder / name).unlink()
    code, printed = await outside.run("check")
    assert "a backup of" in printed
    await outside.start(MAX_RUNNING="2", PREVIEWS="off")
    told = {number for number in range(8) if f"wish <{number}>" not in taken}
    await outside.until(lambda: all(asked_about(outside, people[number].id) for number in told))
    await asyncio.sleep(3)
    assert len(outside.provider.submissions()) == 8
    for number, person in enumerate(people):
        assert len(outside.pictures(person.private)) <= 2
        assert len(asked_about(outside, person.id)) == (number in told)


async def test_without_its_log_after_a_kill_nothing_is_submitted_again(outside: Outside) -> None:
    outside.provider.set_speed(all=0.5)
    await outside.start()
    ann, bob = outside.telegram.person("Ann"), outside.telegram.person("Bob")
    ann.private.say(ann, "/imagine a red fox")
    await outside.until(lambda: outside.pictures(ann.private))
    assert await outside.stop() == 0
    await outside.start()
    bob.private.say(bob, "/imagine a blue whale")
    await outside.until(lambda: outside.pictures(bob.private))
    await outside.kill()
    (outside.folder / "bot.db-wal").unlink()
    await outside.start()
    ann.private.say(ann, "/imagine a green bird")
    await outside.until(lambda: len(outside.pictures(ann.private)) == 2)
    assert len(outside.provider.submissions()) == 3
    events = [json.loads(line)["event"] for line in outside.log.read_text().splitlines() if line.startswith("{")]
    assert sum("older copy" in one for one in events) == 1
