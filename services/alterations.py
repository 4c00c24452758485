"""Wishes that begin with somebody's picture: let it move, change it, put a face into it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from domain.errors import TwoPicturesWanted
from domain.requester import Requester
from domain.rules import Rules
from domain.task import Edit, Motion, PictureId, Swap, TaskId, Video
from services import tasks as asking
from services.prompt import prepare
from storage import placed, tasks
from storage.database import Transaction

HIGH, LOW, LOOP = "high", "low", "loop"


def read_animate(words: str) -> Video:
    """What the words of `/animate` ask for: how much motion and whether without end first, then what happens."""
    motion, loop = Motion.LOW, False
    while (first := words.split(maxsplit=1)[:1]) and (told := first[0].lower()) in {HIGH, LOW, LOOP}:
        words = words.strip()[len(first[0]) :]
        if told == LOOP:
            loop = True
        else:
            motion = Motion(told)
    words = words.strip()
    return Video(prompt=prepare(words) if words else "", motion=motion, loop=loop)


def animate(
    tx: Transaction,
    requester: Requester,
    picture: PictureId,
    words: str,
    rules: Rules,
    now: datetime,
    *,
    answered: int | None = None,
) -> TaskId:
    """Record a wish for a video. `answered`: the message that shows the picture; one of ours lends its words."""
    video = replace(read_animate(words), picture=picture)
    known = _shown_by(tx, requester, answered)
    if not video.prompt and known is not None:
        source = tasks.select_task(tx, known)
        video = replace(video, prompt=source.prompt if source is not None else "")
    return asking.record(tx, requester, video, video.prompt, rules=rules, now=now, parent=known)


def edit(
    tx: Transaction,
    requester: Requester,
    picture: PictureId,
    words: str,
    rules: Rules,
    now: datetime,
    *,
    answered: int | None = None,
) -> TaskId:
    """Record a wish to change a picture. Raises `PromptEmpty`."""
    prompt = prepare(words)
    wish, parent = Edit(prompt=prompt, picture=picture), _shown_by(tx, requester, answered)
    return asking.record(tx, requester, wish, prompt, rules=rules, now=now, parent=parent)


def swap_in_album(
    tx: Transaction, requester: Requester, pictures: Sequence[PictureId], rules: Rules, now: datetime
) -> TaskId:
    """The same for an album: first the face, then where it goes. Raises `TwoPicturesWanted`."""
    match pictures:
        case [face, target]:
            return swap(tx, requester, face, target, rules, now)
        case _:
            raise TwoPicturesWanted


def swap(
    tx: Transaction,
    requester: Requester,
    face: PictureId,
    target: PictureId,
    rules: Rules,
    now: datetime,
    *,
    answered: int | None = None,
) -> TaskId:
    """Record a wish to see this face in that picture. `answered`: the message that shows the latter."""
    wish, parent = Swap(face=face, target=target), _shown_by(tx, requester, answered)
    return asking.record(tx, requester, wish, "", rules=rules, now=now, parent=parent)


def _shown_by(tx: Transaction, requester: Requester, answered: int | None) -> TaskId | None:
    """Which of our results that message shows."""
    return placed.task_at(tx, requester.chat_id, answered) if answered is not None else None
