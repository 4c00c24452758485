"""The provider: one client for what may cost money, another for questions, and nothing about either in its errors."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import Any, Literal, Protocol
from urllib.parse import urlsplit

import httpx

from domain.failpoints import Point, reached
from domain.provider import Report, Snapshot, Stop
from domain.task import Attached, Imagine, RemoteId, Submission
from domain.verdict import Reason, Refused, Unclear, Verdict
from midjourney.address import MODES, normalise_base, origin_of, split_base
from midjourney.answers import Garbled, Overlong, read_answer
from midjourney.asking import Asking
from midjourney.polls import Silence
from midjourney.probing import Probe, probe
from midjourney.uploads import read_upload
from midjourney.verdicts import read_submit
from midjourney.wire import UPLOAD_PATH, Pictures, plausible, submit_request, upload_body, with_addresses

MOST_BYTES = 1024 * 1024
"""Of the answer to a submit."""
SUBMIT_TIMES = httpx.Timeout(connect=10, write=60, read=100, pool=10)
SUBMIT_PATIENCE = 180.0
"""Seconds from the first byte sent to the last one read."""
ASKING_TIMES = httpx.Timeout(20)
# A server closes an idle connection after five seconds at the least; one that it closes first fails a question.
KEPT = httpx.Limits(max_connections=16, max_keepalive_connections=4, keepalive_expiry=4)
ONCE = httpx.Limits(max_connections=None, max_keepalive_connections=0)
HEADERS = {"accept": "application/json", "accept-encoding": "gzip", "user-agent": "imagine-bot"}


class Now(Protocol):
    """As much of a clock as is needed here."""

    def now(self) -> datetime:
        """The time, aware."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderConfig:
    """A provider as the operator describes it."""

    name: str
    base_url: str
    api_key: str = field(repr=False)
    auth: Literal["bearer", "mj-api-secret", "both", "raw"] = "bearer"
    mode: Literal["default", "fast", "relax", "turbo"] = "default"
    mode_path: str = "/mj-{mode}"


class MidjourneyClient:
    """A `domain.provider.Provider` over HTTP."""

    def __init__(
        self,
        config: ProviderConfig,
        *,
        clock: Now,
        transport: httpx.AsyncBaseTransport | None = None,
        patience: float = SUBMIT_PATIENCE,
    ) -> None:
        self.name = config.name
        self.base_url, prefix = split_base(config.base_url, config.mode_path)
        """Without mode and `/mj`: what a picture's address is rebuilt from."""
        self.modes = MODES if not prefix and config.mode == "default" else ()
        """What a submit may ask for itself: where the operator has named a mode, all go in that."""
        self._mode_path = config.mode_path
        address = urlsplit(self.base_url)
        self.origin = origin_of(address)
        self._root = normalise_base(config.base_url, config.mode, config.mode_path)
        self._now = clock.now
        self._patience = patience
        # Only a network transport tells when it begins to send; before any other one sends, it is told for it.
        self._tells = transport is None or isinstance(transport, httpx.AsyncHTTPTransport)
        hosts = (address.netloc, address.hostname or "") if "." in address.netloc else ()  # "proxy" is a word, too
        self._hidden = (config.api_key, config.api_key.removeprefix("sk-"), *hosts)
        self._submits = _http(config, transport, SUBMIT_TIMES, ONCE)
        self._questions = _http(config, transport, ASKING_TIMES, KEPT)
        self._asking = Asking(self._questions, self._root, self._now, self._hidden)

    async def aclose(self) -> None:
        """Close all connections."""
        await self._submits.aclose()
        await self._questions.aclose()

    async def submit(
        self,
        submission: Submission,
        *,
        state: str,
        about_to_send: Callable[[], Awaitable[None]],
        pictures: Pictures | None = None,
        mode: str | None = None,
    ) -> Verdict:
        """Submit once, over a connection of its own; see `domain.provider.Provider`."""
        if isinstance(submission, Imagine) and submission.referenced:
            addresses = await self._put_up(submission.referenced, pictures or {})
            if isinstance(addresses, Refused):
                return addresses
            prompt = with_addresses(submission.prompt, submission.referenced, addresses)
            submission = replace(submission, prompt=prompt)
        work = partial(_written, submission, state=state, pictures=pictures)
        path, content = await asyncio.to_thread(work) if pictures else work()  # megabytes of text take their time
        root = self.base_url + self._mode_path.format(mode=mode) if mode in self.modes else self._root
        sending = _Sending(about_to_send, self._patience)
        try:
            async with sending.bound:
                if not self._tells:
                    await sending.begin()
                verdict = await self._post(root + path, content, sending)
        # Whatever a network can do, and a library make of it. Only the class is told: the words may quote headers.
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError, Overlong, Garbled) as error:
            if error is sending.stopped:
                raise
            if not sending.begun:
                return Refused(reason=Reason.UNREACHABLE, busy=True)
            return Unclear(what=type(error).__name__)
        return plausible(verdict, submission)

    async def seed(self, remote_id: RemoteId) -> str | None:
        """The seed of a finished picture; `None` where it is not to be had."""
        return await self._asking.seed(remote_id)

    async def cancel(self, remote_id: RemoteId) -> Stop:
        """Ask to stop a task; what came of it."""
        return await self._asking.cancel(remote_id)

    async def fetch(self, remote_ids: Sequence[RemoteId]) -> Report:
        """Ask how these tasks go. Raises `ProviderSilent`."""
        return await self._asking.fetch(remote_ids)

    async def find(self, states: Collection[str]) -> Mapping[str, Snapshot] | None:
        """Look for tasks by their `state`; `None` where the provider lists none. Raises `ProviderSilent`."""
        found = await self._asking.everything()
        if found is None:
            return None
        return {snapshot.state: snapshot for snapshot in found.values() if snapshot.state and snapshot.state in states}

    @property
    def no_lists_until(self) -> datetime | None:
        """Until when it is not asked for many tasks at once, since it could not tell."""
        return self._asking.no_lists_until

    def remember_no_lists(self, until: datetime) -> None:
        """What an earlier run has learned."""
        self._asking.no_lists_until = until

    async def is_well(self) -> bool:
        """Whether it can be reached and knows the key."""
        return (await self.probe()).good

    async def probe(self) -> Probe:
        """Whether the provider can be reached and knows the key. Costs nothing, never raises."""
        return await probe(self._asking)

    async def _put_up(self, attached: Sequence[Attached], pictures: Pictures) -> tuple[str, ...] | Refused:
        content = await asyncio.to_thread(lambda: json.dumps(upload_body(attached, pictures)).encode())
        got = await self._asking.ask("POST", UPLOAD_PATH, content)
        if isinstance(got, Silence):
            return Refused(reason=Reason.UNREACHABLE, busy=True)
        return read_upload(*got, len(attached), now=self._now(), hidden=self._hidden)

    async def _post(self, address: str, body: bytes, sending: "_Sending") -> Verdict:
        async with self._submits.stream(
            "POST",
            address,
            content=body,
            headers={"content-type": "application/json"},
            extensions={"trace": sending.trace},
        ) as response:
            status, headers = response.status_code, response.headers
            # A redirect's body says nothing; reading it can only make a clear answer unclear.
            content = b"" if response.is_redirect else await read_answer(response, MOST_BYTES)
        return read_submit(status, headers, content, now=self._now(), hidden=self._hidden)


