"""Keeps the bot within Telegram's limits: counts what goes out, and tells what may go where, and when.

The library asks it before each call (`process_request`), the sender before it takes news for a chat (`ready_at`), so
that something more urgent can still come first. What Telegram itself orders (429) is kept with the chat in the
database, not here.
"""

from collections import defaultdict, deque
from collections.abc import Callable, Coroutine, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from telegram.ext import BaseRateLimiter

from domain.clock import Clock
from domain.delivery import Priority

Answer = bool | dict[str, Any] | list[dict[str, Any]]

COUNTED = ("send", "copy", "forward", "edit")
"""How the names of the calls begin that Telegram counts as messages: edits are, presses answered and deletions not."""
UNCOUNTED = ("sendChatAction",)

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
BURST = timedelta(seconds=5)

EVERYWHERE = {Priority.PROGRESS: 15, Priority.FAILURE: 27, Priority.RESULT: 28}
MOST_EVERYWHERE = 29
"""Calls in any second, all chats together; Telegram's own word is about 30. The cosmetic leaves half of it free."""
MOST_IN_A_BURST = 5
"""Calls to one chat in any five seconds: one a second, short bursts allowed."""
COSMETICS_IN_A_BURST = 3
MOST_IN_A_MINUTE = 18
"""Calls to one group or channel; Telegram's own word is 20."""
KEPT_FOR_ENDS = 4
"""Of those, what answers and the like leave for results."""
KEPT_FROM_COSMETICS = 4
"""Of those, what progress leaves free even if nothing is expected."""

PULSE = 0.05
"""Seconds between two looks whether there is room, where everything that is counted is still under way."""


@dataclass(slots=True)
class Window:
    """How many calls fall into any span of that length.

    A call counts from its beginning until a span after its end: whenever it reached Telegram in between, no span of
    Telegram's clock can hold more of them than this.
    """

    span: timedelta
    under_way: int = 0
    ended: deque[datetime] = field(default_factory=deque)

    def used(self, now: datetime) -> int:
        """What counts at this moment."""
        while self.ended and self.ended[0] + self.span <= now:
            self.ended.popleft()
        return self.under_way + len(self.ended)

    def room_at(self, limit: int, now: datetime) -> datetime:
        """When fewer than `limit` will count, if nothing else goes out and what is under way ends now."""
        too_many = self.used(now) - limit + 1
        if too_many <= 0:
            return now
        known = self.ended[min(too_many, len(self.ended)) - 1] + self.span if self.ended else now
        return known if too_many <= len(self.ended) else max(known, now + timedelta(seconds=PULSE))

    def begin(self) -> None:
        """A call goes out."""
        self.under_way += 1

    def end(self, now: datetime) -> None:
        """It has been answered."""
        self.under_way -= 1
        self.ended.append(now)


class Pacer(BaseRateLimiter[None]):
    """Counts calls, for all chats and for each."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._all = Window(SECOND)
        self._bursts: defaultdict[int, Window] = defaultdict(lambda: Window(BURST))
        self._minutes: defaultdict[int, Window] = defaultdict(lambda: Window(MINUTE))

    async def initialize(self) -> None:
        """Nothing to do."""

    async def shutdown(self) -> None:
        """Nothing to do."""

    def remember(self, sent: Iterable[tuple[int, datetime]]) -> None:
        """What a run before this one sent (chat, when), oldest first or not: Telegram has not forgotten it."""
        for chat_id, at in sorted(sent, key=lambda one: one[1]):
            for window in self._windows(chat_id):
                window.ended.append(at)

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
        """When something of that priority may go to that chat; see `workers.budget`."""
        if priority is Priority.TIDYING:
            return now
        more = messages - 1
        at = self._all.room_at(EVERYWHERE.get(priority, MOST_EVERYWHERE) - more - ahead, now)
        if priority is Priority.ACKNOWLEDGEMENT and chat_id < 0:
            return at  # in a busy room it becomes a reaction, which is not counted
        burst = COSMETICS_IN_A_BURST if priority is Priority.PROGRESS else MOST_IN_A_BURST
        at = max(at, self._bursts[chat_id].room_at(max(burst - more, 1), now))
        if chat_id > 0:
            return at
        return max(at, self._minutes[chat_id].room_at(_share(priority, expected) - more, now))

    def is_short(self, chat_id: int, now: datetime, *, expected: int) -> bool:
        """Whether there is no room in a group for a message that a reaction can stand for."""
        return any(
            window.room_at(limit, now) > now
            for window, limit in (
                (self._bursts[chat_id], MOST_IN_A_BURST),
                (self._minutes[chat_id], _share(Priority.ACKNOWLEDGEMENT, expected)),
            )
        )

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Answer]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: None,
    ) -> Answer:
        """Make the call, as soon as there is room for it among all others."""
        del rate_limit_args
        if not endpoint.startswith(COUNTED) or endpoint in UNCOUNTED:
            return await callback(*args, **kwargs)
        while (room := self._all.room_at(MOST_EVERYWHERE, self._clock.now())) > self._clock.now():
            await self._clock.sleep((room - self._clock.now()).total_seconds())
        windows = self._windows(int(data.get("chat_id") or 0)) * _messages(data)
        for window in windows:
            window.begin()
        try:
            return await callback(*args, **kwargs)
        finally:
            now = self._clock.now()
            for window in windows:
                window.end(now)
            self._forget_the_idle(now)

    def _windows(self, chat_id: int) -> tuple[Window, ...]:
        one_chat = (self._bursts[chat_id],) if chat_id >= 0 else (self._bursts[chat_id], self._minutes[chat_id])
        return self._all, *one_chat

    def _forget_the_idle(self, now: datetime) -> None:
        """Whoever is quiet takes no memory."""
        for windows in (self._bursts, self._minutes):
            if len(windows) > 1000:
                for chat_id in [chat_id for chat_id, window in windows.items() if not window.used(now)]:
                    del windows[chat_id]


def _messages(data: dict[str, Any]) -> int:
    """How many messages a call counts for: Telegram counts each of an album."""
    media = data.get("media")
    return len(media) if isinstance(media, list | tuple) else 1


def _share(priority: Priority, expected: int) -> int:
    """How much of a group's minute may be used up before something of that priority has to wait."""
    match priority:
        case Priority.RESULT | Priority.FAILURE:
            return MOST_IN_A_MINUTE
        case Priority.ANSWER:
            return MOST_IN_A_MINUTE - KEPT_FOR_ENDS
        case Priority.ACKNOWLEDGEMENT:
            return max(MOST_IN_A_MINUTE - KEPT_FOR_ENDS - expected, 0)
        case _:
            return max(MOST_IN_A_MINUTE - KEPT_FOR_ENDS - KEPT_FROM_COSMETICS - expected, 0)
