"""What is left, what was given, how long it takes: whole sentences, no finer than anybody knows."""

from datetime import timedelta

import pytest

from messages import points as view
from messages import spans
from messages.task import status
from tests.messages.samples import EN, NOON, TASK, check

PRICES = (4, 2, 16)


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (1, "Ready in less than a minute."),
        (60, "Ready in about 1 minute."),
        (61, "Ready in about 2 minutes."),
        (7199, "Ready in about 120 minutes."),
        (7200, "Ready in about 2 hours."),
        (86400, "Ready in about 24 hours."),
    ],
)
def test_an_estimate_is_no_finer_than_it_is_known(seconds: float, said: str) -> None:
    assert spans.ready_in(timedelta(seconds=seconds), EN) == said


def test_a_status_tells_an_estimate_where_there_is_one() -> None:
    known = status(TASK, place=2, now=NOON, locale=EN, ready_in=timedelta(minutes=3))
    assert known.text.startswith("⏳ Waiting in line: place 2. Ready in about 3 minutes.\n")
    assert "Ready" not in status(TASK, place=2, now=NOON, locale=EN).text
    check(known)


def test_a_balance_tells_what_is_limited_and_nothing_else() -> None:
    wait = timedelta(hours=3, minutes=4)
    words = view.balance((0, None), (0, None), (), given=0, prices=PRICES, opens_in=wait, locale=EN)
    assert words.text == "There is no daily limit here: ask for as much as you like."
    words = view.balance((5, 1), (0, None), (), given=0, prices=PRICES, opens_in=wait, locale=EN)
    assert words.text == "You have left today: 1 of 5 pictures\nIt opens again in 3 h 4 min."
    chat = ((9, 9), (50, 0))
    words = view.balance((0, None), (20, 3), chat, given=1, prices=PRICES, opens_in=wait, locale=EN)
    assert words.text.splitlines() == [
        "You have left today: 3 of 20 points",
        "This chat: 9 of 9 pictures, 0 of 50 points",
        "It opens again in 3 h 4 min.",
        "🎁 And 1 point that was given to you; it waits until the day's are used up.",
        "Points: 4 for a picture, 2 for a large one, 16 for a video.",
    ]
    check(words)


@pytest.mark.parametrize("name", ["Ann", "🦊" * 200, "<b>{who}</b> %s"])
def test_a_gift_is_told_whatever_the_name(name: str) -> None:
    check(view.gave(name, 50, 50, 50, EN))
    taken = view.gave(name, -1, -9, 0, EN)
    check(taken)
    assert "There were no more." in taken.text
    assert view.gave("Ann", 0, -9, 0, EN).text == "There were no more. Ann has 0 given points now."
    check(view.give_help(EN))
