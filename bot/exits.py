"""What the process ends with, and the settings' own way out."""

from enum import IntEnum

import click

from bot.config import Settings, SettingsInvalid, load


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
        return load()
    except SettingsInvalid as invalid:
        for problem in invalid.problems:
            click.echo(problem, err=True)
        raise SystemExit(Exit.SETTINGS) from None
