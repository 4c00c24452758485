"""Every refusal in Telegram's own words: a situation, a call, and what is answered."""

import re

import pytest

from tests.sandbox.telegram.stage import Stage, album, html, keyboard

BUTTON = {"text": "x", "callback_data": "x"}


def calls(method, **params):
    """A call that needs no preparation."""

    async def call(stage):
        return await stage.call(method, **params)

    return call


def says(**params):
    """sendMessage with these parameters."""
    return calls("sendMessage", **({"text": "a"} | params))


def after(act, method="sendMessage", **params):
    """A call after something has happened. `act` may name the chat that it goes to."""

    async def call(stage):
        stage.here = act(stage) or stage.here
        return await stage.call(method, **({"text": "a"} if method == "sendMessage" else {}) | params)

    return call


def uploads(method, kind, data=None, **params):
    """A call with a file; None is a small picture."""

    async def call(stage):
        return await stage.call(method, {kind: ("a.png", stage.picture() if data is None else data)}, **params)

    return call


def about_own(method, **params):
    """A call about a text that the bot has just sent."""

    async def call(stage):
        return await stage.call(method, message_id=await stage.sent(), **params)

    return call


def sends_album(*kinds, **more):
    """An album of uploads that are all the same picture."""

    async def call(stage):
        files = {str(place): ("a.png", stage.picture()) for place in range(len(kinds))}
        return await stage.call("sendMediaGroup", files, **album(*kinds, **more))

    return call


def bot_becomes(where, status):
    def act(stage):
        chat = getattr(stage, where)
        chat.set_bot(stage.ann, status)
        return chat

    return act


def restricted(**rights):
    def act(stage):
        stage.group.restrict_bot(stage.ann, **rights)
        return stage.group

    return act


def migrated(stage):
    stage.small.migrate(stage.ann)
    return stage.small


def group_deleted(stage):
    stage.small.delete_group(stage.ann)
    return stage.small


def in_group(stage):
    return stage.group


def in_channel(stage):
    return stage.channel


def met_bob(stage):
    stage.group.set_member(stage.ann, stage.bob, "member")
    return stage.bob.private


async def slow(stage):
    stage.here = stage.group
    stage.group.set_slow_mode(stage.ann, 30)
    await stage.sent()
    return await stage.call("sendMessage", text="a")


def topic(state):
    async def call(stage):
        stage.here = stage.forum
        thread = stage.forum.create_topic(stage.ann, "Foxes")
        getattr(stage.forum, f"{state}_topic")(stage.ann, thread)
        return await stage.call("sendMessage", text="a", message_thread_id=thread)

    return call


async def thread_of_replies(stage):
    stage.here = stage.group
    first = await stage.sent()
    await stage.sent(reply_parameters={"message_id": first})
    return await stage.call("sendMessage", text="a", message_thread_id=first)


async def photo_as_document(stage):
    return await stage.call("sendDocument", document=await stage.photo())


async def same_again(stage):
    return await stage.call("editMessageText", message_id=await stage.sent(), text="a")


async def text_of_a_photo(stage):
    await stage.photo()
    return await stage.call("editMessageText", message_id=stage.here.last().id, text="b")


async def fetches(stage, path, method="sendPhoto"):
    async with stage.web() as root:
        return await stage.call(method, photo=f"{root}/{path}")


async def fetches_a_page(stage):
    return await fetches(stage, "page")


async def fetches_nothing(stage):
    return await fetches(stage, "nothing")


async def downloads_much(stage):
    huge = stage.ann.private.send_photo(stage.ann, b"x" * (20 * 2**20 + 1), as_file=True)
    return await stage.call("getFile", file_id=huge.file_id)


async def service_message(stage, method):
    await stage.api("pinChatMessage", chat_id=stage.here.id, message_id=1)
    return await stage.call(method, from_chat_id=stage.here.id, message_id=stage.here.last().id)


async def forwards_a_service_message(stage):
    return await service_message(stage, "forwardMessage")


async def copies_a_service_message(stage):
    return await service_message(stage, "copyMessage")


async def another_press(stage):
    stage.ann.private.press_data(stage.ann, 1, "x")
    press = next(iter(stage.telegram.world.presses))
    await stage.api("answerCallbackQuery", callback_query_id=press)
    return await stage.call("answerCallbackQuery", callback_query_id=press)


async def long_toast(stage):
    press = stage.ann.private.press_data(stage.ann, 1, "x")
    return await stage.call("answerCallbackQuery", callback_query_id=press.id, text="x" * 201)


async def pins_as_a_member(stage):
    stage.here = stage.group
    return await stage.call("pinChatMessage", message_id=await stage.sent())


