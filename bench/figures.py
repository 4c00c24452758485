"""One figure a function. Each starts a bot of its own on a database of its own."""

import asyncio
import statistics
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from domain.delivery import DeliveryKind
from domain.provider import RemoteButton
from domain.task import Imagine, RemoteId, TaskState
from storage import buttons, deliveries, ledger, tasks
from storage.database import Database, Transaction
from tests.outside import Outside

FINISHED = 10_000
UPDATES = 60
UPDATES_A_SECOND = 10
BURST = 30
DUE = 200
INTERVAL = 2.0


@dataclass(frozen=True, slots=True)
class Figure:
    """A line of the table."""

    what: str
    value: float
    unit: str
    bound: float

    @property
    def kept(self) -> bool:
        """Whether it is within what was promised."""
        return self.value <= self.bound


@asynccontextmanager
async def bot_outside(**settings: str) -> AsyncIterator[Outside]:
    """A bot that is started by the figure, quiet and with the settings of an operator."""
    with tempfile.TemporaryDirectory() as folder:
        given = {"LOG_LEVEL": "WARNING", "POLL_INTERVAL": str(INTERVAL), "MAX_RUNNING_PER_USER": "0"}
        async with Outside(Path(folder), **given | settings) as outside:
            yield outside


async def start() -> list[Figure]:
    """From the process's begin to its first question for updates, with a long history."""
    async with bot_outside() as outside:
        db = await Database.open(outside.folder / "bot.db")
        await db.run(_finished_tasks)
        await db.close()
        took = []
        for _run in range(5):
            begun = time.perf_counter()
            await outside.start()
            took.append(time.perf_counter() - begun)
            await outside.stop()
    return [Figure(f"start to first getUpdates, {FINISHED:,} finished tasks", statistics.median(took), "s", 2.0)]


async def submits() -> list[Figure]:
    """From the update to the submit's arrival at the provider."""
    async with bot_outside(PREVIEWS="off") as outside:
        outside.provider.set_speed(all=30.0)
        await outside.start()
        people = [outside.telegram.person(f"Person {number}") for number in range(20)]
        said = []
        for number in range(UPDATES):
            person = people[number % len(people)]
            said.append(time.time())
            person.private.say(person, f"/imagine wish <{number}>")
            await asyncio.sleep(1 / UPDATES_A_SECOND)
        await outside.until(lambda: len(outside.provider.submissions()) == UPDATES)
        arrived = {entry.body["prompt"]: entry.at / 1000 for entry in outside.provider.submissions()}
        took = [1000 * (arrived[f"wish <{number}>"] - at) for number, at in enumerate(said)]
    return [Figure(f"update to submit on the wire, {UPDATES_A_SECOND}/s, median", statistics.median(took), "ms", 150)]


async def burst() -> list[Figure]:
    """Thirty pictures in thirty chats become ready side by side; and what they take while they run."""
    async with bot_outside(PREVIEWS="off") as outside:
        outside.provider.set_speed(all=12.0)
        outside.paint_nothing()
        await outside.start()
        await asyncio.sleep(1)
        idle = outside.resident()
        people = [outside.telegram.person(f"Person {number}") for number in range(BURST)]
        for number, person in enumerate(people):
            person.private.say(person, f"/imagine wish <{number}>")
            await asyncio.sleep(2 * INTERVAL / BURST)  # over two rounds: else all would share one wait for the next
        await outside.until(lambda: len(outside.provider.submissions(accepted=True)) == BURST)
        requests_before = outside.status_requests()
        await asyncio.sleep(4)
        running = outside.resident()
        await outside.until(lambda: all(outside.pictures(person.private) for person in people), within=60)
        requests = outside.status_requests() - requests_before
        ready = {task["prompt"]: task["finishTime"] / 1000 for task in outside.provider.tasks()}
        sent = {call.chat_id: call.time.timestamp() for call in outside.telegram.journal.calls("sendPhoto")}
        waits = [sent[str(person.id)] - ready[f"wish <{number}>"] for number, person in enumerate(people)]
        after = outside.resident()
    return [
        Figure(
            f"success to upload, {BURST} in {BURST} chats, median", statistics.median(waits), "s", INTERVAL / 2 + 0.3
        ),
        Figure(f"success to upload, {BURST} in {BURST} chats, worst", max(waits), "s", INTERVAL + 1),
        Figure("status requests a task in that burst", requests / BURST, "", 0.5),
        Figure(f"memory of {BURST} running tasks beyond idle", running - idle, "MB", 15),
        Figure("memory after their transfers beyond idle", after - idle, "MB", 120),
    ]


async def due_at_once() -> list[Figure]:
    """Two hundred pictures in two hundred private chats, all ready at the start; Telegram enforces its limits."""
    async with bot_outside(PREVIEWS="off", MAX_RUNNING_PER_USER="0") as outside:
        outside.provider.set_speed(all=20.0)
        outside.paint_nothing()
        await outside.start()
        people = [outside.telegram.person(f"Person {number}") for number in range(DUE)]
        for number, person in enumerate(people):
            person.private.say(person, f"/imagine wish <{number}>")
        await outside.until(lambda: len(outside.provider.submissions(accepted=True)) == DUE, within=60)
        await outside.until(lambda: len(outside.telegram.journal.calls("sendMessage")) == DUE, within=60)
        await outside.stop()
        await asyncio.sleep(21)
        asked = outside.status_requests()
        await outside.start(wait=False)
        await outside.until(lambda: outside.status_requests() > asked)
        begun = time.time()
        await outside.until(lambda: all(outside.pictures(person.private) for person in people), within=60)
        last = max(call.time.timestamp() for call in outside.telegram.journal.calls("sendPhoto"))
        refused = len(outside.telegram.floods)
    return [
        Figure(f"{DUE} results found at once, {DUE} chats, last upload", last - begun, "s", 10),
        Figure("of which Telegram refused", refused, "", 0),
    ]


def _finished_tasks(tx: Transaction) -> None:
    now = datetime.now(UTC)
    offered = [RemoteButton(custom_id=f"MJ::JOB::upsample::{n}::{'u' * 36}", label=f"U{n}") for n in range(1, 5)]
    for number in range(FINISHED):
        task_id = tasks.insert_task(
            tx,
            submission=Imagine(prompt=f"a finished picture {number}"),
            prompt=f"a finished picture {number}",
            title="",
            nonce=f"nonce-{number}",
            user_id=number % 500,
            user_name="Somebody",
            chat_id=number % 500,
            chat_kind="private",
            topic_id=None,
            reply_to=number,
            language="en",
            provider="elsewhere.example",
            remote_id=RemoteId(str(10**15 + number)),
            now=now,
        )
        ledger.hold(tx, task_id, user_id=number % 500, chat_id=number % 500, day=now.date())
        ledger.keep(tx, task_id)
        tasks.move(tx, task_id, leave=(TaskState.RECORDED,), enter=TaskState.SUCCEEDED, due_at=None)
        buttons.replace_all(tx, task_id, offered)
        result = deliveries.owe(
            tx,
            DeliveryKind.RESULT,
            chat_id=number % 500,
            topic_id=None,
            reply_to=number,
            now=now,
            task_id=task_id,
        )
        deliveries.begin_sending(tx, result)
        deliveries.settle(tx, result, now=now, message_id=number)


FIGURES = (start, submits, burst, due_at_once)
