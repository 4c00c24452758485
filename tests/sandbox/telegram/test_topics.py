"""Forums and their topics, and the threads of ordinary supergroups."""

import pytest

CLOSED, DELETED = "Bad Request: TOPIC_CLOSED", "Bad Request: TOPIC_DELETED"
NOT_FOUND = "Bad Request: message thread not found"


@pytest.fixture
def forum(telegram, ann):
    return telegram.group("Forum", [ann, telegram.person("Bob")], forum=True)


@pytest.fixture
def bob(telegram, forum):
    return next(person for person in telegram.people.values() if person.name == "Bob")


async def heard(api):
    return [update["message"] for update in await api.updates() if "message" in update][1:]


async def test_a_topic_is_made_and_written_in(api, forum, ann):
    topic = forum.create_topic(ann, "Foxes")
    said = forum.say(ann, "/imagine a fox", thread=topic)
    forum.say(ann, "/imagine in General")
    made, inside, general = await heard(api)
    assert made["forum_topic_created"]["name"] == "Foxes"
    assert made["message_id"] == made["message_thread_id"] == topic
    assert (inside["message_thread_id"], inside["is_topic_message"]) == (topic, True)
    assert inside["chat"]["is_forum"] is True
    assert not {"message_thread_id", "is_topic_message"} & general.keys()
    assert (said.thread, forum.last().thread) == (topic, None)
    assert inside["reply_to_message"]["forum_topic_created"] == made["forum_topic_created"]  # though nobody replied
    assert "reply_to_message" not in made
    assert said.reply_to is None


async def test_the_bot_answers_in_a_topic_by_its_number_or_by_replying(api, forum, ann, picture):
    topic = forum.create_topic(ann, "Foxes")
    said = forum.say(ann, "/imagine", thread=topic)
    sent = await api("sendMessage", chat_id=forum.id, text="a", message_thread_id=topic)
    assert (sent["message_thread_id"], sent["is_topic_message"]) == (topic, True)
    await api("sendPhoto", {"photo": picture()}, chat_id=forum.id, reply_parameters=f'{{"message_id": {said.id}}}')
    await api("sendChatAction", chat_id=forum.id, action="typing", message_thread_id=topic)
    assert [view.thread for view in forum.messages[-2:]] == [topic, topic]
    await api("sendMessage", chat_id=forum.id, text="a")
    assert forum.last().thread is None


async def test_there_are_topics_that_cannot_be_written_in(api, forum, ann, bob, picture):
    topic, gone = forum.create_topic(ann, "Foxes"), forum.create_topic(ann, "Wolves")
    said = forum.say(ann, "/imagine", thread=topic)
    howl = forum.say(bob, "howl", thread=gone)
    forum.close_topic(ann, topic)
    forum.delete_topic(ann, gone)
    assert forum.message(howl.id).deleted
    reply = {"message_id": said.id}
    for method, more in (
        ("sendMessage", {"text": "a"}),
        ("sendChatAction", {"action": "typing"}),
        ("copyMessage", {"from_chat_id": forum.id, "message_id": said.id}),
        ("forwardMessage", {"from_chat_id": forum.id, "message_id": said.id}),
    ):
        for thread, why in ((topic, CLOSED), (gone, DELETED), (1, NOT_FOUND), (99, NOT_FOUND)):
            assert await api.refused(method, chat_id=forum.id, message_thread_id=thread, **more) == why
    assert await api.refused("sendMessage", chat_id=forum.id, text="a", reply_parameters=reply) == CLOSED
    with pytest.raises(ValueError, match="is closed"):
        forum.say(bob, "hello?", thread=topic)
    with pytest.raises(LookupError, match="no topic"):
        forum.say(ann, "hello?", thread=gone)
    forum.reopen_topic(ann, topic)
    await api("sendMessage", chat_id=forum.id, text="a", reply_parameters=reply)
    closed, reopened = [message for message in await heard(api) if len(message.keys() & _STATES) == 1]
    assert closed["message_thread_id"] == reopened["message_thread_id"] == topic


async def test_an_administrator_writes_in_a_closed_topic(api, forum, ann):
    topic = forum.create_topic(ann, "Foxes")
    forum.close_topic(ann, topic)
    forum.set_bot(ann, "administrator")
    assert (await api("sendMessage", chat_id=forum.id, text="a", message_thread_id=topic))["is_topic_message"]
    forum.say(ann, "me too", thread=topic)


async def test_only_a_supergroup_is_a_forum_and_only_a_forum_has_topics(telegram, ann):
    with pytest.raises(ValueError, match="only a supergroup"):
        telegram.group("Small", [ann], kind="group", forum=True)
    group = telegram.group("Friends", [ann])
    for act in (lambda: group.create_topic(ann, "x"), lambda: group.say(ann, "x", thread=1)):
        with pytest.raises(ValueError, match="no forum"):
            act()


async def test_a_reply_in_an_ordinary_supergroup_has_a_thread_but_no_topic(api, telegram, ann):
    group = telegram.group("Friends", [ann])
    first = group.say(ann, "/imagine")
    second = await api("sendMessage", chat_id=group.id, text="a", reply_parameters={"message_id": first.id})
    group.say(ann, "third", reply_to=second["message_id"])
    third = (await heard(api))[-1]
    assert second["message_thread_id"] == third["message_thread_id"] == first.id
    assert not {"is_topic_message"} & (second.keys() | third.keys())
    assert group.last().thread is None


_STATES = {"forum_topic_closed", "forum_topic_reopened"}
