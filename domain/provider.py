"""Whoever makes the images: what we ask of them, and what they say of a task at one moment."""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from domain.task import PictureId, RemoteId, Submission
from domain.verdict import Verdict


class RemoteStatus(StrEnum):
    """A task's status at the provider, in the order in which a task goes through them."""

    WAITING = "waiting"
    RUNNING = "running"
    WINDOW = "window"
    SUCCESS = "success"
    FAILURE = "failure"
    CANCEL = "cancel"


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoteButton:
    """A follow-up that the provider offers under a result."""

    custom_id: str
    label: str = ""
    emoji: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """What the provider said of one task at one moment."""

    remote_id: RemoteId
    status: RemoteStatus
    progress: int | None = None
    """Per cent, 0 to 100. Says nothing about the end: `status` does."""
    image_url: str | None = None
    """The picture; while running, a preview that changes and goes away."""
    reason: str | None = None
    """Why it failed, in the provider's words, cleaned."""
    final_prompt: str | None = None
    """The prompt as it was really used, or the text that was the result."""
    state: str | None = None
    """Ours, echoed."""
    buttons: tuple[RemoteButton, ...] = ()
    action: str | None = None
    """What the provider calls what it does, in capitals: IMAGINE, DESCRIBE, VIDEO …"""
    videos: tuple[str, ...] = ()
    """Addresses of videos."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The answer to "how are these tasks?". An id in neither part: nothing was learned about it."""

    found: tuple[Snapshot, ...] = ()
    missing: frozenset[RemoteId] = frozenset()


class Stop(StrEnum):
    """What came of asking a provider to stop a task."""

    STOPPED = "stopped"
    GOES_ON = "goes on"
    NOT_OFFERED = "not offered"
    """It stops nothing for its customers."""
    NO_ANSWER = "no answer"


class ProviderSilent(Exception):  # noqa: N818 - a fact, as all our errors are
    """A question about tasks brought no readable answer; it says nothing about the tasks."""

    def __init__(self, what: str, *, retry_after: float | None = None) -> None:
        super().__init__(what)
        self.retry_after = retry_after
        """Seconds, where the provider names them."""


class Withdrawn(Exception):  # noqa: N818
    """Raised by `about_to_send` to stop a submit before its first byte."""


class Provider(Protocol):
    """What the workers need of a provider."""

    @property
    def name(self) -> str:
        """Stored with every task: remote ids mean something only together with it."""
        ...

    @property
    def no_lists_until(self) -> datetime | None:
        """Until when the provider is not asked for many tasks at once, since it could not tell."""
        ...

    async def is_well(self) -> bool:
        """Whether the provider can be reached and knows the key; costs nothing and never raises."""
        ...

    async def submit(
        self,
        submission: Submission,
        *,
        state: str,
        about_to_send: Callable[[], Awaitable[None]],
        pictures: Mapping[PictureId, bytes] | None = None,
        mode: str | None = None,
    ) -> Verdict:
        """Submit once, over a connection of its own. Never raises for what the provider or the network does.

        `pictures`: the bytes (JPEG or PNG) of all that `pictures_of(submission)` names. `mode`: how fast, where it is
        not to go as all others do.

        `about_to_send` is awaited when the connection stands and before the first byte; what it raises is let through
        and nothing has been sent then.
        """
        ...

    async def seed(self, remote_id: RemoteId) -> str | None:
        """The seed that a finished picture was drawn from; `None` where it is not to be had. Costs nothing."""
        ...

    async def cancel(self, remote_id: RemoteId) -> Stop:
        """Ask to stop a task that is not done. Never raises, costs nothing, and may be repeated without harm."""
        ...

    async def fetch(self, remote_ids: Sequence[RemoteId]) -> Report:
        """Ask how these tasks go, with as few requests as the provider allows. Raises `ProviderSilent`."""
        ...

    async def find(self, states: Collection[str]) -> Mapping[str, Snapshot] | None:
        """Look for tasks by the `state` they were submitted with; `None` where a provider does not list its tasks.

        Raises `ProviderSilent`.
        """
        ...
