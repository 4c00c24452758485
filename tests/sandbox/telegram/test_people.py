"""A person's hands and eyes, in private chats, groups and channels."""

import asyncio
from datetime import timedelta

import pytest

from sandbox.telegram.queries import Toast


async def test_a_command_is_marked_for_the_bot(api, telegram):
    ann = telegram.person("Ann", language="de", username="ann_a")
    said = ann.private.say(ann, "🦊 /imagine@imagine_bot a fox https://a.example @bobby_b")
    (update,) = await api.updates()
    message = update["message"]
    assert message["from"] == {
        "id": ann.id,
        "is_bot": False,
        "first_name": "Ann",
        "username": "ann_a",
        "language_code": "de",
    }
    assert [(one["type"], one["offset"], one["length"]) for one in message["entities"]] == [
        ("bot_command", 3, 20),
        ("url", 30, 17),
        ("mention", 48, 8),
    ]
    assert said.id == message["message_id"] == 1


async def test_a_photo_and_a_file_arrive_as_such(api, ann, picture):
    ann.private.send_photo(ann, picture(), caption="/describe", reply_to=1)
    ann.private.send_photo(ann, picture(), as_file=True, name="a.png")
    _, photo, file = [update["message"] for update in await api.updates()]
    assert photo["caption_entities"][0]["type"] == "bot_command"
    assert photo["photo"][-1]["width"] == 40
    assert photo["reply_to_message"]["message_id"] == 1
    assert (file["document"]["file_name"], file["document"]["mime_type"]) == ("a.png", "image/png")


async def test_a_persons_edit_is_told_as_one(api, ann):
    ann.private.edit(ann, 1, "/begin")
    _, edit = await api.updates()
    assert edit["edited_message"]["text"] == "/begin"
    assert "edit_date" in edit["edited_message"]


async def test_nobody_edits_what_others_wrote(api, ann):
    await api("sendMessage", chat_id=ann.id, text="mine")
    with pytest.raises(ValueError, match="not of Ann"):
        ann.private.edit(ann, 2, "yours")


async def test_a_press_carries_its_message_and_waits_for_its_answer(api, ann):
    markup = {"inline_keyboard": [[{"text": "U1", "callback_data": "data-1"}]]}
    await api("sendMessage", chat_id=ann.id, text="a", reply_parameters={"message_id": 1}, reply_markup=markup)
    press = ann.private.press(ann, 2, "U1")
    assert press.answer is None
    query = (await api.updates())[-1]["callback_query"]
    assert (query["data"], query["from"]["id"], query["id"]) == ("data-1", ann.id, press.id)
    assert query["message"]["reply_to_message"]["text"] == "/start"
    assert query["message"]["reply_markup"] == markup
    waiting = asyncio.create_task(press.answered())
    await api("answerCallbackQuery", callback_query_id=press.id, text="done", show_alert=True)
    assert await waiting == press.answer == Toast(text="done", show_alert=True)


async def test_a_press_is_answered_once_and_in_time(api, clock, ann):
    await api("sendMessage", chat_id=ann.id, text="a", reply_markup=_keyboard("x"))
    old = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    first, second = ann.private.press(ann, 2, "x"), ann.private.press(ann, 2, "x")
    await api("answerCallbackQuery", callback_query_id=first.id)
    assert first.answer == Toast()
    assert await api.refused("answerCallbackQuery", callback_query_id=first.id) == old
    clock.time += timedelta(seconds=151)
    assert await api.refused("answerCallbackQuery", callback_query_id=second.id) == old
    assert await api.refused("answerCallbackQuery", callback_query_id="1") == old


async def test_buttons_that_are_not_there_cannot_be_pressed_but_forged(api, ann):
    markup = {"inline_keyboard": [[{"text": "web", "url": "https://a.example"}]]}
    await api("sendMessage", chat_id=ann.id, text="a", reply_markup=markup)
    for button in ("web", "other"):
        with pytest.raises(LookupError):
            ann.private.press(ann, 2, button)
    ann.private.press_data(ann, 2, "forged")
    await api("deleteMessage", chat_id=ann.id, message_id=2)
    ann.private.press_data(ann, 2, "late")
    forged, late = [update["callback_query"] for update in (await api.updates())[1:]]
    assert forged["data"] == "forged"
    assert late["message"] == {"chat": forged["message"]["chat"], "message_id": 2, "date": 0}


async def test_waiting_for_a_message_sees_it_at_once(api, ann, picture):
    waiting = asyncio.create_task(ann.private.wait_for(lambda message: message.photo))
    await asyncio.sleep(0)
    assert not waiting.done()
    await api("sendPhoto", {"photo": picture()}, chat_id=ann.id)
    assert (await waiting).photo == picture()


async def test_waiting_in_vain_tells_what_is_there(ann):
    with pytest.raises(TimeoutError, match="/start"):
        await ann.private.wait_for(lambda message: message.text == "never", timeout=0.01)


async def test_who_blocked_the_bot_cannot_write_to_it(ann):
    ann.block()
    with pytest.raises(ValueError, match="blocked"):
        ann.private.say(ann, "hello?")


