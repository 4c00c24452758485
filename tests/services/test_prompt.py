"""What is done to a person's words: next to nothing."""

from contextlib import suppress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from domain.errors import PromptEmpty, PromptTooLong, Refusal
from services.prompt import LONGEST, prepare


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("a fox —ar 3:2", "a fox --ar 3:2"),
        ("a fox –ar 3:2 —v 7", "a fox --ar 3:2 --v 7"),
        ("a fox\n—no dogs", "a fox\n--no dogs"),
        ("—tile", "--tile"),
        ("a fox --ar 3:2", "a fox --ar 3:2"),
        ("light—dark", "light—dark"),
        ("day–night, 1990–1999", "day–night, 1990–1999"),
        ("a fox — quick", "a fox — quick"),
        ("a fox —3 tails", "a fox —3 tails"),
        ("a fox ——ar", "a fox ——ar"),
        ("  two  blanks\n\nand lines  ", "two  blanks\n\nand lines"),
        ("a\r\nb", "a\nb"),
        ("tab\there", "tab\there"),
        ("nul\x00 in\x1b it", "nul in it"),
        ("half \ud83e a fox", "half  a fox"),
        ("🦊 狐狸 ثعلب", "🦊 狐狸 ثعلب"),
        ("<b>not markup</b> & *stars* {braces} %s", "<b>not markup</b> & *stars* {braces} %s"),
    ],
)
def test_words_stay_as_written_but_for_dashed_flags(written: str, meant: str) -> None:
    assert prepare(written) == meant


@pytest.mark.parametrize("words", ["", " ", "\n\t", "\x00\x01", "\ud800"])
def test_no_words_are_refused(words: str) -> None:
    with pytest.raises(PromptEmpty):
        prepare(words)


def test_the_limit_is_exact_and_counts_characters() -> None:
    assert len(prepare("🦊" * LONGEST)) == LONGEST
    assert prepare(" " + "x" * LONGEST + "\n")
    with pytest.raises(PromptTooLong) as refused:
        prepare("x" * (LONGEST + 1))
    assert refused.value.limit == LONGEST


anything = st.text(st.characters(exclude_categories=()) | st.sampled_from("—–- \n\r\x00\ud800ar"), max_size=60)


@given(anything)
@example("\x00—ar")
@example("\r\r\n")
@example("—\x00ar")
@example("\ud83e\udd8a")
def test_nothing_but_a_refusal_is_ever_raised_and_twice_is_once(words: str) -> None:
    with suppress(Refusal):
        prompt = prepare(words)
        assert prepare(prompt) == prompt
        assert prompt.encode()  # fit to be sent
        assert "\x00" not in prompt
