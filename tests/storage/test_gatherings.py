"""Pictures that are gathered: kept in the order that people see, closed once, and gone when nobody comes back."""

from datetime import timedelta

from domain.gathering import Gathering, GatheringKind, GatheringState, Shown
from domain.requester import ChatKind, Requester
from domain.task import PictureId
from storage import chats, gatherings
from storage.database import Database
from tests.storage.rows import CHAT, NOON, later

ANNA = Requester(
    user_id=7, chat_id=CHAT, chat_kind=ChatKind.GROUP, message_id=11, topic_id=3, name="Anna", language="de"
)
BEN = Requester(user_id=8, chat_id=CHAT, chat_kind=ChatKind.GROUP, message_id=12)


def shown(message_id: int, name: str = "") -> Shown:
    """A picture of a message."""
    return Shown(message_id=message_id, picture=PictureId(f"file {message_id}"), unique=name or f"u{message_id}")


async def begin(db: Database, owner: Requester = ANNA, album: str | None = "a1", seconds: float = 2) -> int:
    """An album whose time comes in so many seconds."""
    return await db.run(
        lambda tx: gatherings.insert_gathering(
            tx, GatheringKind.ALBUM, owner, now=NOON, due_at=later(seconds), album=album
        )
    )


async def there(db: Database, key: int) -> Gathering:
    """That one, which is there."""
    found = await db.run(gatherings.select_gathering, key)
    assert found is not None
    return found


async def test_it_comes_back_as_it_was_written_in_the_order_of_the_messages(db: Database) -> None:
    key = await begin(db)
    for message_id in (14, 11, 13):
        await db.run(gatherings.add_shown, key, shown(message_id))
    found = await there(db, key)
    assert found.owner == ANNA
    assert [one.message_id for one in found.shown] == [11, 13, 14]
    assert found.pictures == ("file 11", "file 13", "file 14")
    assert (found.kind, found.state, found.due_at) == (GatheringKind.ALBUM, GatheringState.OPEN, later(2))
    assert (found.command, found.words, found.unread, found.answer) == (None, "", 0, None)


async def test_notes_change_columns_and_parts_of_the_body(db: Database) -> None:
    key = await begin(db)
    await db.run(lambda tx: gatherings.note(tx, key, due_at=later(5), command="blend", words="portrait", unread=2))
    await db.run(lambda tx: gatherings.note(tx, key, message_id=20, answer=4))
    found = await there(db, key)
    assert (found.due_at, found.command, found.words, found.unread) == (later(5), "blend", "portrait", 2)
    assert (found.owner.message_id, found.answer, found.owner.name) == (20, 4, "Anna")


async def test_it_is_closed_once(db: Database) -> None:
    key = await begin(db)
    assert await db.run(gatherings.close, key, GatheringState.USED)
    assert not await db.run(gatherings.close, key, GatheringState.ENDED)
    assert (await there(db, key)).state is GatheringState.USED
    assert not await db.run(gatherings.select_due, later(60))


async def test_albums_are_told_apart_by_chat_person_and_name(db: Database) -> None:
    hers, his, other = await begin(db), await begin(db, BEN), await begin(db, album="a2")
    assert len({hers, his, other}) == 3
    for owner, album, key in ((ANNA, "a1", hers), (BEN, "a1", his), (ANNA, "a2", other)):
        found = await db.run(gatherings.select_album, owner, album)
        assert found is not None
        assert found.id == key
    assert await db.run(gatherings.select_album, BEN, "a2") is None


async def test_what_is_due_and_when_the_next_is(db: Database) -> None:
    late, early = await begin(db, album="l", seconds=9), await begin(db, album="e", seconds=2)
    assert await db.run(gatherings.next_due, NOON) == later(2)
    assert await db.run(gatherings.select_due, later(1)) == []
    assert await db.run(gatherings.select_due, later(9)) == [early, late]
    assert await db.run(gatherings.next_due, later(2)) == later(9)


async def test_old_ones_are_forgotten_with_their_pictures(db: Database) -> None:
    key = await begin(db)
    await db.run(gatherings.add_shown, key, shown(11))
    await db.run(gatherings.delete_old, NOON)
    assert await db.run(gatherings.select_gathering, key) is not None
    await db.run(gatherings.delete_old, NOON + timedelta(seconds=1))
    assert await db.run(gatherings.select_gathering, key) is None


async def test_a_group_that_moves_takes_them_along(db: Database) -> None:
    key = await begin(db)
    await db.run(chats.move, CHAT, -100900)
    found = await there(db, key)
    assert (found.owner.chat_id, found.owner.message_id) == (-100900, None)
