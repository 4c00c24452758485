"""The look at a prompt before it is paid for: plain ones pass, and what is repaired has nothing wrong any more."""

import re
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.doubt import BadRatio, NoValue, OutOfRange, UnknownFlag, UnknownVersion
from domain.task import BotType
from services.care import MOST_PICTURES, expand, look
from services.parameters import KNOWN, bot_of, flags_of

FINE = (
    "a fox",
    "a fox -- in the snow — or not - yes",
    "a--b c--ar 0:1",
    "a sign that says {hello} and {a\\, b}",
    "{ } {{ }} { a",
    "a fox --ar 3:2 --v 7 --s 250 --c 10 --w 3000 --q .5 --stop 80 --iw 2.5 --no text, {one} --tile",
    "a fox --ar 1:14 --version 6.1 --style raw --raw --seed 4294967295 --sref https://x.example/a--b.png 123 --sw 100",
    "a fox --niji",
    "a fox --niji 6 --sref random",
    "a fox --AR 16:9 --V 6",
    "a fox --p abc --draft --exp 20 --cref --oref",
    "--",
    "--1 2 3",
)

REPAIRS = {
    "a --ar 0:1": "a --ar 1:1",
    "a --ar 16x9": "a --ar 16:9",
    "a --ar 16/9 --tile": "a --ar 16:9 --tile",
    "a --ar 16 : 9 --tile": "a --ar 16:9 --tile",
    "a --ar 1.85:1": "a --ar 37:20",
    "a --ar 3:2, --tile": "a --ar 3:2 --tile",
    "a --ar 100:1": "a --ar 14:1",
    "a --ar 1:100": "a --ar 1:14",
    "a --ar3:2": "a --ar 3:2",
    "a --ar=3:2 b": "a --ar 3:2 b",
    "a --aspct 3:2": "a --aspect 3:2",
    "a --aspct 0:1": "a --aspect 1:1",
    "a --v 99": "a --v 7",
    "a --v 6.2": "a --v 6.1",
    "a --v6": "a --v 6",
    "a --v 6.1, --tile": "a --v 6.1 --tile",
    "a --ow 0": "a --ow 1",
    "a --v six": "a --v 7",
    "a --niji 99": "a --niji 7",
    "a --niji6": "a --niji 6",
    "a --stylze 50": "a --stylize 50",
    "a --stlye raw": "a --style raw",
    "a --tile, --s 5000": "a --tile --s 1000",
    "a --c -5": "a --c 0",
    "a --w 3001 --stop 1 --iw 4 --q 9": "a --w 3000 --stop 10 --iw 3 --q 4",
    "a --s 50% --no b": "a --s 50 --no b",
    "a --caos 101": "a --chaos 100",
}


@pytest.mark.parametrize("prompt", FINE)
def test_what_is_as_it_should_be_gets_no_question(prompt: str) -> None:
    assert look(prompt) is None


@pytest.mark.parametrize("prompt", REPAIRS)
def test_an_obvious_repair_is_offered(prompt: str) -> None:
    doubt = look(prompt)
    assert doubt is not None
    assert doubt.repaired == (REPAIRS[prompt],)
    assert doubt.expanded == (prompt,)
    assert look(doubt.repaired[0]) is None
    assert doubt.repair
    assert all(part in REPAIRS[prompt] for part in doubt.repair.split())


def test_what_is_wrong_is_told_as_facts() -> None:
    doubt = look("a --qwxyz 1 --ar wide --v 99 --s 5000 --w --aspct 3:2")
    assert doubt is not None
    assert doubt.concerns == (
        UnknownFlag(flag="--qwxyz", nearest=""),
        BadRatio(value="wide", nearest=""),
        UnknownVersion(flag="--v", value="99", nearest="7"),
        OutOfRange(flag="--s", value="5000", low="0", high="1000", nearest="1000"),
        NoValue(flag="--w"),
        UnknownFlag(flag="--aspct", nearest="--aspect"),
    )
    assert not doubt.repaired  # some of it is nobody's guess


