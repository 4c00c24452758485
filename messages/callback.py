"""What travels in a button: a letter and a number of ours; never anything of the provider's."""

from typing import Final

BUTTON: Final = "b"
DRAFT: Final = "d"
CANCEL: Final = "c"
CANCEL_LISTED: Final = "l"
"""The same from the list of `/tasks`, which is then shown anew."""
AGAIN: Final = "a"
ORIGINAL: Final = "o"
REMOVE: Final = "r"
WAITING: Final = "w"
"""Bring what waited while the chat could not be written to; its number says nothing."""
SINGLES: Final = "xs"
"""The four of a grid, each by itself."""
REPEAT: Final = "xa"
"""The same once more."""
CHANGE: Final = "xc"
"""The words back, to be changed."""
POLICY: Final = "p"
"""Who may press here; the number is the place in `POLICIES`."""
WINDOW: Final = "win"
"""A question's button; the number is the question's times `CHOICES`, plus what was chosen."""
REMIX: Final = "rmx"
"""Whether to be asked for words: 1, or 0."""
CHOICES: Final = 100

BLEND: Final = "gb"
"""Of gathered pictures, as all that begin with a g: melt them into a square, or …"""
BLEND_PORTRAIT: Final = "gp"
BLEND_LANDSCAPE: Final = "gl"
DESCRIBE_GATHERED: Final = "gd"
REFERENCE: Final = "gr"
"""They go along with the next words."""
DRAW_GATHERED: Final = "gi"
LET_GO: Final = "gc"
PROPOSAL: Final = "n"
"""Under words: draw one of them, draw all, find others."""
AS_WRITTEN: Final = "s"
REPAIRED: Final = "f"
EXPANDED: Final = "e"
"""The answers to a question about a prompt."""


def data(letter: str, number: int) -> str:
    """Callback data, a few bytes of the 64 that Telegram allows."""
    return f"{letter}:{number}"


def pattern(letter: str) -> str:
    """A regular expression whose first group is the number."""
    return rf"^{letter}:([0-9]{{1,18}})\Z"
