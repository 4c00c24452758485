"""An end comes at least once, and there is at most one extra copy of it."""

from collections.abc import Callable

import pytest
from telegram.error import BadRequest, NetworkError, TelegramError

from domain.delivery import Delivery, DeliveryKind, DeliveryState, Form, Kept
from domain.task import TaskId
from storage import deliveries
from storage.database import Database
from tests.clock import MovedClock
from tests.storage.rows import delivery_row, owe, record
from workers.dispatch import Dispatch
from workers.ends import Ends
from workers.post import Plan, Sent

LOST = NetworkError("reset while reading")
GONE = BadRequest("message to edit not found")
SAME = BadRequest("message is not modified")


class Story:
    """One result, a chat that does what the test says, and what was done there."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self.clock = MovedClock()
        self.ends = Ends(db, Dispatch(db, self.clock, lambda: None), self.clock)
        self.done: list[str] = []
        self.answers: list[TelegramError | None] = []
        self.task_id = TaskId(0)
        self.key = 0

    async def begin(self, *, status: bool = True) -> None:
        now = self.clock.now()
        self.task_id = await self.db.run(record)
        if status:
            key = await self.db.run(owe, DeliveryKind.STATUS, task_id=self.task_id, now=now)
            await self.claim()
            await self.db.run(deliveries.settle, key, now=now, message_id=50, shows="text")
        self.key = await self.db.run(owe, DeliveryKind.RESULT, task_id=self.task_id, now=now)

    async def claim(self) -> tuple[Delivery, ...]:
        return await self.db.run(deliveries.claim_due, self.clock.now(), room=10, busy_chats=())

    async def bring(self, *answers: TelegramError | None) -> None:
        """One round, in which the calls are answered like this."""
        self.answers = list(answers)
        (delivery,) = [one for one in await self.claim() if one.kind is DeliveryKind.RESULT]

        async def send(_plan: Plan) -> Sent:
            return self._answered("sent", 60)

        async def put(message_id: int, _shows: str, _plan: Plan) -> Sent:
            return self._answered(f"put into {message_id}", message_id)

        await self.ends.bring(delivery, self.task_id, send, put)
        assert self.answers == []
        self.clock.advance(60)

    def _answered(self, what: str, message_id: int) -> Sent:
        self.done.append(what)
        if (error := self.answers.pop(0)) is not None:
            raise error
        return Sent(message_id, (Kept("file", Form.PHOTO),))

    async def state(self) -> tuple[str, int | None]:
        row = await delivery_row(self.db, self.key)
        return row.state, row.message_id


@pytest.fixture
def story(db: Database) -> Story:
    return Story(db)


async def test_it_comes_as_a_message_of_its_own(story: Story) -> None:
    await story.begin()
    await story.bring(None)
    assert story.done == ["sent"]
    assert await story.state() == (DeliveryState.SETTLED, 60)


async def test_what_may_have_arrived_is_put_into_the_status_message(story: Story) -> None:
    await story.begin()
    await story.bring(LOST)
    await story.bring(None)
    assert story.done == ["sent", "put into 50"]
    assert await story.state() == (DeliveryState.SETTLED, 50)
    assert await story.claim() == ()  # and it is not taken away


async def test_putting_it_there_may_be_repeated_as_often_as_needed(story: Story) -> None:
    await story.begin()
    await story.bring(LOST)
    for _ in range(5):
        await story.bring(LOST)
    await story.bring(SAME)
    assert story.done == ["sent"] + ["put into 50"] * 6
    assert await story.state() == (DeliveryState.SETTLED, 50)


async def test_without_a_status_message_there_is_one_more_copy_and_never_a_third(story: Story) -> None:
    await story.begin(status=False)
    await story.bring(LOST)
    await story.bring(LOST)
    await story.bring()
    assert story.done == ["sent", "sent"]
    assert await story.state() == (DeliveryState.SETTLED, None)


async def test_where_the_status_message_has_gone_it_is_sent_once_more(story: Story) -> None:
    await story.begin()
    await story.bring(LOST)
    await story.bring(GONE, None)
    assert story.done == ["sent", "put into 50", "sent"]
    assert await story.state() == (DeliveryState.SETTLED, 60)


async def test_an_edit_is_no_copy_so_one_more_is_sent_where_the_edited_message_has_gone(story: Story) -> None:
    """Only one message was ever sent, perhaps: "it may have arrived twice" is not true, and nobody has the picture."""
    await story.begin()
    await story.bring(LOST)
    await story.bring(LOST)
    await story.bring(GONE, None)
    assert story.done == ["sent", "put into 50", "put into 50", "sent"]
    assert await story.state() == (DeliveryState.SETTLED, 60)


@pytest.mark.parametrize("refused", ["bot was kicked", "photo_invalid_dimensions"])
async def test_what_cannot_be_sent_is_kept(story: Story, refused: str) -> None:
    await story.begin()
    answers: Callable[[], list[TelegramError | None]] = lambda: [BadRequest(refused) for _ in range(4)]  # noqa: E731
    await story.bring(*answers())
    assert (await story.state())[0] == DeliveryState.PARKED
