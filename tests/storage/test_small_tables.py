"""Buttons, drafts, the ledger, operators, chats that move."""

from datetime import date

from domain.delivery import DeliveryKind, DeliveryState
from domain.provider import RemoteButton
from storage import amends, buttons, chats, deliveries, drafts, ledger, operators, placed
from storage.database import Database
from tests.storage.rows import CHAT, NOON, claim, delivery_row, later, owe, record, the_task

TODAY, TOMORROW = date(2026, 11, 21), date(2026, 11, 22)
NEW_CHAT = -100900


async def test_buttons_keep_the_providers_order_and_ids(db: Database) -> None:
    task_id = await db.run(record)
    offered = tuple(RemoteButton(custom_id=f"MJ::{number}::é", label=f"U{number}") for number in (3, 1, 2))
    await db.run(buttons.replace_all, task_id, offered)
    found = await db.run(buttons.select_of, task_id)
    assert [(one.custom_id, one.label, one.emoji) for one in found] == [
        ("MJ::3::é", "U3", ""),
        ("MJ::1::é", "U1", ""),
        ("MJ::2::é", "U2", ""),
    ]
    assert await db.run(buttons.select_button, found[1].id) == found[1]
    assert await db.run(buttons.select_button, 99) is None


async def test_a_buttons_number_never_comes_to_mean_another(db: Database) -> None:
    task_id = await db.run(record)
    await db.run(buttons.replace_all, task_id, (RemoteButton(custom_id="one"),))
    (first,) = await db.run(buttons.select_of, task_id)
    await db.run(buttons.replace_all, task_id, ())
    await db.run(buttons.replace_all, task_id, (RemoteButton(custom_id="two"),))
    (second,) = await db.run(buttons.select_of, task_id)
    assert second.id > first.id


async def test_a_used_button_knows_what_came_of_it(db: Database) -> None:
    task_id = await db.run(record)
    child = await db.run(record)
    await db.run(buttons.replace_all, task_id, (RemoteButton(custom_id="one"), RemoteButton(custom_id="two")))
    one, two = await db.run(buttons.select_of, task_id)
    await db.run(buttons.mark_pressed, one.id, child, NOON)
    one, two = await db.run(buttons.select_of, task_id)
    assert (one.pressed_at, one.pressed_task, two.pressed_at) == (NOON, child, None)


async def test_a_draft_is_kept_until_it_is_old(db: Database) -> None:
    task_id = await db.run(record)
    key = await db.run(drafts.insert_draft, chat_id=CHAT, user_id=7, prompt="a fox", now=NOON)
    await db.run(drafts.mark_pressed, key, task_id)
    assert await db.run(drafts.select_draft, key) == drafts.Draft(
        id=key, chat_id=CHAT, user_id=7, prompt="a fox", pressed_task=task_id
    )
    await db.run(drafts.delete_old, NOON)
    assert await db.run(drafts.select_draft, key) is not None
    await db.run(drafts.delete_old, later(1))
    assert await db.run(drafts.select_draft, key) is None


async def test_the_ledger_counts_what_is_held_or_kept_that_day(db: Database) -> None:
    ids = [await db.run(record) for _ in range(4)]
    for task_id in ids[:3]:
        await db.run(ledger.hold, task_id, user_id=7, chat_id=CHAT, day=TODAY)
    await db.run(ledger.hold, ids[3], user_id=7, chat_id=CHAT + 1, day=TOMORROW)
    await db.run(ledger.keep, ids[0])
    await db.run(ledger.give_back, ids[1])
    assert (await db.run(ledger.of_user, 7, TODAY)).pictures == 2
    assert (await db.run(ledger.of_chat, CHAT, TODAY)).pictures == 2
    assert (await db.run(ledger.of_user, 7, TOMORROW)).pictures == 1
    assert (await db.run(ledger.of_chat, CHAT, TOMORROW)).pictures == 0
    assert (await db.run(ledger.of_user, 8, TODAY)).pictures == 0


