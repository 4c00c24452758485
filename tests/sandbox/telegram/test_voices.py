"""Who speaks: anonymous administrators, channels in groups, signed posts, other bots, forwards by Telegram itself."""

import pytest


async def heard(api, kind="message"):
    return [update[kind] for update in await api.updates() if kind in update]


@pytest.fixture
def bob(telegram):
    return telegram.person("Bob")


@pytest.fixture
def group(telegram, ann, bob):
    return telegram.group("Friends", [ann, bob], bot="administrator")


@pytest.fixture
def channel(telegram, ann):
    return telegram.channel("News", ann)


async def test_an_anonymous_administrator_speaks_for_the_group(api, group, ann, bob, picture):
    said = group.say(ann, "hello", anonymous=True)
    group.send_photo(ann, picture(), anonymous=True)
    for message in (await heard(api))[1:]:
        assert message["from"] == {
            "id": 1087968824,
            "is_bot": True,
            "first_name": "Group",
            "username": "GroupAnonymousBot",
        }
        assert message["sender_chat"]["id"] == group.id
    assert (said.sender_name, said.sender_chat, said.from_bot) == ("Friends", group.id, False)
    with pytest.raises(ValueError, match="Bob is no administrator"):
        group.say(bob, "hello", anonymous=True)


async def test_an_anonymous_administrator_presses_and_edits_under_their_own_name(api, group, ann, bob):
    markup = {"inline_keyboard": [[{"text": "go", "callback_data": "go"}]]}
    sent = await api("sendMessage", chat_id=group.id, text="a", reply_markup=markup)
    said = group.say(ann, "hello", anonymous=True)
    group.press(ann, sent["message_id"], "go")
    group.edit(ann, said.id, "hello again")
    with pytest.raises(ValueError, match="not of Bob"):
        group.edit(bob, said.id, "no")
    *_, press, edit = await api.updates()
    assert press["callback_query"]["from"]["id"] == ann.id
    assert edit["edited_message"]["from"]["id"] == 1087968824


async def test_a_channel_speaks_in_a_group_for_who_runs_it(api, group, channel, ann, bob):
    said = group.say(ann, "hello", as_channel=channel)
    message = (await heard(api))[-1]
    assert (message["from"]["id"], message["from"]["username"]) == (136817688, "Channel_Bot")
    assert message["sender_chat"] == {"id": channel.id, "type": "channel", "title": "News"}
    assert said.sender_name == "News"
    with pytest.raises(ValueError, match="Bob is no administrator"):
        group.say(bob, "hello", as_channel=channel)
    with pytest.raises(ValueError, match="only a channel"):
        group.say(ann, "hello", as_channel=group)


async def test_posts_are_signed_where_the_channel_wants_it(api, channel, ann, picture):
    channel.say(ann, "unsigned")
    channel.sign_posts = True
    channel.send_photo(ann, picture(), caption="signed")
    unsigned, signed = await heard(api, "channel_post")
    assert "author_signature" not in unsigned
    assert signed["author_signature"] == channel.last().signature == "Ann"
    assert "from" not in signed
    with pytest.raises(ValueError, match="only groups"):
        channel.say(ann, "x", anonymous=True)


async def test_posts_are_forwarded_into_the_discussion_group(api, telegram, group, channel, ann, picture):
    channel.say(ann, "before")
    channel.link(group)
    channel.say(ann, "by Ann")
    markup = {"inline_keyboard": [[{"text": "go", "callback_data": "go"}]]}
    await api(
        "sendPhoto",
        {"photo": picture()},
        chat_id=channel.id,
        caption="by the bot",
        reply_markup=str(markup).replace("'", '"'),
    )
    channel.send_album(ann, [picture(), picture(50, 50)])
    first, second, *album = (await heard(api))[1:]
    assert (first["text"], second["caption"]) == ("by Ann", "by the bot")
    assert "reply_markup" not in second
    assert first["from"] == {"id": 777000, "is_bot": False, "first_name": "Telegram"}
    assert first["sender_chat"]["id"] == channel.id
    assert first["is_automatic_forward"] is True
    assert first["forward_origin"]["type"] == "channel"
    assert (first["forward_origin"]["chat"]["id"], first["forward_origin"]["message_id"]) == (channel.id, 2)
    assert album[0]["media_group_id"] == album[1]["media_group_id"] != channel.last().album
    assert group.message(first["message_id"]).sender_name == "News"
    assert (await api("getChat", chat_id=channel.id))["linked_chat_id"] == group.id
    assert (await api("getChat", chat_id=group.id))["linked_chat_id"] == channel.id


async def test_with_privacy_mode_only_forwarded_commands_are_heard(api, telegram, channel, ann):
    group = telegram.group("Talk", [ann])
    channel.link(group)
    channel.say(ann, "just news")
    channel.say(ann, "/imagine a fox")
    assert [message["text"] for message in (await heard(api))[1:]] == ["/imagine a fox"]
    assert len(group.messages) == 2


async def test_only_a_channel_is_linked_and_only_to_a_supergroup(telegram, group, channel, ann):
    small = telegram.group("Small", [ann], kind="group")
    for one, other in ((group, channel), (channel, small)):
        with pytest.raises(ValueError, match="only a channel"):
            one.link(other)


async def test_a_plain_command_is_for_the_bot_that_wrote_last(api, telegram, ann):
    group = telegram.group("Friends", [ann])
    other = telegram.other_bot("Other", "other_bot")
    group.set_member(ann, other, "member")
    group.say(ann, "/one")
    assert group.say(other, "/two from a bot").from_bot
    group.say(ann, "/three is not for us")
    group.say(ann, "/four@imagine_bot")
    await api("sendMessage", chat_id=group.id, text="a")
    group.say(ann, "/five")
    texts = [message.get("text") for message in await heard(api)]
    assert texts == ["/start", None, "/one", "/four@imagine_bot", "/five"]
    assert (await api("getChatMember", chat_id=group.id, user_id=other.id))["user"]["is_bot"]
    assert (other.name, other.id) == ("Other", other.user.id)
