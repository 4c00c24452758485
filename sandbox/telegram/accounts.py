"""Who writes in Telegram: people, bots, and the stand-ins that the Bot API names where a chat speaks for itself."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """An account."""

    id: int
    first_name: str
    username: str | None = None
    language: str | None = None
    is_bot: bool = False

    def as_json(self) -> dict[str, Any]:
        """As updates and messages show it."""
        told: dict[str, Any] = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        if self.username:
            told["username"] = self.username
        if self.language and not self.is_bot:
            told["language_code"] = self.language
        return told


ANONYMOUS = User(id=1087968824, first_name="Group", username="GroupAnonymousBot", is_bot=True)
AS_CHANNEL = User(id=136817688, first_name="Channel", username="Channel_Bot", is_bot=True)
TELEGRAM = User(id=777000, first_name="Telegram")
STAND_INS = frozenset({ANONYMOUS, AS_CHANNEL, TELEGRAM})
