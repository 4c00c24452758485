"""What an operator has decided holds over a kill: on real processes."""

import asyncio

import pytest

from tests.outside import Outside

pytestmark = pytest.mark.process


async def test_a_block_holds_over_a_kill(outside: Outside) -> None:
    boss, eve = outside.telegram.person("Boss"), outside.telegram.person("Eve")
    await outside.start(ACCESS="approval", ADMIN_USERS=str(boss.id))
    boss.private.say(boss, "/start")
    eve.private.say(eve, "/imagine a red fox")
    (card,) = await outside.until(lambda: [m for m in boss.private.messages if m.text.startswith("🚪 Eve")])
    press = boss.private.press(boss, card.id, "⛔ Block")
    await press.answered()
    await outside.kill()
    await outside.start(ACCESS="approval", ADMIN_USERS=str(boss.id))
    said = eve.private.say(eve, "/imagine a red fox")
    await outside.until(lambda: boss.private.message(card.id).text.startswith("⛔ Eve"))
    await asyncio.sleep(2)
    assert eve.private.last().id == said.id
    assert not outside.provider.submissions()
