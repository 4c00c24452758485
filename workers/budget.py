"""What the sender asks before it takes news for a chat: when may such a thing go there?"""

from datetime import datetime
from typing import Protocol

from domain.delivery import Priority


class Budget(Protocol):
    """Telegram's limits, as far as they are used up; `bot.pacer` keeps the count."""

    def ready_at(
        self,
        chat_id: int,
        priority: Priority,
        now: datetime,
        *,
        expected: int = 0,
        messages: int = 1,
        ahead: int = 0,
    ) -> datetime:
        """When something of that priority may go to that chat; `now` where it may at once.

        `expected`: how many ends this chat has coming, for which room is kept. `messages`: how many an album has.
        `ahead`: how many were let out at this very moment, to other chats.
        """
        ...

    def is_short(self, chat_id: int, now: datetime, *, expected: int) -> bool:
        """Whether there is no room in a group for a message that a reaction can stand for."""
        ...
