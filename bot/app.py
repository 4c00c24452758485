"""The bot as a whole: what it is made of, how it starts, how it stops."""

import asyncio
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Literal

import click
import structlog
from telegram.error import InvalidToken, TelegramError

from bot import VERSION, wiring
from bot.commands import tell_commands
from bot.config import Settings
from bot.pacer import MINUTE, Pacer
from bot.web import Health
from domain.clock import Clock
from domain.failpoints import Point, reached
from handlers import HANDLERS
from handlers.beginning import begin
from handlers.context import Workshop
from handlers.intake import Intake
from handlers.members import Members
from services import access, quota, ways
from services.watch import Disk
from storage import deliveries, drafts, gatherings, inbox, providers
from storage.database import Database
from workers.bearers import Bearers
from workers.cards import Cards
from workers.dispatch import Dispatch
from workers.ends import Ends
from workers.films import Films
from workers.finder import Finder
from workers.gallery import Gallery
from workers.gatherer import Gatherer
from workers.offers import Offers
from workers.original import Originals
from workers.photos import Photos
from workers.plain import PlainMessages
from workers.poller import Poller
from workers.previews import Previews
from workers.prober import Prober
from workers.questions import Questions
from workers.reports import Reports
from workers.result import Results
from workers.rounds import Bells, Rounds
from workers.seeds import Seeds
from workers.sender import Sender
from workers.showing import Showing
from workers.singles import Singles
from workers.status import StatusMessages
from workers.stops import Stops
from workers.submitter import Submitter
from workers.watchman import Watchman
from workers.windows import WindowKeeper

log = structlog.stdlib.get_logger("bot.app")

STOPPING_SECONDS = 8.5
"""What calls in flight get when the bot is asked to stop; it has to be gone after ten."""
STOPPING_SECONDS_IN_TROUBLE = 5.0
"""The same while the database cannot be written: most of what is in flight waits for that alone."""
STUCK_AFTER = 120.0
"""Seconds without a round after which a worker counts as stuck; each looks by itself every 30, intake asks for 40."""
INBOX_MEMORY = timedelta(hours=48)
DRAFT_MEMORY = timedelta(days=30)


class TokenRefused(Exception):  # noqa: N818 - a fact
    """Telegram does not know the bot's token (any more)."""


