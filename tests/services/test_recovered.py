"""A start after the clock was set: what was put off for seconds does not wait for hours."""

from datetime import timedelta

import pytest

from domain.delivery import DeliveryKind
from domain.verdict import Reason, Refused
from services import life, news
from storage import deliveries
from tests.services.house import NOON, House, accepted


@pytest.mark.parametrize("hours", [-48, -1, 0, 1, 48])
async def test_after_the_clock_was_set_all_goes_on_within_ten_minutes(house: House, hours: int) -> None:
    drawing = await house.imagine()
    await house.submit(drawing, accepted("r1"))
    waiting = await house.imagine()
    await house.submit(waiting, Refused(reason=Reason.BUSY, busy=True))
    (status, *_others) = await house.run(deliveries.claim_due, house.now, room=1, busy_chats=())
    await house.run(news.went_wrong, status, house.now, timedelta(seconds=60))
    house.now = NOON + timedelta(hours=hours)
    await house.run(life.recover, house.now)
    house.pass_time(600)
    assert waiting in await house.take()
    task = await house.task(drawing)
    assert task.due_at is not None
    assert task.due_at <= house.now
    again = await house.run(deliveries.claim_due, house.now, room=1, busy_chats=())
    assert [one.kind for one in again] == [DeliveryKind.STATUS]
