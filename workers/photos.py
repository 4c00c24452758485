"""People's pictures on their way to the provider: fetched from Telegram and made fit, a few at a time."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager

import structlog
from telegram import Bot
from telegram.error import BadRequest, Forbidden, TelegramError

from domain.failpoints import Point, reached
from domain.task import PictureId
from domain.verdict import PictureTrouble
from workers.photo import PictureUnfit, prepare

log = structlog.stdlib.get_logger("bot.photos")

SUBMITS_AT_ONCE = 3
"""Submits whose pictures are in memory at the same time."""
PREPARED_AT_ONCE = 1
"""Pictures that are decoded at the same time: one core is left for everything else."""
PATIENCE = 90.0
"""Seconds for all pictures of a submit."""


class PicturesNotNow(Exception):  # noqa: N818 - a fact
    """Telegram cannot be reached for them; later may well be better."""


class Photos:
    """Fetches pictures by their file ids."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._room = asyncio.Semaphore(SUBMITS_AT_ONCE)
        self._decoding = asyncio.Semaphore(PREPARED_AT_ONCE)

    @asynccontextmanager
    async def open(self, wanted: Sequence[PictureId]) -> AsyncIterator[Mapping[PictureId, bytes]]:
        """The pictures, upright and small, held while the block runs. Raises `PictureUnfit`, `PicturesNotNow`."""
        if not wanted:
            yield {}
            return
        async with self._room:
            try:
                async with asyncio.timeout(PATIENCE):
                    found = {one: await self._fetch(one) for one in wanted}
            except TimeoutError as error:
                raise PicturesNotNow from error
            if len(set(found.values())) < len(found):
                raise PictureUnfit(PictureTrouble.TWICE)
            yield found

    async def _fetch(self, wanted: PictureId) -> bytes:
        try:
            file = await self._bot.get_file(wanted)
            data = bytes(await file.download_as_bytearray())
        except (BadRequest, Forbidden) as error:
            log.info("a picture is not to be had", error=type(error).__name__)
            too_big = "too big" in error.message.lower()
            raise PictureUnfit(PictureTrouble.TOO_LARGE if too_big else PictureTrouble.GONE) from None
        except TelegramError as error:
            # its words may quote the address, and that has the token in it
            raise PicturesNotNow(type(error).__name__) from None
        await reached(Point.PHOTO_FETCHED)
        async with self._decoding:
            return await asyncio.to_thread(prepare, data)
