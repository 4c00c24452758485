"""The services on a real database: who asks, what time it is, and what a test looks at afterwards."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Row, select

from domain.delivery import Delivery, DeliveryKind
from domain.provider import RemoteButton, RemoteStatus, Report, Snapshot
from domain.requester import ChatKind, Requester
from domain.rules import Access, Rules
from domain.task import Button, RemoteId, Task, TaskId
from domain.verdict import Accepted, Verdict
from services import life, line, sightings, tasks
from services.line import Turn
from services.sightings import Pace
from storage import buttons, deliveries
from storage import tasks as task_rows
from storage.database import Database, Transaction
from storage.schema import deliveries as delivery_table
from storage.schema import ledger as ledger_table
from storage.schema import tasks as task_table

P = ParamSpec("P")
R = TypeVar("R")

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
PROVIDER = "provider.example"
GROUP = -300
OPEN = Rules(provider=PROVIDER, access=Access.OPEN)
PACE = Pace()

ANNA = Requester(user_id=7, chat_id=7, chat_kind=ChatKind.PRIVATE, message_id=11, name="Anna", language="en")
BEN = Requester(user_id=8, chat_id=8, chat_kind=ChatKind.PRIVATE, message_id=12, name="Ben")

GRID = (
    RemoteButton(custom_id="MJ::JOB::upsample::1::u", label="U1"),
    RemoteButton(custom_id="MJ::JOB::reroll::0::u::SOLO", emoji="🔄"),
    RemoteButton(custom_id="MJ::CustomZoom::u", label="Custom Zoom", emoji="🔍"),
    RemoteButton(custom_id="MJ::Inpaint::1::u::SOLO", label="Vary (Region)"),
)


def in_group(requester: Requester) -> Requester:
    """The same person in a group."""
    return replace(requester, chat_id=GROUP, chat_kind=ChatKind.GROUP)


def snapshot(remote_id: str = "r1", status: RemoteStatus = RemoteStatus.RUNNING, **changes: Any) -> Snapshot:
    """What the provider says."""
    return Snapshot(remote_id=RemoteId(remote_id), status=status, **changes)


def done(remote_id: str = "r1", **changes: Any) -> Snapshot:
    """It says that the picture is there."""
    given: dict[str, Any] = {"image_url": "https://cdn.example/a.png", "buttons": GRID}
    return snapshot(remote_id, RemoteStatus.SUCCESS, **given | changes)


def accepted(*remote_ids: str, queue_place: int | None = None) -> Accepted:
    """The provider has it."""
    return Accepted(remote_ids=tuple(map(RemoteId, remote_ids)), queue_place=queue_place)


class House:
    """What the workers do with the services, by hand."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self.now = NOON
        self.rules = OPEN

    async def run(self, work: Callable[Concatenate[Transaction, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """One transaction."""
        return await self.db.run(work, *args, **kwargs)

    def pass_time(self, seconds: float) -> None:
        """Move the clock."""
        self.now += timedelta(seconds=seconds)

    async def imagine(self, requester: Requester = ANNA, words: str = "a fox") -> TaskId:
        """Ask for a picture."""
        return await self.run(tasks.imagine, requester, words, self.rules, self.now)

    async def press(self, button: Button, requester: Requester = ANNA) -> Task:
        """Press a button; the task that comes of it."""
        await self.run(tasks.press, requester, button.id, self.rules, self.now)
        pressed = await self.run(buttons.select_button, button.id)
        assert pressed is not None
        assert pressed.pressed_task is not None
        return await self.task(pressed.pressed_task)

    async def task(self, task_id: TaskId) -> Task:
        """It as it is now."""
        task = await self.run(task_rows.select_task, task_id)
        assert task is not None
        return task

    async def tasks(self) -> list[Task]:
        """All there are."""
        ids = await self.run(lambda tx: tx.execute(select(task_table.c.id).order_by(task_table.c.id)).scalars().all())
        return [await self.task(TaskId(one)) for one in ids]

    async def take(self) -> list[TaskId]:
        """Those whose turn it is."""
        return [turn.task.id for turn in await self.run(line.take_turns, self.rules, self.now)]

    async def send(self, task_id: TaskId) -> Turn:
        """Take it, and let the first byte go out; what the submitter holds in its hands."""
        turns = {turn.task.id: turn for turn in await self.run(line.take_turns, self.rules, self.now)}
        assert await self.run(task_rows.begin_sending, task_id)
        return turns[task_id]

    async def submit(self, task_id: TaskId, verdict: Verdict) -> Task:
        """Submit it, with that verdict."""
        await self.write_down(await self.send(task_id), verdict)
        return await self.task(task_id)

    async def write_down(self, turn: Turn, verdict: Verdict) -> None:
        """What a submit came to."""
        await self.run(life.submitted, turn.task, turn.way, verdict, self.rules, self.now)

    async def running(self, requester: Requester = ANNA, remote_id: str = "r1", words: str = "a fox") -> TaskId:
        """A task that the provider has."""
        task_id = await self.imagine(requester, words)
        await self.submit(task_id, accepted(remote_id))
        return task_id

    async def observe(self, task_id: TaskId, *found: Snapshot, missing: bool = False, pace: Pace = PACE) -> Task:
        """The provider answers a question about it."""
        task = await self.task(task_id)
        lost = frozenset({task.remote_id} if missing and task.remote_id else ())
        await self.run(sightings.observed, (task,), Report(found=found, missing=lost), pace, self.now)
        return await self.task(task_id)

    async def picture(self, requester: Requester = ANNA, remote_id: str = "r1") -> TaskId:
        """A finished picture."""
        task_id = await self.running(requester, remote_id)
        await self.observe(task_id, done(remote_id))
        return task_id

    async def button(self, task_id: TaskId, part: str = "upsample") -> Button:
        """A button under a picture."""
        found = await self.run(buttons.select_of, task_id)
        return next(one for one in found if part in one.custom_id)

    async def asked(self) -> list[TaskId]:
        """What the poller would ask about now."""
        return [task.id for task in await self.run(task_rows.select_to_ask, PROVIDER, self.now)]

    async def owed(self, task_id: TaskId, *kinds: DeliveryKind) -> list[Row[Any]]:
        """The task's deliveries, all columns; of some kinds only, if given."""
        statement = select(delivery_table).where(delivery_table.c.task_id == task_id).order_by(delivery_table.c.id)
        rows = await self.run(lambda tx: tx.execute(statement).all())
        return [row for row in rows if not kinds or row.kind in kinds]

    async def one(self, task_id: TaskId, kind: DeliveryKind) -> Row[Any]:
        """The task's only delivery of that kind."""
        (row,) = await self.owed(task_id, kind)
        return row

    async def claim(self) -> tuple[Delivery, ...]:
        """What the sender would take now."""
        return await self.run(deliveries.claim_due, self.now, room=50, busy_chats=())

    async def show_status(self, task_id: TaskId, message_id: int = 100) -> None:
        """The status message has gone out and says how it is."""
        (delivery,) = await self.claim()
        assert (delivery.task_id, delivery.kind) == (task_id, DeliveryKind.STATUS)
        await self.run(deliveries.settle, delivery.id, now=self.now, message_id=message_id, shows="text", shown="x")

    async def counted(self, task_id: TaskId) -> str | None:
        """The state of the task's line in the ledger."""
        statement = select(ledger_table.c.state).where(ledger_table.c.task_id == task_id)
        return await self.run(lambda tx: tx.execute(statement).scalar_one_or_none())
