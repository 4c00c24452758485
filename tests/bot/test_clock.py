"""The clock: real time while nothing is wrong with it, and no leaps when somebody sets it."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.clock import FOLLOWING, SystemClock


class Machine:
    """A machine whose clock can be set while its seconds go on."""

    def __init__(self) -> None:
        self.wall = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
        self.seconds = 1000.0

    def goes_on(self, seconds: float) -> None:
        self.seconds += seconds
        self.wall += timedelta(seconds=seconds)

    def clock(self) -> SystemClock:
        return SystemClock(wall=lambda: self.wall, passed=lambda: self.seconds)


def test_it_is_the_machines_while_nothing_is_wrong_with_that() -> None:
    machine = Machine()
    clock = machine.clock()
    for seconds in (0.0, 0.001, 3, 3600, 86400):
        machine.goes_on(seconds)
        assert clock.now() == machine.wall


@pytest.mark.parametrize("hours", [-24, -1, 1, 24])
def test_a_clock_that_is_set_is_followed_slowly_and_never_backwards(hours: int) -> None:
    machine = Machine()
    clock = machine.clock()
    before = clock.now()
    machine.wall += timedelta(hours=hours)
    for _second in range(600):
        machine.goes_on(1)
        now = clock.now()
        assert timedelta(seconds=1 - FOLLOWING) <= now - before <= timedelta(seconds=1 + FOLLOWING)
        before = now
    machine.goes_on(abs(hours) * 3600 / FOLLOWING)
    assert clock.now() == machine.wall


def test_many_looks_in_one_moment_do_not_make_it_faster() -> None:
    machine = Machine()
    clock = machine.clock()
    machine.wall += timedelta(hours=1)
    first = clock.now()
    for _look in range(1000):
        assert clock.now() == first


def test_the_real_one_tells_the_time() -> None:
    assert abs(SystemClock().now() - datetime.now(UTC)) < timedelta(seconds=5)
