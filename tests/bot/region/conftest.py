"""A browser to paint with."""

import shutil

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture(scope="session")
def chromium() -> str:
    """Where Chromium is; without one, what needs it is skipped."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    return CHROMIUM


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say loudly what was not looked at."""
    if CHROMIUM is None:
        terminalreporter.write_line("!! No Chromium on this machine: painting a region was NOT LOOKED AT", red=True)
