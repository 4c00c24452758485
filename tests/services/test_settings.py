"""Choosing: who may, for what, and what holds then."""

from dataclasses import replace

import pytest

from domain import errors
from domain.options import VALUES, Layer, Option
from domain.requester import Requester
from domain.sheet import Where
from services import choices, preferences, settings
from services.choices import Scope
from tests.services.house import ANNA, BEN, GROUP, OPEN, House, in_group

ADMIN = replace(in_group(ANNA), is_admin=True, topic_id=17)
MEMBER = replace(in_group(BEN), is_admin=False, topic_id=17)
RULES = replace(OPEN, modes=VALUES[Option.MODE])


async def holds(house: House, who: Requester, where: Where, option: Option) -> tuple[str | None, Layer]:
    line = (await house.run(settings.sheet, who, where, RULES, house.now)).line(option)
    return line.chosen.value, line.chosen.layer


async def choose(house: House, who: Requester, where: Where, option: Option, value: str) -> None:
    await house.run(settings.choose, who, where, option, value, RULES, house.now)


@pytest.mark.parametrize(
    ("who", "where", "ends"),
    [
        (MEMBER, Where.CHAT, errors.AdminsOnly),
        (MEMBER, Where.TOPIC, errors.AdminsOnly),
        (in_group(BEN), Where.CHAT, errors.RoleUnknown),
        (MEMBER, Where.OWN, errors.NotHere),  # a page of one's own is in private
        (ANNA, Where.CHAT, errors.NotHere),
        (replace(ADMIN, topic_id=None), Where.TOPIC, errors.NotHere),
    ],
)
async def test_what_is_not_ones_own_is_not_shown_nor_chosen(
    house: House, who: Requester, where: Where, ends: type[Exception]
) -> None:
    with pytest.raises(ends):
        await house.run(settings.sheet, who, where, RULES, house.now)
    with pytest.raises(ends):
        await choose(house, who, where, Option.PREVIEWS, "off")
    with pytest.raises(ends):
        await house.run(settings.let_go, who, where, Option.PREVIEWS, RULES)


async def test_each_value_of_each_option_holds_once_it_is_chosen_and_not_after(house: House) -> None:
    for where, layer in ((Where.CHAT, Layer.CHAT), (Where.TOPIC, Layer.TOPIC)):
        for option in Option:
            before = await holds(house, ADMIN, where, option)
            for value in VALUES[option]:
                await choose(house, ADMIN, where, option, value)
                assert (await holds(house, ADMIN, where, option))[1] is layer
                if option is not Option.CLOSED:
                    assert (await holds(house, ADMIN, where, option))[0] == value
            await house.run(settings.let_go, ADMIN, where, option, RULES)
            assert await holds(house, ADMIN, where, option) == before


async def test_a_topic_begins_with_what_its_chat_has_closed(house: House) -> None:
    await choose(house, ADMIN, Where.CHAT, Option.CLOSED, "edit")
    assert await holds(house, ADMIN, Where.TOPIC, Option.CLOSED) == ("edit", Layer.CHAT)
    await choose(house, ADMIN, Where.TOPIC, Option.CLOSED, "swap")
    await choose(house, ADMIN, Where.TOPIC, Option.CLOSED, "edit")
    assert await house.run(choices.closed_in, ADMIN) == {"swap"}
    assert await house.run(choices.closed_in, replace(ADMIN, topic_id=None)) == {"edit"}
    await choose(house, ADMIN, Where.TOPIC, Option.CLOSED, "swap")
    assert await house.run(choices.closed_in, ADMIN) == frozenset()  # all open, though the chat closes one


async def test_what_no_button_offers_is_not_chosen(house: House) -> None:
    for option, value in ((Option.RATIO, "--ar 99:1"), (Option.PRESSES, "members"), (Option.QUIET, "on")):
        with pytest.raises(errors.ButtonGone):
            await choose(house, ANNA, Where.OWN, option, value)
    for rules, option in ((OPEN, Option.MODE), (replace(OPEN, previews=False), Option.PREVIEWS)):
        with pytest.raises(errors.ButtonGone):
            await house.run(settings.choose, ANNA, Where.OWN, option, VALUES[option][0], rules, house.now)


async def test_parameters_are_those_of_prefer_and_no_more_than_it_takes(house: House) -> None:
    await house.run(preferences.choose_usual, ANNA, "--version 6 --no " + "x" * 475, RULES, for_chat=False)
    assert await holds(house, ANNA, Where.OWN, Option.MODEL) == ("--version 6", Layer.OWN)
    await choose(house, ANNA, Where.OWN, Option.MODEL, "--v 7")
    assert (await house.run(preferences.usual_of, ANNA)).own == f"--no {'x' * 475} --v 7"
    await choose(house, ANNA, Where.OWN, Option.RATIO, "--ar 3:2")
    with pytest.raises(errors.PromptTooLong):
        await choose(house, ANNA, Where.OWN, Option.STYLIZE, "--s 1000")


async def test_languages_are_told_to_whoever_looks_for_them(house: House) -> None:
    await choose(house, ANNA, Where.OWN, Option.LANGUAGE, "vi")
    await choose(house, ADMIN, Where.CHAT, Option.LANGUAGE, "ru")
    assert await house.run(choices.language_of, ANNA.user_id) == "vi"
    assert await house.run(choices.language_of, BEN.user_id) is None
    assert await house.run(choices.language_in, ADMIN) == "ru"
    await choose(house, ADMIN, Where.TOPIC, Option.LANGUAGE, "es")
    assert await house.run(choices.language_in, ADMIN) == "es"
    assert await house.run(choices.said, Scope(Layer.CHAT, GROUP), Option.LANGUAGE) == "ru"
