"""New messages: what comes back, what people see, what is refused."""

import pytest


async def test_a_text_is_shown_as_it_came_back(api, telegram, ann, clock):
    sent = await api("sendMessage", chat_id=ann.id, text="  hello  ")
    assert sent["text"] == "hello"
    assert sent["from"]["id"] == 4242
    assert sent["message_id"] == 2
    assert sent["date"] == int(clock.now().timestamp())
    shown = ann.private.last()
    assert (shown.id, shown.text, shown.from_bot, shown.edits, shown.deleted) == (2, "hello", True, 0, False)


async def test_message_ids_rise_by_one_in_each_chat(api, telegram, ann):
    bob = telegram.person("Bob")
    bob.private.say(bob, "/start")
    sent = [await api("sendMessage", chat_id=who.id, text="x") for who in (ann, bob, ann)]
    assert [message["message_id"] for message in sent] == [2, 2, 3]


@pytest.mark.parametrize("text", ["", "   ", "\n"])
async def test_an_empty_text_is_refused(api, ann, text):
    assert await api.refused("sendMessage", chat_id=ann.id, text=text) == "Bad Request: message text is empty"


async def test_texts_are_measured_in_utf16_after_parsing(api, ann, picture):
    await api("sendMessage", chat_id=ann.id, text="🦊" * 2048)
    await api("sendMessage", chat_id=ann.id, text=f"<b>{'x' * 4096}</b>", parse_mode="HTML")
    too_long = "Bad Request: message is too long"
    assert await api.refused("sendMessage", chat_id=ann.id, text="🦊" * 2048 + "x") == too_long
    photo = {"photo": picture()}
    await api("sendPhoto", photo, chat_id=ann.id, caption="🦊" * 512)
    refusal = await api.refused("sendPhoto", photo, chat_id=ann.id, caption="🦊" * 512 + "x")
    assert refusal == "Bad Request: message caption is too long"


async def test_chats_that_do_not_know_the_bot_are_not_found(api, telegram):
    stranger = telegram.person("Stranger")
    for chat_id in (stranger.id, 99, "@nobody", "x"):
        assert await api.refused("sendMessage", chat_id=chat_id, text="x") == "Bad Request: chat not found"
    assert await api.refused("sendMessage", text="x") == "Bad Request: chat_id is empty"


async def test_somebody_who_blocked_the_bot_gets_nothing(api, ann):
    ann.block()
    for method, more in (("sendMessage", {"text": "x"}), ("sendChatAction", {"action": "typing"})):
        assert await api.refused(method, chat_id=ann.id, **more) == "Forbidden: bot was blocked by the user"
    ann.unblock()
    await api("sendMessage", chat_id=ann.id, text="again")
    kinds = [update["my_chat_member"]["new_chat_member"]["status"] for update in (await api.updates())[1:]]
    assert kinds == ["kicked", "member"]


async def test_a_reply_embeds_its_target_one_level_deep(api, ann):
    first = await api("sendMessage", chat_id=ann.id, text="a", reply_parameters={"message_id": 1})
    second = await api("sendMessage", chat_id=ann.id, text="b", reply_parameters={"message_id": first["message_id"]})
    assert first["reply_to_message"]["text"] == "/start"
    assert second["reply_to_message"]["text"] == "a"
    assert "reply_to_message" not in second["reply_to_message"]
    assert ann.private.last().reply_to == first["message_id"]


async def test_a_reply_to_nothing_is_refused_unless_it_may_go_without(api, ann):
    reply = {"message_id": 77}
    refusal = await api.refused("sendMessage", chat_id=ann.id, text="a", reply_parameters=reply)
    assert refusal == "Bad Request: message to be replied not found"
    reply["allow_sending_without_reply"] = True
    assert "reply_to_message" not in await api("sendMessage", chat_id=ann.id, text="a", reply_parameters=reply)


async def test_threads_are_refused_where_there_are_none(api, ann):
    refusal = await api.refused("sendMessage", chat_id=ann.id, text="a", message_thread_id=3)
    assert refusal == "Bad Request: message thread not found"


async def test_html_becomes_entities(api, ann):
    html = '🦊<b>bold <i>both</i></b> &lt;x&gt; <a href="https://a.example">a</a> <tg-spoiler>s</tg-spoiler> a &amp b'
    sent = await api("sendMessage", chat_id=ann.id, text=html, parse_mode="HTML")
    assert sent["text"] == "🦊bold both <x> a s a &amp b"
    assert sent["entities"] == [
        {"type": "bold", "offset": 2, "length": 9},
        {"type": "italic", "offset": 7, "length": 4},
        {"type": "text_link", "offset": 16, "length": 1, "url": "https://a.example"},
        {"type": "spoiler", "offset": 18, "length": 1},
    ]


