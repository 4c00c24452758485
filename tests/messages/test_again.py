"""Words given back as commands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.task import Answer, Blend, Describe, Edit, Imagine, Motion, Press, RemoteId, Shorten, Submission, Video
from messages import again as view
from messages.locale import locale_for
from tests.messages.samples import a_task, check

ENGLISH = locale_for("en")
PRESS = Press(parent=RemoteId("1"), custom_id="MJ::JOB::upsample::1::u")


@pytest.mark.parametrize(
    ("submission", "command"),
    [
        (Imagine(prompt="a fox"), "/imagine@bot a fox"),
        (PRESS, "/imagine@bot a fox"),
        (Answer(window=RemoteId("1"), prompt="x"), "/imagine@bot a fox"),
        (Shorten(prompt="a fox"), "/shorten@bot a fox"),
        (Edit(prompt="a fox", picture="p"), "/edit@bot a fox"),  # type: ignore[arg-type]
        (Video(prompt="a fox"), "/animate@bot a fox"),
        (Video(prompt="a fox", motion=Motion.HIGH, loop=True), "/animate@bot high loop a fox"),
    ],
)
def test_each_kind_has_its_command(submission: Submission, command: str) -> None:
    words = view.change(a_task(submission=submission, prompt="a fox"), "bot", ENGLISH)
    assert words.text.splitlines()[1] == command
    (copied,) = words.entities
    assert (copied.type, copied.length) == ("code", len(command))


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=6000))
def test_whatever_the_words_are_telegram_takes_them(prompt: str) -> None:
    check(view.change(a_task(submission=Edit(prompt=prompt, picture="p"), prompt=prompt), "bot", ENGLISH))  # type: ignore[arg-type]


def test_what_had_no_words_has_none_to_change() -> None:
    assert not view.has_words(a_task(submission=Blend(pictures=()), prompt=""))
    assert not view.has_words(a_task(submission=Describe(picture="p"), prompt=""))  # type: ignore[arg-type]
    assert not view.has_words(a_task(submission=PRESS, prompt=" "))
    assert view.has_words(a_task(submission=PRESS, prompt="a fox"))
