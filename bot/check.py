"""The self-test: each thing the bot needs, one line, ok or what is wrong and what to change."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import assert_never

import httpx
from telegram.error import InvalidToken, TelegramError
from telegram.ext import ExtBot

from bot import wiring
from bot.clock import SystemClock
from bot.config import Settings
from bot.web import PortTaken, bind
from domain.errors import DatabaseUnusable
from midjourney.probing import Finding as Found
from midjourney.probing import Probe
from storage import files


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the self-test."""

    what: str
    good: bool
    says: str


async def check(settings: Settings) -> AsyncIterator[Finding]:
    """Test everything, beside a running bot if need be; nothing is changed and nothing is charged."""
    yield Finding("settings", good=True, says="; ".join(settings.warnings) or "complete")
    yield await _token(settings)
    yield await _provider(settings)
    yield await asyncio.to_thread(_database, settings)
    yield await _port(settings)


async def _token(settings: Settings) -> Finding:
    calls, updates = wiring.requests_from()
    root = settings.telegram_api_url
    bot = ExtBot(
        settings.telegram_bot_token.get_secret_value(),
        base_url=f"{root}/bot",
        request=calls,
        get_updates_request=updates,
    )
    try:
        async with calls, updates:
            me = await bot.get_me()
    except InvalidToken:
        return Finding("token", good=False, says="TELEGRAM_BOT_TOKEN: Telegram refuses it; get one from @BotFather")
    except TelegramError as error:
        return Finding("token", good=False, says=f"Telegram cannot be reached ({type(error).__name__})")
    return Finding("token", good=True, says=f"@{me.username}")


async def _provider(settings: Settings) -> Finding:
    client = wiring.provider_from(settings, SystemClock())
    try:
        return _judged(await client.probe())
    finally:
        await client.aclose()


def _judged(probe: Probe) -> Finding:
    match probe.finding:
        case Found.OK:
            return Finding("provider", good=True, says="reachable, and it knows the key")
        case Found.UNAUTHORISED:
            says = f"MIDJOURNEY_API_KEY: the provider refuses it ({probe.what}); MIDJOURNEY_AUTH says how it is sent"
        case Found.UNREACHABLE:
            says = f"MIDJOURNEY_BASE_URL: nothing answers there ({probe.what})"
        case Found.ODD:
            says = f"MIDJOURNEY_BASE_URL: what answers there is no such provider ({probe.what})"
        case _:
            assert_never(probe.finding)
    return Finding("provider", good=False, says=says)


def _database(settings: Settings) -> Finding:
    try:
        return Finding("database", good=True, says=files.examine(settings.database_path))
    except DatabaseUnusable as unusable:
        return Finding("database", good=False, says=f"DATABASE_URL: {unusable}")


async def _port(settings: Settings) -> Finding:
    if not settings.http_port:
        return Finding("web port", good=True, says="off")
    try:
        bind(settings.http_host, settings.http_port).close()
    except PortTaken as taken:
        if await _is_ours(settings):
            return Finding("web port", good=True, says="a bot is running there")
        return Finding("web port", good=False, says=str(taken))
    return Finding("web port", good=True, says="free")


async def _is_ours(settings: Settings) -> bool:
    host = "127.0.0.1" if settings.http_host in {"0.0.0.0", ""} else settings.http_host  # noqa: S104 - compared only
    async with httpx.AsyncClient(timeout=3, trust_env=False) as client:
        try:
            answer = await client.get(f"http://{host}:{settings.http_port}/health")
            return "workers" in answer.json()
        except (httpx.HTTPError, ValueError):
            return False