@pytest.mark.parametrize(
    ("html", "why"),
    [
        ("a <blink>b</blink>", 'Unsupported start tag "blink" at byte offset 2'),
        ("é <b>b", 'Can\'t find end tag corresponding to start tag "b"'),
        ("é <b>b</i>", 'Unmatched end tag at byte offset 7, expected "</b>", found "</i>"'),
        ("b</b>", "Unexpected end tag at byte offset 1"),
        ("1 < 2", "Unclosed start tag at byte offset 2"),
    ],
)
async def test_broken_html_is_refused(api, ann, html, why):
    refusal = await api.refused("sendMessage", chat_id=ann.id, text=html, parse_mode="HTML")
    assert refusal == f"Bad Request: can't parse entities: {why}"


async def test_pre_with_a_language_is_one_entity(api, ann):
    html = '<pre><code class="language-py">x</code></pre> <blockquote expandable>q</blockquote>'
    sent = await api("sendMessage", chat_id=ann.id, text=html, parse_mode="html")
    assert {"type": "pre", "offset": 0, "length": 1, "language": "py"} in sent["entities"]
    assert {"type": "expandable_blockquote", "offset": 2, "length": 1} in sent["entities"]
    assert len([one for one in sent["entities"] if one["type"] == "pre"]) == 1


async def test_entities_must_lie_inside_the_text(api, ann):
    inside = [{"type": "code", "offset": 1, "length": 3}]
    assert (await api("sendMessage", chat_id=ann.id, text=" abcd ", entities=inside))["entities"] == [
        {"type": "code", "offset": 0, "length": 3}
    ]
    outside = [{"type": "code", "offset": 3, "length": 3}]
    refusal = await api.refused("sendMessage", chat_id=ann.id, text="abcd", entities=outside)
    assert refusal.startswith("Bad Request: entity beginning at UTF-16 offset 3 ends after the end of the text")
    refusal = await api.refused("sendMessage", chat_id=ann.id, text="abcd", entities=[{"type": "code"}])
    assert refusal.startswith("Bad Request: can't parse entities")


async def test_forwards_tell_their_origin_and_copies_do_not(api, ann, picture):
    photo = await api("sendPhoto", {"photo": picture()}, chat_id=ann.id, caption="c")
    where = {"chat_id": ann.id, "from_chat_id": ann.id}
    forward = await api("forwardMessage", message_id=1, **where)
    assert forward["forward_origin"]["sender_user"]["first_name"] == "Ann"
    copy = await api("copyMessage", message_id=photo["message_id"], caption="other", **where)
    shown = ann.private.last()
    assert (shown.id, shown.text, shown.photo) == (copy["message_id"], "other", picture())
    refusal = await api.refused("forwardMessage", message_id=99, **where)
    assert refusal == "Bad Request: message to forward not found"


async def test_chat_actions_are_seen(api, ann):
    await api("sendChatAction", chat_id=ann.id, action="upload_photo")
    assert ann.private.actions == ["upload_photo"]
    refusal = await api.refused("sendChatAction", chat_id=ann.id, action="dance")
    assert refusal == "Bad Request: wrong parameter action in request"


async def test_one_known_reaction_can_be_set_and_taken_back(api, ann):
    where = {"chat_id": ann.id, "message_id": 1}
    await api("setMessageReaction", reaction=[{"type": "emoji", "emoji": "👀"}], **where)
    assert ann.private.message(1).reactions == ("👀",)
    pigeon = [{"type": "emoji", "emoji": "🐦"}]
    assert await api.refused("setMessageReaction", reaction=pigeon, **where) == "Bad Request: REACTION_INVALID"
    await api("setMessageReaction", **where)
    assert ann.private.message(1).reactions == ()


async def test_a_pinned_message_is_told_of_in_the_chat(api, ann):
    await api("pinChatMessage", chat_id=ann.id, message_id=1)
    assert ann.private.message(1).pinned
    assert ann.private.last().service["pinned_message"]["message_id"] == 1
    assert (await api("getChat", chat_id=ann.id))["pinned_message"]["text"] == "/start"
    await api("unpinChatMessage", chat_id=ann.id)
    assert not ann.private.message(1).pinned
