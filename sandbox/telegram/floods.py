"""Flood limits: how much a bot may send, in all and to one chat, and how long it waits where that was too much."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from random import Random
from typing import NoReturn

from sandbox.telegram.errors import ApiError
from sandbox.telegram.params import Params
from sandbox.telegram.rooms import Room

MOST_A_SECOND = 30
MOST_IN_A_GROUP_A_MINUTE = 20
BURST = 5  # to one chat; one a second comes back

_COUNTED = ("send", "copy", "forward", "edit")
_SHORTEST_WAIT = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Flood:
    """One call that was too much."""

    time: datetime
    chat_id: int | None
    method: str
    retry_after: int


class Floods:
    """The limits of one bot, kept only where `on`; `refused` are the calls that were too much, oldest first.

    Whether they are on or not, it can be `shut` for a while: then everything is too much.
    """

    def __init__(self, *, on: bool, now: Callable[[], datetime], rng: Random) -> None:
        self.on = on
        self.refused: list[Flood] = []
        self._now = now
        self._rng = rng
        self._all = _Window(seconds=1, most=MOST_A_SECOND)
        self._chats: dict[int, _Chat] = {}
        self._shut_until: datetime | None = None

    def shut(self, seconds: float) -> None:
        """Refuse every message and edit to any chat for so long from now on; 0 ends that."""
        self._shut_until = self._now() + timedelta(seconds=seconds)

    def count(self, method: str, params: Params, room: Room | None) -> None:
        """Count a call that has just arrived. ApiError 429 if it is too much; then it counts for nothing."""
        cost, now = _cost(method, params), self._now()
        if cost and self._shut_until and now < self._shut_until:
            self._refuse(method, room, now, ceil((self._shut_until - now).total_seconds()))
        if not self.on or not cost:
            return
        chat = self._chats.setdefault(room.id, _Chat(is_group=room.kind != "private")) if room else None
        wait = chat.closed(now) if chat else 0
        if not wait:
            wait = max(chat.wait(now, cost) if chat else 0, self._wait_for_all(now, cost))
            if chat and wait:
                chat.closed_until = now + timedelta(seconds=wait)
        if wait:
            self._refuse(method, room, now, wait)
        self._all.add(now, cost)
        if chat:
            chat.add(now, cost)

    def _refuse(self, method: str, room: Room | None, now: datetime, wait: int) -> NoReturn:
        self.refused.append(Flood(time=now, chat_id=room.id if room else None, method=method, retry_after=wait))
        raise ApiError(429, f"Too Many Requests: retry after {wait}", {"retry_after": wait})

    def _wait_for_all(self, now: datetime, cost: int) -> int:
        return self._rng.randint(1, 5) if self._all.until_room(now, cost) > 0 else 0


class _Window:
    """So much at most in any so many seconds."""

    def __init__(self, *, seconds: float, most: int) -> None:
        self._length = timedelta(seconds=seconds)
        self._most = most
        self._sent: deque[tuple[datetime, int]] = deque()

    def until_room(self, now: datetime, cost: int) -> float:
        """The seconds until so much more may be sent; 0 or less for now."""
        while self._sent and self._sent[0][0] + self._length <= now:
            self._sent.popleft()
        too_much = sum(sent for _, sent in self._sent) + cost - self._most
        for time, sent in self._sent:
            if too_much <= 0:
                break
            too_much -= sent
            if too_much <= 0:
                return (time + self._length - now).total_seconds()
        return 0

    def add(self, now: datetime, cost: int) -> None:
        self._sent.append((now, cost))


class _Chat:
    """A bucket that fills by one a second; a group has a minute's limit, too. Who was told to wait, waits."""

    def __init__(self, *, is_group: bool) -> None:
        self.closed_until: datetime | None = None
        self._full_at: datetime | None = None
        self._minute = _Window(seconds=60, most=MOST_IN_A_GROUP_A_MINUTE) if is_group else None

    def closed(self, now: datetime) -> int:
        """The whole seconds that are left of the wait that was told; 0 for none."""
        return max(ceil((self.closed_until - now).total_seconds()), 0) if self.closed_until else 0

    def wait(self, now: datetime, cost: int) -> int:
        """The whole seconds to wait before so much may be sent; 0 for none."""
        missing = (self._full_at - now).total_seconds() if self._full_at else 0
        wait = _SHORTEST_WAIT if missing > BURST - min(cost, BURST) else 0  # a larger album passes, and leaves a debt
        if self._minute and (until := self._minute.until_room(now, cost)) > 0:
            wait = max(ceil(until), _SHORTEST_WAIT)
        return wait

    def add(self, now: datetime, cost: int) -> None:
        self._full_at = max(self._full_at or now, now) + timedelta(seconds=cost)
        if self._minute:
            self._minute.add(now, cost)


def _cost(method: str, params: Params) -> int:
    """How many messages a call counts for."""
    if not method.startswith(_COUNTED) or method == "sendChatAction":
        return 0
    if method != "sendMediaGroup":
        return 1
    try:
        items = params.json("media")
    except ApiError:
        return 1  # refused when it is read, but a call all the same
    return max(len(items), 1) if isinstance(items, list) else 1
