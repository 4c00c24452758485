"""A submission is what was asked, as a value; a task is our record of it and of what became of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType, assert_never

TaskId = NewType("TaskId", int)
"""Ours."""
RemoteId = NewType("RemoteId", str)
"""The provider's: always text, unique only together with the provider's name."""
PictureId = NewType("PictureId", str)
"""A picture at Telegram: the file id by which this bot can have it, for as long as it likes."""


class BotType(StrEnum):
    """Which of Midjourney's two models is asked; the values are the provider's."""

    MIDJOURNEY = "MID_JOURNEY"
    NIJI = "NIJI_JOURNEY"


class Role(StrEnum):
    """What a picture that was sent along is for."""

    PROMPT = "prompt"
    """Part of the prompt: drawn from, like words."""
    STYLE = "sref"
    CHARACTER = "cref"
    OMNI = "oref"


class Dimensions(StrEnum):
    """The shape of a blend; the values are the provider's."""

    PORTRAIT = "PORTRAIT"
    SQUARE = "SQUARE"
    LANDSCAPE = "LANDSCAPE"


class Motion(StrEnum):
    """How much a video moves; the values are the provider's."""

    LOW = "low"
    HIGH = "high"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """A picture that was sent along."""

    picture: PictureId
    role: Role = Role.PROMPT


