"""Calls to Telegram: made plainer step by step, and never more than Telegram takes."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.delivery import Form
from messages.words import CAPTION_LIMIT, Page, Words, code, utf16
from tests.workers.telegrams import Telegram
from workers import post
from workers.outcome import No
from workers.picture import LADDER, Fitted
from workers.post import Plan, plainer

FULL = Plan(topic_id=5, reply_to=11, form=Form.PHOTO)


@pytest.mark.parametrize(
    ("refused", "change"),
    [
        (No.REPLY, {"reply_to": None}),
        (No.ENTITIES, {"entities": False}),
        (No.BUTTON, {"buttons": False}),
        (No.MEDIA, {"form": Form.JPEG}),
        (No.OTHER, {"form": Form.JPEG}),
    ],
)
def test_only_what_was_refused_is_left_out_and_only_once(refused: No, change: dict[str, object]) -> None:
    simpler = plainer(FULL, refused)
    assert simpler == dataclasses.replace(FULL, **change)  # type: ignore[arg-type]
    if refused not in {No.MEDIA, No.OTHER}:
        assert plainer(simpler, refused) is None


@pytest.mark.parametrize("refused", [No.MEDIA, No.OTHER])
def test_words_have_no_other_form(refused: No) -> None:
    assert plainer(Plan(topic_id=5, reply_to=11, form=None), refused) is None


def test_a_picture_goes_down_the_ladder() -> None:
    plan: Plan | None = FULL
    forms = []
    while plan is not None:
        forms.append(plan.form)
        plan = plainer(plan, No.MEDIA)
    assert forms == [Form.PHOTO, Form.JPEG, Form.DOCUMENT, Form.LINK] == list(LADDER)


@pytest.mark.parametrize("refused", [No.NOW, No.CHAT, No.MESSAGE, No.TOKEN, No.FILE_ID])
def test_where_nothing_can_be_left_out_there_is_no_other_plan(refused: No) -> None:
    assert plainer(FULL, refused) is None


@given(st.lists(st.sampled_from(No), max_size=40))
def test_whatever_is_refused_it_comes_to_an_end(refusals: list[No]) -> None:
    plan: Plan | None = FULL
    steps = 0
    while plan is not None and refusals:
        plan = plainer(plan, refusals[steps % len(refusals)])
        steps += 1
        assert steps <= 8


LONG = Page().add("Why it failed. ").add(code("🦊" * 1900)).words()


async def test_words_go_out_as_planned() -> None:
    telegram = Telegram()
    sent = await post.send_words(telegram.bot(), 7, LONG, FULL)
    assert sent.message_id == 77
    await post.send_words(telegram.bot(), 7, LONG, Plan(topic_id=None, reply_to=None, entities=False, buttons=False))
    (first_method, first), (_, second) = telegram.calls
    assert first_method == "sendMessage"
    assert (first["text"], first["message_thread_id"]) == (LONG.text, 5)
    assert first["entities"][0]["length"] == 3800
    assert first["reply_parameters"] == {"message_id": 11, "allow_sending_without_reply": True}
    assert {"entities", "message_thread_id", "reply_parameters"}.isdisjoint(second)


async def test_words_in_place_of_a_text_are_its_text() -> None:
    telegram = Telegram()
    await post.put_words_in_place(telegram.bot(), 7, 50, LONG, shows="text")
    ((method, asked),) = telegram.calls
    assert (method, asked["message_id"], asked["text"]) == ("editMessageText", 50, LONG.text)


async def test_words_in_place_of_a_picture_fit_under_it() -> None:
    """A failure with a long prompt is 4,096 characters; under a preview Telegram refuses more than 1,024."""
    telegram = Telegram()
    await post.put_words_in_place(telegram.bot(), 7, 50, LONG, shows="photo")
    ((method, asked),) = telegram.calls
    assert method == "editMessageCaption"
    assert asked["caption"].startswith("Why it failed. ")
    assert utf16(asked["caption"]) <= CAPTION_LIMIT
    for entity in asked.get("caption_entities", ()):
        assert entity["offset"] + entity["length"] <= utf16(asked["caption"])


@pytest.mark.parametrize(
    ("form", "method"), [(Form.PHOTO, "sendPhoto"), (Form.JPEG, "sendPhoto"), (Form.DOCUMENT, "sendDocument")]
)
async def test_a_picture_goes_out_in_its_form(form: Form, method: str) -> None:
    telegram = Telegram()
    words = Words(text="a fox")
    await post.send_picture(telegram.bot(), 7, Fitted(form, b"bytes", "picture.png"), words, None, FULL)
    await post.put_picture_in_place(telegram.bot(), 7, 50, Fitted(form, b"bytes", "picture.png"), words, None, FULL)
    (sent_by, sent), (edited_by, edited) = telegram.calls
    assert (sent_by, sent["caption"], sent["message_thread_id"]) == (method, "a fox", 5)
    assert (edited_by, edited["message_id"]) == ("editMessageMedia", 50)
    assert edited["media"]["type"] == ("document" if form is Form.DOCUMENT else "photo")
