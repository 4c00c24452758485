"""`/history` has one's own pictures, `/show` brings one into any chat, alive; nobody sees another's."""

import json

from sandbox.telegram.chat import Chat
from sandbox.telegram.entities import cut
from sandbox.telegram.town import Person
from sandbox.telegram.views import MessageView
from tests.world import World, WorldWith


def copied(message: MessageView) -> list[str]:
    return [cut(message.text, one["offset"], one["length"]) for one in message.entities if one["type"] == "code"]


async def history(world: World, person: Person, words: str = "") -> MessageView:
    await world.pass_time(2)
    return await world.answer(person.private, person.private.say(person, f"/history {words}".strip()), within=10)


async def turned(world: World, person: Person, page: MessageView, button: str) -> MessageView:
    before = person.private.message(page.id)
    await world.press(person.private, person, before, button)
    await world.until(lambda: person.private.message(page.id).edits > before.edits, 10)
    return person.private.message(page.id)


async def shown(world: World, chat: Chat, person: Person, command: str, thread: int | None = None) -> MessageView:
    await world.pass_time(2)
    return await world.answer(chat, chat.say(person, command, thread=thread), within=20)


async def test_ones_own_pictures_page_by_page_the_newest_first(world: World) -> None:
    world.paint_nothing()
    world.provider.set_speed(all=0.5)
    ann, bob = world.telegram.person("Ann"), world.telegram.person("Bob")
    assert "You have no pictures yet" in (await history(world, ann)).text
    for number in range(14):
        await world.draws(ann, f"fox number {number}")
    await world.draws(bob, "a secret of Bob's")
    page = await history(world, ann)
    assert [line for line in page.text.splitlines() if "fox" in line] == [
        f"{place}. fox number {number}" for place, number in enumerate(range(13, 7, -1), 1)
    ]
    assert "2026-11-21 · /imagine · /show 14" in page.text
    assert [button.text for button in page.buttons] == ["1", "2", "3", "4", "5", "6", "Older ›"]
    second = await turned(world, ann, page, "Older ›")
    assert "1. fox number 7\n" in second.text
    last = await turned(world, ann, page, "Older ›")
    assert [line for line in last.text.splitlines() if "fox" in line] == ["1. fox number 1", "2. fox number 0"]
    assert [button.text for button in last.buttons] == ["1", "2", "‹ Newer"]
    back = await turned(world, ann, page, "‹ Newer")
    assert back.text == second.text
    assert (await turned(world, ann, page, "‹ Newer")).text == page.text
    assert "secret" not in world.told(ann.private)
    await world.press(ann.private, ann, page, "3")
    picture = await world.sees(ann.private, lambda m: m.reply_to == page.id and m.photo)
    assert "fox number 11" in picture.text


async def test_words_are_found_in_any_case_and_any_script(world: World) -> None:
    world.paint_nothing()
    world.provider.set_speed(all=0.5)
    ann = world.telegram.person("Ann")
    for words in ("Рыжая ЛИСА в снегу", "ein FUẞBALL im Regen", "caf\u00e9 at night", "a fox", "a fox in a café"):
        await world.draws(ann, words)
    for words, found in (
        ("лиса рыжая", 1),
        ("fussball", 1),
        ("CAFE\u0301", 2),
        ("fox CAFÉ", 1),
        ("%", 0),
        ("fo_", 0),
    ):
        page = await history(world, ann, words)
        assert page.text.count("/show ") == found, words
        assert page.text.startswith("🔎 ")
    assert "No picture of yours has these words" in page.text
    for _time in range(7):
        await world.draws(ann, "another Fox")
    page = await history(world, ann, "FOX")
    older = await turned(world, ann, page, "Older ›")
    assert older.text.startswith("🔎 FOX")
    assert older.text.count("fox") + older.text.count("Fox") == 3
    eve = world.telegram.person("Eve")
    hers = await history(world, eve)
    stolen = page.button("Older ›").data or ""
    press = eve.private.press_data(eve, hers.id, stolen)
    assert "does not work" in ((await press.answered(5)).text or "")


