"""The buttons under a result, and what is meant by the customId of one that was pressed."""

import re
from dataclasses import dataclass
from typing import Any

from sandbox.midjourney.versions import Version

KEYCAPS = ("1️⃣", "2️⃣", "3️⃣", "4️⃣", "5️⃣")
PATTERNS = (
    ("upscale", r"MJ::JOB::upsample::([1-4])::.+"),
    ("variation", r"MJ::JOB::variation::([1-4])::.+"),
    ("reroll", r"MJ::JOB::reroll::(0)::.+::SOLO"),
    ("twice", r"MJ::JOB::upsample_v5_2x::(1)::.+::SOLO"),
    ("four times", r"MJ::JOB::upsample_v5_4x::(1)::.+::SOLO"),
    ("subtle", r"MJ::JOB::upsample_v\w+_subtle::(1)::.+::SOLO"),
    ("creative", r"MJ::JOB::upsample_v\w+_creative::(1)::.+::SOLO"),
    ("low", r"MJ::JOB::low_variation::(1)::.+::SOLO"),
    ("high", r"MJ::JOB::high_variation::(1)::.+::SOLO"),
    ("region", r"MJ::Inpaint::(1)::.+::SOLO"),
    ("outpaint", r"MJ::Outpaint::(50|75|100)::1::.+::SOLO"),
    ("zoom", r"MJ::CustomZoom::(?:(1)::)?.+"),
    ("left", r"MJ::JOB::pan_left::(1)::.+::SOLO"),
    ("right", r"MJ::JOB::pan_right::(1)::.+::SOLO"),
    ("up", r"MJ::JOB::pan_up::(1)::.+::SOLO"),
    ("down", r"MJ::JOB::pan_down::(1)::.+::SOLO"),
    ("animate high", r"MJ::JOB::animate_high::(1)::.+::SOLO"),
    ("animate low", r"MJ::JOB::animate_low::(1)::.+::SOLO"),
    ("film", r"MJ::JOB::video_virtual_upscale::([1-4])::.+"),
    ("extend high", r"MJ::JOB::animate_high_extend::(1)::.+"),
    ("extend low", r"MJ::JOB::animate_low_extend::(1)::.+"),
    ("described", r"MJ::Job::PicReader::([1-4])"),
    ("all", r"MJ::Job::PicReader::(all)"),
    ("again", r"MJ::Picread::(Retry)"),
    ("shortened", r"MJ::Job::PromptAnalyzer::([1-5])"),
)
Buttons = list[dict[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """A button by what it does; `index` is its number (a percentage for outpaint, 1 where there is none)."""

    kind: str
    index: int


def read_press(custom_id: str) -> Press | None:
    """Return what a customId asks for; None for what this engine doesn't do (bookmark)."""
    for kind, pattern in PATTERNS:
        if found := re.fullmatch(pattern, custom_id):
            return Press(kind=kind, index=int(found[1]) if (found[1] or "").isdigit() else 1)
    return None


def grid_buttons(job: str) -> Buttons:
    """U1 to U4, reroll, V1 to V4."""
    return [
        *(_button(f"MJ::JOB::upsample::{n}::{job}", label=f"U{n}") for n in range(1, 5)),
        _reroll(job),
        *(_button(f"MJ::JOB::variation::{n}::{job}", label=f"V{n}") for n in range(1, 5)),
    ]


def single_buttons(job: str, version: Version, *, square: bool) -> Buttons:
    """The full set of a single of this version; Make Square only where it isn't square."""
    found = [_button(f"MJ::JOB::{name}::1::{job}::SOLO", label, "upscale_1") for name, label in version.upscales]
    if version.varies:
        found.append(_button(f"MJ::JOB::low_variation::1::{job}::SOLO", "Vary (Subtle)", "🪄"))
        found.append(_button(f"MJ::JOB::high_variation::1::{job}::SOLO", "Vary (Strong)", "🪄"))
    if version.inpaints:
        found.append(_button(f"MJ::Inpaint::1::{job}::SOLO", "Vary (Region)", "🖌️"))
    if version.widens:
        found += _wider(job, square=square)
    return [
        *found,
        _button(f"MJ::JOB::animate_high::1::{job}::SOLO", "Animate (High motion)", "🎞️"),
        _button(f"MJ::JOB::animate_low::1::{job}::SOLO", "Animate (Low motion)", "🎞️"),
        _button(f"MJ::BOOKMARK::{job}", emoji="❤️"),
    ]


def large_buttons(job: str) -> Buttons:
    """What is left once a single was enlarged."""
    return [*_pans(job), _button(f"MJ::BOOKMARK::{job}", emoji="❤️")]


def films_buttons(job: str, count: int) -> Buttons:
    """One for each of several films, and again."""
    films = (_button(f"MJ::JOB::video_virtual_upscale::{n}::{job}", f"U{n}") for n in range(1, count + 1))
    return [*films, _reroll(job)]


def film_buttons(job: str) -> Buttons:
    """A single film can be made longer."""
    return [
        _button(f"MJ::JOB::animate_high_extend::1::{job}", "Extend (High motion)", "🎞️"),
        _button(f"MJ::JOB::animate_low_extend::1::{job}", "Extend (Low motion)", "🎞️"),
    ]


def describe_buttons() -> Buttons:
    """One for each of four prompts, again, all."""
    return [
        *(_button(f"MJ::Job::PicReader::{n}", emoji=KEYCAPS[n - 1]) for n in range(1, 5)),
        _button("MJ::Picread::Retry", emoji="🔄"),
        _button("MJ::Job::PicReader::all", "Imagine all", "🎉"),
    ]


def shorten_buttons(count: int) -> Buttons:
    """One for each short prompt."""
    return [_button(f"MJ::Job::PromptAnalyzer::{n}", emoji=KEYCAPS[n - 1]) for n in range(1, count + 1)]


def _wider(job: str, *, square: bool) -> Buttons:
    return [
        _button(f"MJ::Outpaint::50::1::{job}::SOLO", "Zoom Out 2x", "🔍"),
        _button(f"MJ::Outpaint::75::1::{job}::SOLO", "Zoom Out 1.5x", "🔍"),
        *([] if square else [_button(f"MJ::Outpaint::100::1::{job}::SOLO", "Make Square", "↔️")]),
        _button(f"MJ::CustomZoom::{job}", "Custom Zoom", "🔍"),
        *_pans(job),
    ]


def _pans(job: str) -> Buttons:
    arrows = {"left": "⬅️", "right": "➡️", "up": "⬆️", "down": "⬇️"}
    return [_button(f"MJ::JOB::pan_{way}::1::{job}::SOLO", emoji=emoji) for way, emoji in arrows.items()]


def _reroll(job: str) -> dict[str, Any]:
    return _button(f"MJ::JOB::reroll::0::{job}::SOLO", emoji="🔄")


def _button(custom_id: str, label: str = "", emoji: str = "") -> dict[str, Any]:
    return {"customId": custom_id, "emoji": emoji, "label": label, "type": 2, "style": 2}
