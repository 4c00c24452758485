"""One call to Telegram and what it came to, written down."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from sqlalchemy import select
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError, TimedOut

from domain.delivery import Delivery, DeliveryKind, DeliveryState
from storage import deliveries
from storage.database import Database
from storage.schema import deliveries as table
from tests.clock import MovedClock
from tests.storage.rows import owe, record
from workers.dispatch import Dispatch
from workers.outcome import Moved, No, Outcome, Perhaps, Wait
from workers.post import Plan, Sent, plan_for

Call = Callable[[Plan], Awaitable[Sent]]


class Desk:
    """A dispatch with a database and a clock of its own."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self.clock = MovedClock()
        self.token_doubts = 0
        self.dispatch = Dispatch(db, self.clock, self._doubt)

    def _doubt(self) -> None:
        self.token_doubts += 1

    async def claimed(self, kind: DeliveryKind = DeliveryKind.RESULT, chat_id: int = 7) -> Delivery:
        task_id = await self.db.run(record)
        await self.db.run(owe, kind, task_id=task_id, chat_id=chat_id, topic_id=5, reply_to=11, now=self.clock.now())
        (delivery,) = await self.claim()
        return delivery

    async def claim(self) -> tuple[Delivery, ...]:
        return await self.db.run(deliveries.claim_due, self.clock.now(), room=10, busy_chats=())

    async def state(self, delivery: Delivery) -> tuple[str, float | None]:
        """State, and seconds until it is due."""
        statement = select(table.c.state, table.c.due_at).where(table.c.id == delivery.id)
        row = await self.db.run(lambda tx: tx.execute(statement).one())
        return row.state, (row.due_at - self.clock.now()).total_seconds() if row.due_at else None

    async def comes_to(self, delivery: Delivery, outcome: Outcome) -> None:
        await self.db.run(deliveries.begin_sending, delivery.id)
        await self.dispatch.write_down(delivery, outcome)


@pytest.fixture
def desk(db: Database) -> Desk:
    return Desk(db)


def refusing(*errors: TelegramError) -> tuple[Call, list[Plan]]:
    """A call that fails so often, and the plans it was made with."""
    plans: list[Plan] = []

    async def call(plan: Plan) -> Sent:
        plans.append(plan)
        if len(plans) <= len(errors):
            raise errors[len(plans) - 1]
        return Sent(99)

    return call, plans


async def test_a_call_is_under_way_in_the_database_before_it_is_made(desk: Desk) -> None:
    delivery = await desk.claimed()

    async def call(_plan: Plan) -> Sent:
        assert (await desk.state(delivery))[0] == DeliveryState.SENDING
        return Sent(99)

    assert await desk.dispatch.attempt(delivery, plan_for(delivery), call) == Sent(99)


async def test_what_telegram_refuses_is_left_out_bit_by_bit(desk: Desk) -> None:
    delivery = await desk.claimed()
    call, plans = refusing(
        BadRequest("message to be replied not found"),
        BadRequest("BUTTON_DATA_INVALID"),
        BadRequest("can't parse entities"),
    )
    assert await desk.dispatch.attempt(delivery, plan_for(delivery), call) == Sent(99)
    seen = [(plan.reply_to, plan.buttons, plan.entities) for plan in plans]
    assert seen == [(11, True, True), (None, True, True), (None, False, True), (None, False, False)]


async def test_a_topic_that_takes_nothing_is_left_with_a_word_and_not_tried_again(desk: Desk) -> None:
    delivery = await desk.claimed()
    call, plans = refusing(BadRequest("TOPIC_CLOSED"))
    outcome = await desk.dispatch.attempt(delivery, plan_for(delivery), call)
    assert outcome is No.TOPIC
    assert len(plans) == 1
    await desk.dispatch.write_down(delivery, outcome)
    (again,) = await desk.claim()
    assert (again.id, again.topic_id, again.reply_to, again.astray) == (delivery.id, None, None, True)
    await desk.comes_to(again, No.TOPIC)
    assert (await desk.state(again))[0] == DeliveryState.PARKED


@pytest.mark.parametrize("error", [TimedOut(), NetworkError("reset"), Forbidden("blocked"), InvalidToken("no")])
async def test_what_is_unclear_or_hopeless_is_not_called_again(desk: Desk, error: TelegramError) -> None:
    delivery = await desk.claimed()
    call, plans = refusing(error)
    await desk.dispatch.attempt(delivery, plan_for(delivery), call)
    assert len(plans) == 1