@pytest.mark.parametrize(
    ("prompt", "expanded"),
    [
        ("a {red, blue} fox", ("a red fox", "a blue fox")),
        ("{a,b} {c,d}", ("a c", "a d", "b c", "b d")),
        ("{a, {b, c}}", ("a", "b", "c")),
        ("a fox --ar {3:2, 1:1}", ("a fox --ar 3:2", "a fox --ar 1:1")),
        ("a {x\\, y, z}", ("a x, y", "a z")),
        ("a fox{, --tile}", ("a fox", "a fox--tile")),
        ("a fox --repeat 3", ("a fox",) * 3),
        ("a fox --r 2 --ar 3:2", ("a fox --ar 3:2",) * 2),
        ("{a,b} --REPEAT 2", ("a", "a", "b", "b")),
        ("{a,b} --repeat 6", ()),
        ("a --repeat 11", ()),
        ("{a,b}" * 60, ()),
        ("{" * 6000, ("{" * 6000,)),
        ("{a," * 2000, ("{a," * 2000,)),
    ],
)
def test_permutations_and_repeats_are_written_out(prompt: str, expanded: Sequence[str]) -> None:
    assert expand(prompt) == expanded
    doubt = look(prompt)
    if expanded == (prompt,):
        assert doubt is None
    else:
        assert doubt is not None
        assert doubt.expanded == expanded
        assert doubt.too_many is not bool(expanded)


def test_each_of_several_is_looked_at_and_repaired() -> None:
    doubt = look("a {red, blue} fox --ar {0:1, 3:2} --repeat 2")
    assert doubt is not None
    assert doubt.concerns == (BadRatio(value="0:1", nearest="1:1"),)
    assert len(doubt.expanded) == 8
    assert doubt.repaired[:4] == ("a red fox --ar 1:1",) * 2 + ("a red fox --ar 3:2",) * 2


def test_niji_is_the_other_model() -> None:
    assert bot_of("a fox --niji") is BotType.NIJI
    assert bot_of("a fox --niji 6 --ar 3:2") is BotType.NIJI
    assert bot_of("a niji fox--niji --nijia") is BotType.MIDJOURNEY


words = st.text(st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from("-—{ ,:\n"), max_size=80)
flags = st.builds(
    "--{}{}{}".format,
    st.sampled_from(sorted(KNOWN)) | st.from_regex(r"[A-Za-z][A-Za-z_-]{0,9}", fullmatch=True),
    st.sampled_from(["", " ", " ", "=", "  "]),
    st.from_regex(r"[0-9]{1,9}([.:x/][0-9]{0,9})?[,;%]?", fullmatch=True) | words | st.just(""),
)


@given(words.filter(lambda text: "{" not in text and not re.search(r"(?<!\S)--[A-Za-z]", text)))
def test_a_plain_prompt_never_gets_a_question(prompt: str) -> None:
    assert look(prompt) is None


@settings(deadline=None)
@given(st.lists(words | flags, max_size=8).map(" ".join))
def test_whatever_is_written_is_looked_at_and_what_is_repaired_is_right(prompt: str) -> None:
    doubt = look(prompt)
    if doubt is None:
        assert expand(prompt) == (prompt,)
        return
    assert doubt.too_many or 0 < len(doubt.expanded) <= MOST_PICTURES
    assert bool(doubt.repaired) == bool(doubt.repair)
    for repaired in doubt.repaired:
        again = look(repaired)
        assert again is None or not again.concerns


@settings(deadline=None)
@given(st.lists(words | flags, max_size=8).map(" ".join))
def test_the_parameters_stand_where_they_are_said_to(prompt: str) -> None:
    for flag in flags_of(prompt):
        assert prompt[flag.start : flag.end] == f"--{flag.name}{flag.glued}"
        assert prompt[flag.end :].startswith(flag.after)


@given(st.text(st.sampled_from("{},\\ab "), max_size=60))
def test_braces_of_any_shape_come_to_an_end(prompt: str) -> None:
    assert len(expand(prompt)) <= MOST_PICTURES
