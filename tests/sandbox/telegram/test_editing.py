"""Edits, deletions and keyboards."""

import json

import pytest

GONE = "Bad Request: message to edit not found"
SAME = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same"
    " as a current content and reply markup of the message"
)


def keyboard(*labels):
    return {"inline_keyboard": [[{"text": label, "callback_data": label} for label in labels]]}


@pytest.fixture
async def text(api, ann):
    sent = await api("sendMessage", chat_id=ann.id, text="a", reply_markup=keyboard("x"))
    return {"chat_id": ann.id, "message_id": sent["message_id"]}


@pytest.fixture
async def photo(api, ann, picture):
    sent = await api("sendPhoto", {"photo": picture()}, chat_id=ann.id, caption="a")
    return {"chat_id": ann.id, "message_id": sent["message_id"]}


async def test_a_text_is_edited_in_place(api, ann, text):
    edited = await api("editMessageText", **text, text="b", reply_markup=keyboard("y"))
    assert (edited["text"], edited["message_id"]) == ("b", text["message_id"])
    assert edited["edit_date"] >= edited["date"]
    shown = ann.private.last()
    assert (shown.text, shown.edits, [button.text for button in shown.buttons]) == ("b", 1, ["y"])


@pytest.mark.parametrize("method", ["editMessageText", "editMessageReplyMarkup"])
async def test_an_edit_without_a_keyboard_removes_it(api, ann, text, method):
    assert "reply_markup" not in await api(method, **text, text="b")
    assert ann.private.last().keyboard == ()


async def test_an_edit_that_changes_nothing_is_refused(api, ann, text, photo):
    assert await api.refused("editMessageText", **text, text=" a ", reply_markup=keyboard("x")) == SAME
    assert await api.refused("editMessageReplyMarkup", **text, reply_markup=keyboard("x")) == SAME
    assert await api.refused("editMessageCaption", **photo, caption="a") == SAME
    media = {"type": "photo", "media": ann.private.last().file_id, "caption": "a"}
    assert await api.refused("editMessageMedia", **photo, media=media) == SAME
    assert ann.private.message(text["message_id"]).edits == 0


async def test_the_wrong_method_is_refused(api, text, photo):
    refusal = await api.refused("editMessageText", **photo, text="b")
    assert refusal == "Bad Request: there is no text in the message to edit"
    refusal = await api.refused("editMessageCaption", **text, caption="b")
    assert refusal == "Bad Request: there is no caption in the message to edit"


async def test_captions_are_edited_and_taken_away(api, ann, photo, picture):
    await api("editMessageCaption", **photo, caption="<b>b</b>", parse_mode="HTML")
    assert ann.private.last().entities == ({"type": "bold", "offset": 0, "length": 1},)
    assert "caption" not in await api("editMessageCaption", **photo)
    assert ann.private.last().photo == picture()


async def test_a_text_becomes_a_photo_by_upload_and_by_id(api, ann, text, picture):
    media = json.dumps({"type": "photo", "media": "attach://here", "caption": "c", "has_spoiler": True})
    edited = await api("editMessageMedia", {"here": ("a.png", picture())}, **text, media=media)
    assert (edited["caption"], edited["has_media_spoiler"]) == ("c", True)
    assert "text" not in edited
    assert ann.private.last().photo == picture()
    other = await api("sendDocument", {"document": ("a.txt", b"t")}, chat_id=ann.id)
    await api("editMessageMedia", **text, media={"type": "document", "media": other["document"]["file_id"]})
    assert ann.private.message(text["message_id"]).document == b"t"


async def test_media_that_are_not_there_are_refused(api, text):
    missing = {"type": "photo", "media": "attach://nowhere"}
    assert (await api.refused("editMessageMedia", **text, media=missing)).startswith("Bad Request: there is no photo")
    assert (await api.refused("editMessageMedia", **text, media={"type": "song", "media": "x"})).startswith(
        "Bad Request: can't parse InputMedia"
    )


async def test_only_messages_of_the_bots_own_that_are_there_can_be_edited(api, ann, text):
    assert await api.refused("editMessageText", chat_id=ann.id, message_id=99, text="b") == GONE
    ann.private.delete(ann, text["message_id"])
    assert await api.refused("editMessageText", **text, text="b") == GONE
    refusal = await api.refused("editMessageText", chat_id=ann.id, message_id=1, text="b")
    assert refusal == "Bad Request: message can't be edited"