async def test_what_was_kept_is_not_given_back_and_what_came_late_counts(db: Database) -> None:
    kept, late = [await db.run(record) for _ in range(2)]
    for task_id in (kept, late):
        await db.run(ledger.hold, task_id, user_id=7, chat_id=CHAT, day=TODAY)
    await db.run(ledger.keep, kept)
    await db.run(ledger.give_back, kept)
    await db.run(ledger.give_back, late)
    assert (await db.run(ledger.of_user, 7, TODAY)).pictures == 1
    await db.run(ledger.keep, late)
    assert (await db.run(ledger.of_user, 7, TODAY)).pictures == 2


async def test_only_the_newest_claim_works_and_only_once(db: Database) -> None:
    await db.run(operators.replace_claim, "old", NOON)
    await db.run(operators.replace_claim, "new", NOON)
    assert not await db.run(operators.use_claim, "old")
    assert await db.run(operators.use_claim, "new")
    assert not await db.run(operators.use_claim, "new")


async def test_operators_are_who_came_in(db: Database) -> None:
    assert await db.run(operators.count_operators) == 0
    for user_id in (7, 7, 8):
        await db.run(operators.insert_operator, user_id, NOON)
    assert await db.run(operators.count_operators) == 2
    assert await db.run(operators.is_operator, 7)
    assert not await db.run(operators.is_operator, 9)


async def test_a_chat_remembers_that_it_was_refused_and_its_pause(db: Database) -> None:
    await db.run(chats.pause, CHAT, later(60))
    assert not await db.run(chats.was_refused, CHAT)
    await db.run(chats.note_refused, CHAT, NOON)
    assert await db.run(chats.was_refused, CHAT)
    await db.run(owe)
    assert await claim(db, later(59)) == []


async def test_what_belongs_to_a_chat_moves_with_it(db: Database) -> None:
    task_id = await db.run(record, chat_id=-9)
    other = await db.run(record)
    key = await db.run(owe, DeliveryKind.RESULT, task_id=task_id, chat_id=-9)
    draft = await db.run(drafts.insert_draft, chat_id=-9, user_id=7, prompt="a fox", now=NOON)
    await db.run(chats.move, -9, NEW_CHAT)
    assert (await the_task(db, task_id)).chat_id == NEW_CHAT
    assert (await the_task(db, other)).chat_id == CHAT
    assert (await delivery_row(db, key)).chat_id == NEW_CHAT
    moved = await db.run(drafts.select_draft, draft)
    assert moved is not None
    assert moved.chat_id == NEW_CHAT
    assert await db.run(placed.is_placed, task_id, NEW_CHAT)


async def test_a_chats_share_of_the_day_moves_with_it(db: Database) -> None:
    """Else a limit per chat is doubled by making the group a supergroup."""
    task_id = await db.run(record, chat_id=-9)
    await db.run(ledger.hold, task_id, user_id=7, chat_id=-9, day=TODAY)
    await db.run(chats.move, -9, NEW_CHAT)
    assert (await db.run(ledger.of_chat, NEW_CHAT, TODAY)).pictures == 1


async def test_no_message_of_the_old_chat_is_edited_deleted_or_answered_in_the_new_one(db: Database) -> None:
    """Numbers begin anew in a supergroup: the same number there is somebody else's message."""
    task_id = await db.run(record, chat_id=-9, reply_to=11)
    status = await db.run(owe, DeliveryKind.STATUS, task_id=task_id, chat_id=-9, reply_to=11)
    await claim(db)
    await db.run(deliveries.settle, status, now=NOON, message_id=12, shows="text")
    result = await db.run(owe, DeliveryKind.RESULT, task_id=task_id, chat_id=-9, reply_to=11)
    await db.run(amends.owe_keyboard, task_id=task_id, chat_id=-9, message_id=13, now=NOON)
    await db.run(chats.move, -9, NEW_CHAT)
    assert (await delivery_row(db, status)).message_id is None
    assert (await delivery_row(db, result)).reply_to is None
    assert (await the_task(db, task_id)).reply_to is None
    came = await claim(db)
    assert came == [result]
    await db.run(deliveries.end, result, DeliveryState.SETTLED)
    assert await claim(db) == []
