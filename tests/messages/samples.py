"""Tasks, buttons and words as people and providers bring them, and what Telegram takes."""

import re
from dataclasses import fields, replace
from datetime import UTC, datetime
from typing import Any

from hypothesis import strategies as st
from telegram import MessageEntity
from telegram.constants import InlineKeyboardMarkupLimit, MessageLimit

from domain.task import Button, Imagine, Task, TaskId, TaskState
from messages import callback
from messages.locale import locale_for
from messages.words import Words

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
EN = locale_for("en")

PROMPTS = {
    "plain": "a lighthouse in a storm --ar 3:2",
    "long": "word " * 1200,
    "emoji": "🦊" * 6000,
    "families": "👨‍👩‍👧‍👦" * 850,
    "right to left": "ثعلب أحمر في الثلج " * 300,
    "markup": "<b>*_`[x](y)`_*</b> & {holes} %s {} \\" * 170,
    "lines": "\n\n".join(["one", "two"] * 700),
    "one long word": "x" * 6000,
    "joiners": "a" + "\u200d" * 5999,
    "combining": "e\u0301" * 3000,
    "mixed": ("x🦊é\u200dث\n" * 1000)[:6000],
    "none": "",
}

_NOTHING: dict[str, Any] = {field.name: None for field in fields(Task)}
TASK = Task(
    **_NOTHING
    | {
        "id": TaskId(17),
        "state": TaskState.RECORDED,
        "submission": Imagine(prompt="a fox"),
        "prompt": "a fox",
        "title": "",
        "nonce": "nonce",
        "user_id": 7,
        "user_name": "Anna",
        "chat_id": 7,
        "chat_kind": "private",
        "reply_to": 11,
        "language": "en",
        "provider": "provider.example",
        "attempts": 0,
        "recorded_at": NOON,
        "due_at": NOON,
        "changed_at": NOON,
        "missing_count": 0,
        "later_looks": (),
    }
)


def a_task(**changes: Any) -> Task:
    """A task."""
    return replace(TASK, **changes)


def a_button(number: int, custom_id: str, label: str = "", emoji: str = "", **changes: Any) -> Button:
    """A button under a picture."""
    plain = Button(
        id=number,
        task_id=TASK.id,
        custom_id=custom_id,
        label=label,
        emoji=emoji,
        pressed_at=None,
        pressed_task=None,
    )
    return replace(plain, **changes)


written = st.text(
    st.sampled_from("aé🦊\u200d\ufe0f👨<>*_`&{}ث \n.") | st.characters(exclude_categories=("Cs", "Cc")), max_size=300
)
"""What people write, as `prepare` leaves it."""
prompts = written.map(str.strip) | st.sampled_from(list(PROMPTS.values())).map(str.strip)


def units(text: str) -> int:
    """Length in UTF-16, as Telegram counts; fails for what cannot be sent."""
    return len(text.encode("utf-16-le")) // 2


def check(words: Words, *, limit: int = MessageLimit.MAX_TEXT_LENGTH) -> None:
    """Telegram takes this message, and its entities stand where they should."""
    assert words.text == words.text.strip(), "Telegram would strip it, and every entity would be off"
    assert 0 < units(words.text) <= limit
    assert len(words.entities) <= MessageLimit.MESSAGE_ENTITIES
    encoded = words.text.encode("utf-16-le")
    for entity in words.entities:
        assert entity.length > 0
        assert 0 <= entity.offset <= entity.offset + entity.length <= units(words.text)
        part = encoded[2 * entity.offset : 2 * (entity.offset + entity.length)]
        part.decode("utf-16-le")  # fails where a pair is cut in two
    if words.keyboard:
        rows = words.keyboard.inline_keyboard
        assert rows
        assert all(0 < len(row) <= InlineKeyboardMarkupLimit.BUTTONS_PER_ROW for row in rows)
        assert sum(map(len, rows)) <= InlineKeyboardMarkupLimit.TOTAL_BUTTON_NUMBER
        for button in (button for row in rows for button in row if button.url is None):
            assert button.text.strip()
            assert isinstance(button.callback_data, str)
            assert len(button.callback_data.encode()) <= 64
            assert callback_number(button.callback_data) is not None


def callback_number(data: str) -> int | None:
    """The number that a handler finds in callback data; exactly one handler may."""
    letters = [value for name, value in vars(callback).items() if name.isupper() and isinstance(value, str)]
    found = [match for letter in letters if (match := re.match(callback.pattern(letter), data))]
    assert len(found) <= 1
    return int(found[0].group(1)) if found else None


def entity_texts(words: Words) -> list[str]:
    """What the entities cover."""
    encoded = words.text.encode("utf-16-le")
    return [encoded[2 * one.offset : 2 * (one.offset + one.length)].decode("utf-16-le") for one in words.entities]


def kinds(words: Words) -> list[str]:
    """The entities' types."""
    return [MessageEntity(one.type, 0, 1).type for one in words.entities]
