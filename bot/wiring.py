"""How a setting becomes a thing: the values and clients that the rooms are handed. Built by hand, in one place."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from telegram.ext import Application, ContextTypes, ExtBot
from telegram.request import BaseRequest, HTTPXRequest

from bot.config import Settings
from bot.door import Door
from bot.pacer import Pacer
from domain.clock import Clock
from domain.price import Mode, prices_from
from domain.rules import Access, PressPolicy, Rules
from handlers.context import BotApplication, Context, Workshop
from midjourney.address import mode_in
from midjourney.client import MidjourneyClient, ProviderConfig
from midjourney.images import PictureFetcher
from services.sightings import Pace
from services.watch import Disk
from storage.database import Database
from workers.gallery import Gallery
from workers.rounds import Bells

CALLS_AT_ONCE = 32
"""Calls to Telegram; beyond this the pool gets slower, not faster."""


def rules_from(settings: Settings, provider: MidjourneyClient) -> Rules:
    """Who may spend, how much, and how fast."""
    return Rules(
        provider=provider.name,
        access=Access(settings.access),
        allowed_users=settings.allowed_users,
        allowed_chats=settings.allowed_chats,
        admins=settings.admin_users,
        max_running_per_user=settings.max_running_per_user,
        max_running=settings.max_running,
        daily_per_user=settings.daily_limit_per_user,
        daily_per_chat=settings.daily_limit_per_chat,
        points_per_user=settings.daily_points_per_user,
        points_per_chat=settings.daily_points_per_chat,
        prices=prices_from(settings.prices),
        mode=mode_from(settings),
        press_policy=PressPolicy(settings.press_policy),
        modes=provider.modes,
        previews=settings.previews,
    )


def mode_from(settings: Settings) -> Mode:
    """How fast the provider works: as it is set, or as its address says."""
    said = settings.midjourney_mode
    return Mode(mode_in(settings.midjourney_base_url, settings.midjourney_mode_path) if said == "default" else said)


def pace_from(settings: Settings) -> Pace:
    """How often the provider is asked; a relaxed task may rest for a day."""
    pace = Pace(interval=settings.poll_interval, originals_to=settings.storage_chat)
    return replace(pace, stuck_after=pace.stuck_after_relaxed) if settings.midjourney_mode == "relax" else pace


def provider_from(settings: Settings, clock: Clock) -> MidjourneyClient:
    """The client of the one provider, named after its address: remote ids mean something only there."""
    config = ProviderConfig(
        name=settings.midjourney_base_url.split("://", 1)[-1].split("/")[0].lower(),
        base_url=settings.midjourney_base_url,
        api_key=settings.midjourney_api_key.get_secret_value(),
        auth=settings.midjourney_auth,
        mode=settings.midjourney_mode,
        mode_path=settings.midjourney_mode_path,
    )
    return MidjourneyClient(config, clock=clock)


def region_page(settings: Settings) -> str:
    """The address of the page on which a region is painted; empty where nobody could open it."""
    return f"{settings.public_url}/app/region/" if settings.public_url else ""


def frames_from(settings: Settings) -> tuple[str, ...]:
    """Who may show that page in a frame beside Telegram's own site: the Telegram that this bot talks to, if another."""
    if settings.telegram_api_url == Settings.model_fields["telegram_api_url"].default:
        return ()
    address = urlsplit(settings.telegram_api_url)
    return (f"{address.scheme}://{address.netloc}",)


def door_from(
    settings: Settings, db: Database, gallery: Gallery, rules: Rules, bells: Bells, clock: Clock
) -> Door | None:
    """What is behind that page; `None` where it has no address."""
    if not settings.public_url:
        return None
    token = settings.telegram_bot_token.get_secret_value()
    return Door(db, gallery, rules, bells, clock, token=token, language=settings.default_language)


def disk_of(settings: Settings) -> Callable[[], Disk]:
    """Measures the disk that holds the database."""
    folder = settings.database_path.parent

    def measure() -> Disk:
        usage = shutil.disk_usage(folder)
        return Disk(free=usage.free, total=usage.total)

    return measure


def requests_from() -> tuple[BaseRequest, BaseRequest]:
    """Connections to Telegram: for calls, and for asking for updates."""
    calls = HTTPXRequest(
        connection_pool_size=CALLS_AT_ONCE,
        connect_timeout=10,
        read_timeout=60,
        write_timeout=60,
        media_write_timeout=120,
        pool_timeout=60,
    )
    return calls, HTTPXRequest(connection_pool_size=2, connect_timeout=10, pool_timeout=10)


def application_from(
    settings: Settings, workshop: Workshop, calls: BaseRequest, updates: BaseRequest, pacer: Pacer
) -> BotApplication:
    """The library's application, without its own polling: `handlers.intake` does that."""
    token = settings.telegram_bot_token.get_secret_value()
    root = settings.telegram_api_url
    return (
        Application.builder()
        .bot(
            ExtBot(
                token,
                base_url=f"{root}/bot",
                base_file_url=f"{root}/file/bot",
                request=calls,
                get_updates_request=updates,
                rate_limiter=pacer,
            )
        )
        .updater(None)
        .job_queue(None)
        .context_types(_context_types(workshop))
        .build()
    )


def _context_types(workshop: Workshop) -> ContextTypes[Context, dict[Any, Any], dict[Any, Any], Workshop]:
    # the library calls `bot_data` for a value; that it need not be a class is not in its types
    return ContextTypes(context=Context, bot_data=lambda: workshop)  # type: ignore[call-overload, no-any-return]


def fetcher_from(settings: Settings, client: MidjourneyClient) -> PictureFetcher:
    """Fetches pictures from wherever the provider keeps them."""
    return PictureFetcher(origins=(client.origin, *settings.image_origins), own_base=client.base_url)
