"""Fetches pictures from addresses that a provider names, as if each were a trap.

No key, no cookie and no client of httpx's goes along, only its transport: what is not put into a request is not sent.
"""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal
from urllib.parse import quote

import httpx

from domain.task import RemoteId
from midjourney.address import USUAL_PORTS
from midjourney.reach import Resolver, is_public, resolve

Kind = Literal["jpeg", "png", "webp", "gif", "mp4"]

MOST_BYTES = 50 * 1024 * 1024
PATIENCE = 60.0
"""Seconds for everything, redirects included."""
MOST_REDIRECTS = 3
MOST_ADDRESSES = 4
"""Of one host, that are tried."""
GONE = (403, 404, 410)
TIMES = {"connect": 10.0, "read": 30.0, "write": 10.0, "pool": 30.0}
HEADERS = {"accept": "image/*, video/mp4", "accept-encoding": "identity", "user-agent": "imagine-bot"}
# Kept connections are told apart by IP address; two hosts behind one must not share what was proved for the other.
ONCE = httpx.Limits(max_connections=None, max_keepalive_connections=0)


class PictureRefused(Exception):  # noqa: N818 - a fact
    """This address is never fetched from."""


class PictureTooLarge(PictureRefused):
    """There is more of it than is ever fetched."""


class PictureUnavailable(Exception):  # noqa: N818 - a fact
    """Not to be had now."""

    def __init__(self, why: str, *, gone: bool = False) -> None:
        super().__init__(why)
        self.gone: Final = gone
        """The server says that it is not there; other failures rather pass."""


class _Private(PictureRefused):
    """It leads to a place that is nobody's business."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A fetched picture, or a video."""

    data: bytes
    kind: Kind
    """By its first bytes."""
    content_type: str
    """As the server says: a claim."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Target:
    """A checked address, and the machines that may be asked for it."""

    url: httpx.URL
    ips: tuple[str, ...]


class PictureFetcher:
    """Fetches pictures. `origins` may be at private addresses; `own_base` is where a gateway keeps its copies."""

    def __init__(
        self,
        *,
        origins: Iterable[str],
        own_base: str,
        max_bytes: int = MOST_BYTES,
        transport: httpx.AsyncBaseTransport | None = None,
        resolver: Resolver = resolve,
        patience: float = PATIENCE,
    ) -> None:
        self._origins = frozenset(_origin(httpx.URL(origin)) for origin in (*origins, own_base))
        self._own_base = own_base
        self._max_bytes = max_bytes
        self._transport = transport or httpx.AsyncHTTPTransport(limits=ONCE, trust_env=False)
        self._resolve = resolver
        self._patience = patience

    async def aclose(self) -> None:
        """Close all connections."""
        await self._transport.aclose()

    async def fetch(self, url: str, *, remote_id: RemoteId | None = None) -> Picture:
        """The picture at `url`. Raises `PictureRefused` and `PictureUnavailable`.

        A misconfigured gateway names its pictures by an address of its own machine: with the task's id such a one is
        asked for at `own_base` instead.
        """
        try:
            async with asyncio.timeout(self._patience):
                return await self._follow(await self._start(url, remote_id))
        except TimeoutError:
            raise PictureUnavailable("took too long") from None

    async def _start(self, url: str, remote_id: RemoteId | None) -> _Target:
        try:
            return await self._locate(url)
        except _Private:
            if remote_id is None:
                raise
            return await self._locate(f"{self._own_base}/mj/image/{quote(remote_id, safe='')}")

    async def _follow(self, target: _Target) -> Picture:
        for _ in range(MOST_REDIRECTS + 1):
            response = await self._get(target)
            try:
                if not 300 <= response.status_code < 400:
                    return await self._read(response)
                location = response.headers.get("location", "")
            finally:
                await response.aclose()
            if not location:
                raise PictureUnavailable(f"HTTP {response.status_code}")
            target = await self._locate(location, target.url)
        raise PictureRefused("too many redirects")

    async def _locate(self, address: str, base: httpx.URL | None = None) -> _Target:
        """Take an address apart, look its host up once, and check where it leads."""
        try:
            url = base.join(address) if base else httpx.URL(address)
            host = url.raw_host.decode("ascii")
        except (httpx.InvalidURL, ValueError):
            raise PictureRefused("not an address") from None
        if url.scheme not in USUAL_PORTS or not host or url.userinfo or not 0 < _port(url) < 65536:
            raise PictureRefused("not a plain web address")
        allowed = _origin(url) in self._origins
        try:
            ips = tuple(await self._resolve(host, _port(url)))
        except UnicodeError:
            raise PictureRefused("not a host name") from None
        except OSError:
            if not allowed and "." not in host:  # a name of the gateway's own network
                raise _Private("a private address") from None
            raise PictureUnavailable("the host name is unknown") from None
        if not allowed and not (ips and all(map(is_public, ips))):
            raise _Private("a private address")
        return _Target(url=url, ips=ips[:MOST_ADDRESSES])

    async def _get(self, target: _Target) -> httpx.Response:
        """Ask one of the checked machines and no other: the name is not looked up again."""
        why = "no address"
        for ip in target.ips:
            try:
                return await self._transport.handle_async_request(_request(target, ip))
            except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                why = type(error).__name__
            except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
                raise PictureUnavailable(type(error).__name__) from None
        raise PictureUnavailable(why)

    async def _read(self, response: httpx.Response) -> Picture:
        status = response.status_code
        if status != 200:
            raise PictureUnavailable(f"HTTP {status}", gone=status in GONE)
        chunks: list[bytes] = []
        size = 0
        try:
            async for chunk in response.aiter_raw():
                size += len(chunk)
                if size > self._max_bytes:
                    raise PictureTooLarge("too large")
                chunks.append(chunk)
        except (httpx.HTTPError, OSError) as error:
            raise PictureUnavailable(type(error).__name__) from None
        data = b"".join(chunks)
        kind = sniff(data)
        if kind is None:
            raise PictureUnavailable("not a picture")
        return Picture(data=data, kind=kind, content_type=response.headers.get("content-type", ""))


def sniff(data: bytes) -> Kind | None:
    """What kind of file begins with these bytes."""
    if data.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if data.startswith((b"GIF87a", b"GIF89a")):
        return "gif"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    if data[4:8] == b"ftyp" and data[8:11] in {b"iso", b"mp4", b"avc", b"M4V", b"mmp", b"das"}:
        return "mp4"
    return None


def _port(url: httpx.URL) -> int:
    return USUAL_PORTS[url.scheme] if url.port is None else url.port


def _origin(url: httpx.URL) -> tuple[str, bytes, int]:
    return url.scheme, url.raw_host, _port(url)


def _request(target: _Target, ip: str) -> httpx.Request:
    return httpx.Request(
        "GET",
        target.url.copy_with(host=ip),
        headers=HEADERS | {"host": target.url.netloc.decode("ascii")},
        extensions={"timeout": TIMES, "sni_hostname": target.url.raw_host.decode("ascii")},
    )
