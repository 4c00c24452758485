"""For each answer to a submit: how often it is sent, and what the person reads. The rows are the fake provider's."""

from collections.abc import Callable

import pytest

from sandbox.midjourney.rows import SUBMITS
from sandbox.telegram.town import Person
from sandbox.telegram.views import MessageView
from tests.world import World

UNCLEAR = {
    "error after the start",
    "accepted without an id",
    "queued without an id",
    "unknown code without an id",
    "error after the charge",
    "broken",
    "unreadable",
}
TAKEN = {"accepted", "queued", "several ids", "unknown code with an id"}
BUSY = {"busy", "parent not finished", "challenge"}
TOLD = {
    "no account",
    "parent gone",
    "invalid",
    "no such path",
    "unknown action",
    "limit",
    "account",
    "no channel",
    "redirected",
}
ELSEWHERE = {"exists already"}
"""Told by stories of their own: what exists already is another picture."""


def by_row(rows: set[str]) -> list[tuple[str, str]]:
    """Each trouble of these rows; what hangs for minutes of real time has a story of its own."""
    return [(row, name) for row, names in SUBMITS for name in names if row in rows and "hang" not in name]


def posts(world: World, mark: str) -> int:
    return len(world.provider.submissions(prompt=mark))


def pictures(world: World, person: Person) -> int:
    return len(world.pictures(person.private))


async def arrive(world: World, person: Person, wanted: int) -> None:
    await world.until(lambda: pictures(world, person) >= wanted)


async def answered(world: World, person: Person, mark: str) -> MessageView:
    return await world.sees(person.private, lambda m: m.from_bot and m.id > 2 and mark in m.text, within=10)


def says(words: str) -> Callable[[MessageView], bool]:
    return lambda message: message.from_bot and words in message.text


async def ask(world: World, number: int, trouble: str) -> tuple[Person, str]:
    person, mark = world.telegram.person(f"Person {number}"), f"<{number}>"
    world.provider.trouble(trouble)
    person.private.say(person, f"/imagine a red fox {mark}")
    await world.settle()
    return person, mark


def test_every_row_has_its_end() -> None:
    assert {row for row, _names in SUBMITS} == UNCLEAR | TAKEN | BUSY | TOLD | ELSEWHERE


async def test_what_may_have_been_charged_is_sent_once_for_ever_and_said_at_once(world: World) -> None:
    world.paint_nothing()
    rows = by_row(UNCLEAR)
    asked = {}
    for number, (_row, trouble) in enumerate(rows):
        person, mark = await ask(world, number, trouble)
        asked[trouble] = person, mark
        found = trouble.startswith("accept then")
        wanted = "" if found else "no clear answer"
        told = await world.sees(person.private, says(wanted), within=3)
        assert posts(world, mark) == 1, trouble
        if not found:
            assert [button.text for button in told.buttons] == ["Submit again (may cost twice)"]
    await world.pass_time(1200, step=20)
    for trouble, (person, mark) in asked.items():
        assert posts(world, mark) == 1, trouble
        if trouble.startswith("accept then"):  # it turned up in the provider's list
            assert pictures(world, person) == 1, trouble
    assert len(rows) > 60


async def test_what_was_taken_is_sent_once_and_arrives(world: World) -> None:
    world.paint_nothing()
    for number, (row, trouble) in enumerate(by_row(TAKEN)):
        person, mark = await ask(world, number, trouble)
        wanted = 3 if row == "several ids" else 1
        await arrive(world, person, wanted)
        await world.pass_time(5)
        assert (posts(world, mark), pictures(world, person)) == (1, wanted), trouble


async def test_a_busy_provider_is_asked_again_and_the_picture_arrives(world: World) -> None:
    world.paint_nothing()
    for number, (_row, trouble) in enumerate(by_row(BUSY)):
        person, mark = await ask(world, number, trouble)
        await world.sees_picture(person.private, within=90)
        assert posts(world, mark) == 2, trouble


async def test_what_is_certainly_refused_is_told_with_the_words_given_back(world: World) -> None:
    world.paint_nothing()
    for number, (row, trouble) in enumerate(by_row(TOLD)):
        if row == "account":
            continue
        person, mark = await ask(world, number, trouble)
        told = await answered(world, person, mark)
        assert posts(world, mark) == 1, trouble
        assert not told.photo
        assert not told.buttons
        assert not any(sign in told.text.replace(mark, "") for sign in ("<", "{", "request id", "upstream_error")), told
    await world.pass_time(60, step=1)


@pytest.mark.parametrize("trouble", [name for _row, name in by_row({"account"})])
async def test_an_account_in_trouble_is_told_and_nothing_more_is_sent(trouble: str, world: World) -> None:
    person, _mark = await ask(world, 0, trouble)
    told = await world.sees(person.private, lambda m: "account" in m.text, within=10)
    assert "sk-" not in told.text
    person.private.say(person, "/imagine another")
    await world.pass_time(5)
    assert len(world.provider.submissions()) == 1
