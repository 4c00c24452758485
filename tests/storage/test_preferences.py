"""The table of preferences, and a chat that takes them along."""

from domain.task import Attached, PictureId, Role
from storage import chats, drafts, preferences
from storage.database import Database
from tests.storage.rows import CHAT, NOON

NEW = -100900


async def test_what_is_kept_is_found_changed_and_forgotten(db: Database) -> None:
    await db.run(preferences.put, 7, "usual", "--s 5")
    await db.run(preferences.put, 7, "usual", "--s 6")
    await db.run(preferences.put, 7, "#noir", "dark")
    await db.run(preferences.put, 8, "usual", "--s 7")
    assert await db.run(preferences.select_value, 7, "usual") == "--s 6"
    assert await db.run(preferences.select_value, 7, "other") is None
    assert await db.run(preferences.select_all, 7) == {"#noir": "dark", "usual": "--s 6"}
    assert await db.run(preferences.forget, 7, "usual")
    assert not await db.run(preferences.forget, 7, "usual")
    assert await db.run(preferences.select_value, 8, "usual") == "--s 7"


async def test_a_chat_that_moves_takes_them_along_and_what_it_chose_since_stays(db: Database) -> None:
    await db.run(preferences.put, CHAT, "usual", "--s 5")
    await db.run(preferences.put, CHAT, "#noir", "dark")
    await db.run(preferences.put, NEW, "usual", "--s 6")
    for _time in range(2):
        await db.run(chats.move, CHAT, NEW)
    assert await db.run(preferences.select_all, NEW) == {"#noir": "dark", "usual": "--s 6"}
    assert await db.run(preferences.select_all, CHAT) == {}


async def test_a_topic_has_its_own(db: Database) -> None:
    await db.run(preferences.put, CHAT, "usual", "--s 5")
    await db.run(preferences.put, CHAT, "usual", "--s 6", 17)
    assert await db.run(preferences.select_value, CHAT, "usual", 17) == "--s 6"
    assert await db.run(preferences.select_value, CHAT, "usual", 18) is None
    assert await db.run(preferences.select_all, CHAT) == {"usual": "--s 5"}
    assert await db.run(preferences.forget, CHAT, "usual", 17)
    assert await db.run(preferences.select_value, CHAT, "usual") == "--s 5"


async def test_a_draft_keeps_the_pictures_that_came_along(db: Database) -> None:
    attached = (Attached(picture=PictureId("a")), Attached(picture=PictureId("b"), role=Role.STYLE))
    number = await db.run(
        lambda tx: drafts.insert_draft(tx, chat_id=1, user_id=2, prompt="x", now=NOON, attached=attached)
    )
    plain = await db.run(lambda tx: drafts.insert_draft(tx, chat_id=1, user_id=2, prompt="x", now=NOON))
    for draft_id, wanted in ((number, attached), (plain, ())):
        draft = await db.run(drafts.select_draft, draft_id)
        assert draft is not None
        assert draft.attached == wanted