async def broken_album(stage):
    files = {"0": ("a.png", stage.picture()), "1": ("b.png", b"no picture")}
    return await stage.call("sendMediaGroup", files, **album("photo", "photo"))


async def captions_apart(stage):
    media = album("photo", "photo")["media"]
    media[1]["show_caption_above_media"] = True
    files = {str(place): ("a.png", stage.picture()) for place in range(2)}
    return await stage.call("sendMediaGroup", files, media=media)


async def too_much(stage):
    stage.telegram.world.floods.on = True
    for _ in range(5):
        await stage.sent()
    return await stage.call("sendMessage", text="a")


async def wrong_token(stage):
    return await stage.get("bot1:wrong/getMe")


async def missing_file(stage):
    return await stage.get(f"file/bot{stage.telegram.token}/photos/file_99.png")


async def polls_twice(stage):
    return await stage.conflict()


SAME = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same"
    " as a current content and reply markup of the message"
)
WIDE = (4000, 100)
MB = 2**20
REFUSALS = [
    # which chat, and whether the bot may write there
    (says(chat_id=None), "Bad Request: chat_id is empty"),
    (says(chat_id=99), "Bad Request: chat not found"),
    (after(met_bob), "Forbidden: bot can't initiate conversation with a user"),
    (after(lambda stage: stage.ann.block()), "Forbidden: bot was blocked by the user"),
    (after(lambda stage: stage.ann.delete_account()), "Forbidden: user is deactivated"),
    (after(bot_becomes("small", "kicked")), "Forbidden: bot was kicked from the group chat"),
    (after(bot_becomes("group", "kicked")), "Forbidden: bot was kicked from the supergroup chat"),
    (after(bot_becomes("channel", "kicked")), "Forbidden: bot was kicked from the channel chat"),
    (after(bot_becomes("small", "left")), "Forbidden: bot is not a member of the group chat"),
    (after(bot_becomes("group", "left")), "Forbidden: bot is not a member of the supergroup chat"),
    (after(bot_becomes("channel", "left"), "getChat"), "Forbidden: bot is not a member of the channel chat"),
    (after(group_deleted), "Forbidden: the group chat was deleted"),
    (after(migrated), "Bad Request: group chat was upgraded to a supergroup chat"),
    (after(bot_becomes("channel", "member")), "Bad Request: need administrator rights in the channel chat"),
    (
        after(restricted(can_send_messages=False)),
        "Bad Request: not enough rights to send text messages to the chat",
    ),
    (
        lambda stage: after(restricted(can_send_photos=False), "sendPhoto", files={"photo": stage.picture()})(stage),
        "Bad Request: not enough rights to send photos to the chat",
    ),
    (
        after(restricted(can_send_documents=False), "sendDocument", files={"document": b"x"}),
        "Bad Request: not enough rights to send documents to the chat",
    ),
    (
        after(restricted(can_send_messages=False), "sendVideo", files={"video": b"x"}),
        "Bad Request: not enough rights to send videos to the chat",
    ),
    (
        after(restricted(can_send_messages=False), "sendAnimation", files={"animation": b"x"}),
        "Bad Request: not enough rights to send animations to the chat",
    ),
    (slow, "Bad Request: SLOWMODE_WAIT_30"),
    # topics and replies
    (says(message_thread_id=1), "Bad Request: message thread not found"),
    (thread_of_replies, "Bad Request: message thread is not a forum topic thread"),
    (topic("close"), "Bad Request: TOPIC_CLOSED"),
    (topic("delete"), "Bad Request: TOPIC_DELETED"),
    (says(reply_parameters={"message_id": 77}), "Bad Request: message to be replied not found"),
    # texts
    (says(text=" "), "Bad Request: message text is empty"),
    (says(text="x" * 4097), "Bad Request: message is too long"),
    (uploads("sendPhoto", "photo", caption="x" * 1025), "Bad Request: message caption is too long"),
    (says(parse_mode="BBCode"), "Bad Request: unsupported parse_mode"),
    (
        says(**html("a <blink>b")),
        'Bad Request: can\'t parse entities: Unsupported start tag "blink" at byte offset 2',
    ),
    (says(**html("<b>a")), "Bad Request: can't parse entities: Can't find end tag corresponding to start tag \"b\""),
    (
        says(**html("<b>a</i>")),
        'Bad Request: can\'t parse entities: Unmatched end tag at byte offset 4, expected "</b>", found "</i>"',
    ),
    (says(**html("a</b>")), "Bad Request: can't parse entities: Unexpected end tag at byte offset 1"),
    (says(**html("1 < 2")), "Bad Request: can't parse entities: Unclosed start tag at byte offset 2"),
    (
        says(text="abc", entities=[{"type": "code", "offset": 1, "length": 5}]),
        "Bad Request: entity beginning at UTF-16 offset 1 ends after the end of the text at UTF-16 offset 6",
    ),
    (
        says(text="abc", entities=[{"type": "code", "offset": 9, "length": 1}]),
        "Bad Request: entity begins after the end of the text at UTF-16 offset 9",
    ),
    # keyboards
    (says(reply_markup="{"), "Bad Request: can't parse reply keyboard markup JSON object"),
    (says(reply_markup=[1]), "Bad Request: object expected as reply markup"),
    (
        says(reply_markup={"inline_keyboard": [BUTTON]}),
        'Bad Request: field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
    ),
    (
        says(**keyboard("x")),
        "Bad Request: can't parse inline keyboard button: InlineKeyboardButton must be an Object",
    ),
    (
        says(**keyboard({"callback_data": "x"})),
        "Bad Request: can't parse inline keyboard button: Can't find field \"text\"",
    ),
    (
        says(**keyboard({"text": "x"})),
        "Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    ),
    (says(**keyboard({"text": " ", "url": "a.example"})), "Bad Request: inline keyboard button text must be non-empty"),
    (
        says(**keyboard({"text": "x", "url": "ftp://a.example"})),
        "Bad Request: inline keyboard button URL 'ftp://a.example' is invalid: Unsupported URL protocol",
    ),
    (says(**keyboard(*[BUTTON] * 9)), "Bad Request: reply markup is too long"),
    (says(**keyboard({"text": "x", "callback_data": "x" * 65})), "Bad Request: BUTTON_DATA_INVALID"),
    (
        after(in_group, **keyboard({"text": "x", "web_app": {"url": "https://a.example"}})),
        "Bad Request: BUTTON_TYPE_INVALID",
    ),
    (after(in_channel, reply_markup={"force_reply": True}), "Bad Request: inline keyboard expected"),
    # files
    (calls("sendPhoto"), "Bad Request: there is no photo in the request"),
    (calls("sendDocument"), "Bad Request: there is no document in the request"),
    (uploads("sendPhoto", "photo", b""), "Bad Request: file must be non-empty"),
    (uploads("sendPhoto", "photo", b"no picture"), "Bad Request: IMAGE_PROCESS_FAILED"),
    (
        lambda stage: uploads("sendPhoto", "photo", stage.picture(*WIDE))(stage),
        "Bad Request: PHOTO_INVALID_DIMENSIONS",
    ),
    (uploads("sendDocument", "document", b"x" * (50 * MB + 1)), "Request Entity Too Large"),
    (calls("sendPhoto", photo="no-such-file"), "Bad Request: wrong file identifier/HTTP URL specified"),
    (photo_as_document, "Bad Request: can't use file of type Photo as Document"),
    (fetches_a_page, "Bad Request: wrong type of the web page content"),
    (fetches_nothing, "Bad Request: failed to get HTTP URL content"),
    (calls("getFile"), "Bad Request: file_id not specified"),
    (calls("getFile", file_id="no-such-file"), "Bad Request: invalid file_id"),
    (downloads_much, "Bad Request: file is too big"),
    # albums
    (calls("sendMediaGroup"), 'Bad Request: parameter "media" is required'),
    (calls("sendMediaGroup", media="["), "Bad Request: can't parse media JSON object"),
    (calls("sendMediaGroup", media={"type": "photo"}), "Bad Request: expected an Array of InputMedia"),
    (calls("sendMediaGroup", media=[]), "Bad Request: there are no messages to send"),
    (sends_album(*["photo"] * 11), "Bad Request: too many messages to send as an album"),
    (sends_album("photo", "document"), "Bad Request: document can't be mixed with other media types"),
    (
        sends_album("photo", "animation"),
        "Bad Request: can't parse InputMedia: type \"animation\" can't be used in sendMediaGroup",
    ),
    (sends_album("photo", "pigeon"), 'Bad Request: can\'t parse InputMedia: type "pigeon" is unsupported'),
    (calls("sendMediaGroup", media=["x"]), "Bad Request: can't parse InputMedia: expected an Object"),
    (calls("sendMediaGroup", media=[{"type": "photo"}]), "Bad Request: can't parse InputMedia: media not found"),
    (captions_apart, "Bad Request: parameter show_caption_above_media must be the same for all messages"),
    (
        broken_album,
        'Bad Request: failed to send message #2 with the error message "IMAGE_PROCESS_FAILED"',
    ),
    # edits
    (same_again, SAME),
    (calls("editMessageText", message_id=77, text="b"), "Bad Request: message to edit not found"),
    (calls("editMessageText", chat_id=None, text="b"), "Bad Request: message identifier is not specified"),
    (calls("editMessageText", message_id=1, text="b"), "Bad Request: message can't be edited"),
    (text_of_a_photo, "Bad Request: there is no text in the message to edit"),
    (about_own("editMessageCaption", caption="b"), "Bad Request: there is no caption in the message to edit"),
    (
        calls("editMessageText", chat_id=None, inline_message_id="x", text="b"),
        "Bad Request: MESSAGE_ID_INVALID",
    ),
    (about_own("editMessageMedia", media="{"), "Bad Request: can't parse input media JSON object"),
    # deletions
    (calls("deleteMessage", chat_id=None, message_id=1), "Bad Request: chat identifier is not specified"),
    (calls("deleteMessage", message_id=77), "Bad Request: message to delete not found"),
    (
        after(lambda stage: stage.group.say(stage.ann, "a") and stage.group, "deleteMessage", message_id=1),
        "Bad Request: message can't be deleted",
    ),
    (calls("deleteMessages"), "Bad Request: message identifiers are not specified"),
    (calls("deleteMessages", message_ids={}), "Bad Request: expected an Array of message identifiers"),
    (calls("deleteMessages", message_ids=["x"]), "Bad Request: message identifier must be a Number"),
    (calls("deleteMessages", message_ids=[0]), "Bad Request: invalid message identifier specified"),
    (calls("deleteMessages", message_ids=[1] * 101), "Bad Request: too many message identifiers specified"),
    # presses, reactions, actions, pins
    (
        another_press,
        "Bad Request: query is too old and response timeout expired or query ID is invalid",
    ),
    (long_toast, "Bad Request: MESSAGE_TOO_LONG"),
    (calls("setMessageReaction", message_id=77), "Bad Request: message to react not found"),
    (
        calls("setMessageReaction", message_id=1, reaction=[{"type": "emoji", "emoji": "🐦"}]),
        "Bad Request: REACTION_INVALID",
    ),
    (calls("sendChatAction", action="dance"), "Bad Request: wrong parameter action in request"),
    (calls("pinChatMessage", message_id=77), "Bad Request: message to pin not found"),
    (calls("unpinChatMessage"), "Bad Request: message to unpin not found"),
    (pins_as_a_member, "Bad Request: not enough rights to manage pinned messages in the chat"),
    # forwards and copies
    (
        after(lambda stage: None, "forwardMessage", from_chat_id=10001, message_id=77),
        "Bad Request: message to forward not found",
    ),
    (calls("copyMessage", from_chat_id=10001, message_id=77), "Bad Request: message to copy not found"),
    (forwards_a_service_message, "Bad Request: message can't be forwarded"),
    (copies_a_service_message, "Bad Request: message can't be copied"),
    (calls("copyMessage", message_id=1), "Bad Request: from_chat_id is empty"),
    # chats and their members
    (calls("getChatMember"), "Bad Request: invalid user_id specified"),
    (after(in_group, "getChatMember", user_id=5), "Bad Request: PARTICIPANT_ID_INVALID"),
    (calls("getChatAdministrators"), "Bad Request: there are no administrators in the private chat"),
    (calls("leaveChat"), "Bad Request: chat member status can't be changed in private chats"),
    # the bot's profile
    (calls("setMyCommands", commands={}), "Bad Request: expected an Array of BotCommand"),
    (calls("setMyCommands", commands=[{"command": "Bad", "description": "x"}]), "Bad Request: BOT_COMMAND_INVALID"),
    (
        calls("setMyCommands", commands=[{"command": "a", "description": ""}]),
        "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID",
    ),
    # beside 400 and 403
    (wrong_token, "Unauthorized"),
    (calls("sendPigeon"), "Not Found: method not found"),
    (missing_file, "Not Found"),
    (
        polls_twice,
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    ),
    (too_much, "Too Many Requests: retry after 3"),
]


@pytest.fixture
def stage(api, telegram, ann, picture):
    return Stage(api, telegram, ann, picture)


@pytest.mark.parametrize(("refused", "description"), REFUSALS, ids=[description for _, description in REFUSALS])
async def test_a_refusal_is_in_telegrams_words(stage, refused, description):
    assert await refused(stage) == description


def test_there_are_many_of_them():
    distinct = {re.sub(r"\d+", "N", description) for _, description in REFUSALS}
    assert len(distinct) >= 100
    families = {description.partition(":")[0] for description in distinct}
    assert {"Bad Request", "Forbidden", "Unauthorized", "Not Found", "Conflict", "Too Many Requests"} <= families
    assert "Request Entity Too Large" in families
