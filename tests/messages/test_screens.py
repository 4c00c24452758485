"""Every message that the bot writes fits Telegram's limits, whatever people and providers write into it."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram.constants import MessageLimit

from domain.task import Ending, Task, TaskState
from domain.verdict import PictureTrouble, Reason
from messages import help as help_views
from messages import task as view
from messages.alert import alert
from messages.words import TEXT_LIMIT, Words
from tests.messages.samples import EN, NOON, PROMPTS, a_task, check, entity_texts, prompts, units, written

LONG_NAME = "👨‍👩‍👧‍👦 " * 40
LONG_WORDS = "The provider's own words. 🦊 " * 200

STATES: Mapping[str, Mapping[str, Any]] = {
    "waiting": {"state": TaskState.RECORDED},
    "busy": {"state": TaskState.RECORDED, "busy_since": NOON - timedelta(seconds=10)},
    "sending": {"state": TaskState.SENDING},
    "accepted": {"state": TaskState.RUNNING},
    "queued": {"state": TaskState.RUNNING, "queue_place": 3},
    "drawing": {"state": TaskState.RUNNING, "progress": 46},
    "cancelled": {"state": TaskState.CANCELLED},
}
SCREENS: Mapping[str, Callable[[Task], Words]] = {
    "status": lambda task: view.status(task, place=None, now=NOON, locale=EN),
    "status in line": lambda task: view.status(task, place=4, now=NOON, locale=EN),
    "failure": lambda task: view.failure(task, EN),
    "unclear": lambda task: view.unclear(task, EN),
    "unclear, asked again": lambda task: view.unclear(task, EN, asked_again=True),
    "turned up": lambda task: view.turned_up(task, EN),
    "text result": lambda task: view.text_result(task, locale=EN),
    "link": lambda task: view.link(task, mode="turbo", late=True, locale=EN),
    "list": lambda task: help_views.task_list([task] * 25, EN),
}


def the_caption(task: Task, *, late: bool = True) -> Words:
    return view.caption(task, mode="turbo", late=late, locale=EN)


@pytest.mark.parametrize(("screen", "prompt"), list(product(SCREENS, PROMPTS)))
def test_every_screen_fits_with_every_kind_of_prompt(screen: str, prompt: str) -> None:
    for title, name, reason in product(("", LONG_NAME), ("", LONG_NAME), (None, f"provider_failed\n{LONG_WORDS}")):
        task = a_task(prompt=PROMPTS[prompt].strip(), title=title, user_name=name, reason=reason)
        check(SCREENS[screen](task))


@given(prompts, written.map(str.strip), written.map(str.strip), written, st.sampled_from(list(SCREENS)))
def test_every_screen_fits_whatever_is_written(prompt: str, title: str, name: str, said: str, screen: str) -> None:
    check(SCREENS[screen](a_task(prompt=prompt, title=title, user_name=name, reason=f"invalid\n{said}".strip())))


@given(prompts, written.map(str.strip), written.map(str.strip), st.booleans())
def test_every_caption_fits(prompt: str, title: str, name: str, late: bool) -> None:
    words = the_caption(a_task(prompt=prompt, title=title, user_name=name or "Anna"), late=late)
    check(words, limit=MessageLimit.CAPTION_LENGTH)


@pytest.mark.parametrize(("state", "prompt"), list(product(STATES, PROMPTS)))
def test_every_status_fits_under_a_preview_too(state: str, prompt: str) -> None:
    task = a_task(prompt=PROMPTS[prompt].strip(), title=LONG_NAME, **STATES[state])
    for place in (None, 1, 10_000):
        check(view.status(task, place=place, now=NOON, locale=EN), limit=MessageLimit.CAPTION_LENGTH)


def test_every_state_says_something_of_its_own() -> None:
    said = [view.status(a_task(**changes), place=None, now=NOON, locale=EN).text for changes in STATES.values()]
    said.append(view.status(a_task(), place=2, now=NOON, locale=EN).text)
    assert len(set(said)) >= len(said) - 2  # what is about to be sent and what is being sent look alike
    assert any("46%" in one for one in said)
    assert any("place 2" in one for one in said)
    assert any("3 pictures" in one for one in said)


@pytest.mark.parametrize(
    ("state", "can"), [("busy", True), ("sending", False), ("drawing", False), ("accepted", False)]
)
def test_only_what_waits_can_be_cancelled(state: str, can: bool) -> None:
    words = view.status(a_task(**STATES[state]), place=None, now=NOON, locale=EN)
    assert (words.keyboard is not None) is can


def test_a_place_in_line_can_be_given_up() -> None:
    words = view.status(a_task(), place=3, now=NOON, locale=EN)
    assert words.keyboard is not None
    assert words.keyboard.inline_keyboard[0][0].callback_data == "c:17"


def test_a_wait_of_a_few_seconds_is_not_called_busy() -> None:
    task = a_task(busy_since=NOON - timedelta(seconds=9.9))
    assert "busy" not in view.status(task, place=None, now=NOON, locale=EN).text


def test_a_caption_names_the_words_who_asked_what_was_pressed_and_the_mode() -> None:
    words = the_caption(a_task(title="U2"))
    assert words.text == "a fox\nIt arrived after all.\nU2 · Anna · turbo"
    assert entity_texts(words) == ["a fox"]
    plain = view.caption(a_task(), mode="", late=False, locale=EN)
    assert plain.text == "a fox\nAnna"


@pytest.mark.parametrize("prompt", [name for name in PROMPTS if name != "none"])
def test_a_failure_gives_the_words_back_to_be_copied(prompt: str) -> None:
    given_words = PROMPTS[prompt].strip()
    words = view.failure(a_task(prompt=given_words, reason="invalid\nno such parameter"), EN)
    back = entity_texts(words)[-1]
    assert back == given_words if units(given_words) < TEXT_LIMIT - 500 else given_words.startswith(back[:-1])


ENDINGS = (*Reason, *Ending)


@pytest.mark.parametrize("ending", ENDINGS)
def test_every_ending_has_a_sentence_with_and_without_the_providers_words(ending: str) -> None:
    bare = view.failure(a_task(reason=str(ending), prompt=""), EN).text
    told = view.failure(a_task(reason=f"{ending}\nits words\nhere", prompt=""), EN).text
    assert len(bare) > 20
    if ending not in {Reason.ACCOUNT, Reason.PICTURE}:  # those may name key or balance; these are our own
        assert "its words here" in told
    assert str(ending) not in bare.split()


CERTAINLY_NOT = {Reason.UNREACHABLE, Reason.BUSY, Reason.CHALLENGE, Reason.NOT_READY, Reason.NO_ACCOUNT}


@pytest.mark.parametrize("ending", ENDINGS)
def test_not_charged_is_said_only_where_it_is_certain(ending: str) -> None:
    said = view.failure(a_task(reason=f"{ending}\nits words"), EN).text.lower()
    assert ("charged" in said) <= (ending in CERTAINLY_NOT)


def test_endings_that_ask_for_different_things_differ() -> None:
    groups = [
        (Reason.BANNED_WORD,),
        (Reason.ACCOUNT,),
        (Reason.UNSUPPORTED, Reason.REDIRECTED),
        (Reason.PICTURE,),
        tuple(CERTAINLY_NOT),
        (Ending.PROVIDER_CANCELLED,),
        (Ending.LOST,),
        (Ending.STUCK,),
        (Reason.INVALID, Reason.LIMIT, Ending.PROVIDER_FAILED),
    ]
    said = [{view.failure(a_task(reason=str(one)), EN).text for one in group} for group in groups]
    assert [len(one) for one in said] == [1] * len(groups)
    assert len(set.union(*said)) == len(groups)
    assert {one for group in groups for one in group} == set(ENDINGS)


def test_each_trouble_with_a_picture_is_told_apart() -> None:
    said = {view.failure(a_task(reason=f"picture\n{why}"), EN).text for why in PictureTrouble}
    assert len(said) == len(PictureTrouble)
    assert all("Nothing was sent." in one for one in said)


def test_a_banned_word_is_named() -> None:
    words = view.failure(a_task(reason="banned_word\ngore"), EN)
    assert "“gore”" in words.text
    assert entity_texts(words)[0] == "gore"


@pytest.mark.parametrize("ending", [Ending.LOST, Ending.STUCK])
def test_the_operator_can_find_what_was_given_up(ending: Ending) -> None:
    assert "task 17" in view.failure(a_task(reason=str(ending)), EN).text


def test_a_failure_without_a_reason_is_still_told() -> None:
    assert "could not draw" in view.failure(a_task(reason=None), EN).text


def test_what_is_unclear_is_told_with_the_choice_once() -> None:
    words = view.unclear(a_task(), EN)
    assert "may have been charged" in words.text
    assert "task 17" in words.text
    assert words.keyboard is not None
    (button,) = words.keyboard.inline_keyboard[0]
    assert "twice" in button.text
    assert view.unclear(a_task(), EN, asked_again=True).keyboard is None


def test_a_result_without_a_picture_says_so_or_brings_the_text() -> None:
    assert "no picture" in view.text_result(a_task(), locale=EN).text
    assert view.text_result(a_task(reason="1️⃣ a fox"), locale=EN).text.startswith("1️⃣ a fox")


def test_a_link_stands_whole_in_the_text() -> None:
    address = "https://cdn.example/" + "x" * 1500
    words = view.link(a_task(image_url=address), mode="", late=False, locale=EN)
    assert address in words.text.split("\n")
    check(words)


@pytest.mark.parametrize("prompt", PROMPTS.values(), ids=PROMPTS)
def test_an_idea_fits_and_can_be_drawn(prompt: str) -> None:
    words = help_views.suggestion(prompt.strip(), 5, EN)
    check(words)
    assert words.keyboard is not None
    assert words.keyboard.inline_keyboard[0][0].callback_data == "d:5"


@pytest.mark.parametrize(
    "words",
    [
        help_views.start(EN),
        help_views.help_text(EN),
        help_views.imagine_help(EN),
        help_views.welcome_operator(EN),
        help_views.claim_used(EN),
        help_views.task_list([], EN),
        view.original_gone(EN),
    ],
)
def test_the_bots_own_words_fit(words: Words) -> None:
    check(words)


def test_the_list_cancels_what_waits_and_counts_the_rest() -> None:
    tasks = [a_task(id=number, state=TaskState.RUNNING if number % 2 else TaskState.RECORDED) for number in range(25)]
    words = help_views.task_list(tasks, EN)
    assert words.keyboard is not None
    offered = [row[0].callback_data for row in words.keyboard.inline_keyboard]
    assert offered == [f"l:{number}" for number in range(0, 20, 2)]
    assert words.text.endswith("… and 5 more.")


@pytest.mark.parametrize("title", ["U1", "🔄", "Upscale (Creative)", "🦊" * 40, "x" * 80])
def test_toasts_fit(title: str) -> None:
    for text in (help_views.on_it(title, EN), help_views.drawing(EN), help_views.cancelled(EN)):
        assert 0 < len(text) <= 200


def test_the_command_list_is_one_that_telegram_takes() -> None:
    for name, text in help_views.commands(EN).items():
        assert name.isascii()
        assert name.islower()
        assert 1 <= len(name) <= 32
        assert 1 <= len(text) <= 256


@pytest.mark.parametrize("about", ["account", "redirected", "endpoint", "older"])
def test_an_alert_fits_whatever_the_provider_says(about: str) -> None:
    words = alert({"alert": about, "provider": "p" * 300, "what": "🦊" * 300, "said": LONG_WORDS}, EN)
    check(words)
    assert "It says: The provider's own words." in words.text
    check(alert({"alert": about, "provider": "provider.example"}, EN))
