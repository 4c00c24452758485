"""Questions fit their messages, name what can be done in each kind of chat, and lead where they should."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from telegram import InlineKeyboardMarkup

from domain.question import Filled, Question, QuestionKind, QuestionState
from domain.requester import ChatKind
from domain.task import RemoteId
from messages import windows as view
from messages.words import CAPTION_LIMIT, TEXT_LIMIT, Words
from tests.messages.samples import EN, NOON, TASK, a_task, check, entity_texts, prompts

LINKS = view.Links(bot="imagine_bot", page="https://bot.example/app/region/")
ASKED = Question(
    id=7,
    task_id=TASK.id,
    kind=QuestionKind.ZOOM,
    user_id=7,
    chat_id=7,
    remote_id=RemoteId("w1"),
    filled=Filled(offered="a fox", key="k" * 24, width=1024, height=1024, cells=(1, 16)),
    state=QuestionState.OPEN,
    ends_at=NOON + timedelta(minutes=15),
)


def ask(kind: QuestionKind, chat: ChatKind, prompt: str = "a fox", *, picture: bool = False) -> Words:
    asked = replace(ASKED, kind=kind, filled=replace(ASKED.filled, offered=prompt))
    return view.question(a_task(title="Zoom"), asked, LINKS, EN, chat=chat, picture=picture)


def buttons(words: Words) -> dict[str, str | None]:
    """Each button's text, and the address that it leads to."""
    assert words.keyboard is not None
    rows = words.keyboard.inline_keyboard
    return {one.text: one.url or (one.web_app.url if one.web_app else None) for row in rows for one in row}


def pressed_only(words: Words) -> Words:
    """Without what leads elsewhere."""
    assert words.keyboard is not None
    rows = [[one for one in row if one.callback_data] for row in words.keyboard.inline_keyboard]
    return replace(words, keyboard=InlineKeyboardMarkup([row for row in rows if row]))


@pytest.mark.parametrize("kind", QuestionKind)
@pytest.mark.parametrize("chat", ChatKind)
@given(prompt=prompts)
def test_whatever_the_words_it_fits(kind: QuestionKind, chat: ChatKind, prompt: str) -> None:
    check(pressed_only(ask(kind, chat, prompt)), limit=TEXT_LIMIT)
    check(pressed_only(ask(kind, chat, prompt, picture=True)), limit=CAPTION_LIMIT)


@pytest.mark.parametrize("kind", QuestionKind)
def test_the_words_can_be_copied_by_a_tap(kind: QuestionKind) -> None:
    assert "a fox" in entity_texts(ask(kind, ChatKind.PRIVATE))


def test_where_nobody_can_reply_a_link_leads_to_the_private_chat() -> None:
    for kind in QuestionKind:
        assert buttons(ask(kind, ChatKind.CHANNEL)) | {"💬 In private": "https://t.me/imagine_bot?start=w7"} == buttons(
            ask(kind, ChatKind.CHANNEL)
        )
        assert "✏️ Other words" not in buttons(ask(kind, ChatKind.CHANNEL))
        assert "reply" not in ask(kind, ChatKind.CHANNEL).text
        assert "✏️ Other words" in buttons(ask(kind, ChatKind.GROUP))
        assert "💬 In private" not in buttons(ask(kind, ChatKind.PRIVATE))


def test_the_page_opens_by_a_button_in_private_and_by_a_link_elsewhere() -> None:
    key = f"7-{'k' * 24}"
    private = ask(QuestionKind.REGION, ChatKind.PRIVATE)
    assert buttons(private)["🎨 Paint by hand"] == f"https://bot.example/app/region/?w={key}"
    for chat in (ChatKind.GROUP, ChatKind.CHANNEL):
        words = ask(QuestionKind.REGION, chat)
        assert buttons(words)["🎨 Paint by hand"] == f"https://t.me/imagine_bot?startapp={key}"
        assert "✓ 16" in buttons(words)
    bare = view.question(
        TASK, replace(ASKED, kind=QuestionKind.REGION), view.Links(bot="b"), EN, chat=ChatKind.PRIVATE, picture=True
    )
    assert "🎨 Paint by hand" not in buttons(bare)


@pytest.mark.parametrize(
    ("width", "height", "layout"),
    [
        *((0, 0, (4, 4)), (1024, 1024, (4, 4)), (1232, 928, (5, 3)), (1456, 816, (5, 3)), (2912, 816, (5, 2))),
        *((928, 1232, (4, 5)), (832, 1216, (4, 5)), (816, 1456, (3, 5)), (400, 2000, (3, 5))),
    ],
)
def test_cells_are_about_square_and_few_enough(width: int, height: int, layout: tuple[int, int]) -> None:
    assert replace(ASKED.filled, width=width, height=height).layout == layout


@given(name=prompts)
def test_whoever_is_asked_for_words_in_a_group_is_named(name: str) -> None:
    words = view.words_wanted(a_task(user_name=name), EN, chat=ChatKind.GROUP)
    check(words)
    assert [one.user.id for one in words.entities if one.user] == [TASK.user_id]
    assert view.words_wanted(TASK, EN, chat=ChatKind.PRIVATE).entities == ()


def test_what_is_over_says_how() -> None:
    texts = {view.over(replace(ASKED, state=state), EN).text for state in (QuestionState.ANSWERED, QuestionState.ENDED)}
    assert len(texts) == 2
    for words in (view.remix(EN, ask=True), view.remix(EN, ask=False), view.closed(EN)):
        check(words)