class _Sending:
    """The moment before the first byte: what is to be done then, whether it has come, and how long may follow it."""

    def __init__(self, about_to_send: Callable[[], Awaitable[None]], patience: float) -> None:
        self.begun = False
        self.stopped: Exception | None = None
        """What `about_to_send` raised."""
        self.bound = asyncio.timeout(None)
        self._about_to_send = about_to_send
        self._patience = patience

    async def trace(self, event: str, _details: Mapping[str, Any]) -> None:
        """For httpx, which tells of every step of a request."""
        if event.endswith(".send_request_headers.started"):
            await self.begin()
        elif event.endswith(".send_request_body.complete"):
            await reached(Point.SUBMIT_SENT)
        elif event.endswith(".receive_response_headers.complete"):
            await reached(Point.SUBMIT_ACCEPTED)

    async def begin(self) -> None:
        if self.begun:
            return
        try:
            await self._about_to_send()
        except Exception as error:
            self.stopped = error
            raise
        self.begun = True
        self.bound.reschedule(asyncio.get_running_loop().time() + self._patience)


def _written(submission: Submission, *, state: str, pictures: Pictures | None) -> tuple[str, bytes]:
    path, body = submit_request(submission, state=state, pictures=pictures)
    return path, json.dumps(body).encode()


def _http(
    config: ProviderConfig, transport: httpx.AsyncBaseTransport | None, times: httpx.Timeout, limits: httpx.Limits
) -> httpx.AsyncClient:
    return httpx.AsyncClient(
        headers=HEADERS | _credentials(config),
        timeout=times,
        limits=limits,
        transport=transport,
        follow_redirects=False,
        trust_env=False,  # a proxy that nobody named must not see the key
    )


def _credentials(config: ProviderConfig) -> dict[str, str]:
    headers = {}
    if config.auth in {"bearer", "both"}:
        headers["authorization"] = f"Bearer {config.api_key}"
    if config.auth == "raw":
        headers["authorization"] = config.api_key
    if config.auth in {"mj-api-secret", "both"}:
        headers["mj-api-secret"] = config.api_key
    return headers
