"""How settings become things."""

import pytest

from bot.config import load
from bot.wiring import frames_from, mode_from
from domain.price import Kind, Mode, prices_from

NEEDED = {
    "TELEGRAM_BOT_TOKEN": "1:aaaaaaaaaaaa",
    "MIDJOURNEY_API_KEY": "key",
    "MIDJOURNEY_BASE_URL": "https://provider.example",
}


@pytest.mark.parametrize(
    ("telegram", "frames"),
    [
        ("", ()),
        ("https://api.telegram.org/", ()),
        ("http://127.0.0.1:8765", ("http://127.0.0.1:8765",)),
        ("https://own.example/path/", ("https://own.example",)),
    ],
)
def test_the_page_may_be_framed_by_the_telegram_that_the_bot_talks_to(telegram: str, frames: tuple[str, ...]) -> None:
    assert frames_from(load(NEEDED | {"TELEGRAM_API_URL": telegram}, env_file=None)) == frames


@pytest.mark.parametrize(
    ("address", "given", "mode"),
    [
        ("https://provider.example", {}, Mode.DEFAULT),
        ("https://provider.example/mj-fast/mj", {}, Mode.FAST),
        ("https://provider.example/turbo", {}, Mode.TURBO),
        ("https://provider.example/mj-fast", {"MIDJOURNEY_MODE": "relax"}, Mode.RELAX),
    ],
)
def test_prices_follow_the_mode_that_is_set_or_that_the_address_names(
    address: str, given: dict[str, str], mode: Mode
) -> None:
    assert mode_from(load(NEEDED | given | {"MIDJOURNEY_BASE_URL": address}, env_file=None)) is mode


def test_an_operators_prices_replace_the_usual_ones_they_name() -> None:
    prices = prices_from(load(NEEDED | {"PRICES": "video=20,imagine.turbo=9"}, env_file=None).prices)
    assert [prices.of(Kind.VIDEO, mode) for mode in (Mode.RELAX, Mode.FAST, Mode.TURBO)] == [10, 20, 40]
    assert [prices.of(Kind.IMAGINE, mode) for mode in (Mode.RELAX, Mode.FAST, Mode.TURBO)] == [2, 4, 9]
