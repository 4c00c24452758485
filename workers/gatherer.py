"""Completes albums when their last part seems to have come, and lets go of pictures that nobody came back for."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import structlog

from domain.clock import Clock
from domain.errors import Blocked, NotAllowed, PicturesTrouble, PicturesUnfit, Refusal
from domain.failpoints import Point, passing, reached
from domain.gathering import Gathering, GatheringKind
from domain.rules import Rules
from messages import error as errors
from messages import guests
from messages import pictures as view
from messages.locale import Locale, locale_for
from messages.words import Words
from services import access, albums, approval, baskets
from storage import gatherings
from storage.database import Database, Transaction
from workers.rounds import Bells

log = structlog.stdlib.get_logger("bot.gatherer")

OUT_OF_TOUCH = timedelta(seconds=1)
"""How often it looks whether Telegram answers again."""


class Gatherer:
    """A worker; `round` does what is due.

    `username`: the bot's, once it is known. `in_touch_since`: since when Telegram answers; while it does not, parts of
    an album may lie there.
    """

    def __init__(
        self,
        db: Database,
        rules: Rules,
        username: Callable[[], str],
        in_touch_since: Callable[[], datetime | None],
        bells: Bells,
        clock: Clock,
        language: str,
    ) -> None:
        self._db = db
        self._rules = rules
        self._username = username
        self._in_touch_since = in_touch_since
        self._bells = bells
        self._clock = clock
        self._language = language

    async def round(self) -> datetime | None:
        """Complete what is due; when the next is."""
        now = self._clock.now()
        since = self._in_touch_since()
        if since is None or now - since < albums.QUIET:
            return now + OUT_OF_TOUCH
        due, later = await self._db.run(_look, now)
        for gathering_id in due:
            await self._finish(gathering_id, now)
            await reached(Point.ALBUM_COMMITTED)
            self._bells.ring()  # also its own bell: what has changed meanwhile is looked at again
        return later

    async def _finish(self, gathering_id: int, now: datetime) -> None:
        try:
            await self._db.run(self._complete, gathering_id, now)
        except Refusal as refusal:
            await self._db.run(self._refuse, gathering_id, refusal, now)
        except Exception:  # one bad album is nobody else's trouble
            log.exception("pictures could not be gathered", gathering=gathering_id)
            await self._db.run(self._refuse, gathering_id, None, now)

    def _complete(self, tx: Transaction, gathering_id: int, now: datetime) -> None:
        found = gatherings.select_gathering(tx, gathering_id)
        if found is None or found.due_at is None or found.due_at > now:  # another part has come meanwhile
            return
        if access.is_blocked(tx, found.owner.user_id, found.owner.chat_id, self._rules):
            albums.end(tx, found.id)  # without a word
            return
        if found.kind is not GatheringKind.ALBUM:
            self._let_go(tx, found, now)
            return
        shown = albums.complete(tx, found, self._rules, now)
        if shown is not None:
            invite = self._username() if albums.is_alone(found) else None
            baskets.show(tx, shown, view.gathering(shown, self._locale(found), invite=invite).to_body(), now)
        passing(Point.ALBUM_UNCOMMITTED)

    def _let_go(self, tx: Transaction, found: Gathering, now: datetime) -> None:
        if albums.end(tx, found.id):
            baskets.show(tx, found, view.let_go(self._locale(found)).to_body(), now)

    def _refuse(self, tx: Transaction, gathering_id: int, refusal: Refusal | None, now: datetime) -> None:
        found = gatherings.select_gathering(tx, gathering_id)
        if found is None or not albums.end(tx, gathering_id):
            return
        if isinstance(refusal, Blocked):
            return
        if isinstance(refusal, NotAllowed):
            knocked = approval.knock(tx, found.owner, self._rules, now)
            if knocked.first:
                baskets.show(tx, found, guests.not_let_in(knocked.standing, self._locale(found)).to_body(), now)
            return
        baskets.show(tx, found, self._words(found, refusal, now).to_body(), now)

    def _words(self, found: Gathering, refusal: Refusal | None, now: datetime) -> Words:
        locale = self._locale(found)
        match refusal:
            case None:
                return errors.our_fault(locale)
            case PicturesUnfit(why=PicturesTrouble.HIDDEN):
                return view.hidden(self._username(), locale)
            case _:
                return errors.refusal(refusal, now, locale)

    def _locale(self, found: Gathering) -> Locale:
        return locale_for(found.owner.language or self._language)


def _look(tx: Transaction, now: datetime) -> tuple[Sequence[int], datetime | None]:
    return gatherings.select_due(tx, now), gatherings.next_due(tx, now)