async def test_a_picture_comes_into_another_chat_with_live_buttons_at_no_charge(world: World) -> None:
    ann, bob = world.telegram.person("Ann"), world.telegram.person("Bob")
    grid = await world.draws(ann, "a red fox --ar 3:2")
    await world.press(ann.private, ann, grid, "U2")
    await world.sees_picture(ann.private, after=grid.id)
    group = world.telegram.group("Friends", [ann, bob])
    await world.settle()
    asked, fetched = len(world.provider.submissions()), world.provider.ledger.requests["/pictures/{id}"]
    picture = await shown(world, group, ann, "/show 1")
    assert picture.photo == grid.photo
    assert picture.text == grid.text
    assert "✓ U2" in [button.text for button in picture.buttons]
    assert len(world.provider.submissions()) == asked
    assert world.provider.ledger.requests["/pictures/{id}"] == fetched
    assert not world.calls(group, "sendPhoto")[-1].params["photo"].startswith("attach")
    await world.restart_bot()
    toast = await world.press(group, bob, picture, "U3")
    assert toast.text == "U3: on its way."
    single = await world.sees(group, lambda m: m.photo and m.buttons and m.reply_to == picture.id)
    assert "Bob" in single.text
    await world.pass_time(20, step=1)
    assert "✓ U3" in [button.text for button in group.message(picture.id).buttons]
    again = await shown(world, group, bob, "/show 1")  # it stands here
    assert again.photo == grid.photo
    await world.press(group, bob, again, "📎 Original")
    await world.sees(group, lambda m: m.document)


async def test_a_strangers_number_shows_nothing(world: World) -> None:
    ann, eve = world.telegram.person("Ann"), world.telegram.person("Eve")
    await world.draws(ann, "a secret fox")
    for command in ("/show 1", "/show 2", "/show 999999999999999", "/show #1"):
        told = await shown(world, eve.private, eve, command)
        assert told.text.startswith("I know no picture of yours by that number"), command
    assert "I bring a picture of yours here" in (await shown(world, eve.private, eve, "/show me")).text
    group = world.telegram.group("Friends", [ann, eve])
    await world.settle()
    told = await shown(world, group, eve, "/show 1")
    assert told.text.startswith("I know no picture of yours")
    hers = await history(world, eve)
    forged = await eve.private.press_data(eve, hers.id, "hs:1").answered(5)
    assert (forged.text or "").startswith("I know no picture of yours")
    asked = group.say(ann, "/imagine a fox for all")
    common = await world.sees(group, lambda m: m.photo and m.buttons and m.reply_to == asked.id)
    assert (await shown(world, group, eve, "/show 2")).photo == common.photo
    for picture in world.pictures(group):
        await world.press(group, ann, picture, "🗑")
        await world.pass_time(2)
    await world.until(lambda: not world.pictures(group), within=10)
    told = await shown(world, group, eve, "/show 2")  # what its owner has taken away stays away
    assert told.text.startswith("I know no picture of yours")
    assert "secret" not in world.told(group) + world.told(eve.private)


async def test_the_rules_of_the_chat_hold_where_it_is_shown(world_with: WorldWith) -> None:
    world = await world_with(ACCESS="allowlist", ALLOWED_USERS="10001,10002")
    ann, bob = world.telegram.person("Ann"), world.telegram.person("Bob")
    assert ann.id == 10001
    await world.draws(ann, "a fox")
    group = world.telegram.group("Others", [ann, bob])
    await world.settle()
    told = await shown(world, group, ann, "/show 1")
    assert told.text.startswith("This bot draws for people its operator has let in")
    assert not world.calls(group, "sendPhoto")
    await world.restart_bot(ALLOWED_CHATS=str(group.id))
    forum = world.telegram.group("Art", [ann], forum=True)
    await world.restart_bot(ALLOWED_CHATS=f"{group.id},{forum.id}")
    topic = forum.create_topic(ann, "Foxes")
    page = await shown(world, forum, ann, "/settings", topic)
    await world.press(forum, ann, page, "This topic")
    await world.pass_time(2)
    await world.press(forum, ann, forum.message(page.id), "🙈 Spoiler")
    await world.pass_time(2)
    await world.press(forum, ann, forum.message(page.id), "On")
    await world.pass_time(2)
    picture = await shown(world, forum, ann, "/show 1", topic)
    assert picture.thread == topic
    assert world.calls(forum, "sendPhoto")[-1].params["has_spoiler"] == "true"


async def test_a_channel_shows_its_own_and_names_nobody(world: World) -> None:
    ann = world.telegram.person("Ann")
    channel = world.telegram.channel("Gallery", ann)
    await world.draws(ann, "a fox")
    refused = await shown(world, channel, ann, "/show 1")  # a post does not tell who wrote it
    assert refused.text.startswith("I know no picture of yours")
    asked = channel.say(ann, "/imagine a whale")
    first = await world.sees(channel, lambda m: m.photo and m.buttons and m.reply_to == asked.id)
    again = await shown(world, channel, ann, "/show 2")
    assert again.photo == first.photo
    assert "Ann" not in again.text


