"""A chat with a thousand messages: only what is in sight is drawn, and one finds one's way in it."""

import pytest
from playwright.async_api import expect

from tests.sandbox.page.browsing import Played, Watched, picture

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

MANY = 1000
MOST_DRAWN = 90


async def a_long_talk(played: Played) -> list[int]:
    """The ids of a thousand messages: words, keyboards, and some pictures, of different heights."""
    played.you.private.say(played.you, "/start")
    flood, played.town.world.floods.on = played.town.world.floods.on, False
    ids = []
    keys = {"inline_keyboard": [[{"text": "Again", "callback_data": "a"}]]}
    for number in range(MANY - 1):
        if number % 25 == 0:
            sent = await played.call(
                "sendPhoto",
                {"photo": picture("navy", (90 + number, 64))},
                chat_id=played.you.id,
                caption=f"no. {number}",
            )
            ids.append(int(sent["message_id"]))
        elif number % 3:
            ids.append(played.you.private.say(played.you, f"no. {number} " + "and so on " * (number % 40)).id)
        else:
            sent = await played.call("sendMessage", chat_id=played.you.id, text=f"no. {number}", reply_markup=keys)
            ids.append(int(sent["message_id"]))
    played.town.world.floods.on = flood
    return ids


async def test_a_thousand_messages_are_there_but_only_those_in_sight_are_drawn(
    played: Played, watched: Watched
) -> None:
    page = watched.page
    ids = await a_long_talk(played)
    await page.goto(f"{played.address}#{played.you.id}")
    items = page.locator("#log .item")
    last = page.locator(f'.item[data-id="{ids[-1]}"]')
    await expect(last).to_be_in_viewport()
    assert await items.count() < MOST_DRAWN
    assert await last.get_attribute("aria-setsize") == str(MANY)
    assert await last.get_attribute("aria-posinset") == str(MANY)
    # up by the wheel, page after page: no gap, nothing twice, in order
    seen: set[int] = set()
    await page.locator("#scroll").hover()
    for _one in range(12):
        await page.mouse.wheel(0, -700)
        await page.wait_for_timeout(60)
        drawn = [int(one) for one in await items.evaluate_all("all => all.map(one => one.dataset.id)")]
        assert drawn == list(range(drawn[0], drawn[-1] + 1))
        assert len(drawn) < MOST_DRAWN
        seen |= set(drawn)
        in_sight = await page.evaluate(
            "() => document.elementFromPoint(150, 380).closest('.item, .log')?.className ?? 'nothing'"
        )
        assert "item" in in_sight, in_sight
    assert len(seen) > 60
    await page.locator("#scroll").evaluate("node => node.scrollTo(0, 0)")
    await expect(page.locator('.item[data-id="1"]')).to_be_in_viewport()
    assert await items.count() < MOST_DRAWN
    await page.get_by_role("button", name="To the end").click()
    await expect(last).to_be_in_viewport()


async def test_an_answer_leads_to_what_it_answers_however_far_that_is(played: Played, watched: Watched) -> None:
    page = watched.page
    ids = await a_long_talk(played)
    played.you.private.say(played.you, "that one", reply_to=ids[100])
    await page.goto(f"{played.address}#{played.you.id}")
    await page.locator(".item .reply").last.click()
    wanted = page.locator(f'.item[data-id="{ids[100]}"]')
    await expect(wanted).to_be_in_viewport()
    await expect(wanted).to_be_focused()
    # what one reads stays where it is while others write
    before = await wanted.bounding_box()
    for number in range(5):
        await played.call("sendMessage", chat_id=played.you.id, text=f"new {number}")
    await expect(page.get_by_role("button", name="To the end, 5 new")).to_be_visible()
    assert await wanted.bounding_box() == before


async def test_an_edit_far_away_costs_one_message(played: Played, watched: Watched) -> None:
    page = watched.page
    await a_long_talk(played)
    sent = await played.call("sendMessage", chat_id=played.you.id, text="0%")
    await page.goto(f"{played.address}#{played.you.id}")
    await expect(page.locator(".item .text").last).to_have_text("0%")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    await played.call("editMessageText", chat_id=played.you.id, message_id=sent["message_id"], text="50%")
    await expect(page.locator(".item .text").last).to_have_text("50%")
    messages = [url for url in asked if "/messages" in url]
    assert messages == [f"{played.address}_/chats/{played.you.id}/messages?ids={sent['message_id']}"]
