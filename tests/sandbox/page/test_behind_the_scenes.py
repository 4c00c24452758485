"""The side panel: what can be made to go wrong, and every call as it happens."""

from itertools import pairwise

import pytest
from playwright.async_api import expect

from tests.sandbox.page.browsing import Played, Watched
from tests.sandbox.page.running import StartSandbox

pytestmark = [pytest.mark.browser, pytest.mark.process, pytest.mark.asyncio(loop_scope="module")]


async def test_a_bot_that_is_killed_in_the_middle_of_a_picture_delivers_it_when_it_is_back(
    start_sandbox: StartSandbox, desktop: Watched
) -> None:
    sandbox = await start_sandbox("--port", "0", "--speed", "4")
    page = desktop.page
    await page.goto(sandbox.address)
    panel = page.get_by_role("complementary", name="Behind the scenes")
    await expect(panel.locator("#bot-state")).to_have_text("running")
    await desktop.button("/imagine a lighthouse in a storm").click()
    await expect(panel.locator("#provider-state")).to_contain_text("1 running")
    await desktop.button("Kill and restart").click()
    await expect(panel.locator("#bot-state")).to_contain_text("stopped")
    await expect(panel.locator("#bot-state")).to_have_text("running · started 2 times", timeout=15_000)
    await desktop.button("U2").click(timeout=15_000)
    await expect(panel.locator("#provider-state")).to_contain_text("2 submits · 2 charged")
    journal = panel.get_by_role("list", name="Calls")
    await expect(journal).to_contain_text("killed the bot")
    await expect(journal).to_contain_text("bot started again")
    await expect(journal.locator(".call.provider", has_text="submit/imagine")).to_contain_text(
        "a lighthouse in a storm"
    )
    await expect(journal.locator(".call.telegram", has_text="sendPhoto").first).to_be_visible()
    await panel.get_by_role("button", name="Telegram", exact=True).click()
    await expect(journal.locator(".call.provider").first).to_be_hidden()
    await expect(journal.locator(".call.telegram").last).to_be_visible()
    await desktop.button("Stop").click()
    await expect(panel.locator("#bot-state")).to_contain_text("stopped (exit 0)", timeout=15_000)
    await desktop.button("Start").click()
    await expect(panel.locator("#bot-state")).to_contain_text("running", timeout=15_000)


async def test_a_charge_whose_answer_is_lost_is_told_and_an_outage_passes(
    start_sandbox: StartSandbox, desktop: Watched
) -> None:
    sandbox = await start_sandbox("--port", "0", "--speed", "50")
    page = desktop.page
    await page.goto(sandbox.address)
    await page.get_by_label("Dialect").select_option("gateway")  # it has no list in which the bot could look
    await desktop.button("… but is charged").click()
    await expect(page.get_by_role("status")).to_have_text("The next request will be charged, and its answer lost.")
    await desktop.write("/imagine a heron")
    await expect(desktop.button("Submit again (may cost twice)")).to_be_visible(timeout=15_000)
    await expect(page.locator(".call.provider.bad", has_text="submit/imagine")).to_contain_text("504")
    await page.locator("#provider-out").click()
    await expect(page.locator("#provider-state")).to_contain_text("away for")
    await desktop.button("All well again").click()
    await expect(page.locator("#provider-state")).to_contain_text("1 submits")


async def test_calls_come_in_as_they_happen_and_equal_ones_are_counted(played: Played, desktop: Watched) -> None:
    page = desktop.page
    played.you.private.say(played.you, "/start")
    await page.goto(played.address)
    for _one in range(3):
        await played.call("sendChatAction", chat_id=played.you.id, action="upload_photo")
    await expect(page.locator("#subtitle")).to_have_text("is sending a picture…")
    row = page.locator(".call", has_text="sendChatAction")
    await expect(row).to_have_count(1)
    await expect(row).to_contain_text("×3")
    await page.locator("#telegram-flood").click()
    await expect(page.locator("#telegram-state")).to_contain_text("to everything")
    refused = await played.refused("sendMessage", chat_id=played.you.id, text="now?")
    assert refused["error_code"] == 429
    await expect(page.locator(".call.bad", has_text="sendMessage")).to_contain_text("429")
    await page.locator("#desk-reset").click()
    await expect(page.locator("#telegram-state")).not_to_contain_text("to everything")


async def test_the_panel_opens_and_closes_at_any_width_and_stays_as_it_was_left(
    played: Played, watched: Watched
) -> None:
    page = watched.page
    await page.goto(f"{played.address}#{played.you.id}")
    panel = page.get_by_role("complementary", name="Behind the scenes")
    await expect(panel).to_be_hidden()
    await page.get_by_role("button", name="Behind the scenes").click()
    await expect(panel.get_by_role("button", name="Close")).to_be_focused()
    assert await panel.evaluate("node => node.scrollWidth <= node.clientWidth")
    await page.keyboard.press("Enter")
    await expect(panel).to_be_hidden()
    await expect(page.get_by_role("button", name="Behind the scenes")).to_be_focused()
    await page.set_viewport_size({"width": 1400, "height": 900})
    await page.reload()
    await expect(page.get_by_role("heading", name="What shall I draw?")).to_be_visible()
    await expect(panel).to_be_hidden()
    await page.get_by_role("button", name="Behind the scenes").click()
    await page.reload()
    await expect(panel).to_be_visible()


async def test_at_a_phones_width_nothing_of_the_panel_lies_over_another(played: Played, watched: Watched) -> None:
    page = watched.page
    await page.goto(f"{played.address}#{played.you.id}")
    await page.get_by_role("button", name="Behind the scenes").click()
    for _one in range(20):
        await played.refused("sendMessage", chat_id=played.you.id, text="nobody has written yet")
    panel = page.get_by_role("complementary", name="Behind the scenes")
    await panel.locator("#telegram-flood").click()
    await expect(panel.locator(".call.acted")).to_be_visible()
    for row in await panel.locator(".call").all():
        assert await row.evaluate("node => getComputedStyle(node).position") == "static"
    boxes = await panel.locator(":scope > *").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect()).map(({ top, bottom }) => [top, bottom])"
    )
    assert all(above[1] <= below[0] for above, below in pairwise(boxes)), boxes
    assert boxes[-1][1] - boxes[-1][0] > 200


async def test_a_click_that_has_begun_arrives_whatever_is_drawn_anew_meanwhile(
    played: Played, watched: Watched
) -> None:
    page = watched.page
    played.you.private.say(played.you, "/start")
    await page.goto(f"{played.address}#{played.you.id}")
    await page.get_by_role("button", name="Behind the scenes").click()
    speed = page.get_by_role("button", name="20 times")
    await speed.hover()
    await page.mouse.down()
    await played.call("sendMessage", chat_id=played.you.id, text="meanwhile")
    await page.evaluate("() => fetch('_/desk').then(() => new Promise((resume) => setTimeout(resume, 1200)))")
    await page.mouse.up()
    await expect(speed).to_have_attribute("aria-pressed", "true")
