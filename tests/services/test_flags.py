"""Which picture goes to which flag."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import PicturesTrouble, PicturesUnfit
from domain.task import Attached, PictureId, Role
from midjourney.wire import with_addresses
from services.flags import attach, bare_flags, has_words, once

A, B, C = map(PictureId, "ABC")
PROMPT, STYLE, CHARACTER, OMNI = Role.PROMPT, Role.STYLE, Role.CHARACTER, Role.OMNI


@pytest.mark.parametrize(
    ("prompt", "pictures", "roles"),
    [
        ("a fox", (A, B), (PROMPT, PROMPT)),
        ("a fox --sref", (A, B), (STYLE, STYLE)),
        ("a fox --sref --ar 3:2", (A,), (STYLE,)),
        ("a fox --sref\n--ar 3:2", (A,), (STYLE,)),
        ("a fox --cref --sref", (A, B, C), (CHARACTER, STYLE, PROMPT)),
        ("a fox --sref --sref", (A, B), (STYLE, STYLE)),
        ("a fox --oref https://a.example/b.png --cref", (A,), (CHARACTER,)),
        ("a fox --sref random", (A,), (PROMPT,)),
        ("a fox --sref 123", (A,), (PROMPT,)),
        ("a--sref", (A,), (PROMPT,)),
        ("a fox --srefs", (A,), (PROMPT,)),
        ("a fox", (), ()),
    ],
)
def test_what_each_picture_is_for(prompt: str, pictures: tuple[PictureId, ...], roles: tuple[Role, ...]) -> None:
    assert attach(prompt, pictures) == tuple(
        Attached(picture=one, role=role) for one, role in zip(pictures, roles, strict=True)
    )


@pytest.mark.parametrize(
    ("prompt", "pictures", "flag"),
    [("a --sref", (), "--sref"), ("a --cref --oref", (A,), "--oref"), ("--sref --cref --oref", (), "--sref")],
)
def test_a_flag_that_wants_a_picture_in_vain(prompt: str, pictures: tuple[PictureId, ...], flag: str) -> None:
    with pytest.raises(PicturesUnfit) as caught:
        attach(prompt, pictures)
    assert (caught.value.why, caught.value.word) == (PicturesTrouble.FLAG, flag)


def test_the_second_of_two_equal_flags_goes() -> None:
    assert once("a --sref --ar 3:2 --sref") == "a --sref --ar 3:2"
    assert once("a  b --sref") == "a  b --sref"  # what is as it should be stays as it was written
    assert once("a --sref --cref") == "a --sref --cref"


def test_words_are_what_stands_before_the_flags() -> None:
    assert has_words("a fox --sref")
    assert has_words("a-b")
    for none in ("", "  ", "--sref", " --ar 3:2 --sref"):
        assert not has_words(none)


PIECES = st.lists(
    st.sampled_from(
        ["a fox", "--sref", "--cref", "--oref", "--sref https://a.example/b", "--ar 3:2", "\n", "--no x", "—", "--"]
    ),
    max_size=8,
)


@given(pieces=PIECES, number=st.integers(0, 5))
def test_no_bare_flag_is_left_when_the_addresses_are_in(pieces: list[str], number: int) -> None:
    prompt = once(" ".join(pieces).strip())
    pictures = tuple(PictureId(f"P{place}") for place in range(number))
    try:
        attached = attach(prompt, pictures)
    except PicturesUnfit:
        assert len(bare_flags(prompt)) > number
        return
    assert tuple(one.picture for one in attached) == pictures
    referenced = [one for one in attached if one.role is not Role.PROMPT]
    addresses = [f"https://up.example/{one.picture}" for one in referenced]
    sent = with_addresses(prompt, referenced, addresses)
    assert not bare_flags(sent)
    assert all(sent.count(address) == 1 for address in addresses)
