"""What people may ask to be made of pictures: draw from them, melt them."""

from collections.abc import Sequence
from datetime import datetime

from domain.errors import OneAtATime, PicturesTrouble, PicturesUnfit
from domain.gathering import FEWEST, MOST, GatheringKind, GatheringState, Shown
from domain.requester import Requester
from domain.rules import Rules
from domain.task import Attached, Blend, Dimensions, TaskId
from services import care, flags, tasks, ways, wishes
from services.prompt import prepare
from services.wishes import Asked
from storage import gatherings, placed, providers
from storage.database import Transaction


def imagine(
    tx: Transaction,
    requester: Requester,
    words: str,
    shown: Sequence[Shown],
    rules: Rules,
    now: datetime,
    *,
    may_ask: bool = True,
    answered: int | None = None,
) -> Asked | TaskId:
    """Record a wish for a picture, drawn from these, or from those that were put aside for these words.

    Where something seems wrong with the words it is kept, and what comes back tells what to ask; with `may_ask=False`
    there is nobody to answer: then it is drawn as it is written, if it makes one picture. Raises `Refusal`s.
    `answered`: the message that shows the picture, where that may be one of ours.
    """
    prompt, attached = read(tx, requester, words, shown, rules, now)
    if may_ask:
        parent = placed.task_at(tx, requester.chat_id, answered) if attached and answered is not None else None
        return wishes.wish(tx, requester, prompt, rules, now, attached=attached, parent=parent)
    if len(care.expand(prompt)) > 1:
        raise OneAtATime
    return tasks.imagine(tx, requester, prompt, rules, now, attached)


def read(
    tx: Transaction, requester: Requester, words: str, shown: Sequence[Shown], rules: Rules, now: datetime
) -> tuple[str, tuple[Attached, ...]]:
    """The prompt, and what each picture is for; what was put aside is used up. Raises `PicturesUnfit`."""
    aside = None if shown else gatherings.select_open(tx, GatheringKind.REFERENCE, requester, now)
    pictures = tuple(one.picture for one in (aside.shown if aside else shown))
    if pictures and not flags.has_words(words.strip()):
        raise PicturesUnfit(PicturesTrouble.NO_WORDS)
    if len(pictures) > MOST:
        raise PicturesUnfit(PicturesTrouble.TOO_MANY, count=len(pictures))
    prompt = flags.once(prepare(words))
    attached = flags.attach(prompt, pictures)
    if flags.bare_flags(prompt) and ways.UPLOAD in providers.noted(tx, rules.provider, now):
        raise PicturesUnfit(PicturesTrouble.NO_UPLOADS)
    if aside is not None:
        gatherings.close(tx, aside.id, GatheringState.USED)
    return prompt, attached


def has_reference(tx: Transaction, requester: Requester, now: datetime) -> bool:
    """Whether pictures were put aside for this person's next words here."""
    return gatherings.select_open(tx, GatheringKind.REFERENCE, requester, now) is not None


def blend(
    tx: Transaction, requester: Requester, words: str, shown: Sequence[Shown], rules: Rules, now: datetime
) -> TaskId:
    """Record a wish to melt pictures into one."""
    dimensions = dimensions_of(words)
    if len(shown) < FEWEST:
        raise PicturesUnfit(PicturesTrouble.TOO_FEW, count=len(shown))
    if len(shown) > MOST:
        raise PicturesUnfit(PicturesTrouble.TOO_MANY, count=len(shown))
    if len({one.unique for one in shown}) < len(shown):
        raise PicturesUnfit(PicturesTrouble.SAME)
    submission = Blend(pictures=tuple(one.picture for one in shown), dimensions=dimensions)
    title = "/blend" if dimensions is Dimensions.SQUARE else f"/blend {dimensions.value.lower()}"
    return tasks.record(tx, requester, submission, "", rules=rules, now=now, title=title)


def dimensions_of(words: str) -> Dimensions:
    """The shape that a `/blend` names. Raises `PicturesUnfit` for any other word: a blend takes none."""
    said = words.split()
    if not said:
        return Dimensions.SQUARE
    if len(said) > 1 or said[0].upper() not in {one.value for one in Dimensions}:
        raise PicturesUnfit(PicturesTrouble.WORDS)
    return Dimensions(said[0].upper())