async def test_a_message_with_a_reply_keyboard_cannot_be_edited(api, ann):
    sent = await api("sendMessage", chat_id=ann.id, text="a", reply_markup={"force_reply": True})
    assert "reply_markup" not in sent
    assert ann.private.last().markup == {"force_reply": True}
    refusal = await api.refused("editMessageText", chat_id=ann.id, message_id=sent["message_id"], text="b")
    assert refusal == "Bad Request: message can't be edited"


async def test_deleted_messages_are_gone_from_sight_but_not_from_history(api, ann, text):
    await api("deleteMessage", **text)
    assert [message.text for message in ann.private.messages] == ["/start"]
    assert [message.deleted for message in ann.private.history] == [False, True]
    assert await api.refused("deleteMessage", **text) == "Bad Request: message to delete not found"


async def test_old_messages_cannot_be_deleted(api, clock, text):
    clock.move(48 * 3600)
    assert await api.refused("deleteMessage", **text) == "Bad Request: message can't be deleted"


async def test_many_are_deleted_at_once_and_missing_ones_passed_over(api, ann, text):
    assert await api("deleteMessages", chat_id=ann.id, message_ids=[1, 77, text["message_id"]])
    assert ann.private.messages == []
    assert (await api.refused("deleteMessages", chat_id=ann.id, message_ids=[])).endswith(
        "identifiers are not specified"
    )


_PLAIN = "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"


@pytest.mark.parametrize(
    ("button", "why"),
    [
        ({"text": "x", "callback_data": "é" * 32 + "x"}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "callback_data": ""}, _PLAIN),
        ({"text": "x"}, _PLAIN),
        ({"text": " ", "callback_data": "x"}, "inline keyboard button text must be non-empty"),
        ({"text": "x", "copy_text": {"text": "x" * 257}}, "BUTTON_COPY_TEXT_INVALID"),
        (
            {"text": "x", "url": "ftp://a.example"},
            "inline keyboard button URL 'ftp://a.example' is invalid: Unsupported URL protocol",
        ),
        (
            {"text": "x", "web_app": {"url": "http://a.example"}},
            "inline keyboard button URL 'http://a.example' is invalid: Only HTTPS links are allowed",
        ),
    ],
)
async def test_buttons_that_telegram_refuses(api, ann, button, why):
    markup = {"inline_keyboard": [[button]]}
    assert await api.refused("sendMessage", chat_id=ann.id, text="a", reply_markup=markup) == f"Bad Request: {why}"
    assert len(ann.private.messages) == 1


async def test_all_kinds_of_buttons_pass(api, ann):
    row = [
        {"text": "a", "callback_data": "é" * 32, "style": "primary"},
        {"text": "b", "url": "https://a.example/x"},
        {"text": "c", "web_app": {"url": "https://a.example"}},
        {"text": "d", "copy_text": {"text": "x" * 256}},
        {"text": "e", "disabled": {}},
    ]
    sent = await api("sendMessage", chat_id=ann.id, text="a", reply_markup={"inline_keyboard": [row]})
    assert sent["reply_markup"]["inline_keyboard"] == [row]
    shown = ann.private.last().keyboard[0]
    assert [(button.text, button.data, button.url) for button in shown[:2]] == [
        ("a", "é" * 32, None),
        ("b", None, "https://a.example/x"),
    ]


async def test_keyboards_have_at_most_100_buttons_and_8_in_a_row(api, ann):
    button = {"text": "x", "callback_data": "x"}
    await api("sendMessage", chat_id=ann.id, text="a", reply_markup={"inline_keyboard": [[button] * 8] * 12})
    for rows in ([[button] * 9], [[button] * 5] * 21):
        refusal = await api.refused("sendMessage", chat_id=ann.id, text="a", reply_markup={"inline_keyboard": rows})
        assert refusal == "Bad Request: reply markup is too long"


async def test_mini_apps_open_in_private_chats_only(api, telegram, ann):
    group = telegram.group("Friends", [ann])
    markup = {"inline_keyboard": [[{"text": "c", "web_app": {"url": "https://a.example"}}]]}
    refusal = await api.refused("sendMessage", chat_id=group.id, text="a", reply_markup=markup)
    assert refusal == "Bad Request: BUTTON_TYPE_INVALID"
