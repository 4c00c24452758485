"""The tables of gatherings and of what was gathered: pictures that come one by one and belong together."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, func, insert, select, update

from domain.gathering import Gathering, GatheringKind, GatheringState, Shown
from domain.requester import ChatKind, Requester
from domain.task import PictureId
from storage.database import Transaction
from storage.schema import gathered, gatherings


def insert_gathering(
    tx: Transaction,
    kind: GatheringKind,
    owner: Requester,
    *,
    now: datetime,
    due_at: datetime | None,
    album: str | None = None,
    command: str | None = None,
    words: str = "",
) -> int:
    """Begin one."""
    body = {
        "chat_kind": owner.chat_kind,
        "topic_id": owner.topic_id,
        "name": owner.name,
        "language": owner.language,
        "command": command,
        "words": words,
    }
    values = {
        "kind": kind,
        "chat_id": owner.chat_id,
        "user_id": owner.user_id,
        "album": album,
        "message_id": owner.message_id,
        "body": json.dumps(body, ensure_ascii=False),
        "state": GatheringState.OPEN,
        "due_at": due_at,
        "created_at": now,
    }
    return int(tx.execute(insert(gatherings).values(values).returning(gatherings.c.id)).scalar_one())


def add_shown(tx: Transaction, gathering_id: int, shown: Shown) -> None:
    """One picture more."""
    values = {"message_id": shown.message_id, "picture": shown.picture, "unique_id": shown.unique}
    tx.execute(insert(gathered).values(gathering_id=gathering_id, **values))


def select_gathering(tx: Transaction, gathering_id: int) -> Gathering | None:
    """One, with its pictures."""
    row = tx.execute(select(gatherings).where(gatherings.c.id == gathering_id)).one_or_none()
    return _gathering(row, _select_shown(tx, gathering_id)) if row else None


def select_album(tx: Transaction, owner: Requester, album: str) -> Gathering | None:
    """The album of that name in this chat, of this person."""
    found = tx.execute(
        select(gatherings.c.id)
        .where(
            gatherings.c.chat_id == owner.chat_id,
            gatherings.c.album == album,
            gatherings.c.user_id == owner.user_id,
            gatherings.c.kind.in_((GatheringKind.ALBUM, GatheringKind.OFFER, GatheringKind.REFERENCE)),
        )
        .order_by(gatherings.c.id.desc())
        .limit(1)
    ).scalar_one_or_none()
    return select_gathering(tx, found) if found is not None else None


def select_parts(tx: Transaction, chat_id: int, album: str) -> tuple[Shown, ...]:
    """All that is known of an album in this chat, whoever has sent it."""
    found = tx.execute(
        select(gatherings.c.id)
        .where(gatherings.c.chat_id == chat_id, gatherings.c.album == album)
        .order_by(gatherings.c.id)
        .limit(1)
    ).scalar_one_or_none()
    return _select_shown(tx, found) if found is not None else ()


def select_open(tx: Transaction, kind: GatheringKind, owner: Requester, now: datetime) -> Gathering | None:
    """What this person gathers in this chat at present."""
    found = tx.execute(
        select(gatherings.c.id)
        .where(
            gatherings.c.state == GatheringState.OPEN,
            gatherings.c.kind == kind,
            gatherings.c.chat_id == owner.chat_id,
            gatherings.c.user_id == owner.user_id,
            gatherings.c.due_at > now,
        )
        .order_by(gatherings.c.id.desc())
        .limit(1)
    ).scalar_one_or_none()
    return select_gathering(tx, found) if found is not None else None


def select_due(tx: Transaction, now: datetime) -> Sequence[int]:
    """Those whose time has come."""
    due = (gatherings.c.state == GatheringState.OPEN, gatherings.c.due_at <= now)
    return tx.execute(select(gatherings.c.id).where(*due).order_by(gatherings.c.due_at)).scalars().all()


def select_albums(tx: Transaction) -> tuple[Gathering, ...]:
    """Albums whose last part has not been seen yet."""
    statement = select(gatherings).where(
        gatherings.c.state == GatheringState.OPEN, gatherings.c.kind == GatheringKind.ALBUM
    )
    return tuple(_gathering(row, _select_shown(tx, row.id)) for row in tx.execute(statement.order_by(gatherings.c.id)))


def next_due(tx: Transaction, after: datetime) -> datetime | None:
    """When the next one's time comes."""
    found: datetime | None = tx.execute(
        select(func.min(gatherings.c.due_at)).where(
            gatherings.c.state == GatheringState.OPEN, gatherings.c.due_at > after
        )
    ).scalar_one()
    return found


def note(tx: Transaction, gathering_id: int, /, **columns: Any) -> None:
    """Write down what has changed: columns of the table, or parts of its body."""
    own = {name: value for name, value in columns.items() if name in gatherings.c}
    if said := {name: value for name, value in columns.items() if name not in own}:
        body = tx.execute(select(gatherings.c.body).where(gatherings.c.id == gathering_id)).scalar_one()
        own["body"] = json.dumps(json.loads(body) | said, ensure_ascii=False)
    tx.execute(update(gatherings).where(gatherings.c.id == gathering_id).values(own))


def close(tx: Transaction, gathering_id: int, state: GatheringState) -> bool:
    """Nothing more comes to it; false where somebody was first."""
    changed = tx.execute(
        update(gatherings)
        .where(gatherings.c.id == gathering_id, gatherings.c.state == GatheringState.OPEN)
        .values(state=state, due_at=None)
    )
    return changed.rowcount == 1


def delete_old(tx: Transaction, before: datetime) -> None:
    """Forget what nobody came back for."""
    old = select(gatherings.c.id).where(gatherings.c.created_at < before)
    tx.execute(delete(gathered).where(gathered.c.gathering_id.in_(old)))
    tx.execute(delete(gatherings).where(gatherings.c.created_at < before))


def _select_shown(tx: Transaction, gathering_id: int) -> tuple[Shown, ...]:
    rows = tx.execute(select(gathered).where(gathered.c.gathering_id == gathering_id).order_by(gathered.c.message_id))
    return tuple(Shown(message_id=row.message_id, picture=PictureId(row.picture), unique=row.unique_id) for row in rows)


def _gathering(row: Row[Any], shown: tuple[Shown, ...]) -> Gathering:
    body = json.loads(row.body)
    owner = Requester(
        user_id=row.user_id,
        chat_id=row.chat_id,
        chat_kind=ChatKind(body["chat_kind"]),
        message_id=row.message_id,
        topic_id=body["topic_id"],
        name=body["name"],
        language=body["language"],
    )
    return Gathering(
        id=row.id,
        kind=GatheringKind(row.kind),
        state=GatheringState(row.state),
        owner=owner,
        album=row.album,
        command=body["command"],
        words=body["words"],
        unread=body.get("unread", 0),
        answer=body.get("answer"),
        due_at=row.due_at,
        created_at=row.created_at,
        shown=shown,
    )