@dataclass(frozen=True, slots=True, kw_only=True)
class Imagine:
    """Draw these words, and what was sent along with them."""

    prompt: str
    bot_type: BotType = BotType.MIDJOURNEY
    attached: tuple[Attached, ...] = ()

    @property
    def referenced(self) -> tuple[Attached, ...]:
        """What a flag of the prompt names by its address, so that it has to be put up at the provider first."""
        return tuple(one for one in self.attached if one.role is not Role.PROMPT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Blend:
    """Melt two to five pictures into one, in this order."""

    pictures: tuple[PictureId, ...]
    dimensions: Dimensions = Dimensions.SQUARE


@dataclass(frozen=True, slots=True, kw_only=True)
class Describe:
    """Find words for a picture."""

    picture: PictureId


@dataclass(frozen=True, slots=True, kw_only=True)
class Shorten:
    """Weigh the words of a prompt, and propose shorter ones."""

    prompt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Video:
    """Let a picture move; or, with `extends`, let a video go on."""

    prompt: str
    picture: PictureId | None = None
    motion: Motion = Motion.LOW
    loop: bool = False
    extends: RemoteId | None = None
    index: int = 0
    """Which of the videos of `extends`, from 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """Change a picture as these words say."""

    prompt: str
    picture: PictureId


@dataclass(frozen=True, slots=True, kw_only=True)
class Swap:
    """Put a face into a picture."""

    face: PictureId
    target: PictureId


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """Use a follow-up that the provider offered under a result."""

    parent: RemoteId
    custom_id: str
    """The provider's own, byte for byte."""
    same_channel: bool = False
    """Say that another account of the same channel may do it: a few providers insist."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """The older way to use U, V and 🔄, which some providers know as the only one."""

    parent: RemoteId
    action: str
    """UPSCALE, VARIATION or REROLL."""
    index: int
    """1 to 4."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Answer a window (the provider's "modal") that a press has opened."""

    window: RemoteId
    prompt: str
    mask: str = ""
    """Where to repaint: a PNG, white there and black elsewhere, as base64; empty where no region is asked for.

    As long as it lies in a row it may be smaller: a PNG of one bit a pixel, or cells of a grid (`question.cells_text`).
    """


Submission = Imagine | Blend | Describe | Shorten | Video | Edit | Swap | Press | Change | Answer


def pictures_of(submission: Submission) -> tuple[PictureId, ...]:
    """The pictures that have to be fetched before it can be sent, in their order, each once."""
    match submission:
        case Imagine(attached=attached):
            named = tuple(one.picture for one in attached)
        case Blend(pictures=pictures):
            named = pictures
        case Describe(picture=picture) | Edit(picture=picture):
            named = (picture,)
        case Video(picture=picture):
            named = (picture,) if picture is not None else ()
        case Swap(face=face, target=target):
            named = (face, target)
        case Shorten() | Press() | Change() | Answer():
            named = ()
        case _:
            assert_never(submission)
    return tuple(dict.fromkeys(named))


class TaskState(StrEnum):
    """Where a task stands."""

    RECORDED = "recorded"
    """Written down, or waiting in line; nothing was sent."""
    SENDING = "sending"
    """The first byte of a submit may be out: from here on only an answer tells whether it was charged."""
    UNCLEAR = "unclear"
    """No clear answer came. Never sent again by itself."""
    AWAITING_INPUT = "awaiting_input"
    """A window is open at the provider, and the person is asked what goes into it."""
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"


OPEN_STATES = (TaskState.RECORDED, TaskState.SENDING, TaskState.RUNNING)
"""States in which a task takes a place at the provider or in the line."""


class Ending(StrEnum):
    """Why a task ended without a result, where it was not the provider's word."""

    PROVIDER_FAILED = "provider_failed"
    PROVIDER_CANCELLED = "provider_cancelled"
    LOST = "lost"
    """The provider does not know it any more."""
    STUCK = "stuck"
    """Nothing has moved for too long."""


MAYBE_SENT = "an older state of the database"
"""Why it is not known whether a task was submitted: the state of the database is older than that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Our record of a submission: who asked what and where, and how it goes."""

    id: TaskId
    state: TaskState
    submission: Submission
    prompt: str
    """The words a person reads under the picture; for a press, those of the picture it came from."""
    title: str
    """What a press was called ("U2"); empty for a fresh picture."""
    nonce: str
    """Sent as `state`: unguessable, so a task found under it is ours."""
    user_id: int
    user_name: str
    chat_id: int
    chat_kind: str
    topic_id: int | None
    reply_to: int | None
    language: str | None
    provider: str
    remote_id: RemoteId | None
    parent_id: TaskId | None
    retry_of: TaskId | None
    """The task that a person asked for once more: an unclear one, or one whose result they liked."""
    attempts: int
    """Submits so far that were certainly refused."""
    recorded_at: datetime
    due_at: datetime | None
    accepted_at: datetime | None
    busy_since: datetime | None
    """When the provider first said "not now"."""
    progress: int | None
    preview_url: str | None
    image_url: str | None
    reason: str | None
    """Why it failed: a `Reason` or `Ending` of ours, then, after a line feed, the provider's own words."""
    queue_place: int | None
    changed_at: datetime | None
    """When the provider last said something new."""
    missing_since: datetime | None
    missing_count: int
    unfinished_since: datetime | None
    """Since when it is said to be done though there is no picture yet."""
    later_looks: tuple[int, ...]
    """Seconds between the looks that a failed task still gets: a late success is delivered."""
    action: str | None
    """What the provider calls what it did, in capitals: IMAGINE, DESCRIBE, VIDEO …; known once it is done."""
    text: str | None
    """The result of a task whose result is words."""
    videos: tuple[str, ...]
    """The addresses of a task's videos."""
    mode: str | None = None
    """How fast it was wanted; `None`: as the provider is set up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """A follow-up as stored under our own number, which is all that travels in callback data."""

    id: int
    task_id: TaskId
    custom_id: str
    label: str
    emoji: str
    pressed_at: datetime | None
    pressed_task: TaskId | None

    @property
    def sign(self) -> str:
        """The emoji, unless it is only the name of one that nobody can display ("upscale_1")."""
        named = any(char.isascii() and (char.isalpha() or char == "_") for char in self.emoji)
        return "" if named else self.emoji

    @property
    def title(self) -> str:
        """What the button is called in a sentence: its label, else its emoji, else a word from its id."""
        parts = (
            part.replace("_", " ").strip() for part in self.custom_id.split("::") if part not in {"MJ", "JOB", "Job"}
        )
        return self.label or self.sign or next(filter(None, parts), "•")  # Telegram takes no button without a word
