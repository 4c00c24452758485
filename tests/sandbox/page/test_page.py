"""The chat page in a browser: once with the real bot, then piece by piece with a test that plays the bot."""

import asyncio
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Browser, Route, expect

from sandbox.demo import Demo
from tests.sandbox.page.browsing import Played, Watched, picture
from tests.sandbox.page.running import StartSandbox

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]  # one browser for all of them

ASTRONAUT = "👩‍🚀"  # five UTF-16 units


async def test_from_the_first_words_to_an_upscale(start_sandbox: StartSandbox, watched: Watched) -> None:
    sandbox = await start_sandbox("--port", "0", "--speed", "100")
    page = watched.page
    await page.goto(sandbox.address)
    await page.locator(".chat-row").first.click()
    await expect(page.get_by_role("button", name="/imagine a lighthouse in a storm")).to_be_visible()
    await watched.words.fill("/imagine a lighthouse in a storm")
    await watched.words.press("Enter")
    await page.get_by_role("button", name="U2", exact=True).click(timeout=15_000)
    await expect(page.get_by_role("status")).to_contain_text("U2")
    await expect(page.get_by_role("button", name="Upscale (Subtle)")).to_be_visible(timeout=15_000)
    await expect(page.get_by_role("button", name="✓ U2")).to_be_visible()
    await watched.settled(
        messages=3, pictures=2
    )  # the request, four pictures, one of them: no word of progress is left
    before = await watched.shown()
    await page.reload()
    await watched.settled(messages=3, pictures=2)
    assert await watched.shown() == before
    await page.get_by_role("button", name="Enlarge").last.click()
    await expect(page.get_by_role("dialog", name="Picture")).to_be_visible()


async def test_a_click_on_the_example_says_it(played: Played, watched: Watched) -> None:
    await watched.page.goto(f"{played.address}#{played.you.id}")
    await watched.page.get_by_role("button", name="/imagine a lighthouse in a storm").click()
    await expect(watched.page.locator(".item.mine")).to_have_count(1)
    assert played.you.private.last().text == "/imagine a lighthouse in a storm"
    await expect(watched.page.get_by_role("button", name="/imagine a lighthouse in a storm")).to_be_hidden()


async def test_commands_are_offered_and_whoever_is_chosen_writes(played: Played, watched: Watched) -> None:
    page, words = watched.page, watched.words
    commands = [{"command": "imagine", "description": "draw"}, {"command": "tasks", "description": "list"}]
    await played.call("setMyCommands", commands=commands)
    await page.goto(played.address)
    await page.get_by_role("link", name="Art club").click()
    await words.fill("/")
    offered = page.get_by_role("listbox", name="Commands").get_by_role("option")
    await expect(offered).to_have_count(2)
    await words.press_sequentially("im")
    await expect(offered).to_have_text("/imaginedraw")
    await words.press("Tab")
    await expect(words).to_have_value("/imagine ")
    await page.get_by_label("Write as").select_option("Ann")
    await words.fill(f"{ASTRONAUT} <b>one</b>")
    await words.press("Shift+Enter")
    await words.press_sequentially("two")
    await words.press("Enter")
    await expect(page.locator(".item.mine .text")).to_have_text(f"{ASTRONAUT} <b>one</b>\ntwo", use_inner_text=True)
    assert played.club.last().sender_name == "Ann"
    assert played.club.last().text == f"{ASTRONAUT} <b>one</b>\ntwo"
    assert await page.locator("#log b").count() == 0  # words never become markup


async def test_styles_lie_on_the_right_words_and_quotes_name_their_message(played: Played, watched: Watched) -> None:
    page = watched.page
    asked = played.club.say(played.ann, "/imagine a fox")
    text = f"{ASTRONAUT}\n{ASTRONAUT} <i>fox</i>\nAnn & all"
    entities = [
        {"type": "blockquote", "offset": 6, "length": 16},
        {"type": "bold", "offset": 12, "length": 10},
        {"type": "code", "offset": 23, "length": 3},
        {"type": "text_link", "offset": 27, "length": 1, "url": "javascript:alert(1)"},
    ]
    quoted = {"message_id": asked.id}
    await played.call("sendMessage", chat_id=played.club.id, text=text, entities=entities, reply_parameters=quoted)
    await page.goto(f"{played.address}#{played.club.id}")
    await expect(page.locator("blockquote")).to_have_text(f"{ASTRONAUT} <i>fox</i>")
    await expect(page.locator("blockquote strong")).to_have_text("<i>fox</i>")
    await expect(page.locator(".text code")).to_have_text("Ann")
    assert await page.locator("#log a").count() == 0
    quote = page.locator(".reply")
    await expect(quote).to_contain_text("Ann/imagine a fox")
    played.club.delete(played.ann, asked.id)
    await expect(page.locator(f'.item[data-id="{asked.id}"]')).to_have_count(0)
    await expect(quote).to_have_text("Deleted message")


