"""Kills while points are held: afterwards what people have is what they had, less what was drawn, to the point."""

import asyncio
import re
import sqlite3
from contextlib import closing
from random import Random

import pytest

from domain.failpoints import Point
from sandbox.telegram.chat import Chat
from sandbox.telegram.town import Person
from tests.outside import Outside

pytestmark = pytest.mark.process

DAY, GIVEN, PRICE = 20, 100, 4


async def start(outside: Outside, day: int = DAY, failpoint: str = "") -> None:
    """With few points a day, and a short line."""
    limits = {"DAILY_POINTS_PER_USER": str(day), "MAX_RUNNING_PER_USER": "2", "BOT_FAILPOINT": failpoint}
    await outside.start(wait=True, ADMIN_USERS="10001", PREVIEWS="off", **limits)


async def says(outside: Outside, chat: Chat, person: Person, words: str) -> str:
    """What the bot answers."""
    asked = chat.say(person, words)
    answers = await outside.until(lambda: [m for m in chat.messages if m.from_bot and m.reply_to == asked.id])
    return str(answers[0].text)


async def test_limits_and_points_balance_exactly_after_kills_with_holds_open(outside: Outside) -> None:
    seed = 20261126
    chance = Random(seed)
    outside.paint_nothing()
    outside.provider.set_speed(all=0.8)
    outside.provider.fail("doomed")
    await start(outside)
    oda, ann, bob = (outside.telegram.person(name) for name in ("Oda", "Ann", "Bob"))
    for person in (ann, bob):
        assert f"has {GIVEN} given points" in await says(outside, oda.private, oda, f"/give {person.id} {GIVEN}")

    async def ask() -> None:
        for number in range(18):
            person = (ann, bob)[number % 2]
            person.private.say(person, f"/imagine {'doomed ' if number % 5 == 0 else ''}wish <{number}>")
            await asyncio.sleep(chance.uniform(0.02, 0.3))
            waiting = [m for m in person.private.messages if "Waiting in line" in m.text and m.buttons]
            if number % 6 == 5 and waiting and outside.running:
                person.private.press(person, waiting[-1].id, "Cancel")

    asking = asyncio.create_task(ask())
    for _kill in range(5):
        await asyncio.sleep(chance.uniform(0.4, 1.0))
        await outside.kill()
        await asyncio.sleep(chance.uniform(0.0, 0.2))
        await start(outside)
    await asking

    def ends(person: Person, number: int) -> bool:
        mine = [m for m in person.private.messages if m.from_bot and f"<{number}>" in m.text]
        words = ("clear answer", "Cancelled", "went wrong")
        return any(m.photo or any(one in m.text for one in words) for m in mine)

    await outside.until(lambda: all(ends((ann, bob)[number % 2], number) for number in range(18)), within=60)
    await asyncio.sleep(1.5)
    for person in (ann, bob):
        told = await says(outside, person.private, person, "/balance")
        drawn = len(outside.pictures(person.private))
        unclear = sum("clear answer" in m.text for m in person.private.messages)
        left = int(re.findall(r"(\d+) of 20 points", told)[0]) + int((re.findall(r"And (\d+) point", told) or ["0"])[0])
        assert left == DAY + GIVEN - PRICE * (drawn + unclear), (seed, told, drawn, unclear)
    await outside.stop()
    check_rows(outside, ann, bob)


def check_rows(outside: Outside, *people: Person) -> None:
    """What each has is what was given less what tasks hold, and only what is unclear is held for long."""
    with closing(sqlite3.connect(outside.folder / "bot.db")) as rows:
        sums = dict(rows.execute("select user_id, sum(points) from purse group by user_id"))
        paid = dict(
            rows.execute("select user_id, sum(given) from ledger where state in ('held', 'kept') group by user_id")
        )
        held = rows.execute(
            "select count(*) from ledger join tasks on id = task_id "
            "where ledger.state = 'held' and tasks.state != 'unclear'"
        ).fetchone()
    assert sums == {person.id: GIVEN - paid.get(person.id, 0) for person in people}
    assert held == (0,)


NOT_IN_A_WISH = {"migration", "recovery", "press", "album", "photo", "found", "adopted", "words", "seed", "stop"}
WINDOWS = [point for point in Point if not any(point.startswith(part) for part in NOT_IN_A_WISH)]


@pytest.mark.parametrize("point", WINDOWS)
async def test_points_balance_whichever_moment_it_is_killed_in(outside: Outside, point: Point) -> None:
    """Four wishes of one person, more than a day brings: two run, two hold points in line, one comes to nothing."""
    day = 6
    outside.paint_nothing()
    outside.provider.set_speed(all=0.3)
    outside.provider.fail("doomed")
    await start(outside, day)
    oda, ann = outside.telegram.person("Oda"), outside.telegram.person("Ann")
    assert f"has {GIVEN} given points" in await says(outside, oda.private, oda, f"/give {ann.id} {GIVEN}")
    await outside.stop()
    await start(outside, day, f"{point}:kill:{1 if point.startswith('updates') else 2}")
    for number in range(4):
        ann.private.say(ann, f"/imagine {'doomed ' if number == 1 else ''}wish <{number}>")
    if point is Point.UPDATES_CONFIRMED:  # the question that confirms is answered when there is something new
        await asyncio.sleep(0.5)
        oda.private.say(oda, "/help")
    await outside.died()
    await start(outside, day)

    def told_of(number: int) -> str:
        mine = [m for m in ann.private.messages if m.from_bot and f"<{number}>" in m.text]
        return " ".join("drawn" if m.photo else m.text for m in mine)

    def ends(number: int) -> bool:
        return any(word in told_of(number) for word in ("drawn", "clear answer", "went wrong"))

    await outside.until(lambda: all(ends(number) for number in range(4)), within=60)
    await outside.until(lambda: not number_of_tasks(outside, "recorded", "sending", "running"), within=10)
    for _look in range(5):  # what is unclear may turn up just now, and come to nothing
        told = await says(outside, ann.private, ann, "/balance")
        given = re.findall(r"And (\d+) point", told) or ["0"]
        left = int(re.findall(r"(\d+) of 6 points", told)[0]) + int(given[0])
        spent = number_of_tasks(outside, "succeeded", "unclear")
        if left == day + GIVEN - PRICE * spent:
            break
        await asyncio.sleep(1)
    assert left == day + GIVEN - PRICE * spent, (told, spent)
    await outside.stop()
    check_rows(outside, ann)


def number_of_tasks(outside: Outside, *states: str) -> int:
    """How many there are in these states."""
    query = f"select count(*) from tasks where state in ({', '.join('?' for _ in states)})"
    with closing(sqlite3.connect(outside.folder / "bot.db")) as rows:
        return int(rows.execute(query, states).fetchone()[0])