async def test_words_that_are_refused_are_not_repeated_unchanged(desk: Desk) -> None:
    """A text has no plainer form: "not enough rights to send text messages" stays so however often it is asked."""
    delivery = await desk.claimed(DeliveryKind.WORDS)
    said: list[Plan] = []

    async def call(plan: Plan) -> Sent:
        said.append(plan)
        raise BadRequest("not enough rights to send text messages to the chat")

    await desk.dispatch.attempt(delivery, plan_for(delivery), call)
    assert len(said) == 1


async def test_a_flood_wait_pauses_that_chat_only(desk: Desk) -> None:
    first = await desk.claimed()
    await desk.comes_to(first, Wait(30))
    assert await desk.state(first) == (DeliveryState.DUE, 30)
    await desk.claimed(chat_id=8)  # another chat goes on
    desk.clock.advance(29)
    assert await desk.claim() == ()
    desk.clock.advance(1)
    assert [one.id for one in await desk.claim()] == [first.id]
    assert desk.dispatch.quiet_until is None


async def test_three_chats_told_to_wait_within_five_seconds_mean_all(desk: Desk) -> None:
    for number, chat_id in enumerate((7, 8, 9)):
        assert desk.dispatch.quiet_until is None, number
        await desk.comes_to(await desk.claimed(chat_id=chat_id), Wait(30))
        desk.clock.advance(2)
    assert desk.dispatch.quiet_until == desk.clock.now() + timedelta(seconds=28)


async def test_one_chat_told_to_wait_three_times_means_only_that_one(desk: Desk) -> None:
    delivery = await desk.claimed()
    for _ in range(3):
        await desk.comes_to(delivery, Wait(1))
        desk.clock.advance(1)
        await desk.claim()
    assert desk.dispatch.quiet_until is None


async def test_three_chats_told_to_wait_in_six_seconds_mean_three_chats(desk: Desk) -> None:
    for chat_id in (7, 8, 9):
        await desk.comes_to(await desk.claimed(chat_id=chat_id), Wait(30))
        desk.clock.advance(3)
    assert desk.dispatch.quiet_until is None


async def test_what_never_left_is_tried_again_ever_later(desk: Desk) -> None:
    delivery = await desk.claimed()
    waits = []
    for _ in range(8):
        await desk.comes_to(delivery, No.NOW)
        state, wait = await desk.state(delivery)
        assert state == DeliveryState.DUE
        waits.append(wait)
        desk.clock.advance(wait or 0)
        (delivery,) = await desk.claim()
    assert waits == [1, 2, 5, 10, 30, 60, 60, 60]


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        (DeliveryKind.RESULT, DeliveryState.PARKED),
        (DeliveryKind.FAILURE, DeliveryState.PARKED),
        (DeliveryKind.UNCLEAR, DeliveryState.PARKED),
        (DeliveryKind.WORDS, DeliveryState.DROPPED),
        (DeliveryKind.STATUS, DeliveryState.DROPPED),
        (DeliveryKind.KEYBOARD, DeliveryState.DROPPED),
    ],
)
async def test_in_a_chat_that_is_gone_ends_are_kept_and_the_rest_is_dropped(
    desk: Desk, kind: DeliveryKind, state: DeliveryState
) -> None:
    delivery = await desk.claimed(kind)
    await desk.comes_to(delivery, No.CHAT)
    assert await desk.state(delivery) == (state, None)


async def test_a_doubtful_token_is_told_and_the_news_waits(desk: Desk) -> None:
    delivery = await desk.claimed()
    await desk.comes_to(delivery, No.TOKEN)
    assert desk.token_doubts == 1
    assert await desk.state(delivery) == (DeliveryState.DUE, 30)


async def test_what_may_have_arrived_is_marked_so(desk: Desk) -> None:
    delivery = await desk.claimed()
    await desk.comes_to(delivery, Perhaps())
    desk.clock.advance(1)
    (again,) = await desk.claim()
    assert (again.id, again.unclear) == (delivery.id, 1)


async def test_a_chat_that_moved_gets_it_at_once_at_its_new_id(desk: Desk) -> None:
    delivery = await desk.claimed(chat_id=-7)
    await desk.comes_to(delivery, Moved(-1007))
    (again,) = await desk.claim()
    assert (again.id, again.chat_id) == (delivery.id, -1007)


async def test_the_librarys_own_flood_error_is_a_wait(desk: Desk) -> None:
    delivery = await desk.claimed()
    call, _plans = refusing(RetryAfter(12))
    assert await desk.dispatch.attempt(delivery, plan_for(delivery), call) == Wait(12.0)
