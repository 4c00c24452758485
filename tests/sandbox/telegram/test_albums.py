"""Albums: several messages that belong together, each told of by itself."""

import json

import pytest
from telegram import InputMediaPhoto


async def heard(api):
    return [update["message"] for update in await api.updates() if "message" in update][1:]


async def test_an_album_comes_in_parts(api, ann, picture):
    pictures = [picture(40 + place, 30) for place in range(3)]
    shown = ann.private.send_album(ann, pictures, caption="/describe", captions={2: "third"}, reply_to=1)
    parts = await heard(api)
    assert [part["message_id"] for part in parts] == [view.id for view in shown] == [2, 3, 4]
    assert {part["media_group_id"] for part in parts} == {shown[0].album}
    assert [part.get("caption") for part in parts] == ["/describe", None, "third"]
    assert [view.photo for view in shown] == pictures
    assert all(part["reply_to_message"]["message_id"] == 1 for part in parts)


async def test_the_parts_may_come_in_any_order_or_not_at_all(api, ann, picture):
    ann.private.send_album(ann, [picture(40 + place) for place in range(3)], order=[2, 0], as_files=True)
    parts = await heard(api)
    assert [part["message_id"] for part in parts] == [4, 2]
    assert [part["document"]["mime_type"] for part in parts] == ["image/png"] * 2
    assert len(ann.private.messages) == 4


async def test_with_privacy_mode_only_the_parts_meant_for_the_bot_are_heard(api, telegram, ann, picture):
    group = telegram.group("Friends", [ann])
    group.send_album(ann, [picture(), picture()], caption="/describe")
    (part,) = await heard(api)
    assert part["caption"] == "/describe"
    sent = await api("sendMessage", chat_id=group.id, text="which?")
    group.send_album(ann, [picture(), picture()], reply_to=sent["message_id"])
    assert len(await heard(api)) == 3


async def test_a_part_can_be_sent_by_hand(api, ann, picture):
    ann.private.send_photo(ann, picture(), album="77")
    assert (await heard(api))[0]["media_group_id"] == ann.private.last().album == "77"


async def test_an_album_has_two_to_ten_pictures(ann, picture):
    for count in (1, 11):
        with pytest.raises(ValueError, match="2 to 10"):
            ann.private.send_album(ann, [picture()] * count)


def media(*kinds, **more):
    return json.dumps([{"type": kind, "media": f"attach://{number}"} | more for number, kind in enumerate(kinds)])


def files(picture, count):
    return {str(number): (f"{number}.png", picture(40 + number)) for number in range(count)}


async def test_the_bot_sends_an_album_without_a_keyboard(api, ann, picture):
    markup = json.dumps({"inline_keyboard": [[{"text": "x", "callback_data": "x"}]]})
    reply = json.dumps({"message_id": 1})
    sent = await api(
        "sendMediaGroup",
        files(picture, 3),
        chat_id=ann.id,
        media=media("photo", "video", "photo", caption="<b>c</b>", parse_mode="HTML"),
        reply_parameters=reply,
        reply_markup=markup,
    )
    assert [message["message_id"] for message in sent] == [2, 3, 4]
    assert {message["media_group_id"] for message in sent} == {ann.private.last().album}
    assert [view.media_kind for view in ann.private.messages[1:]] == ["photo", "video", "photo"]
    assert all(message["caption_entities"][0]["type"] == "bold" for message in sent)
    assert all(view.reply_to == 1 and not view.buttons for view in ann.private.messages[1:])
    again = json.dumps([{"type": "photo", "media": sent[place]["photo"][-1]["file_id"]} for place in (0, 2)])
    await api("sendMediaGroup", chat_id=ann.id, media=again)
    assert ann.private.last().photo == picture(42)


async def test_files_go_together_and_one_alone_is_no_album(api, ann, picture):
    sent = await api("sendMediaGroup", files(picture, 2), chat_id=ann.id, media=media("document", "document"))
    assert [message["document"]["file_name"] for message in sent] == ["0.png", "1.png"]
    (alone,) = await api("sendMediaGroup", files(picture, 1), chat_id=ann.id, media=media("photo"))
    assert "media_group_id" not in alone


async def test_an_album_is_sent_whole_or_not_at_all(api, telegram, ann, picture):
    group = telegram.group("Friends", [ann])
    group.restrict_bot(ann, can_send_photos=False)
    why = "Bad Request: not enough rights to send photos to the chat"
    parts = {"media": media("video", "photo")}
    assert await api.refused("sendMediaGroup", files(picture, 2), chat_id=group.id, **parts) == why
    assert group.messages == []


async def test_the_bots_library_sends_albums(bot, ann, picture):
    sent = await bot.send_media_group(ann.id, [InputMediaPhoto(picture()), InputMediaPhoto(picture(50))], caption="c")
    assert [message.caption for message in sent] == ["c", None]
    assert sent[0].media_group_id == sent[1].media_group_id == ann.private.last().album
    assert len(ann.private.messages) == 3
