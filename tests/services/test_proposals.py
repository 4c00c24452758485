"""Reading results that are words, in all the shapes that providers give them, and in none."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.proposals import (
    KEYCAPS,
    LONGEST,
    MOST_DESCRIBED,
    MOST_SHORTENED,
    Weight,
    read_described,
    read_shortened,
)

FOUR = ("a red fox --ar 4:3", "fox, soft light --ar 4:3", "wildlife photo --ar 4:3", "winter study --ar 4:3")


@pytest.mark.parametrize(
    "text",
    [
        "\n\n".join(f"{n}\ufe0f\u20e3 {one}" for n, one in enumerate(FOUR, 1)),
        "\r\n\r\n".join(f"{n}\u20e3{one}" for n, one in enumerate(FOUR, 1)),
        " ".join(f"{n}\ufe0f\u20e3 {one}" for n, one in enumerate(FOUR, 1)),
        "Here they are:\n" + "\n".join(f"  {n}\ufe0f\u20e3  {one}  " for n, one in enumerate(FOUR, 1)),
        "\r\n".join(FOUR),
        "\n".join(FOUR),
        "\n\n".join(FOUR),
        "\n \n\n".join(one.replace(" ", "\n", 1) for one in FOUR),
        "\n\n".join(f"{n}\ufe0f\u20e3 {one}" for n, one in enumerate(FOUR, 1)).replace(
            "fox", "[fox](https://x.example/wiki/fox_(a)?b=c)"
        ),
        "\n".join((*FOUR, "a fifth", "a sixth")),
    ],
)
def test_four_prompts_are_found_in_every_shape(text: str) -> None:
    assert read_described(text) == FOUR


def test_a_numeral_inside_a_prompt_is_a_part_of_it() -> None:
    text = "1️⃣ a ball with a 2️⃣ on it\n\n2️⃣ another"
    assert read_described(text) == ("a ball with a 2️⃣ on it", "another")


@pytest.mark.parametrize("text", ["", "   ", "\n\n\n", "1️⃣", "1️⃣\n\n2️⃣\n\n", "## Title"])
def test_nothing_is_nothing(text: str) -> None:
    assert read_described(text) == ()


def test_a_shortened_prompt_is_read_with_its_weights() -> None:
    found = read_shortened(
        "## Important tokens\na very ~~beautiful~~ **lighthouse**, **storm**\n"
        "## Shortened prompts\n1️⃣ lighthouse, storm\n\n2️⃣ **lighthouse**"
    )
    assert found.proposals == ("lighthouse, storm", "lighthouse")
    assert [(part.text, part.weight) for part in found.weighed] == [
        ("a very ", Weight.PLAIN),
        ("beautiful", Weight.WEAK),
        (" ", Weight.PLAIN),
        ("lighthouse", Weight.HEAVY),
        (", ", Weight.PLAIN),
        ("storm", Weight.HEAVY),
    ]


def test_headings_alone_tell_the_parts_and_no_numerals_are_needed() -> None:
    found = read_shortened("## Important tokens\n**a** fox\n## Shortened prompts\nfox\n\na fox")
    assert found.proposals == ("fox", "a fox")
    assert "".join(part.text for part in found.weighed) == "a fox"


pieces = st.sampled_from([*KEYCAPS, "1\u20e3", "**", "~~", "## a", "\r\n", "\n\n", "[a](b", ")", " ", "🦊\u200d"])
texts = st.lists(pieces | st.text(max_size=20), max_size=30).map("".join)


@settings(deadline=None)
@given(texts)
def test_whatever_comes_proposals_are_clean_lines(text: str) -> None:
    described, shortened = read_described(text), read_shortened(text)
    assert len(described) <= MOST_DESCRIBED
    assert len(shortened.proposals) <= MOST_SHORTENED
    for one in (*described, *shortened.proposals):
        assert one == one.strip()
        assert 0 < len(one) <= LONGEST
        assert "\n" not in one
        assert "\x00" not in one
    assert all(part.text for part in shortened.weighed)


@given(
    st.lists(st.text(st.characters(categories=("L", "N", "Zs")), min_size=1).filter(str.strip), min_size=2, max_size=4)
)
def test_numbered_lines_are_found_again(lines: list[str]) -> None:
    text = "\n\n".join(f"{KEYCAPS[number]} {line}" for number, line in enumerate(lines))
    assert read_described(text) == tuple(" ".join(line.split()) for line in lines)


@pytest.mark.parametrize("text", ["**" * 5000, "[" * 10_000, "~~a" * 3000, "[a](" * 3000, "\n" * 10_000, "#" * 10_000])
def test_long_nonsense_is_read_at_once(text: str) -> None:
    read_described(text)
    read_shortened(text)
