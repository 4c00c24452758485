"""What a bot tells about itself: its commands by scope and language, its name and descriptions by language."""

import json
from typing import Any

Scope = tuple[str, str]  # canonical JSON of a BotCommandScope, language code or ""


class Profile:
    """Everything kept; `commands` by scope and language, `texts` by what and language."""

    def __init__(self) -> None:
        self.commands: dict[Scope, list[dict[str, Any]]] = {}
        self.texts: dict[tuple[str, str], str] = {}

    def text(self, what: str, language: str) -> str:
        """A text in a language, or that for all languages, or nothing."""
        return self.texts.get((what, language)) or self.texts.get((what, ""), "")


def scope_key(scope: dict[str, Any] | None, language: str) -> Scope:
    """Where a list of commands is kept."""
    return json.dumps(scope or {"type": "default"}, sort_keys=True), language