async def test_a_press_shows_its_answer_and_the_focus_stays_through_an_edit(played: Played, watched: Watched) -> None:
    page = watched.page
    played.you.private.say(played.you, "/start")
    rows = [[{"text": "U1", "callback_data": "b:1"}, {"text": "U2", "callback_data": "b:2"}]]
    markup = {"inline_keyboard": rows}
    sent = await played.call("sendMessage", chat_id=played.you.id, text="Here", reply_markup=markup)
    await page.goto(f"{played.address}#{played.you.id}")
    await page.get_by_role("button", name="U2").click()
    rows[0][1]["text"] = "✓ U2"
    await played.call(
        "editMessageReplyMarkup", chat_id=played.you.id, message_id=sent["message_id"], reply_markup=markup
    )
    await expect(page.get_by_role("button", name="✓ U2")).to_be_focused()
    await played.answer("On its way", show_alert=False)
    await expect(page.get_by_role("status")).to_have_text("On its way")
    await page.get_by_role("button", name="U1").click()
    await played.answer("Not yours", show_alert=True)
    await expect(page.get_by_role("dialog")).to_contain_text("Not yours")


async def test_a_preview_stays_until_the_next_one_can_be_seen(played: Played, watched: Watched) -> None:
    page = watched.page
    played.you.private.say(played.you, "/start")
    sent = await played.call("sendPhoto", {"photo": picture("navy")}, chat_id=played.you.id, caption="10%")
    await page.goto(f"{played.address}#{played.you.id}")
    image = page.locator(".picture img")
    await expect(image).to_have_count(1)
    old = await image.get_attribute("src")
    asked, may_load = asyncio.Event(), asyncio.Event()

    async def slowly(route: Route) -> None:
        asked.set()
        await may_load.wait()
        await route.continue_()

    await page.route("**/_/files/*", slowly)
    media = {"type": "photo", "media": "attach://fresh", "caption": "60%"}
    await played.call(
        "editMessageMedia",
        {"fresh": picture("gold")},
        chat_id=played.you.id,
        message_id=sent["message_id"],
        media=media,
    )
    await expect(page.locator(".pictured .text")).to_have_text("60%")
    await asyncio.wait_for(asked.wait(), 5)
    assert await image.evaluate_all("all => all.map(one => [one.getAttribute('src'), one.naturalWidth])") == [[old, 96]]
    may_load.set()
    await expect(page.locator(f'.picture img[src="{old}"]')).to_have_count(0)
    await expect(image).to_have_count(1)


async def test_nothing_sticks_out_at_a_phones_width(played: Played, watched: Watched) -> None:
    page = watched.page
    played.club.say(played.ann, "/imagine " + "loooong" * 60)
    keys = [[{"text": f"Upscale ({number})", "callback_data": "x"} for number in range(5)]]
    markup = {"inline_keyboard": keys}
    chat = played.club.id
    await played.call("sendPhoto", {"photo": picture("navy")}, chat_id=chat, caption="x" * 900, reply_markup=markup)
    await page.goto(f"{played.address}#{chat}")
    await expect(page.locator(".picture img")).to_have_count(1)
    for part in ("html", "#scroll", ".composer"):
        assert await page.locator(part).evaluate("node => node.scrollWidth <= node.clientWidth"), part
    await page.get_by_role("link", name="All chats").click()
    await expect(page.get_by_role("navigation", name="Chats")).to_be_visible()


async def test_the_page_says_when_the_sandbox_is_gone_and_goes_on_when_it_is_back(browser: Browser) -> None:
    page = await browser.new_page()
    async with Demo(port=0, speed=1) as demo:
        await page.goto(demo.address)
        await expect(page.get_by_role("heading", name="What shall I draw?")).to_be_visible()
    await expect(page.get_by_role("alert")).to_be_visible()
    async with Demo(port=urlsplit(demo.address).port or 0, speed=1) as another:
        you = another.town.people[next(iter(another.town.people))]
        you.private.say(you, "hello again")
        await expect(page.locator(".item.mine")).to_contain_text("hello again")
        await expect(page.get_by_role("alert")).to_be_hidden()
