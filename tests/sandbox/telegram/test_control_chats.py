"""The people's side over HTTP: topics, voices, albums and migration."""

import pytest


@pytest.fixture
def post(api, telegram):
    async def call(chat, path, **more):
        answer = await api.client.post(f"{telegram.root}/_/chats/{chat.id}/{path}", **more)
        return answer.status_code, answer.json()

    return call


@pytest.fixture
def state(api, telegram):
    async def told(chat):
        chats = (await api.client.get(f"{telegram.root}/_/state")).json()["chats"]
        return next(one for one in chats if one["id"] == chat.id)

    return told


async def test_topics_are_made_written_in_and_change(post, state, telegram, ann, picture):
    forum = telegram.group("Forum", [ann], forum=True)
    _, topic = await post(forum, "topics", json={"person": ann.id, "name": "Foxes"})
    assert topic == {"id": topic["id"], "name": "Foxes", "closed": False}
    _, said = await post(forum, "say", json={"person": ann.id, "text": "a", "thread": topic["id"]})
    form = {"person": str(ann.id), "thread": str(topic["id"])}
    _, photo = await post(forum, "photo", data=form, files={"photo": ("a.png", picture())})
    assert said["thread"] == photo["thread"] == topic["id"]
    change = {"person": ann.id, "state": "closed"}
    assert (await post(forum, f"topics/{topic['id']}", json=change))[1]["closed"] is True
    told = await state(forum)
    assert (told["is_forum"], told["topics"], told["linked"]) == (True, [topic | {"closed": True}], None)
    await post(forum, f"topics/{topic['id']}", json=change | {"state": "open"})
    assert (await state(forum))["topics"] == [topic]
    await post(forum, f"topics/{topic['id']}", json=change | {"state": "deleted"})
    assert (await state(forum))["topics"] == []
    assert (await post(forum, f"topics/{topic['id']}", json=change))[0] == 404
    assert (await post(forum, f"topics/{topic['id']}", json=change | {"state": "upside down"}))[0] == 409


async def test_somebody_speaks_for_the_group_or_a_channel(post, state, telegram, ann):
    group, channel = telegram.group("Friends", [ann]), telegram.channel("News", ann)
    _, said = await post(group, "say", json={"person": ann.id, "text": "a", "anonymous": True})
    assert said["sender_name"] == "Friends"
    _, said = await post(group, "say", json={"person": ann.id, "text": "a", "as_channel": channel.id})
    assert (said["sender_name"], said["sender_chat"]) == ("News", channel.id)
    channel.link(group)
    assert (await state(group))["linked"] == channel.id
    assert (await state(channel))["linked"] == group.id


async def test_an_album_is_sent_at_once_or_part_by_part(post, telegram, ann, picture):
    form = {"person": str(ann.id), "caption": "/describe", "reply_to": "1"}
    pictures = [("photo", (f"{side}.png", picture(side))) for side in (40, 50)]
    _, sent = await post(ann.private, "album", data=form, files=pictures)
    first, second = sent["messages"]
    assert first["album"] == second["album"] is not None
    assert [(one["text"], one["size"], one["reply_to"]) for one in (first, second)] == [
        ("/describe", [40, 30], 1),
        ("", [50, 30], 1),
    ]
    _, files = await post(ann.private, "album", data=form | {"as_files": "1"}, files=pictures)
    assert [one["media_kind"] for one in files["messages"]] == ["document"] * 2
    part = {"person": str(ann.id), "album": "77"}
    assert (await post(ann.private, "photo", data=part, files=pictures[:1]))[1]["album"] == "77"
    status, refused = await post(ann.private, "album", data=form, files=pictures[:1])
    assert (status, refused) == (409, {"error": "an album has 2 to 10 pictures"})
    assert (await post(ann.private, "photo", data=form | {"photo": "words"}))[0] == 409


async def test_a_group_becomes_a_supergroup(post, telegram, ann):
    old = telegram.group("Friends", [ann], kind="group")
    _, new = await post(old, "migrate", json={"person": ann.id})
    assert (new["kind"], new["title"], new["members"][str(ann.id)]) == ("supergroup", "Friends", "creator")
    assert telegram.chats[new["id"]].last().service == {"migrate_from_chat_id": old.id}
    assert (await post(old, "migrate", json={"person": ann.id}))[0] == 409
