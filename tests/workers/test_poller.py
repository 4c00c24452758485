"""What the provider says of one task is nobody else's trouble."""

from collections.abc import Sequence
from datetime import UTC, datetime

from domain.provider import RemoteStatus, Report, Snapshot
from domain.task import RemoteId, TaskId, TaskState
from services.sightings import Pace
from storage.database import Database
from tests.clock import MovedClock
from tests.storage.rows import PROVIDER, record, the_task
from workers.poller import Poller
from workers.rounds import Bells


class Telling:
    """A provider that says the same of all its tasks, but for one."""

    name = PROVIDER
    no_lists_until: datetime | None = None

    def __init__(self, odd: Snapshot) -> None:
        self._odd = odd

    async def fetch(self, remote_ids: Sequence[RemoteId]) -> Report:
        plain = (Snapshot(remote_id=one, status=RemoteStatus.RUNNING, progress=40) for one in remote_ids)
        return Report(found=tuple(self._odd if one.remote_id == self._odd.remote_id else one for one in plain))


async def test_an_answer_that_no_row_holds_keeps_no_other_task_waiting(db: Database) -> None:
    clock = MovedClock(datetime(2026, 11, 21, 12, tzinfo=UTC))
    ids = [RemoteId(f"r{number}") for number in range(3)]
    for one in ids:
        await db.run(record, state=TaskState.RUNNING, remote_id=one)
    odd = Snapshot(remote_id=ids[1], status=RemoteStatus.RUNNING, image_url="https://cdn.example/\ud83d.png")
    poller = Poller(db, Telling(odd), Pace(), Bells(), clock)  # type: ignore[arg-type]
    await poller.round()
    seen = [await the_task(db, TaskId(key)) for key in (1, 2, 3)]
    assert [task.progress for task in seen] == [40, None, 40]
    due = seen[1].due_at
    assert due is not None
    assert due > clock.now()  # and it is not asked about in every round
