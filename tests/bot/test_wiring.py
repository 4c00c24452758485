"""How settings become things."""

import pytest

from bot.config import load
from bot.wiring import frames_from

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
