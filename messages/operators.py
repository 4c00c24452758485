"""What operators read about the bot as a whole."""

from collections.abc import Mapping

COMMANDS: Mapping[str, str] = {
    "people": "who may ask, who is refused or blocked",
    "block": "answer a person or chat no more",
    "unblock": "answer them again",
    "unclear": "what may have been charged without a result",
}
"""Shown beside everybody's commands in an operator's private chat, with English descriptions."""
