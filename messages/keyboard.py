"""The buttons under a picture, in the rows that people know from Midjourney."""

from collections.abc import Iterable, Sequence

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from domain.task import Button, TaskId
from messages import callback
from messages.locale import Locale

ROWS = (
    ("::upsample::", "::video_virtual_upscale::", "::reroll::"),
    ("::variation::",),
    ("::upsample_", "::upscale", "::fast_upscale"),
    ("::low_variation::", "::high_variation::", "::Inpaint::"),
    ("::Outpaint::", "::CustomZoom::"),
    ("::pan_",),
    ("::animate_",),
)
"""Parts of the provider's ids that stand in one row; whatever fits none keeps its order behind them."""

LEFT_OUT = ("::BOOKMARK", "::CancelJob")
"""They make no picture."""

ROW_WIDTH = 34
"""Characters that a phone shows side by side without cutting."""
ROW_LENGTH = 5
MOST = 96
REMOVE = "🗑"


def keyboard(
    buttons: Sequence[Button],
    locale: Locale,
    *,
    original: TaskId | None = None,
    singles: TaskId | None = None,
    repeat: TaskId | None = None,
    change: TaskId | None = None,
    remove: TaskId | None = None,
) -> InlineKeyboardMarkup | None:
    """The keyboard; `None` where nothing is offered.

    `original`: the task whose untouched file can be had. `singles`: the one whose grid can be cut. `repeat`: the one
    that can be asked for once more. `change`: the one whose words can be had. `remove`: the one whose result can be
    taken from the chat.
    """
    shown = [button for button in buttons if not any(part in button.custom_id for part in LEFT_OUT)][:MOST]
    groups: list[list[Button]] = [[] for _ in range(len(ROWS) + 1)]
    for button in shown:
        groups[_row_of(button.custom_id)].append(button)
    rows = [row for group in groups for row in _wrapped(_reroll_last(group))]
    files = (
        (locale.say("📎 Original"), callback.ORIGINAL, original),
        (locale.say("✂️ Four singles"), callback.SINGLES, singles),
    )
    acts = (
        (locale.say("🔁 Again"), callback.REPEAT, repeat),
        (locale.say("✏️ Change"), callback.CHANGE, change),
        (REMOVE, callback.REMOVE, remove),
    )
    ours = (files, acts) if singles is not None else ((*files, *acts),)  # five in a row, and no phone shows the words
    rows += [wanted for row in ours if (wanted := _ours(row))]
    return InlineKeyboardMarkup(rows) if rows else None


def short_keyboard(buttons: Sequence[Button], locale: Locale) -> InlineKeyboardMarkup | None:
    """U1 to V4, for a message below the four pictures that they speak of."""
    shown = [one for one in buttons if "::upsample::" in one.custom_id or "::variation::" in one.custom_id]
    return keyboard(shown, locale)


def caption_of(button: Button) -> str:
    """What stands on a button. Used ones carry a tick."""
    text = f"{button.sign} {button.label}" if button.sign and button.label else button.title
    return f"✓ {text}" if button.pressed_at else text


def _ours(row: Iterable[tuple[str, str, TaskId | None]]) -> list[InlineKeyboardButton]:
    return [
        InlineKeyboardButton(text, callback_data=callback.data(letter, task_id))
        for text, letter, task_id in row
        if task_id is not None
    ]


def _row_of(custom_id: str) -> int:
    marked = f"{custom_id}::"
    return next((index for index, parts in enumerate(ROWS) if any(part in marked for part in parts)), len(ROWS))


def _reroll_last(group: Iterable[Button]) -> list[Button]:
    return sorted(group, key=lambda button: "::reroll::" in button.custom_id)


def _wrapped(group: Iterable[Button]) -> list[list[InlineKeyboardButton]]:
    rows: list[list[InlineKeyboardButton]] = []
    width = 0
    for button in group:
        text = caption_of(button)
        if not rows or width + len(text) > ROW_WIDTH or len(rows[-1]) == ROW_LENGTH:
            rows.append([])
            width = 0
        rows[-1].append(InlineKeyboardButton(text, callback_data=callback.data(callback.BUTTON, button.id)))
        width += len(text)
    return rows
