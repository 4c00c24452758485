"""Takes secrets out of a text: those we know, and what looks like one."""

import json
import re
from collections.abc import Iterable

HIDDEN = "***"

_LOOKS_SECRET = re.compile(
    r"""
    \d{6,12} (?: : | %3A ) [A-Za-z0-9_-]{30,}  # a bot token, plain or as part of an address
    | (?P<kept>
        (?: \b (?: authorization | mj-api-secret ) (?: \\*["'] )? \s* [:=] \s* (?: b? \\*["'] )?  # a header, a dict
        |   [(\[] b? \\*["'] (?: authorization | mj-api-secret ) \\*["'] \s* , \s* b? \\*["']  # a pair
        ) (?: bearer \s+ )?
        | \b bearer \s+
    ) [^\s"'\\,;)}\]]+
    """,
    re.VERBOSE | re.IGNORECASE,
)


class Redactor:
    """Give it a text and it gives it back with `***` for every secret.

    A secret shorter than four characters is let stand: as a part of ordinary words it would blot out everything.
    """

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        kept = {secret for secret in secrets if len(secret) >= 4}
        kept |= {json.dumps(secret)[1:-1] for secret in kept}  # how a secret looks inside a JSON text
        # Longest first: a token goes as a whole before its half is looked for. Any case: `%3A` may come as `%3a`.
        known = sorted(kept, key=len, reverse=True)
        self._known = re.compile("|".join(map(re.escape, known)), re.IGNORECASE) if known else None

    def __call__(self, text: str) -> str:
        """`text` without secrets. Never raises."""
        if self._known:
            text = self._known.sub(HIDDEN, text)
        return _LOOKS_SECRET.sub(_hide, text)


def _hide(found: re.Match[str]) -> str:
    return f"{found['kept'] or ''}{HIDDEN}"