async def test_videos_come_as_the_album_they_were(world: World) -> None:
    ann, bob = world.telegram.person("Ann"), world.telegram.person("Bob")
    world.provider.set_speed(all=2)
    grid = await world.draws(ann, "a fox")
    await world.press(ann.private, ann, grid, "U1")
    single = await world.sees_picture(ann.private, after=grid.id)
    await world.press(ann.private, ann, single, "🎞️ Animate (Low motion)")
    below = await world.sees(ann.private, lambda m: m.id > single.id and m.text.startswith("U1–U4 take one"))
    group = world.telegram.group("Friends", [ann, bob])
    await world.pass_time(5)
    films = [m for m in ann.private.messages if m.media_kind == "video"]
    assert len(films) == 4
    page = await history(world, ann)
    assert "🧬 Made from: /show 1 /imagine › /show 2 U1 › Animate (Low motion)" in page.text
    asked = group.say(bob, "/show 3")
    assert (await world.answer(group, asked)).text.startswith("I know no picture of yours")
    group.say(ann, "/show 3")
    buttons = await world.sees(group, lambda m: m.from_bot and m.text.startswith("U1–U4 take one"), within=60)
    here = [m for m in group.messages if m.media_kind == "video"]
    assert [m.document for m in here] == [m.document for m in films]
    (call,) = world.calls(group, "sendMediaGroup")
    assert "attach" not in json.dumps(json.loads(call.params["media"]))
    assert [b.text for b in buttons.buttons] == [b.text for b in below.buttons]
    await world.press(group, ann, buttons, "U2")
    await world.until(lambda: len(world.provider.submissions(path="action")) == 3)


async def test_where_telegram_has_no_copy_the_address_comes(world: World) -> None:
    ann = world.telegram.person("Ann")
    world.telegram.faults.add(match="sendPhoto", status=400, times=None)
    world.telegram.faults.add(match="sendDocument", status=400, times=None)
    ann.private.say(ann, "/imagine a fox")
    first = await world.sees(ann.private, lambda m: "Telegram did not take this picture" in m.text)
    again = await shown(world, ann.private, ann, "/show 1")
    assert again.text == first.text
    assert [b.text for b in again.buttons] == [b.text for b in first.buttons]


async def test_every_kind_of_picture_knows_its_words_and_where_it_came_from(world: World) -> None:
    world.provider.set_speed(all=1)
    world.provider.engine.remix = True
    ann = world.telegram.person("Ann")
    chat = ann.private
    grid = await world.draws(ann, "a red fox")
    chat.say(ann, "/remix ask")
    await world.press(chat, ann, grid, "V1")
    question = await world.sees(chat, lambda m: any(b.text == "As it is" for b in m.buttons) and "fox" in m.text)
    chat.say(ann, "a blue fox", reply_to=question.id)
    varied = await world.sees_picture(chat, after=grid.id)
    await world.press(chat, ann, varied, "U1")
    single = await world.sees_picture(chat, after=varied.id)
    await world.pass_time(11)  # sooner it would be a double tap
    await world.press(chat, ann, single, "🔁 Again")
    once_more = await world.sees_picture(chat, after=single.id)
    asked = chat.say(ann, "/imagine in the snow", reply_to=once_more.id)
    drawn = await world.sees(chat, lambda m: m.photo and m.buttons and m.reply_to == asked.id)
    asked = chat.say(ann, "/describe", reply_to=drawn.id)
    words = await world.sees(chat, lambda m: m.reply_to == asked.id and any("1" in b.text for b in m.buttons))
    await world.press(chat, ann, words, "1️⃣")
    await world.sees(chat, lambda m: m.photo and m.buttons and m.id > words.id)
    asked = chat.say(ann, "/edit make it green", reply_to=drawn.id)
    await world.sees(chat, lambda m: m.photo and m.reply_to == asked.id)
    page = await history(world, ann)
    lines = [line for line in page.text.splitlines() if line.startswith("🧬")]
    assert lines == [
        "🧬 Made from: /show 1 /imagine › /show 2 V1 › /show 4 U1 › /show 5 /imagine › /edit",
        "🧬 Made from: … › /show 2 V1 › /show 4 U1 › /show 5 /imagine › /show 6 /describe › 1️⃣",
        "🧬 Made from: /show 1 /imagine › /show 2 V1 › /show 4 U1 › /imagine",
        "🧬 Made from: /show 1 /imagine › /show 2 V1 › U1",
        "🧬 Made from: /show 1 /imagine › /show 2 V1 › U1",
        "🧬 Made from: /show 1 /imagine › V1",
    ]
    assert "a blue fox" in page.text
    assert "/show 6" in copied(page)


async def test_in_a_group_the_history_stays_private(world: World) -> None:
    ann, bob = world.telegram.person("Ann"), world.telegram.person("Bob")
    await world.draws(ann, "a secret fox")
    group = world.telegram.group("Friends", [ann, bob])
    await world.settle()
    told = await shown(world, group, ann, "/history fox")
    assert told.text == "Your pictures are in our private chat."
    assert told.buttons[0].url == "https://t.me/imagine_bot?start=history"
    ann.private.say(ann, "/start history")
    await world.sees(ann.private, lambda m: "a secret fox" in m.text and "/show 1" in m.text)