async def test_in_a_group_the_bot_hears_what_is_meant_for_it(api, telegram, ann):
    bob = telegram.person("Bob")
    group = telegram.group("Friends", [ann, bob])
    group.say(bob, "just talk")
    group.say(bob, "/imagine@other_bot a fox")
    group.say(bob, "/imagine a fox")
    group.say(bob, "/imagine@Imagine_Bot a fox")
    sent = await api("sendMessage", chat_id=group.id, text="what?")
    group.say(ann, "this", reply_to=sent["message_id"])
    heard = [update["message"]["text"] for update in await api.updates() if "message" in update]
    assert heard == ["/start", "/imagine a fox", "/imagine@Imagine_Bot a fox", "this"]


async def test_as_an_administrator_the_bot_hears_all(api, telegram, ann):
    group = telegram.group("Friends", [ann], bot="administrator")
    group.say(ann, "just talk")
    joined, talk = (await api.updates())[1:]
    assert joined["my_chat_member"]["new_chat_member"]["status"] == "administrator"
    assert talk["message"]["text"] == "just talk"
    assert talk["message"]["chat"]["type"] == "supergroup"


async def test_channel_posts_come_from_the_channel(api, telegram, ann):
    channel = telegram.channel("News", ann, username="news_of_ann")
    channel.say(ann, "/imagine a fox")
    post = (await api.updates())[-1]["channel_post"]
    assert "from" not in post
    assert post["sender_chat"]["id"] == channel.id
    sent = await api("sendMessage", chat_id="@news_of_ann", text="a", reply_markup=_keyboard("x"))
    assert "from" not in sent
    assert channel.last().from_bot
    channel.press(ann, sent["message_id"], "x")
    assert (await api.updates())[-1]["callback_query"]["from"]["id"] == ann.id
    refusal = await api.refused("sendMessage", chat_id=channel.id, text="a", reply_markup={"force_reply": True})
    assert refusal == "Bad Request: inline keyboard expected"


@pytest.mark.parametrize(
    ("kind", "status", "why"),
    [
        ("group", "kicked", "bot was kicked from the group chat"),
        ("supergroup", "kicked", "bot was kicked from the supergroup chat"),
        ("supergroup", "left", "bot is not a member of the supergroup chat"),
        ("channel", "kicked", "bot was kicked from the channel chat"),
    ],
)
async def test_where_the_bot_is_not_it_cannot_write(api, telegram, ann, kind, status, why):
    group = telegram.group("Friends", [ann], kind=kind)
    group.set_bot(ann, status)
    assert await api.refused("sendMessage", chat_id=group.id, text="a") == f"Forbidden: {why}"


async def test_strangers_cannot_write_in_a_group(telegram, ann):
    group = telegram.group("Friends", [ann])
    bob = telegram.person("Bob")
    with pytest.raises(ValueError, match="Bob can't write"):
        group.say(bob, "hello")
    group.set_member(ann, bob, "member")
    group.say(bob, "hello")


async def test_members_and_chats_can_be_asked_for(api, telegram, ann):
    bob = telegram.person("Bob")
    group = telegram.group("Friends", [ann, bob], kind="group", bot="administrator")
    assert (await api("getChat", chat_id=group.id))["title"] == "Friends"
    statuses = [(await api("getChatMember", chat_id=group.id, user_id=who))["status"] for who in (ann.id, bob.id)]
    assert statuses == ["creator", "member"]
    admins = await api("getChatAdministrators", chat_id=group.id)
    assert [admin["user"]["id"] for admin in admins] == [ann.id, 4242]
    assert await api("getChatMemberCount", chat_id=group.id) == 3
    assert (await api.refused("getChatMember", chat_id=group.id, user_id=5)) == "Bad Request: PARTICIPANT_ID_INVALID"
    assert "private" in await api.refused("getChatAdministrators", chat_id=ann.id)


async def test_in_a_group_the_bot_deletes_its_own_only_unless_it_rules(api, telegram, ann):
    group = telegram.group("Friends", [ann])
    said = group.say(ann, "/hello")
    own = await api("sendMessage", chat_id=group.id, text="a")
    await api("deleteMessage", chat_id=group.id, message_id=own["message_id"])
    refusal = await api.refused("deleteMessage", chat_id=group.id, message_id=said.id)
    assert refusal == "Bad Request: message can't be deleted"
    group.set_bot(ann, "administrator")
    await api("deleteMessage", chat_id=group.id, message_id=said.id)


async def test_members_who_come_are_told_only_where_asked_for(api, telegram, ann):
    group = telegram.group("Friends", [ann], bot="administrator")
    bob = telegram.person("Bob")
    group.set_member(ann, bob, "member")
    assert "chat_member" not in (await api.updates(offset=-1, allowed_updates=["chat_member"]))[0]
    group.set_member(ann, bob, "left")
    assert (await api.updates())[-1]["chat_member"]["new_chat_member"]["status"] == "left"


def _keyboard(label):
    return {"inline_keyboard": [[{"text": label, "callback_data": label}]]}
