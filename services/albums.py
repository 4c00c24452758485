"""Albums: their parts arrive one by one, and nothing tells how many there are or which is the last."""

from dataclasses import replace
from datetime import datetime, timedelta

from domain.errors import PicturesTrouble, PicturesUnfit
from domain.gathering import Gathering, GatheringKind, GatheringState, Part, Shown
from domain.requester import ChatKind, Requester
from domain.rules import Rules
from services import alterations, baskets, photos, wording
from storage import gatherings
from storage.database import Transaction

QUIET = timedelta(seconds=2)
"""After so long without another part an album counts as complete."""
LONGEST = timedelta(seconds=10)
"""From the first part, whatever comes."""


def note_part(tx: Transaction, requester: Requester, album: str, part: Part, now: datetime) -> Gathering | None:
    """One part has come. The offer that it still belongs to, where that was made already.

    Raises `PicturesUnfit` where the others have been used by now.
    """
    found = gatherings.select_album(tx, requester, album)
    if found is None:
        due_at = now + QUIET
        key = gatherings.insert_gathering(tx, GatheringKind.ALBUM, requester, now=now, due_at=due_at, album=album)
        command = words = ""
    elif found.state is GatheringState.OPEN:
        key, command, words = found.id, found.command or "", found.words
        if found.kind is GatheringKind.ALBUM:
            gatherings.note(tx, key, due_at=min(now + QUIET, found.created_at + LONGEST))
    elif found.command is not None:
        raise PicturesUnfit(PicturesTrouble.LATE)
    else:
        return None
    if part.shown is not None:
        gatherings.add_shown(tx, key, part.shown)
    else:
        gatherings.note(tx, key, unread=(found.unread if found else 0) + 1)
    if part.command is not None and not command:
        gatherings.note(tx, key, command=part.command, words=part.words, message_id=part.message_id)
    elif part.words and not command and not words:
        gatherings.note(tx, key, words=part.words)
    if found is not None and found.kind is GatheringKind.OFFER:
        return gatherings.select_gathering(tx, key)
    return None


def complete(tx: Transaction, album: Gathering, rules: Rules, now: datetime) -> Gathering | None:
    """All parts have come, as far as one can tell: do what the caption says. What is to be shown of it, if anything.

    Raises `Refusal`s.
    """
    if not gatherings.close(tx, album.id, GatheringState.USED):
        return None
    owner, shown = album.owner, album.shown
    if album.command is None and owner.chat_kind is not ChatKind.PRIVATE:
        return None  # people show each other pictures
    if album.unread:
        raise PicturesUnfit(PicturesTrouble.NOT_A_PICTURE)
    alone = len(shown) == 1 and owner.chat_kind is ChatKind.GROUP
    match album.command:
        case None:
            first = replace(owner, message_id=shown[0].message_id)
            return baskets.offer(tx, first, shown, album.words, rules, now, album=album.album)
        case "blend" if len(shown) == 1:
            photos.dimensions_of(album.words)
            return baskets.collect(tx, owner, shown, rules, now)
        case "blend":
            photos.blend(tx, owner, album.words, shown, rules, now)
        case "imagine" | "swap" if alone:
            raise PicturesUnfit(PicturesTrouble.HIDDEN)
        case "imagine":
            photos.imagine(tx, owner, album.words, shown, rules, now, may_ask=False)
        case "swap":
            alterations.swap_in_album(tx, owner, [one.picture for one in shown], rules, now)
        case "describe":
            wording.describe(tx, owner, shown[0].picture, rules, now)
        case _:
            raise PicturesUnfit(PicturesTrouble.ALBUM_COMMAND, word=f"/{album.command}")
    return None


def whole(tx: Transaction, requester: Requester, shown: Shown, album: str | None) -> tuple[Shown, ...]:
    """The picture of a message that was answered; or the album that it is of, where its parts are known."""
    parts = gatherings.select_parts(tx, requester.chat_id, album) if album is not None else ()
    return parts if any(one.unique == shown.unique for one in parts) else (shown,)


def is_alone(album: Gathering) -> bool:
    """Whether it is the only part of an album that Telegram has shown: so it does in groups."""
    return len(album.shown) == 1 and album.owner.chat_kind is ChatKind.GROUP


def end(tx: Transaction, gathering_id: int) -> bool:
    """Nothing comes of it; false where something did."""
    return gatherings.close(tx, gathering_id, GatheringState.ENDED)