class App:
    """Everything, wired. `live` until something ends it or it is cancelled, then `stop`."""

    def __init__(self, settings: Settings, db: Database, clock: Clock, disk: Callable[[], Disk] | None = None) -> None:
        self._db = db
        self._clock = clock
        self._language = settings.default_language
        self._status: Literal["ok", "starting", "stopping"] = "starting"
        self._tasks: list[asyncio.Task[None]] = []
        self._doubt = asyncio.Event()
        self._bells = bells = Bells()
        self._client = client = wiring.provider_from(settings, clock)
        self._fetcher = wiring.fetcher_from(settings, client)
        disk = disk or wiring.disk_of(settings)
        self._rules = rules = wiring.rules_from(settings, client)
        self._language = settings.default_language

        calls, updates = wiring.requests_from()
        self._pacer = pacer = Pacer(clock)
        workshop = Workshop(
            db=db,
            rules=rules,
            now=clock.now,
            ring=bells.ring,
            members=Members(clock.now),
            default_language=settings.default_language,
        )
        self.application = application = wiring.application_from(settings, workshop, calls, updates, pacer)
        application.add_handlers(HANDLERS)
        bot = application.bot
        self._intake = Intake(application, db, updates, clock, self._doubt.set)

        dispatch = Dispatch(db, clock, self._doubt.set)
        ends = Ends(db, dispatch, clock)
        previews = Previews(self._fetcher) if settings.previews else None
        mode = "" if settings.midjourney_mode == "default" else settings.midjourney_mode
        photos = Photos(bot)
        self._seeds = Seeds(db, bot, dispatch, client, bells, clock)
        self._stops = Stops(db, bot, dispatch, client, bells, clock)
        self._submitter = Submitter(db, client, photos, rules, bells, clock)
        offers = Offers(db, clock)
        gallery = Gallery(db, client, self._fetcher)
        self.door = wiring.door_from(settings, db, gallery, rules, bells, clock)
        films = Films(db, bot, ends, pacer, offers, gallery, clock)
        bearers = Bearers(
            status=StatusMessages(db, bot, dispatch, pacer, previews, rules, clock),
            results=Results(db, bot, ends, offers, gallery, films, clock, mode=mode),
            originals=Originals(db, bot, dispatch, gallery, clock),
            plain=PlainMessages(db, bot, dispatch, ends, offers, clock),
            questions=Questions(db, bot, dispatch, gallery, clock, page=wiring.region_page(settings)),
            singles=Singles(db, bot, dispatch, pacer, offers, gallery, photos, clock),
            seeds=self._seeds,
            stops=self._stops,
            language=settings.default_language,
            showing=Showing(db, bot, dispatch, pacer, offers, clock, mode=mode),
            cards=Cards(db, bot, dispatch, clock),
            reports=Reports(db, bot, dispatch, clock),
            db=db,
        )
        self._sender = Sender(db, dispatch, pacer, bearers, clock, done=bells.sender.set)
        gatherer = Gatherer(
            db,
            rules,
            lambda: bot.username,
            lambda: self._intake.in_touch_since,
            bells,
            clock,
            settings.default_language,
        )
        poller = Poller(db, client, wiring.pace_from(settings), bells, clock)
        self._rounds = (
            Rounds("submitter", self._submitter.round, bells.submitter, clock),
            Rounds("poller", poller.round, bells.poller, clock),
            Rounds("sender", self._sender.round, bells.sender, clock),
            Rounds("finder", Finder(db, client, bells, clock).round, bells.finder, clock),
            Rounds("prober", Prober(db, client, rules, bells, clock).round, bells.prober, clock),
            Rounds("windows", WindowKeeper(db, clock, bells.sender.set).round, asyncio.Event(), clock),
            Rounds("gatherer", gatherer.round, bells.gatherer, clock),
            Rounds("watchman", Watchman(db, disk, rules, bells.sender.set, clock).round, asyncio.Event(), clock),
            Rounds("keeper", self._tidy, asyncio.Event(), clock),
        )

    async def start(self) -> None:
        """Meet Telegram, sort what the last run left, and begin. Raises `TokenRefused`."""
        await self._meet_telegram()
        language, older = self._language, self._db.is_older
        if older:
            log.warning("the database is an older copy: what waits in it is asked about, and not done again")
        await self._db.begin_run(begin, self._rules, language, self._clock.now(), older=older)
        await reached(Point.RECOVERY_COMMITTED)
        self._pacer.remember(await self._db.run(deliveries.sent_since, self._clock.now() - MINUTE))
        noted = await self._db.run(providers.noted, self._client.name, self._clock.now())
        if (until := noted.get(ways.LISTS)) is not None:
            self._client.remember_no_lists(until)
        await self._offer_claim()
        self._tasks = [asyncio.create_task(rounds.run(), name=rounds.name) for rounds in self._rounds]
        self._tasks.append(asyncio.create_task(self._intake.run(), name="intake"))
        self._tasks.append(asyncio.create_task(self._set_commands(), name="commands"))
        self._status = "ok"
        log.info("started", bot=self.application.bot.username, version=VERSION)

    async def live(self) -> None:
        """Start, then stay until `ended`."""
        await self.start()
        await self.ended()

    async def ended(self) -> None:
        """Until a worker dies (which ends the process, never half of it) or there is no going on.

        Raises `TokenRefused` once Telegram refuses the token for certain, and `DatabaseUnusable` once the file is lost.
        """
        doubt = asyncio.create_task(self._confirm_doubts())
        lost = asyncio.create_task(self._db.lost())
        lasting = [task for task in self._tasks if task.get_name() != "commands"]
        try:
            done, _running = await asyncio.wait((lost, doubt, *lasting), return_when=asyncio.FIRST_COMPLETED)
            for task in (one for one in (lost, doubt, *lasting) if one in done):  # what was lost explains the others
                task.result()
        finally:
            doubt.cancel()
            lost.cancel()

    async def stop(self) -> None:
        """Take nothing new; give calls in flight their time; close. What is still open then is found unclear later."""
        self._status = "stopping"
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await reached(Point.STOPPING)
        seconds = STOPPING_SECONDS_IN_TROUBLE if self._db.trouble else STOPPING_SECONDS
        await asyncio.gather(
            self._intake.finish(seconds),
            self._submitter.jobs.finish(seconds),
            self._sender.jobs.finish(seconds),
            self._seeds.jobs.finish(seconds),
            self._stops.jobs.finish(seconds),
        )
        await self._client.aclose()
        await self._fetcher.aclose()
        await self.application.shutdown()

    def busy(self) -> bool:
        """Whether anything is under way at this moment: a submit, a delivery, a handler."""
        jobs = (self._submitter.jobs, self._sender.jobs, self._seeds.jobs, self._stops.jobs)
        return bool(any(map(len, jobs)) or self._intake.handling)

    def health(self) -> Health:
        """How it goes, for `/health`."""
        now = self._clock.now()
        ages = {rounds.name: _age(rounds.last, now) for rounds in self._rounds}
        ages["intake"] = _age(self._intake.last, now)
        stuck = any(age is not None and age > STUCK_AFTER for name, age in ages.items() if name != "keeper")
        status = "stuck" if stuck else self._status
        return Health(status="database" if self._db.trouble else status, version=VERSION, workers=ages)

    async def _meet_telegram(self) -> None:
        failures = 0
        while True:
            try:
                await self.application.initialize()
            except InvalidToken as error:
                raise TokenRefused from error
            except TelegramError as error:
                failures += 1
                log.warning("Telegram cannot be reached", error=type(error).__name__, times=failures)
                await self._clock.sleep(min(2.0 ** min(failures, 10), 30.0))
            else:
                return

    async def _confirm_doubts(self) -> None:
        """A refused call may be Telegram's hiccup: only `getMe` decides whether the token is void."""
        while True:
            await self._doubt.wait()
            self._doubt.clear()
            try:
                await self.application.bot.get_me()
            except InvalidToken as error:
                raise TokenRefused from error
            except TelegramError:
                await self._clock.sleep(5)

    async def _offer_claim(self) -> None:
        secret = secrets.token_urlsafe(24)
        if await self._db.run(access.offer_claim, secret, self._rules, self._clock.now()):
            address = f"https://t.me/{self.application.bot.username}?start=claim_{secret}"
            click.echo(f"This bot has no operator yet. Whoever opens this link first becomes it:\n{address}")

    async def _set_commands(self) -> None:
        try:
            await tell_commands(self.application.bot, self._language)
        except TelegramError as error:
            log.warning("the command lists could not be set", error=type(error).__name__)

    async def _tidy(self) -> None:
        now = self._clock.now()
        await self._db.run(inbox.delete_done, now - INBOX_MEMORY)
        await self._db.run(drafts.delete_old, now - DRAFT_MEMORY)
        await self._db.run(gatherings.delete_old, now - DRAFT_MEMORY)
        await self._db.run(quota.keep_given_up, now)


def _age(last: datetime | None, now: datetime) -> float | None:
    return (now - last).total_seconds() if last else None
