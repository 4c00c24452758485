"""Counts the inputs that properties are tried with, over all of the suite's processes, and tells the number."""

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Any

import pytest

KEY = "inputs tried"
_tried = 0
_of_others = 0


def pytest_itemcollected(item: pytest.Item) -> None:
    """Each input that Hypothesis makes goes through here."""
    handle = getattr(getattr(item, "obj", None), "hypothesis", None)
    inner = getattr(handle, "inner_test", None)
    if (
        handle is not None
        and inner is not None
        and not hasattr(inner, "counted")
        and not inspect.iscoroutinefunction(inner)
    ):
        handle.inner_test = _counted(inner)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A process beside others hands its number over."""
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output[KEY] = _tried


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """One of them has ended."""
    global _of_others  # noqa: PLW0603 - hooks have nothing else in common
    _of_others += getattr(node, "workeroutput", {}).get(KEY, 0)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The figure that the documents quote."""
    if tried := _tried + _of_others:
        terminalreporter.write_line(f"inputs tried against properties: {tried}")


def _counted(inner: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(inner)
    def counted(*args: Any, **kwargs: Any) -> Any:
        global _tried  # noqa: PLW0603
        _tried += 1
        return inner(*args, **kwargs)

    counted.counted = True  # type: ignore[attr-defined]
    return counted
