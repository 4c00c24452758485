"""What is done to a person's words before they go out: next to nothing."""

import re

from domain.errors import PromptEmpty, PromptTooLong

LONGEST = 6000
"""Characters; Midjourney itself takes about as many."""

_DASHED_FLAG = re.compile(r"(?<!\S)[—–](?=[A-Za-z])")
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


def prepare(words: str) -> str:
    """The prompt to submit: as written, but for what Telegram's clients make of `--`. Raises `Refusal`s.

    Clients turn two hyphens into a long dash while people type, and Midjourney knows only the hyphens.
    """
    prompt = _DASHED_FLAG.sub("--", _FORBIDDEN.sub("", words.replace("\r\n", "\n"))).strip()
    if not prompt:
        raise PromptEmpty
    if len(prompt) > LONGEST:
        raise PromptTooLong(LONGEST)
    return prompt
