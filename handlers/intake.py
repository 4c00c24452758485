"""Takes updates from Telegram: each is written down before it is confirmed, and kept until it is handled.

The library's own polling confirms an update while its handler still runs, and one that does not parse stops all.
"""

import asyncio
import json
from collections import defaultdict, deque
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from urllib.parse import urlencode

import structlog
from telegram import Update
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError
from telegram.request import BaseRequest

from domain.clock import Clock
from domain.errors import Refusal
from domain.failpoints import Point, reached
from handlers import updates
from handlers.context import BotApplication, Context, owe_words
from handlers.errors import refuse
from handlers.updates import AnswerUnreadable
from messages import error as view
from services import access
from storage import inbox
from storage.database import Database, Transaction
from storage.inbox import StoredUpdate

log = structlog.stdlib.get_logger("bot.intake")

LONG_POLL = 30
"""Seconds that Telegram holds a request for updates."""
KINDS = ("message", "channel_post", "callback_query", "my_chat_member")
CONFLICT_PAUSE = 30.0
LONGEST_PAUSE = 30.0
LONGEST_ASIDE = 100_000
"""Characters that are kept of an update that nobody can read."""
TRIES = 3
"""How often an update is handled before it is set aside."""


class Intake:
    """Polls, stores, and hands updates to the application: one chat's in order, chats side by side."""

    def __init__(
        self,
        application: BotApplication,
        db: Database,
        request: BaseRequest,
        clock: Clock,
        token_refused: Callable[[], None],
    ) -> None:
        self._application = application
        self._db = db
        self._request = request
        self._clock = clock
        self._token_refused = token_refused
        self._lanes: defaultdict[str, deque[StoredUpdate]] = defaultdict(deque)
        self._drivers: set[asyncio.Task[None]] = set()
        self._failed: set[int] = set()
        self._unreadable = 0
        """How many answers on end could not be read."""
        self.last: datetime | None = None
        """When it last asked for updates, with whatever success."""
        self.in_touch_since: datetime | None = None
        """Since when Telegram answers; while it does not, nobody knows what else has been said."""
        application.add_error_handler(self._on_error)

    @property
    def handling(self) -> int:
        """How many chats' updates are being handled at this moment; one that is put off is not."""
        return len(self._lanes)

    async def run(self) -> None:
        """Until cancelled: first what was left over, then what comes."""
        for stored in await self._db.run(inbox.select_pending):
            self._put(stored)
        offset: int | None = None
        failures = 0
        while True:
            self.last = self._clock.now()
            try:
                offset = await self._poll(offset)
                failures = 0
                self.in_touch_since = self.in_touch_since or self._clock.now()
            except TelegramError as error:
                failures += 1
                self.in_touch_since = None
                await self._clock.sleep(self._pause(error, failures))
            except Exception:  # nothing was confirmed, so Telegram tells it again
                failures += 1
                log.exception("updates could not be written down", times=failures)
                await self._clock.sleep(_growing(failures))

    async def finish(self, seconds: float) -> None:
        """Let the handlers that run come to their end. What still waits is handled at the next start."""
        self._lanes.clear()
        if self._drivers:
            await asyncio.wait(self._drivers, timeout=seconds)
        late = tuple(self._drivers)
        for driver in late:
            driver.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    async def _poll(self, offset: int | None) -> int | None:
        patience = LONG_POLL if self.in_touch_since else 0  # first of all: what has been said meanwhile?
        query: dict[str, str | int] = {"timeout": patience, "allowed_updates": json.dumps(KINDS)}
        if offset:
            query["offset"] = offset
        if self._unreadable:
            query["limit"] = 1
        answer = await self._request.retrieve(
            f"{self._application.bot.base_url}/getUpdates?{urlencode(query)}", read_timeout=LONG_POLL + 10
        )
        if offset is not None:
            await reached(Point.UPDATES_CONFIRMED)
        try:
            payloads = updates.read(answer)
        except AnswerUnreadable:
            self._unreadable += 1  # from now on singly: the one that cannot be read is to be in no other's way
            if self._unreadable <= TRIES or (found := updates.salvage(answer)) is None:
                raise
            self._unreadable = 0
            await self._put_aside(*found)
            return found[0] + 1
        self._unreadable = 0
        if not payloads:
            return None  # all is confirmed, and numbers may begin anew below the old ones
        await reached(Point.UPDATES_COME)
        for key in await self._db.run(inbox.keep, payloads, self._clock.now()):
            self._put(StoredUpdate(update_id=key, payload=payloads[key]))
        await reached(Point.UPDATES_KEPT)
        return max(payloads) + 1  # only now, with the next question, Telegram learns that we have them

    async def _put_aside(self, update_id: int, payload: str) -> None:
        """Operators hear of it: see `services.watch`."""
        log.error("an update cannot be read", update=update_id, length=len(payload))

        def keep_aside(tx: Transaction) -> None:
            inbox.keep(tx, {update_id: payload[:LONGEST_ASIDE]}, self._clock.now())
            inbox.set_aside(tx, update_id, AnswerUnreadable.__name__)

        await self._db.run(keep_aside)

    def _pause(self, error: TelegramError, failures: int) -> float:
        match error:
            case InvalidToken():
                self._token_refused()
                return LONGEST_PAUSE
            case Conflict():
                if failures == 1:
                    log.warning("another program asks for this bot's updates")
                return CONFLICT_PAUSE
            case RetryAfter():
                after = error.retry_after
                return float(after) if isinstance(after, int) else after.total_seconds()
            case _:
                if failures in {1, 10} or failures % 100 == 0:
                    log.warning("no updates from Telegram", error=type(error).__name__, times=failures)
                return _growing(failures)

    def _put(self, stored: StoredUpdate) -> None:
        key = updates.lane(stored.payload)
        idle = key not in self._lanes
        self._lanes[key].append(stored)
        if idle:
            driver = asyncio.create_task(self._drive(key))
            self._drivers.add(driver)
            driver.add_done_callback(self._drivers.discard)

    async def _drive(self, key: str) -> None:
        """Handle one lane's updates, one after another, until there are no more."""
        try:
            while lane := self._lanes.get(key):
                try:
                    await self._handle(lane[0])
                except Exception:  # not the update's fault: nothing could be written down
                    log.exception("an update has to wait", update=lane[0].update_id)
                    await self._clock.sleep(1)
                else:
                    lane.popleft()
        finally:
            self._lanes.pop(key, None)

    async def _handle(self, stored: StoredUpdate) -> None:
        await reached(Point.UPDATE_TO_BE_HANDLED)
        try:
            update = Update.de_json(json.loads(stored.payload), self._application.bot)
        except Exception as error:
            log.error("an update does not parse", update=stored.update_id, error=type(error).__name__)  # noqa: TRY400
            await self._db.run(inbox.set_aside, stored.update_id, type(error).__name__)
            self._application.bot_data.ring()
            return
        await self._application.process_update(update)
        if stored.update_id in self._failed:
            self._failed.discard(stored.update_id)
            await self._again_later(stored)
        else:
            await self._db.run(inbox.mark_done, stored.update_id)

    async def _again_later(self, stored: StoredUpdate) -> None:
        tries = await self._db.run(inbox.count_attempt, stored.update_id, "handler failed")
        if tries >= TRIES:  # not even that it went wrong could be written down for whoever asked
            await self._db.run(inbox.set_aside, stored.update_id, "handler failed")
        elif tries:
            driver = asyncio.create_task(self._put_after(stored, float(tries)))
            self._drivers.add(driver)
            driver.add_done_callback(self._drivers.discard)

    async def _put_after(self, stored: StoredUpdate, seconds: float) -> None:
        await self._clock.sleep(seconds)
        self._put(stored)

    async def _on_error(self, update: object, context: Context) -> None:
        """The application's error handler: refusals become words, everything else is tried again, then set aside."""
        error = context.error
        if not isinstance(update, Update) or error is None:
            log.error("an error outside of any update", exc_info=error)
            return
        self._failed.add(update.update_id)  # until the words below are written down: an error here is swallowed
        with suppress(Exception):  # what the update says of somebody may be what nothing can be looked up by
            await context.refresh_data()  # this context is a new one
        if isinstance(error, Refusal):
            await refuse(context, error)
            self._failed.discard(update.update_id)
            return
        log.error("a handler failed", update=update.update_id, exc_info=error)

        def give_up(tx: Transaction) -> None:
            if inbox.attempts(tx, update.update_id) + 1 < TRIES:
                return
            inbox.set_aside(tx, update.update_id, type(error).__name__)
            asking = context.requester
            if access.is_blocked(tx, asking.user_id, asking.chat_id, context.rules):
                return
            if update.callback_query is None and update.effective_chat is not None:
                owe_words(tx, context.requester, view.our_fault(context.locale), context.now)

        await self._db.run(give_up)
        context.bot_data.ring()


def _growing(failures: int) -> float:
    return float(min(2.0 ** min(failures, 10) / 2, LONGEST_PAUSE))
