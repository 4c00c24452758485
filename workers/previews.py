"""Glimpses of a picture that is being drawn: fetched quickly or not at all."""

import asyncio

from domain.task import RemoteId
from midjourney.images import PictureFetcher, PictureRefused, PictureUnavailable

AT_ONCE = 2
PATIENCE = 5.0
"""Seconds; a glimpse that takes longer is not worth waiting for."""


class Previews:
    """Fetches glimpses."""

    def __init__(self, fetcher: PictureFetcher) -> None:
        self._fetcher = fetcher
        self._turn = asyncio.Semaphore(AT_ONCE)

    async def fetch(self, url: str, remote_id: RemoteId | None) -> bytes | None:
        """The bytes, or `None` where they are not to be had just now."""
        try:
            async with asyncio.timeout(PATIENCE), self._turn:
                picture = await self._fetcher.fetch(url, remote_id=remote_id)
        except (PictureRefused, PictureUnavailable, TimeoutError):
            return None
        return picture.data if picture.kind in {"jpeg", "png", "webp"} else None
