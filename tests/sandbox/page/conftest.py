"""Sandboxes that end with their test, and a browser to look at them."""

import shutil
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
import pytest_asyncio

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


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say loudly what was not looked at."""
    if CHROMIUM is None:
        terminalreporter.write_line("!! No Chromium on this machine: the browser stories were SKIPPED", red=True)
