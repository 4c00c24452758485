"""How tasks go: one request for many of them, or one for each where the provider knows no better."""

import asyncio
import json
import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple
from urllib.parse import quote

import httpx

from domain.provider import ProviderSilent, Report, Snapshot, Stop
from domain.task import RemoteId
from midjourney.answers import Garbled, Overlong, read_answer
from midjourney.polls import Plain, Silence, read_fetch, read_list, read_seed, read_stop

log = logging.getLogger("bot.midjourney")

LIST_PATH = "/mj/task/list-by-condition"
EVERYTHING_PATH = "/mj/task/list"
IDS_IN_A_LIST = 50
AT_ONCE = 4
MOST_BYTES = 8 * 1024 * 1024
PATIENCE = 30.0
"""Seconds for a whole answer; one that trickles never reaches the limit between two of its bytes."""
SEED_PATIENCE = 70.0
"""An engine asks Midjourney itself, and waits up to a minute for the answer."""
ASK_AGAIN = timedelta(hours=1)
"""When a provider that knew no lists is asked for one again."""


class Got(NamedTuple):
    """An answer."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def fetch_path(remote_id: RemoteId) -> str:
    """Where one task is asked about."""
    return f"/mj/task/{quote(remote_id, safe='')}/fetch"


class Asking:
    """Questions about tasks. They may be repeated freely."""

    def __init__(
        self, http: httpx.AsyncClient, root: str, now: Callable[[], datetime], hidden: Sequence[str] = ()
    ) -> None:
        self._http = http
        self._root = root
        self._now = now
        self._hidden = hidden
        self.no_lists_until: datetime | None = None

    async def fetch(self, remote_ids: Sequence[RemoteId]) -> Report:
        """How these tasks go, as far as it could be learned. Raises `ProviderSilent` if nothing was."""
        asked = list(dict.fromkeys(remote_ids))
        learned = _Learned()
        while asked and self._lists_are_offered():
            part = asked[:IDS_IN_A_LIST]
            answer = await self.list(part)
            if answer is Plain.NOT_OFFERED:
                log.info("the provider does not list tasks")
                self.no_lists_until = self._now() + ASK_AGAIN
                break
            learned.from_list(part, answer)
            asked = asked[IDS_IN_A_LIST:]
            if isinstance(answer, Silence):
                return learned.report()
        await self._one_by_one(asked, learned)
        return learned.report()

    async def list(self, remote_ids: Sequence[RemoteId]) -> dict[RemoteId, Snapshot] | Plain | Silence:
        """One question about many tasks."""
        got = await self.ask("POST", LIST_PATH, json.dumps({"ids": remote_ids}).encode())
        if isinstance(got, Silence):
            return got
        return read_list(*got, now=self._now(), hidden=self._hidden)

    async def everything(self) -> dict[RemoteId, Snapshot] | None:
        """All tasks that the provider lists; `None` where it lists none to its customers. Raises `ProviderSilent`."""
        got = await self.ask("GET", EVERYTHING_PATH)
        answer = got if isinstance(got, Silence) else read_list(*got, now=self._now(), hidden=self._hidden)
        if isinstance(answer, Silence):
            raise ProviderSilent(answer.what, retry_after=answer.retry_after)
        return None if isinstance(answer, Plain) else answer

    async def one(self, remote_id: RemoteId) -> Snapshot | Plain | Silence:
        """One question about one task."""
        got = await self.ask("GET", fetch_path(remote_id))
        return got if isinstance(got, Silence) else self.read_one(got)

    async def seed(self, remote_id: RemoteId) -> str | None:
        """A finished task's seed, as digits; `None` where the provider does not tell. It may take its time."""
        got = await self.ask("GET", f"/mj/task/{quote(remote_id, safe='')}/image-seed", patience=SEED_PATIENCE)
        return None if isinstance(got, Silence) else read_seed(got.status, got.body)

    async def cancel(self, remote_id: RemoteId) -> Stop:
        """What came of asking to stop a task."""
        got = await self.ask("POST", f"/mj/task/{quote(remote_id, safe='')}/cancel")
        return Stop.NO_ANSWER if isinstance(got, Silence) else read_stop(got.status, got.body)

    def read_one(self, got: Got) -> Snapshot | Plain | Silence:
        """What an answer about one task says."""
        return read_fetch(*got, now=self._now(), hidden=self._hidden)

    async def ask(self, method: str, path: str, body: bytes | None = None, patience: float = PATIENCE) -> Got | Silence:
        """The answer as it came."""
        headers = {"content-type": "application/json"} if body else {}
        status = None
        try:
            async with (
                asyncio.timeout(patience),
                self._http.stream(
                    method, self._root + path, content=body, headers=headers, timeout=patience
                ) as response,
            ):
                status = response.status_code
                return Got(status, response.headers, await read_answer(response, MOST_BYTES))
        # A TimeoutError is an OSError. Only the class is told: the words may quote headers.
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError, Overlong, Garbled) as error:
            nobody_there = isinstance(error, httpx.ConnectError | httpx.ConnectTimeout)
            return Silence(what=type(error).__name__, status=status, everywhere=nobody_there)

    def _lists_are_offered(self) -> bool:
        return self.no_lists_until is None or self._now() >= self.no_lists_until

    async def _one_by_one(self, remote_ids: Sequence[RemoteId], learned: "_Learned") -> None:
        waiting = iter(remote_ids)

        async def ask() -> None:
            for remote_id in waiting:
                learned.from_one(remote_id, await self.one(remote_id))
                if learned.in_vain:
                    return

        async with asyncio.TaskGroup() as group:
            for _ in range(AT_ONCE):
                group.create_task(ask())


class _Learned:
    """What is known so far."""

    def __init__(self) -> None:
        self._found: dict[RemoteId, Snapshot] = {}
        self._missing: set[RemoteId] = set()
        self._silences: list[Silence] = []

    @property
    def in_vain(self) -> bool:
        """Whether asking on would bring nothing."""
        return any(silence.everywhere for silence in self._silences)

    def from_list(self, asked: Sequence[RemoteId], answer: dict[RemoteId, Snapshot] | Plain | Silence) -> None:
        if isinstance(answer, Silence):
            self._silences.append(answer)
        elif isinstance(answer, dict):
            self._found |= {remote_id: answer[remote_id] for remote_id in asked if remote_id in answer}
            self._missing |= set(asked) - answer.keys()
            if others := len(answer.keys() - set(asked)):
                log.warning("tasks that nobody asked about: %d", others)

    def from_one(self, asked: RemoteId, answer: Snapshot | Plain | Silence) -> None:
        match answer:
            case Silence():
                self._silences.append(answer)
            case Snapshot(remote_id=remote_id) if remote_id != asked:
                log.warning("asked about %s, told about %s", asked, remote_id)
                self._silences.append(Silence(what="another task's body"))
            case Snapshot():
                self._found[asked] = answer
            case Plain():
                self._missing.add(asked)

    def report(self) -> Report:
        if self._silences and not self._found and not self._missing:
            waits = [silence.retry_after for silence in self._silences if silence.retry_after is not None]
            raise ProviderSilent(self._silences[0].what, retry_after=max(waits, default=None))
        return Report(found=tuple(self._found.values()), missing=frozenset(self._missing))
