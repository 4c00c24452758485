"""One call to Telegram and what it came to, written down: the sender's last step, whatever the news is."""

from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog
from telegram.error import TelegramError

from domain.clock import Clock
from domain.delivery import Delivery, DeliveryKind, DeliveryState
from domain.failpoints import Point, reached
from services import news
from storage import deliveries
from storage.database import Database
from workers.outcome import Arrived, Moved, No, Outcome, Perhaps, Wait, judge
from workers.post import Call, Plan, Sent, plainer

log = structlog.stdlib.get_logger("bot.dispatch")

RETRY_DELAYS = (1, 2, 5, 10, 30, 60)
"""Seconds; the last one repeats."""
FLOOD_CHATS = 3
FLOOD_SPAN = timedelta(seconds=5)
"""So many chats told to wait within this: Telegram means all of them."""


class Dispatch:
    """Makes calls, sorts what they came to, and knows when Telegram wants quiet."""

    def __init__(self, db: Database, clock: Clock, token_refused: Callable[[], None]) -> None:
        self.quiet_until: datetime | None = None
        """Nothing goes anywhere before then."""
        self._db = db
        self._clock = clock
        self._token_refused = token_refused
        self._floods: deque[tuple[datetime, int]] = deque(maxlen=FLOOD_CHATS)

    async def attempt(self, delivery: Delivery, plan: Plan, call: Call) -> Sent | Outcome:
        """Make a call, leaving out bit by bit what Telegram refuses. What it came to is not written down here."""
        await self._db.run(deliveries.begin_sending, delivery.id)
        before, after = _points_of(delivery.kind)
        await reached(before)
        while True:
            try:
                came = await call(plan)
            except TelegramError as error:
                outcome = judge(error)
                log.info(
                    "not sent as it was",
                    delivery=delivery.id,
                    kind=delivery.kind,
                    chat=delivery.chat_id,
                    error=type(error).__name__,
                    said=error.message[:200],
                )
            else:
                await reached(after)
                return came
            if not isinstance(outcome, No) or (simpler := plainer(plan, outcome)) is None:
                return outcome
            plan = simpler

    async def write_down(self, delivery: Delivery, outcome: Outcome) -> None:
        """What a call came to that did not simply arrive."""
        now = self._clock.now()
        delay = retry_delay(delivery)
        match outcome:
            case Arrived():
                await self._db.run(deliveries.settle, delivery.id, now=now)
            case Perhaps():
                await self._db.run(news.perhaps, delivery, now, delay)
            case Wait(seconds=seconds):
                until = now + timedelta(seconds=seconds)
                self._note_flood(delivery.chat_id, now, until)
                await self._db.run(news.wait, delivery, until)
            case Moved(chat_id=new):
                await self._db.run(news.chat_moved, delivery, new, now)
            case No.TOKEN:
                self._token_refused()
                await self._db.run(deliveries.put_back, delivery.id, now + timedelta(seconds=30))
            case No.TOPIC if delivery.topic_id is not None or delivery.reply_to is not None:
                await self._db.run(deliveries.leave_topic, delivery, now)
            case No.NOW:
                await self._db.run(deliveries.put_back, delivery.id, now + delay, attempts=delivery.attempts + 1)
            case No():
                state = DeliveryState.PARKED if delivery.kind in news.ENDS else DeliveryState.DROPPED
                log.warning("cannot be sent", delivery=delivery.id, chat=delivery.chat_id, why=outcome.name)
                await self._db.run(deliveries.end, delivery.id, state, outcome.name)

    def _note_flood(self, chat_id: int, now: datetime, until: datetime) -> None:
        self._floods.append((now, chat_id))
        if len({chat for at, chat in self._floods if now - at <= FLOOD_SPAN}) >= FLOOD_CHATS:
            self.quiet_until = until


def retry_delay(delivery: Delivery) -> timedelta:
    """How long to wait before the next try."""
    return timedelta(seconds=RETRY_DELAYS[min(delivery.attempts, len(RETRY_DELAYS) - 1)])


def _points_of(kind: DeliveryKind) -> tuple[Point, Point]:
    if kind in news.ENDS:
        return Point.END_TO_BE_SENT, Point.END_SENT
    if kind is DeliveryKind.STATUS:
        return Point.STATUS_TO_BE_SENT, Point.STATUS_SENT
    return Point.WORDS_TO_BE_SENT, Point.WORDS_SENT
