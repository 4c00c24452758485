"""Telegram's limits are kept whatever is asked, and the more urgent finds room."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.pacer import (
    BURST,
    MINUTE,
    MOST_EVERYWHERE,
    MOST_IN_A_BURST,
    MOST_IN_A_MINUTE,
    SECOND,
    Pacer,
    Window,
)
from domain.delivery import Priority
from tests.clock import MovedClock

GROUP, ANN = -100, 7


class Line:
    """A Telegram that answers when it is told to."""

    def __init__(self) -> None:
        self.clock = MovedClock()
        self.pacer = Pacer(self.clock)
        self.came: list[tuple[datetime, int]] = []

    async def send(self, chat_id: int, endpoint: str = "sendMessage", takes: float = 0) -> None:
        async def call() -> bool:
            self.came.append((self.clock.now(), chat_id))
            if takes:
                await self.clock.sleep(takes)
            return True

        await self.pacer.process_request(call, (), {}, endpoint, {"chat_id": chat_id}, None)

    def ready_in(self, chat_id: int, priority: Priority, expected: int = 0) -> float:
        now = self.clock.now()
        return (self.pacer.ready_at(chat_id, priority, now, expected=expected) - now).total_seconds()


@pytest.fixture
def line() -> Line:
    return Line()


async def test_one_chat_gets_a_short_burst_and_then_waits(line: Line) -> None:
    for _time in range(MOST_IN_A_BURST):
        assert line.ready_in(ANN, Priority.ANSWER) == 0
        await line.send(ANN)
    assert line.ready_in(ANN, Priority.ANSWER) == BURST.total_seconds()
    assert line.ready_in(ANN + 1, Priority.ANSWER) == 0  # another's chat is another's
    line.clock.advance(2)
    assert line.ready_in(ANN, Priority.RESULT) == BURST.total_seconds() - 2


async def test_an_album_counts_for_what_it_holds_and_waits_until_all_of_it_fits(line: Line) -> None:
    async def call() -> bool:
        return True

    now = line.clock.now()
    assert line.pacer.ready_at(ANN, Priority.RESULT, now, messages=4) == now
    album = {"chat_id": ANN, "media": ["a", "b", "c", "d"]}
    await line.pacer.process_request(call, (), {}, "sendMediaGroup", album, None)
    assert line.ready_in(ANN, Priority.RESULT) == 0  # a fifth fits into the burst
    assert line.pacer.ready_at(ANN, Priority.RESULT, now, messages=2) == now + BURST
    await line.send(ANN)
    assert line.ready_in(ANN, Priority.ANSWER) == BURST.total_seconds()


async def test_what_takes_a_message_away_never_waits(line: Line) -> None:
    for _time in range(30):
        await line.send(GROUP, "deleteMessage")
        await line.send(GROUP, "setMessageReaction")
        await line.send(GROUP, "sendChatAction")
        await line.send(GROUP, "answerCallbackQuery")
    assert line.ready_in(GROUP, Priority.PROGRESS) == 0
    for _time in range(MOST_IN_A_BURST):
        await line.send(GROUP)
    assert line.ready_in(GROUP, Priority.TIDYING) == 0


async def spend(line: Line, count: int) -> None:
    """Messages to the group, spread so that no burst counts."""
    for _time in range(count):
        await line.send(GROUP)
        line.clock.advance(2)


async def test_in_a_groups_minute_the_urgent_finds_room_when_the_cosmetic_does_not(line: Line) -> None:
    order = [Priority.PROGRESS, Priority.ANSWER, Priority.RESULT]
    waits = []
    for _sent in range(MOST_IN_A_MINUTE + 1):
        waits.append([line.ready_in(GROUP, priority) > 0 for priority in order])
        await spend(line, 1)
    first_wait = [next(sent for sent, wait in enumerate(waits) if wait[place]) for place in range(3)]
    assert first_wait == [10, 14, 18]
    assert line.ready_in(ANN, Priority.PROGRESS) == 0


async def test_edits_count_like_messages(line: Line) -> None:
    for _time in range(MOST_IN_A_MINUTE):
        await line.send(GROUP, "editMessageText")
        line.clock.advance(2)
    assert line.ready_in(GROUP, Priority.RESULT) > 0


async def test_where_ends_are_expected_room_is_kept_for_them(line: Line) -> None:
    assert not line.pacer.is_short(GROUP, line.clock.now(), expected=5)
    assert line.pacer.is_short(GROUP, line.clock.now(), expected=14)
    assert line.ready_in(GROUP, Priority.PROGRESS, expected=10) >= 0
    await spend(line, 7)
    assert line.pacer.is_short(GROUP, line.clock.now(), expected=7)
    assert line.ready_in(GROUP, Priority.PROGRESS, expected=3) > 0
    assert line.ready_in(GROUP, Priority.RESULT, expected=20) == 0


async def test_an_acknowledgement_in_a_group_is_never_held_back_as_a_reaction_can_stand_for_it(line: Line) -> None:
    await spend(line, MOST_IN_A_MINUTE)
    assert line.ready_in(GROUP, Priority.ACKNOWLEDGEMENT) == 0
    assert line.pacer.is_short(GROUP, line.clock.now(), expected=1)


async def test_all_chats_together_stay_below_thirty_a_second(line: Line) -> None:
    calls = [asyncio.create_task(line.send(chat_id)) for chat_id in range(1, 101)]
    while not all(call.done() for call in calls):
        await asyncio.sleep(0)
        for _turn in range(5):
            await asyncio.sleep(0)
        line.clock.advance(0.25)
    moments = [at for at, _chat in line.came]
    for at in moments:
        assert sum(at <= other < at + SECOND for other in moments) <= MOST_EVERYWHERE
    assert moments[-1] - moments[0] <= timedelta(seconds=4)
    assert line.ready_in(1000, Priority.RESULT) <= 1


async def test_what_was_let_out_at_the_same_moment_counts_already(line: Line) -> None:
    now = line.clock.now()
    cosmetic = [line.pacer.ready_at(ANN, Priority.PROGRESS, now, ahead=ahead) > now for ahead in (0, 14, 15, 24)]
    assert cosmetic == [False, False, True, True]
    assert line.pacer.ready_at(ANN, Priority.RESULT, now, ahead=24) == now
    assert line.pacer.ready_at(ANN, Priority.TIDYING, now, ahead=99) == now


async def test_a_call_that_fails_is_counted_and_its_error_let_through(line: Line) -> None:
    async def call() -> bool:
        raise RuntimeError("refused")

    for _time in range(MOST_IN_A_BURST):
        with pytest.raises(RuntimeError, match="refused"):
            await line.pacer.process_request(call, (), {}, "sendPhoto", {"chat_id": ANN}, None)
    assert line.ready_in(ANN, Priority.RESULT) > 0


async def test_what_a_run_before_has_sent_counts_on(line: Line) -> None:
    now = line.clock.now()
    line.pacer.remember([(GROUP, now - timedelta(seconds=3 * place)) for place in range(MOST_IN_A_MINUTE)])
    assert line.ready_in(GROUP, Priority.RESULT) > 0
    assert line.ready_in(GROUP, Priority.RESULT) <= MINUTE.total_seconds()


async def test_chats_that_are_quiet_take_no_memory(line: Line) -> None:
    for chat_id in range(1, 3001):
        await line.send(chat_id)
        line.clock.advance(0.1)
    assert len(line.pacer._bursts) <= 1001


moment = st.floats(0, 3)


@settings(deadline=None)
@given(st.lists(st.tuples(st.floats(0, 2), moment, st.floats(0, 1)), max_size=60))
def test_no_span_of_anybodys_clock_holds_more_than_the_window_lets_out(calls: list[tuple[float, float, float]]) -> None:
    """Each call: how long after the one before it is wished for, what it takes, and when in that time it arrives."""
    window, limit, zero = Window(timedelta(seconds=5)), 5, datetime(2026, 1, 1, tzinfo=UTC)
    at, ends, arrivals = 0.0, list[float](), list[float]()
    for gap, takes, part in calls:
        at += gap
        while True:
            for end in sorted(end for end in ends if end <= at):
                window.end(zero + timedelta(seconds=end))
                ends.remove(end)
            ready = (window.room_at(limit, zero + timedelta(seconds=at)) - zero).total_seconds()
            if ready <= at:
                break
            at = min([ready, *ends])
        window.begin()
        ends.append(at + takes)
        arrivals.append(at + takes * part)
    for first in arrivals:
        assert sum(first <= other < first + 4.999 for other in arrivals) <= limit
