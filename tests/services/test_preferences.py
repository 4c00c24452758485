"""What is preferred is added where a prompt says nothing of the kind, and changes nothing else."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain import errors
from services import preferences
from services.parameters import KNOWN, family_of, flags_of
from services.preferences import join
from tests.services.house import ANNA, BEN, House, in_group

flags = st.builds("--{} {}".format, st.sampled_from(sorted(KNOWN)), st.from_regex(r"[a-z0-9:]{1,6}", fullmatch=True))
several = st.lists(flags, max_size=6).map(" ".join)


@settings(deadline=None)
@given(st.text(max_size=40).map(str.strip), several, several)
def test_the_prompt_stays_and_no_parameter_is_said_twice_by_an_addition(words: str, own: str, usual: str) -> None:
    prompt = f"{words} {own}".strip()
    joined = join(prompt, flags_of(usual))
    assert joined.startswith(prompt)
    said = {family_of(flag.name) for flag in flags_of(prompt)}
    added = [family_of(flag.name) for flag in flags_of(joined)[len(flags_of(prompt)) :]]
    assert said.isdisjoint(added)
    assert len(added) == len(set(added))
    assert said | set(added) >= {family_of(flag.name) for flag in flags_of(usual)}


@pytest.mark.parametrize(
    ("prompt", "usual", "joined"),
    [
        ("a", "--v 7", "a --v 7"),
        ("a --niji", "--v 7", "a --niji"),
        ("a --version 6", "--niji 6 --ar 1:1", "a --version 6 --ar 1:1"),
        ("a --raw", "--style raw", "a --raw"),
        ("a --fast", "--relax", "a --fast"),
        ("a --no b, c", "--no d --tile", "a --no b, c --tile"),
    ],
)
def test_what_says_the_same_is_said_once(prompt: str, usual: str, joined: str) -> None:
    assert join(prompt, flags_of(usual)) == joined


async def test_who_speaks_as_the_group_chooses_for_it_and_must_rule_there(house: House) -> None:
    nobody = replace(in_group(ANNA), user_id=in_group(ANNA).chat_id)
    with pytest.raises(errors.RoleUnknown):
        await house.run(preferences.choose_usual, nobody, "--s 5", house.rules, for_chat=False)
    with pytest.raises(errors.AdminsOnly):
        await house.run(preferences.forget_usual, replace(nobody, is_admin=False), house.rules, for_chat=False)
    ruler = replace(nobody, is_admin=True)
    await house.run(preferences.choose_usual, ruler, "--s 5", house.rules, for_chat=False)
    usual = await house.run(preferences.usual_of, in_group(BEN))
    assert (usual.own, usual.chats) == ("", "--s 5")


@pytest.mark.parametrize("name", ["", "#", "a b", "a/b", "x" * 33, "🦊", "##a"])
async def test_a_name_that_is_none_is_refused(house: House, name: str) -> None:
    with pytest.raises(errors.StyleName):
        await house.run(preferences.keep_style, ANNA, name, "dark", house.rules)


async def test_a_style_of_parameters_alone_leaves_no_hole(house: House) -> None:
    await house.run(preferences.keep_style, ANNA, "Wide", "--ar 21:9", house.rules)
    called = await house.run(preferences.with_styles, ANNA, "a #wide fox, #nothing")
    assert called == "a fox, #nothing --ar 21:9"
