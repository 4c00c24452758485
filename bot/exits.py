"""What the process ends with, and the settings' own way out."""

import contextlib
import logging
import os
import sys
from enum import IntEnum
from typing import NoReturn

import click

from bot.config import Settings, SettingsInvalid, load
from domain import failpoints


class Exit(IntEnum):
    """Exit codes; `docs/reference/exits.md` tells operators what to do about each."""

    STOPPED = 0
    FAILED = 1
    SETTINGS = 2
    TOKEN = 3
    DATABASE = 4
    HELD = 5


def settings_or_exit() -> Settings:
    """Read the settings; what is wrong with them is printed, a line each."""
    try:
        failpoints.arm(os.environ.get(failpoints.VARIABLE, ""))
    except failpoints.FailPointsWrong as wrong:
        click.echo(str(wrong), err=True)
        raise SystemExit(Exit.SETTINGS) from None
    try:
        return load()
    except SettingsInvalid as invalid:
        for problem in invalid.problems:
            click.echo(problem, err=True)
        raise SystemExit(Exit.SETTINGS) from None


def leave_at_once(code: Exit) -> NoReturn:
    """End the process. To take the interpreter apart takes a second on a busy machine, and nothing is left to do."""
    logging.shutdown()
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):  # it may be closed, or nobody may listen any more
            stream.flush()
    os._exit(code)
