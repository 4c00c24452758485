"""The words that go with videos."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.task import Task
from messages import films as view
from messages.keyboard import keyboard
from messages.locale import locale_for
from tests.messages.samples import a_button, a_task, check

EN = locale_for("en")
U1 = a_button(1, "MJ::JOB::video_virtual_upscale::1::u", "U1")
REROLL = a_button(2, "MJ::JOB::reroll::0::u::SOLO", emoji="🔄")


def videos(*addresses: str, prompt: str = "a fox") -> Task:
    return a_task(videos=addresses, prompt=prompt)


def test_only_buttons_that_are_there_are_spoken_of() -> None:
    assert "U1" in view.below((), EN, keyboard([U1, REROLL], EN)).text
    assert "U1" not in view.below((), EN, keyboard([REROLL], EN)).text
    assert "U1" not in view.below((), EN, None).text


@pytest.mark.parametrize("unclear", [False, True])
@given(st.lists(st.text("ab/.:", min_size=1, max_size=3000), min_size=1, max_size=8), st.text(max_size=3000))
def test_addresses_of_any_length_fit(unclear: bool, addresses: list[str], prompt: str) -> None:
    task = videos(*addresses, prompt="".join(prompt.split()))
    words = view.links(task, mode="", late=True, locale=EN, keyboard=keyboard([U1], EN), unclear=unclear)
    check(words)
    assert ("could not bring" in words.text) is not unclear
    check(view.below(addresses, EN, keyboard([U1], EN)))
