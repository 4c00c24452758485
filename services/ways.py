"""Which way a wish goes to a provider that cannot do everything: what is off, what takes its place, what is offered."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import assert_never

from domain.delivery import DeliveryKind
from domain.provider import RemoteButton
from domain.task import (
    Answer,
    Blend,
    Change,
    Describe,
    Edit,
    Imagine,
    Motion,
    PictureId,
    Press,
    Shorten,
    Submission,
    Swap,
    Task,
    Video,
)
from domain.verdict import Reason, Refused
from storage import placed, providers
from storage.database import Transaction

OFF_FOR = timedelta(hours=1)
FOR_GOOD = timedelta(days=3650)

ACTION = "action"
CHANGE = "change"
MODAL = "modal"
UPLOAD = "upload"
CANCEL = "cancel"
LISTS = "list-by-condition"
TASK_LIST = "task-list"
SAME_CHANNEL = "needs chooseSameChannel"

VIDEO = "video"
MOTIONS = {
    "animate_high": Motion.HIGH,
    "animate_low": Motion.LOW,
    "animate_high_extend": Motion.HIGH,
    "animate_low_extend": Motion.LOW,
}
FILMED = tuple(f"{ACTION} {kind}" for kind in (*MOTIONS, "video_virtual_upscale"))
"""The buttons of videos: gateways that do not know one of them know none."""

NO_REASON = ("", "bad request")
"""All that some frameworks say of a missing field."""

ALWAYS_ASK = ("MJ::CustomZoom::", "MJ::Inpaint::")
"""Beginnings of the ids of what opens a window each time."""

MADE_UP = "MJ::JOB::{kind}::{index}::made-up"
"""Ids of buttons that the provider did not offer, though `change` can do what they say."""

CHANGES = {"upsample": "UPSCALE", "variation": "VARIATION", "reroll": "REROLL"}


def choose(
    submission: Submission, off: Collection[str], *, picture: PictureId | None = None, words: str = ""
) -> Submission | None:
    """How to submit it where `off` is known of the provider; `None` where there is no way.

    `picture` and `words`: what a press that animates starts from, see `source_of`.
    """
    match submission:
        case Press() if is_offered(submission.custom_id, off):
            if ACTION in off or kind_of(submission) in off or submission.custom_id.endswith("::made-up"):
                return as_change(submission) or as_video(submission, picture, words)
            return replace(submission, same_channel=submission.same_channel or SAME_CHANNEL in off)
        case Press():
            return None
        case Answer() if MODAL in off:
            return None
        case Change() if CHANGE in off:
            return None
        case _ if name_of(submission) in off and not (isinstance(submission, Imagine) and not submission.referenced):
            return None  # `imagine` itself is never given up for an hour: one bad answer would silence the bot
        case _:
            return submission


def way_of(tx: Transaction, task: Task, off: Collection[str]) -> Submission | None:
    """How to submit a task, as `choose` has it."""
    return choose(task.submission, off, picture=source_of(tx, task), words=task.prompt)


def is_offered(custom_id: str, off: Collection[str]) -> bool:
    """Whether there is any way to use this button."""
    press = Press(parent="", custom_id=custom_id)  # type: ignore[arg-type]  # whose it is does not matter here
    if MODAL in off and custom_id.startswith(ALWAYS_ASK):
        return False
    if CHANGE not in off and as_change(press) is not None:
        return True
    if VIDEO not in off and as_video(press, PictureId("")) is not None:
        return True
    return ACTION not in off and kind_of(press) not in off and not custom_id.endswith("::made-up")


def learn(tx: Transaction, provider: str, sent: Submission, refused: Refused, now: datetime) -> None:
    """Remember what this refusal says of the provider."""
    whole = isinstance(sent, Press) and refused.endpoint
    name = ACTION if whole else name_of(sent)
    for one in FILMED if name in FILMED else (name,):
        providers.note(tx, provider, one, now + OFF_FOR)


def with_same_channel(sent: Submission, refused: Refused) -> Press | None:
    """The same press with a field that a few providers insist on, where its want may be why it was refused."""
    if not isinstance(sent, Press) or sent.same_channel or refused.reason is not Reason.INVALID:
        return None
    says = refused.said.lower().strip(". ")
    return replace(sent, same_channel=True) if says in NO_REASON or "choosesamechannel" in says else None


def as_change(press: Press) -> Change | None:
    """The same by the older way; `None` where that knows nothing of the kind."""
    match press.custom_id.split("::"):
        case ["MJ", "JOB", "upsample" | "variation" as kind, index, *_] if index in {"1", "2", "3", "4"}:
            return Change(parent=press.parent, action=CHANGES[kind], index=int(index))
        case ["MJ", "JOB", "reroll", *_]:
            return Change(parent=press.parent, action="REROLL", index=1)  # gateways insist on an index
        case _:
            return None


def as_video(press: Press, picture: PictureId | None, words: str = "") -> Video | None:
    """The same by the endpoint for videos; `None` where it animates nothing, or nobody has its picture."""
    match press.custom_id.split("::"):
        case ["MJ", "JOB", "animate_high" | "animate_low" as kind, *_] if picture is not None:
            return Video(prompt=words, picture=picture, motion=MOTIONS[kind])
        case ["MJ", "JOB", "animate_high_extend" | "animate_low_extend" as kind, index, *_] if index in {*"1234"}:
            return Video(prompt=words, extends=press.parent, index=int(index) - 1, motion=MOTIONS[kind])
        case _:
            return None


def source_of(tx: Transaction, task: Task) -> PictureId | None:
    """The picture that a press animates, as it stands in its chat."""
    press = task.submission
    if not isinstance(press, Press) or task.parent_id is None or kind_of(press) not in FILMED:
        return None
    known = placed.select_file_id(tx, task.parent_id, DeliveryKind.RESULT)
    return PictureId(known) if known is not None else None


def made_up_buttons(task: Task) -> Sequence[RemoteButton]:
    """What `change` can do with a grid under which the provider offers nothing."""
    if not _is_grid(task.submission):
        return ()
    indices = range(1, 5)
    return (
        *(_made_up("upsample", index, f"U{index}") for index in indices),
        RemoteButton(custom_id=MADE_UP.format(kind="reroll", index=0), emoji="🔄"),
        *(_made_up("variation", index, f"V{index}") for index in indices),
    )


def kind_of(press: Press) -> str:
    """A name for all buttons of one kind, such as "action upsample"."""
    parts = [part for part in press.custom_id.split("::") if part not in {"MJ", "JOB", "Job", ""}]
    return f"{ACTION} {parts[0] if parts else press.custom_id}"


def name_of(submission: Submission) -> str:
    """What a provider that lacks it is said to lack."""
    match submission:
        case Press():
            return kind_of(submission)
        case Change():
            return CHANGE
        case Answer():
            return MODAL
        case Imagine():
            return UPLOAD if submission.referenced else "imagine"
        case Blend() | Describe() | Shorten() | Video() | Edit() | Swap():
            return type(submission).__name__.lower()
        case _:
            assert_never(submission)


def _is_grid(submission: Submission) -> bool:
    match submission:
        case Imagine():
            return True
        case Press():
            made = as_change(submission)
            return made is not None and made.action != "UPSCALE"
        case Change(action=action):
            return action != "UPSCALE"
        case Blend():
            return True
        case Answer() | Describe() | Shorten() | Video() | Edit() | Swap():
            return False
        case _:
            assert_never(submission)


def _made_up(kind: str, index: int, label: str) -> RemoteButton:
    return RemoteButton(custom_id=MADE_UP.format(kind=kind, index=index), label=label)
