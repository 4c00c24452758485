"""The numbering of events when old ones are forgotten."""

from datetime import UTC, datetime

from sandbox.telegram.events import Events


def test_only_the_last_events_are_kept_and_their_numbers_stay():
    events = Events(now=lambda: datetime(2026, 1, 1, tzinfo=UTC), kept=3)
    for number in range(5):
        events.add("action", 1, action=str(number))
    assert [event.number for event in events.after(0)] == [3, 4, 5]
    assert [event.number for event in events.after(4)] == [5]
    assert events.after(5) == events.after(9) == []
