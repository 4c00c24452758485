"""Everything handed out is as the Bot API describes it."""

import pytest

from tests.sandbox.telegram.bot_api import DESCRIPTION, BotApi


@pytest.fixture(scope="module")
def description():
    if (loaded := BotApi.load()) is None:
        pytest.skip(
            f"the Bot API's description is not at hand ({DESCRIPTION.name}): results are NOT checked against it"
        )
    return loaded


async def test_every_update_and_every_result_is_as_described(description, api, telegram, picture):
    everything = ["message", "edited_message", "channel_post", "edited_channel_post", "callback_query"]
    await api.updates(allowed_updates=[*everything, "my_chat_member", "chat_member"])
    ann, bob = telegram.person("Ann", username="ann_a"), telegram.person("Bob", language=None)
    chats = [
        ann.private,
        telegram.group("Small", [ann, bob], kind="group", bot="administrator"),
        telegram.group("Large", [ann, bob], username="large_one", bot="administrator"),
        telegram.channel("News", ann),
    ]
    for chat in chats:
        said = chat.say(ann, "/imagine a 🦊 https://a.example")
        chat.edit(ann, said.id, "/imagine two")
        photo = chat.send_photo(ann, picture(), caption="/describe", reply_to=said.id)
        chat.send_photo(ann, picture(), as_file=True)
        await _all_methods(api, chat, ann, photo, picture)
    chats[2].set_member(ann, bob, "left")
    chats[2].set_member(ann, bob, "kicked")
    ann.block()
    ann.unblock()
    updates = await api("getUpdates")
    for update in updates:
        description.check_update(update)
    assert {kind for update in updates for kind in update} == {
        "update_id",
        *everything,
        "my_chat_member",
        "chat_member",
    }
    assert telegram.journal.calls()
    assert all(call.status == 200 for call in telegram.journal)


async def _all_methods(api, chat, ann, photo, picture):
    """The checks are in `api`."""
    here = {"chat_id": chat.id}
    markup = {"inline_keyboard": [[{"text": "x", "callback_data": "x"}, {"text": "y", "disabled": {}}]]}
    text = await api("sendMessage", **here, text="<b>a</b>", parse_mode="HTML", reply_markup=markup)
    own = {**here, "message_id": text["message_id"]}
    press = chat.press(ann, text["message_id"], "x")
    await api("answerCallbackQuery", callback_query_id=press.id, text="t")
    chat.press_data(ann, text["message_id"], "forged")
    await api("editMessageText", **own, text="b")
    await api("editMessageReplyMarkup", **own, reply_markup=markup)
    await api("editMessageMedia", **own, media={"type": "photo", "media": photo.file_id, "caption": "c"})
    await api("editMessageCaption", **own, caption="d")
    await api("sendPhoto", {"photo": picture()}, **here)
    await api("sendDocument", {"document": picture()}, **here)
    await api("sendAnimation", {"animation": b"x"}, **here)
    await api("sendVideo", {"video": b"x"}, **here)
    for message_id in (photo.id, text["message_id"]):
        await api("forwardMessage", **here, from_chat_id=chat.id, message_id=message_id)
        await api("copyMessage", **here, from_chat_id=chat.id, message_id=message_id)
    await api("sendChatAction", **here, action="typing")
    await api("setMessageReaction", **own, reaction=[{"type": "emoji", "emoji": "👀"}])
    await api("pinChatMessage", **own)
    await api("getChat", **here)
    await api("unpinChatMessage", **here)
    await api("getChatMember", **here, user_id=ann.id)
    await api("getChatMemberCount", **here)
    if chat.kind != "private":
        await api("getChatAdministrators", **here)
    await api("getFile", file_id=photo.file_id)
    await api("getMe")
    await api("getWebhookInfo")
    await api("deleteMessage", **own)
    chat.press_data(ann, text["message_id"], "late")


def test_the_checker_finds_what_is_wrong(description):
    user = {"id": 1, "is_bot": False, "first_name": "A"}
    description.check(user, ["User"], "user")
    for wrong, words in (
        ({**user, "id": True}, "user.id is no Integer"),
        ({**user, "id": "1"}, "user.id is no Integer"),
        ({**user, "nose": 1}, "has no"),
        ({"id": 1, "is_bot": False}, "lacks"),
        ([user], "is no User"),
        ({**user, "is_premium": False}, "is not true"),
    ):
        with pytest.raises(AssertionError, match=words):
            description.check(wrong, ["User"], "user")
    with pytest.raises(AssertionError, match="one kind"):
        description.check_update({"update_id": 1})
    with pytest.raises(AssertionError, match="no array"):
        description.check_result("getUpdates", {})
    description.check_result("getChatMember", {"status": "member", "user": user})
    with pytest.raises(AssertionError):
        description.check_result("getChatMember", {"status": "administrator", "user": user, "rights": 1})
