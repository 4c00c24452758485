"""A seed and a stop are asked for once: the answer outlives a database that takes nothing for a while."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import structlog

from domain.delivery import Delivery, DeliveryKind, DeliveryState
from domain.provider import Stop
from domain.task import RemoteId, TaskState
from tests.clock import MovedClock
from tests.messages.samples import TASK
from workers.rounds import Bells
from workers.seeds import Seeds
from workers.stops import Stops

CLOSED_FOR = 5
DRAWN = replace(TASK, state=TaskState.RUNNING, remote_id=RemoteId("r1"), provider="provider.example")


class ClosedDatabase:
    """Takes nothing the first times."""

    def __init__(self) -> None:
        self.tries = 0
        self.written = 0

    async def run(self, _work: Callable[..., Any], *_args: Any, **_kwargs: Any) -> None:
        """One transaction."""
        self.tries += 1
        if self.tries <= CLOSED_FOR:
            raise OSError("disk full")
        self.written += 1


class CountingProvider:
    """Counts how often it is asked."""

    name = "provider.example"

    def __init__(self) -> None:
        self.asked = 0

    async def seed(self, _remote_id: RemoteId) -> str:
        """A seed."""
        self.asked += 1
        return "17"

    async def cancel(self, _remote_id: RemoteId) -> Stop:
        """A stop."""
        self.asked += 1
        return Stop.STOPPED


def owed(kind: DeliveryKind, clock: MovedClock) -> Delivery:
    """News that somebody waits for."""
    return Delivery(
        id=1,
        kind=kind,
        state=DeliveryState.CLAIMED,
        task_id=DRAWN.id,
        chat_id=DRAWN.chat_id,
        topic_id=None,
        reply_to=None,
        attempts=0,
        unclear=0,
        form=None,
        message_id=None,
        shows=None,
        shown=None,
        last_at=None,
        created_at=clock.now(),
    )


@pytest.mark.parametrize(("asking", "kind"), [(Seeds, DeliveryKind.SEED), (Stops, DeliveryKind.STOP)])
async def test_the_answer_is_written_down_however_often_that_takes(
    asking: type[Seeds] | type[Stops], kind: DeliveryKind
) -> None:
    db: Any = ClosedDatabase()
    provider: Any = CountingProvider()
    clock = MovedClock()
    nobody: Any = None
    worker = asking(db, nobody, nobody, provider, Bells(), clock)
    with structlog.testing.capture_logs() as logs:
        await worker.bring(owed(kind, clock), DRAWN)
        for _second in range(CLOSED_FOR + 1):
            for _turn in range(10):
                await asyncio.sleep(0)
            clock.advance(1)
    assert (provider.asked, db.tries, db.written, len(worker.jobs)) == (1, CLOSED_FOR + 1, 1, 0)
    assert len([one for one in logs if one["log_level"] == "error"]) == CLOSED_FOR
