"""Every page of `/history` fits, whatever the prompts, the buttons' names and the words that were searched for."""

from itertools import product

import pytest
from hypothesis import given

from domain.memory import Leaf, Memory
from domain.task import Blend, Edit, PictureId, Swap, TaskId, Video
from messages import callback, memories
from tests.messages.samples import EN, PROMPTS, a_task, check, entity_texts, prompts, written

LAST = 999_999_999
"""A number as long as callback data has to carry."""


def a_leaf(prompt: str, title: str = "", words: str = "", **changes: object) -> Leaf:
    tasks = [a_task(id=TaskId(LAST - number), prompt=prompt, title=title) for number in range(6)]
    shown = tuple(Memory(task=task, origin=(task,) * 4, is_whole=False) for task in tasks)
    return Leaf(memories=shown, words=words, words_id=LAST, older=TaskId(LAST), newer=TaskId(LAST))


@pytest.mark.parametrize(("prompt", "title"), list(product(PROMPTS, ("", "U1", "👨‍👩‍👧‍👦 " * 60))))
def test_every_page_fits(prompt: str, title: str) -> None:
    given_words = PROMPTS[prompt].strip()
    check(memories.leaf(a_leaf(given_words, title.strip(), " ".join(given_words.split())[:200]), EN))


@given(prompts, written.map(str.strip), written.map(str.split).map(" ".join))
def test_every_page_fits_whatever_is_written(prompt: str, title: str, words: str) -> None:
    check(memories.leaf(a_leaf(prompt, title, words), EN))


def test_the_numbers_travel_whole() -> None:
    words = memories.leaf(a_leaf("a fox"), EN)
    assert words.keyboard is not None
    *bring, newer, older = (button.callback_data for row in words.keyboard.inline_keyboard for button in row)
    assert bring == [f"hs:{LAST - number}" for number in range(6)]
    for data in (newer, older):
        number = int(str(data).split(":")[1])
        assert divmod(number, callback.WORDS_BELOW) == (LAST, LAST)


def test_a_line_tells_what_when_and_from_where_and_a_tap_copies_what_brings_it() -> None:
    grid, single = a_task(id=TaskId(3)), a_task(id=TaskId(5), title="U2")
    leaf = Leaf(memories=(Memory(task=a_task(id=TaskId(9), title="Zoom"), origin=(grid, single)),))
    words = memories.leaf(leaf, EN)
    assert words.text.splitlines() == [
        "1. a fox",
        "2026-11-21 · Zoom · /show 9",
        "🧬 Made from: /show 3 /imagine › /show 5 U2 › Zoom",
    ]
    assert entity_texts(words) == ["1.", "/show 9", "/show 3", "/show 5"]


@pytest.mark.parametrize(
    ("submission", "kind"),
    [
        (Blend(pictures=()), "/blend"),
        (Edit(prompt="x", picture=PictureId("p")), "/edit"),
        (Swap(face=PictureId("a"), target=PictureId("b")), "/swap"),
        (Video(prompt=""), "/animate"),
    ],
)
def test_what_has_no_button_is_named_by_its_command(submission: object, kind: str) -> None:
    leaf = Leaf(memories=(Memory(task=a_task(submission=submission, prompt="")),))
    assert memories.leaf(leaf, EN).text == f"1. 2026-11-21 · {kind} · /show 17"


def test_no_pictures_fit_too() -> None:
    for leaf in (Leaf(memories=()), Leaf(memories=(), words="x"), Leaf(memories=(), words="x", older=TaskId(5))):
        check(memories.leaf(leaf, EN))
    check(memories.in_private("x" * 32, EN))
    check(memories.show_help(EN))
