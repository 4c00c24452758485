"""What somebody does who has just typed `make demo`: everything by clicking and typing, with the real bot."""

import io
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Locator, expect

from sandbox.painter.picture import Picture
from sandbox.painter.rendering import render
from tests.sandbox.page.browsing import Watched
from tests.sandbox.page.running import Sandbox, StartSandbox

pytestmark = [pytest.mark.browser, pytest.mark.process, pytest.mark.asyncio(loop_scope="module")]

SOON = 20_000.0
"""Milliseconds: a guard."""


class Newcomer:
    """Somebody before the page."""

    def __init__(self, sandbox: Sandbox, desktop: Watched) -> None:
        self.sandbox = sandbox
        self.desktop = desktop
        self.page = desktop.page

    async def sees(self, button: str) -> None:
        await expect(self.desktop.button(button)).to_be_visible(timeout=SOON)

    async def presses(self, button: str) -> None:
        await self.desktop.button(button).click(timeout=SOON)

    async def is_told(self, words: str) -> None:
        await expect(self.page.get_by_role("status")).to_contain_text(words, timeout=SOON)

    @property
    def last(self) -> Locator:
        """The newest message."""
        return self.page.locator("#log .item").last


@pytest_asyncio.fixture(loop_scope="module")
async def newcomer(start_sandbox: StartSandbox, desktop: Watched) -> AsyncIterator[Newcomer]:
    sandbox = await start_sandbox("--port", "0", "--speed", "5")
    await desktop.page.goto(sandbox.address)
    yield Newcomer(sandbox, desktop)


async def test_a_picture_develops_is_made_larger_and_survives_a_killed_bot_and_a_reload(newcomer: Newcomer) -> None:
    page, desktop = newcomer.page, newcomer.desktop
    await newcomer.presses("/imagine a lighthouse in a storm")
    await expect(newcomer.last).to_contain_text("%", timeout=SOON)  # it develops
    await expect(newcomer.last.locator(".picture img")).to_have_count(1, timeout=SOON)
    await newcomer.presses("U2")
    await newcomer.is_told("U2")
    await newcomer.sees("Upscale (Subtle)")
    await newcomer.sees("✓ U2")
    # in the middle of another picture somebody kills the bot
    await desktop.write("/imagine a heron in the reeds")
    await expect(page.locator("#provider-state")).to_contain_text("1 running", timeout=SOON)
    await newcomer.presses("Kill and restart")
    await page.get_by_role("button", name="20 times").click()
    await expect(page.locator(".item .text", has_text="a heron in the reeds").last).to_be_visible()
    await expect(newcomer.last.get_by_role("button", name="U1", exact=True)).to_be_visible(timeout=SOON)
    await expect(page.locator("#bot-state")).to_have_text("running · started 2 times")
    messages = (await newcomer.sandbox.get(f"/_/chats/{await newcomer.sandbox.chat('private')}/messages"))["messages"]
    herons = [one for one in messages if one["file_id"] and "heron" in one["text"]]
    assert len(herons) == 1  # nothing lost, nothing twice
    assert len(messages) == 5  # two wishes, three results, no word of progress left
    before = await desktop.shown()
    await page.reload()
    await expect(newcomer.last.locator(".picture img")).to_have_count(1)
    assert await desktop.shown() == before


async def test_photos_are_described_and_blended_by_dropping_them(newcomer: Newcomer) -> None:
    page, desktop = newcomer.page, newcomer.desktop
    await page.get_by_role("button", name="20 times").click()
    await desktop.drop(_drawn("a desert at dusk"))
    await desktop.write("/describe")
    await newcomer.sees("🎉 All (4 charges)")
    await newcomer.presses("1️⃣")
    await newcomer.sees("U1")
    await desktop.drop(_drawn("the sea at night"), _drawn("mountains in the morning"), _drawn("a field of flowers"))
    await desktop.write("/blend")
    await expect(page.locator(".mosaic .picture")).to_have_count(3)
    await expect(newcomer.last.get_by_role("button", name="V4", exact=True)).to_be_visible(timeout=SOON)
    await expect(newcomer.last).to_contain_text("/blend")


async def test_a_region_is_painted_in_the_mini_app_and_drawn_anew(newcomer: Newcomer) -> None:
    page, desktop = newcomer.page, newcomer.desktop
    await page.get_by_role("button", name="20 times").click()
    await desktop.write("/imagine a lighthouse in a storm")
    await newcomer.presses("U1")
    await newcomer.presses("🖌️ Vary (Region)")
    await newcomer.presses("🎨 Paint by hand")
    app = page.get_by_role("dialog", name="Imagine")
    inside = page.frame_locator("#miniapp-frame")
    wanted = inside.get_by_label("What should be there instead?")
    await expect(wanted).not_to_have_value("", timeout=SOON)
    box = await inside.locator("#stage").bounding_box()
    assert box is not None
    await page.mouse.move(box["x"] + box["width"] * 0.3, box["y"] + box["height"] / 2)
    await page.mouse.down()
    await page.mouse.move(box["x"] + box["width"] * 0.6, box["y"] + box["height"] / 2, steps=6)
    await page.mouse.up()
    # what was painted is not thrown away by a slip
    page.once("dialog", lambda asked: asked.dismiss())
    await app.get_by_role("button", name="Close the Mini App").click()
    await expect(app).to_be_visible()
    await wanted.fill("a sailing boat in a storm")
    await inside.get_by_role("button", name="Paint it anew").click()
    await expect(app).to_be_hidden(timeout=SOON)  # it closes by itself
    await expect(newcomer.last).to_contain_text("a sailing boat", timeout=SOON)
    await expect(newcomer.last.get_by_role("button", name="V4", exact=True)).to_be_visible(timeout=SOON)


async def test_in_a_group_only_the_owner_presses_if_the_admin_wants_it_so_and_a_channel_is_drawn_for(
    newcomer: Newcomer,
) -> None:
    page, desktop = newcomer.page, newcomer.desktop
    await page.get_by_role("button", name="20 times").click()
    await desktop.open("Art club")
    await page.get_by_role("group", name="Topics").get_by_role("button", name="Landscapes").click()
    await desktop.write("/presses")
    await newcomer.presses("Who asked for it")
    await page.get_by_label("Write as").select_option("Ann")
    await desktop.write("/imagine hills in the fog")
    await newcomer.sees("U1")
    await page.get_by_label("Write as").select_option("Ben")
    await newcomer.presses("U1")
    refusal = page.get_by_role("dialog", name="Only the person who asked for")
    await refusal.get_by_role("button", name="OK").click(timeout=SOON)
    await page.get_by_label("Write as").select_option("Ann")
    await newcomer.presses("U1")
    await newcomer.sees("✓ U1")
    await newcomer.sees("Upscale (Subtle)")
    await desktop.open("Gallery")
    await page.get_by_label("Who you are").select_option("You")
    await desktop.open("Gallery")
    await desktop.write("/imagine an evening over the roofs")
    await expect(newcomer.last.get_by_role("button", name="U1", exact=True)).to_be_visible(timeout=SOON)
    submits = await page.locator("#provider-state").inner_text()
    assert "3 submits · 3 charged" in submits  # Ben's press cost nothing


def _drawn(prompt: str) -> bytes:
    written = io.BytesIO()
    render(Picture(prompt=prompt, seed=3), (320, 320)).save(written, "PNG")
    return written.getvalue()
