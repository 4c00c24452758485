"""Who may spend; and the operator's way in, which works once."""

from dataclasses import replace

import pytest

from domain.errors import NotAllowed
from domain.requester import Requester
from domain.rules import Access, Rules
from services import access
from tests.services.house import ANNA, BEN, GROUP, NOON, OPEN, House, in_group

STRICT = (Access.APPROVAL, Access.ALLOWLIST)


async def may(house: House, requester: Requester, rules: Rules) -> bool:
    try:
        await house.run(access.check, requester, rules)
    except NotAllowed:
        return False
    return True


async def test_an_open_bot_is_open_to_all(house: House) -> None:
    assert await may(house, ANNA, OPEN)
    assert await may(house, in_group(BEN), OPEN)


@pytest.mark.parametrize("how", STRICT)
async def test_strangers_may_not_spend(house: House, how: Access) -> None:
    rules = replace(OPEN, access=how)
    assert not await may(house, ANNA, rules)
    assert not await may(house, in_group(ANNA), rules)


@pytest.mark.parametrize("how", STRICT)
async def test_named_people_and_all_in_named_groups_may(house: House, how: Access) -> None:
    rules = replace(OPEN, access=how, allowed_users=frozenset({7}), allowed_chats=frozenset({GROUP}))
    assert await may(house, ANNA, rules)
    assert not await may(house, BEN, rules)
    assert await may(house, in_group(BEN), rules)


@pytest.mark.parametrize("how", STRICT)
async def test_an_admins_own_request_counts_everywhere(house: House, how: Access) -> None:
    rules = replace(OPEN, access=how, admins=frozenset({7}))
    assert await may(house, ANNA, rules)
    assert await may(house, in_group(ANNA), rules)
    assert not await may(house, in_group(BEN), rules)


async def test_the_claim_link_makes_the_first_one_the_operator_and_works_once(house: House) -> None:
    rules = replace(OPEN, access=Access.ALLOWLIST)
    assert await house.run(access.offer_claim, "secret", rules, NOON)
    assert not await house.run(access.claim, BEN, "guess", NOON)
    assert await house.run(access.claim, ANNA, "secret", NOON)
    assert not await house.run(access.claim, BEN, "secret", NOON)
    assert await house.run(access.is_operator, ANNA.user_id, rules)
    assert not await house.run(access.is_operator, BEN.user_id, rules)
    assert await may(house, ANNA, rules)


async def test_only_the_newest_claim_link_works(house: House) -> None:
    await house.run(access.offer_claim, "old", OPEN, NOON)
    await house.run(access.offer_claim, "new", OPEN, NOON)
    assert not await house.run(access.claim, ANNA, "old", NOON)
    assert await house.run(access.claim, ANNA, "new", NOON)


async def test_no_link_is_made_where_there_is_an_operator(house: House) -> None:
    assert not await house.run(access.offer_claim, "secret", replace(OPEN, admins=frozenset({8})), NOON)
    assert not await house.run(access.claim, ANNA, "secret", NOON)
    await house.run(access.offer_claim, "first", OPEN, NOON)
    await house.run(access.claim, ANNA, "first", NOON)
    assert not await house.run(access.offer_claim, "second", OPEN, NOON)
    assert not await house.run(access.claim, BEN, "second", NOON)


async def test_a_link_of_an_earlier_start_is_void_once_operators_are_named(house: House) -> None:
    """It stands in old logs; whoever reads them must not become an operator beside the named ones."""
    await house.run(access.offer_claim, "secret", OPEN, NOON)
    await house.run(access.offer_claim, "another", replace(OPEN, admins=frozenset({8})), NOON)
    assert not await house.run(access.claim, ANNA, "secret", NOON)


async def test_a_chat_is_told_once_that_it_may_not_spend(house: House) -> None:
    assert await house.run(access.tell_once, ANNA, NOON)
    assert not await house.run(access.tell_once, ANNA, NOON)
    assert await house.run(access.tell_once, in_group(ANNA), NOON)
    assert not await house.run(access.tell_once, in_group(BEN), NOON)
