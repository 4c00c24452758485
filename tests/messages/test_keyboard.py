"""The buttons under a picture, in the rows that people know."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.task import Button, TaskId
from messages import callback
from messages.keyboard import caption_of, keyboard, short_keyboard
from messages.words import Words
from tests.messages.samples import EN, NOON, a_button, check

GRID = [
    *(a_button(index, f"MJ::JOB::upsample::{index}::u", f"U{index}") for index in range(1, 5)),
    a_button(5, "MJ::JOB::reroll::0::u::SOLO", emoji="🔄"),
    *(a_button(index + 5, f"MJ::JOB::variation::{index}::u", f"V{index}") for index in range(1, 5)),
]
SINGLE = [
    a_button(1, "MJ::JOB::upsample_v7_2x_subtle::1::u::SOLO", "Upscale (Subtle)", "upscale_1"),
    a_button(2, "MJ::JOB::upsample_v7_2x_creative::1::u::SOLO", "Upscale (Creative)", "upscale_1"),
    a_button(3, "MJ::JOB::low_variation::1::u::SOLO", "Vary (Subtle)", "🪄"),
    a_button(4, "MJ::JOB::high_variation::1::u::SOLO", "Vary (Strong)", "🪄"),
    a_button(5, "MJ::Inpaint::1::u::SOLO", "Vary (Region)", "🖌️"),
    a_button(6, "MJ::Outpaint::50::1::u::SOLO", "Zoom Out 2x", "🔍"),
    a_button(7, "MJ::Outpaint::75::1::u::SOLO", "Zoom Out 1.5x", "🔍"),
    a_button(8, "MJ::CustomZoom::u", "Custom Zoom", "🔍"),
    a_button(9, "MJ::JOB::pan_left::1::u::SOLO", emoji="⬅️"),
    a_button(10, "MJ::JOB::pan_right::1::u::SOLO", emoji="➡️"),
    a_button(11, "MJ::JOB::pan_up::1::u::SOLO", emoji="⬆️"),
    a_button(12, "MJ::JOB::pan_down::1::u::SOLO", emoji="⬇️"),
    a_button(13, "MJ::JOB::animate_high::1::u::SOLO", "Animate (High motion)", "🎞️"),
    a_button(14, "MJ::JOB::animate_low::1::u::SOLO", "Animate (Low motion)", "🎞️"),
    a_button(15, "MJ::BOOKMARK::u", emoji="❤️"),
]


def rows(buttons: list[Button]) -> list[list[str]]:
    markup = keyboard(buttons, EN)
    return [[one.text for one in row] for row in markup.inline_keyboard] if markup else []


def test_a_grid_has_u_and_reroll_then_v() -> None:
    assert rows(GRID) == [["U1", "U2", "U3", "U4", "🔄"], ["V1", "V2", "V3", "V4"]]


def test_a_single_picture_is_grouped_by_what_buttons_do() -> None:
    assert rows(SINGLE) == [
        ["Upscale (Subtle)", "Upscale (Creative)"],
        ["🪄 Vary (Subtle)", "🪄 Vary (Strong)"],
        ["🖌️ Vary (Region)"],
        ["🔍 Zoom Out 2x", "🔍 Zoom Out 1.5x"],
        ["🔍 Custom Zoom"],
        ["⬅️", "➡️", "⬆️", "⬇️"],
        ["🎞️ Animate (High motion)"],
        ["🎞️ Animate (Low motion)"],
    ]


def test_the_order_of_the_array_changes_no_rows() -> None:
    assert rows(sorted(GRID, key=lambda one: one.custom_id)) == rows(GRID)


def test_our_own_stand_last_and_words_stay_readable() -> None:
    task = TaskId(7)
    full = keyboard(GRID, EN, original=task, singles=task, repeat=task, change=task, remove=task)
    assert full is not None
    assert [[one.text for one in row] for row in full.inline_keyboard][2:] == [
        ["📎 Original", "✂️ Four singles"],
        ["🔁 Again", "✏️ Change", "🗑"],
    ]
    single = keyboard([], EN, original=task, repeat=task, change=task, remove=task)
    assert single is not None
    (row,) = single.inline_keyboard
    assert [one.callback_data for one in row] == ["o:7", "xa:7", "xc:7", "r:7"]


def test_below_four_pictures_stand_u_and_v_only() -> None:
    markup = short_keyboard([*GRID, *SINGLE], EN)
    assert markup is not None
    texts = [[one.text for one in row] for row in markup.inline_keyboard]
    assert texts == [["U1", "U2", "U3", "U4"], ["V1", "V2", "V3", "V4"]]


def test_what_makes_no_picture_is_left_out() -> None:
    assert rows([SINGLE[-1], a_button(2, "MJ::CancelJob::ByJobid::u", "Cancel Job")]) == []
    assert keyboard([], EN) is None


def test_what_nobody_knows_is_kept_in_its_order() -> None:
    unknown = [
        a_button(1, "MJ::Future::b", "Later"),
        a_button(2, "no colons", "Odd"),
        a_button(3, "MJ::JOB::new_thing::1::u"),
    ]
    assert rows([*unknown, *GRID]) == [*rows(GRID), ["Later", "Odd", "new thing"]]


def test_a_name_of_an_emoji_is_not_shown() -> None:
    assert caption_of(a_button(1, "MJ::JOB::upsample_v5_2x::1::u", "Upscale (2x)", "upscale_1")) == "Upscale (2x)"
    assert caption_of(a_button(1, "MJ::JOB::upsample_v5_2x::1::u", "", "upscale_1")) == "upsample v5 2x"
    assert caption_of(a_button(1, "MJ::Job::PicReader::1", "", "1️⃣")) == "1️⃣"


@pytest.mark.parametrize("custom_id", ["MJ:: ::", "::", "_", "MJ::JOB::__::x", " :: "])
def test_a_button_that_says_nothing_gets_a_sign(custom_id: str) -> None:
    assert caption_of(a_button(1, custom_id)).strip()


def test_a_used_button_carries_a_tick() -> None:
    used = [a_button(1, "MJ::JOB::upsample::1::u", "U1", pressed_at=NOON), *GRID[1:]]
    assert rows(used)[0] == ["✓ U1", "U2", "U3", "U4", "🔄"]


def test_only_our_own_numbers_travel() -> None:
    markup = keyboard(GRID, EN)
    assert markup is not None
    data = [one.callback_data for row in markup.inline_keyboard for one in row]
    assert data == ["b:1", "b:2", "b:3", "b:4", "b:5", "b:6", "b:7", "b:8", "b:9"]


labels = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=80).map(lambda text: " ".join(text.split()))
custom_ids = st.sampled_from([one.custom_id for one in (*GRID, *SINGLE)]) | st.text(max_size=100)
any_buttons = st.lists(st.builds(a_button, st.integers(1, 10**15), custom_ids, labels, labels), max_size=130)


@given(any_buttons)
def test_whatever_a_provider_offers_telegram_takes(buttons: list[Button]) -> None:
    markup = keyboard(buttons, EN)
    check(Words(text="x", keyboard=markup))
    kept = {one.id for one in buttons[:90] if "BOOKMARK" not in one.custom_id and "CancelJob" not in one.custom_id}
    shown = {
        int(str(one.callback_data).split(":")[1]) for row in (markup.inline_keyboard if markup else ()) for one in row
    }
    assert kept <= shown


@pytest.mark.parametrize("number", [0, 1, 10**18 - 1])
def test_a_buttons_data_is_found_by_its_own_pattern_and_no_other(number: int) -> None:
    letters = {name: value for name, value in vars(callback).items() if name.isupper() and isinstance(value, str)}
    assert len(set(letters.values())) == len(letters) >= 5
    for letter in letters.values():
        data = callback.data(letter, number)
        found = [other for other in letters.values() if (match := re.match(callback.pattern(other), data)) and match]
        assert found == [letter]
        match = re.match(callback.pattern(letter), data)
        assert match is not None
        assert int(match.group(1)) == number


@pytest.mark.parametrize("data", ["b:", "b:-1", "b:1x", "b:1\n2", "xb:1", "b:" + "9" * 19, "B:1", "b1", ""])
def test_what_is_not_ours_matches_nothing(data: str) -> None:
    assert re.match(callback.pattern(callback.BUTTON), data) is None
