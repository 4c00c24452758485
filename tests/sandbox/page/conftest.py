"""Sandboxes that end with their test, and a browser to look at them."""

import shutil
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import httpx
import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright

from sandbox.demo import Demo
from tests.sandbox.page.browsing import ARGUMENTS, Played, Watched
from tests.sandbox.page.running import Sandbox, StartSandbox

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


@pytest_asyncio.fixture(loop_scope="module")  # as the browser's stories have it
async def start_sandbox(tmp_path: Path) -> AsyncIterator[StartSandbox]:
    """Starts sandboxes: `await start_sandbox("--port", "0", SETTING="…")`; they run in `tmp_path`."""
    async with AsyncExitStack() as closing:

        async def start(*arguments: str, **settings: str) -> Sandbox:
            return await closing.enter_async_context(Sandbox(tmp_path, *arguments, **settings))

        yield start


@pytest.fixture(scope="session")
def chromium() -> str:
    """Where Chromium is; without one, what needs it is skipped."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    return CHROMIUM


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def browser(chromium: str) -> AsyncIterator[Browser]:
    """One for all tests of a module."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield browser
        await browser.close()


async def _watched(browser: Browser, width: int, height: int) -> AsyncIterator[Watched]:
    context = await browser.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce")
    watched = Watched(await context.new_page())
    yield watched
    await context.close()
    assert watched.complaints == []
    assert watched.hosts == {"127.0.0.1"}


@pytest_asyncio.fixture(loop_scope="module")
async def watched(browser: Browser) -> AsyncIterator[Watched]:
    """A page as wide as a phone; whatever the story was, it complained of nothing and asked nobody else."""
    async for watched in _watched(browser, 380, 760):
        yield watched


@pytest_asyncio.fixture(loop_scope="module")
async def desktop(browser: Browser) -> AsyncIterator[Watched]:
    """The same, as wide as a desk's screen: what is behind the scenes stands beside the chat."""
    async for watched in _watched(browser, 1400, 900):
        yield watched


@pytest_asyncio.fixture(loop_scope="module")
async def played() -> AsyncIterator[Played]:
    """The demo, with the test in the place of the bot."""
    async with Demo(port=0, speed=1) as demo, httpx.AsyncClient(base_url=demo.address, trust_env=False) as client:
        yield Played(demo, client)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say loudly what was not looked at."""
    if CHROMIUM is None:
        terminalreporter.write_line("!! No Chromium on this machine: the browser stories were SKIPPED", red=True)
