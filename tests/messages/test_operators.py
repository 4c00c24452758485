"""What operators and their guests read fits Telegram, whatever names people and providers have."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest

from domain.figures import Overview, Share, Stats, Tally
from domain.guest import Guest, Standing
from domain.requester import ChatKind
from domain.task import TaskState
from messages import alert, guests, operators
from messages.words import CAPTION_LIMIT
from tests.messages.samples import EN, NOON, PROMPTS, a_task, check, units

GUEST = Guest(
    id=10**9,
    chat_id=-1_000_000_000_300,
    kind=ChatKind.GROUP,
    name="Friends",
    standing=Standing.ASKING,
    daily_limit=0,
    blocked_at=None,
    members=3,
    asked_by=7,
    asked_name="Anna",
    asked_words="/imagine a fox",
    topic_id=None,
    reply_to=11,
    language="en",
    asked_at=NOON,
    told_at=NOON,
    decided_at=None,
    decided_by=None,
    decided_name="",
)
DECIDED = {"decided_at": NOON, "decided_by": 9, "decided_name": "Boss"}
NAMES = ["", "Anna", "👨‍👩‍👧‍👦 " * 60, "ثعلب " * 100, "x" * 500, "a\nb\n\nc"]


@pytest.mark.parametrize(("name", "standing", "blocked"), list(product(NAMES, Standing, [None, NOON])))
def test_cards_and_lists_fit(name: str, standing: Standing, blocked: None) -> None:
    for kind, limit in product(ChatKind, (0, 1, 5)):
        guest = replace(GUEST, name=name, asked_name=name, standing=standing, kind=kind, daily_limit=limit)
        guest = replace(guest, blocked_at=blocked, **DECIDED)  # type: ignore[arg-type]
        for choosing in (False, True):
            check(guests.card(guest, EN, choosing=choosing))
        check(guests.people([guest] * guests.PAGE, guests.PAGE, 100, EN))
        check(guests.decided(guest, EN))


@pytest.mark.parametrize("words", [text for text in PROMPTS.values() if len(text) <= 1000])
def test_words_given_back_fit(words: str) -> None:
    for kind, limit in product(ChatKind, (0, 1)):
        check(guests.let_in(replace(GUEST, kind=kind, asked_words=words, daily_limit=limit), "imagine_bot", EN))


@pytest.mark.parametrize("standing", [None, *Standing])
def test_what_a_stranger_hears_fits_a_toast(standing: Standing | None) -> None:
    assert units(guests.not_let_in(standing, EN).text) <= 200


def test_an_empty_list_and_a_missing_number_are_told() -> None:
    check(guests.people([], 0, 0, EN))
    for command in ("block", "unblock"):
        assert f"/{command} " in guests.number_wanted(command, EN).text


def test_the_status_fits_whatever_the_provider_lacks() -> None:
    seen = Overview(
        provider="p" * 300,
        mode="relax",
        paused_since=NOON,
        key_refused=True,
        lacks={f"action {number} {'x' * 100}": NOON for number in range(100)},
        running=3,
        waiting=4,
        today=Tally(asked=10**6),
        unclear=1,
        oldest=a_task(state=TaskState.RUNNING),
        guests_waiting=2,
    )
    for one in (seen, replace(seen, key_refused=False), replace(seen, paused_since=None, oldest=None, lacks={})):
        check(operators.status(one, NOON + timedelta(minutes=5), EN))


def test_the_words_under_the_picture_of_the_days_fit() -> None:
    shares = tuple(Share(id=-(10**13), name="👨‍👩‍👧‍👦 " * 60, count=10**6) for _time in range(5))
    told = Stats(days=((date(2026, 11, 21), 3),) * 366, tally=Tally(), people=shares, chats=shares)
    words = operators.stats(told, EN)
    check(words)
    assert units(words.text) <= CAPTION_LIMIT


@pytest.mark.parametrize("about", ["account", "redirected", "unclear", "disk", "set aside", "else"])
def test_alerts_and_their_ends_fit(about: str) -> None:
    body = {"alert": about, "provider": "p" * 300, "count": 2, "update": 10**9, "said": "🦊" * 400, "megabytes": 3}
    for one in (body, {"alert": about, "provider": "p"}, body | {"over": True}):
        check(alert.alert(one, EN))
    check(alert.let_go(3, EN))


def test_the_commands_are_ones_that_telegram_takes() -> None:
    for name, text in operators.commands(EN).items():
        assert name.isascii()
        assert 1 <= len(name) <= 32
        assert 1 <= len(text) <= 256
