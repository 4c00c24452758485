"""The people's side over HTTP."""

import asyncio
from io import BytesIO

import av
import pytest
from PIL import Image


@pytest.fixture
def control(api, telegram):
    async def call(method, path, **more):
        answer = await api.client.request(method, f"{telegram.root}/_{path}", **more)
        return answer.status_code, answer.json()

    return call


async def test_state_tells_people_chats_and_commands(control, api, ann):
    await api("setMyCommands", commands=[{"command": "a", "description": "A"}])
    _, state = await control("GET", "/state")
    assert state["people"] == [{"id": ann.id, "name": "Ann", "language": "en", "username": None}]
    assert [(chat["id"], chat["kind"]) for chat in state["chats"]] == [(ann.id, "private")]
    assert state["commands"][0]["commands"][0]["command"] == "a"
    assert state["last"] > 0


async def test_somebody_can_be_made_write_and_edit(control, telegram, api):
    _, bob = await control("POST", "/people", json={"name": "Bob", "language": "ru"})
    chat = f"/chats/{bob['id']}"
    _, said = await control("POST", f"{chat}/say", json={"person": bob["id"], "text": "/start"})
    await control("POST", f"{chat}/edit", json={"person": bob["id"], "message_id": said["id"], "text": "/begin"})
    _, shown = await control("GET", f"{chat}/messages")
    assert [(one["text"], one["edits"], one["from_bot"]) for one in shown["messages"]] == [("/begin", 1, False)]
    await control("POST", f"{chat}/delete", json={"person": bob["id"], "message_id": 1})
    assert (await control("GET", f"{chat}/messages"))[1] == {"messages": []}
    assert len((await control("GET", f"{chat}/messages?deleted=1"))[1]["messages"]) == 1
    assert [list(update)[1] for update in await api.updates()] == ["message", "edited_message"]


async def test_photos_go_in_and_out(control, api, telegram, ann, picture):
    form = {"person": str(ann.id), "caption": "/describe"}
    _, sent = await control("POST", f"/chats/{ann.id}/photo", data=form, files={"photo": ("a.png", picture())})
    assert (sent["text"], sent["size"], sent["media_kind"]) == ("/describe", [40, 30], "photo")
    fetched = await api.client.get(f"{telegram.root}/_/files/{sent['file_id']}")
    assert fetched.content == picture()
    assert ann.private.last().photo == picture()


async def test_a_press_is_answered_with_its_toast_or_none(control, api, ann):
    markup = {"inline_keyboard": [[{"text": "U1", "callback_data": "data-1"}]]}
    await api("sendMessage", chat_id=ann.id, text="a", reply_markup=markup)
    press = {"person": ann.id, "message_id": 2, "data": "data-1"}
    pressing = asyncio.create_task(control("POST", f"/chats/{ann.id}/press", json=press))
    updates = []
    while not updates or "callback_query" not in updates[-1]:
        updates = await api.updates()
    await api("answerCallbackQuery", callback_query_id=updates[-1]["callback_query"]["id"], text="ok")
    _, answered = await pressing
    assert answered["answer"] == {"text": "ok", "show_alert": False, "url": None}
    _, silent = await control("POST", f"/chats/{ann.id}/press", json={**press, "wait": 0})
    assert silent["answer"] is None
    status, refused = await control("POST", f"/chats/{ann.id}/press", json={**press, "data": "x"})
    assert status == 404
    assert "U1" in refused["error"]
    status, _ = await control("POST", f"/chats/{ann.id}/press", json={**press, "data": "x", "forged": True, "wait": 0})
    assert status == 200


async def test_events_are_numbered_and_can_be_resumed(control, api, ann):
    _, state = await control("GET", "/state")
    waiting = asyncio.create_task(control("GET", f"/events?after={state['last']}"))
    await asyncio.sleep(0.02)
    assert not waiting.done()
    await api("sendMessage", chat_id=ann.id, text="a")
    _, first = await waiting
    assert [(event["kind"], event["chat"], event["data"]) for event in first["events"]] == [
        ("message", ann.id, {"message_id": 2})
    ]
    await api("editMessageText", chat_id=ann.id, message_id=2, text="b")
    await api("sendChatAction", chat_id=ann.id, action="typing")
    await api("deleteMessage", chat_id=ann.id, message_id=2)
    _, more = await control("GET", f"/events?after={first['last']}")
    assert [event["kind"] for event in more["events"]] == ["edited", "action", "deleted"]
    numbers = [event["number"] for event in first["events"] + more["events"]]
    assert numbers == list(range(state["last"] + 1, state["last"] + 5))
    assert (await control("GET", f"/events?after={more['last']}&wait=0"))[1]["events"] == []


async def test_faults_and_the_journal_are_at_hand(control, api, ann):
    _, added = await control("POST", "/faults", json={"match": "sendMessage", "status": 502, "times": 3})
    assert added["waiting"][0]["match"] == "sendMessage"
    await api.refused("sendMessage", chat_id=ann.id, text="a")
    await control("DELETE", "/faults")
    await api("sendMessage", chat_id=ann.id, text="a")
    _, journal = await control("GET", "/journal")
    assert [(call["method"], call["status"]) for call in journal["calls"]] == [
        ("sendMessage", 502),
        ("sendMessage", 200),
    ]
    _, later = await control("GET", f"/journal?after={journal['calls'][0]['number']}")
    assert len(later["calls"]) == 1
    assert (await control("POST", "/faults/release"))[0] == 200
    assert (await control("POST", "/faults", json={"match": "x", "end": "shrug"}))[0] == 409


async def test_what_cannot_be_is_told(control, ann):
    assert (await control("GET", "/chats/99/messages"))[0] == 404
    assert (await control("GET", "/files/nothing"))[0] == 404
    await control("POST", f"/people/{ann.id}/block", json={"blocked": True})
    status, refused = await control("POST", f"/chats/{ann.id}/say", json={"person": ann.id, "text": "x"})
    assert (status, refused) == (409, {"error": "Ann has blocked the bot"})
    await control("POST", f"/people/{ann.id}/block", json={"blocked": False})
    assert (await control("POST", f"/chats/{ann.id}/say", json={"person": ann.id, "text": "x"}))[0] == 200


async def test_messages_come_by_id_without_those_that_are_gone(control, ann):
    texts = [ann.private.say(ann, text).id for text in "abc"]
    ann.private.delete(ann, texts[1])
    path = f"/chats/{ann.id}/messages"

    async def shown(query):
        return [one["text"] for one in (await control("GET", path + query))[1]["messages"]]

    ids = ",".join(map(str, reversed(texts)))
    assert await shown(f"?ids={ids},999") == ["a", "c"]
    assert await shown(f"?ids={ids}&deleted=1") == ["a", "b", "c"]
    assert await shown("?ids=") == []
    assert (await control("GET", path + "?ids=x"))[0] == 409


async def test_films_tell_their_size_and_files_their_bytes(control, api, ann, picture):
    film = filmed((64, 48))
    sent = [
        ("sendVideo", {"video": ("a.mp4", film)}),
        ("sendAnimation", {"animation": ("a.gif", picture(30, 20, form="GIF"))}),
        ("sendDocument", {"document": ("a.txt", b"words")}),
        ("sendVideo", {"video": ("b.mp4", b"no film at all")}),
    ]
    for method, files in sent:
        await api(method, files, chat_id=str(ann.id))
    _, shown = await control("GET", f"/chats/{ann.id}/messages")
    told = [(one["media_kind"], one["size"], one["document_size"]) for one in shown["messages"][1:]]
    assert told[0] == ("video", [64, 48], len(film))
    assert told[1] == ("animation", [30, 20], len(picture(30, 20, form="GIF")))
    assert told[2:] == [("document", None, 5), ("video", None, 14)]


@pytest.mark.parametrize(
    ("wanted", "status", "part", "told"),
    [
        (None, 200, b"0123456789", None),
        ("bytes=2-4", 206, b"234", "bytes 2-4/10"),
        ("bytes=7-", 206, b"789", "bytes 7-9/10"),
        ("bytes=7-99", 206, b"789", "bytes 7-9/10"),
        ("bytes=-3", 206, b"789", "bytes 7-9/10"),
        ("bytes=-99", 206, b"0123456789", "bytes 0-9/10"),
        ("bytes=10-", 416, b"", "bytes */10"),
        ("bytes=-0", 416, b"", "bytes */10"),
        ("bytes=4-2", 200, b"0123456789", None),
        ("bytes=0-1,3-4", 200, b"0123456789", None),
        ("lines=1-2", 200, b"0123456789", None),
    ],
)
async def test_a_file_comes_in_parts_and_is_kept(api, telegram, ann, wanted, status, part, told):
    sent = await api("sendDocument", {"document": ("a.bin", b"0123456789")}, chat_id=str(ann.id))
    headers = {"range": wanted} if wanted else {}
    answer = await api.client.get(f"{telegram.root}/_/files/{sent['document']['file_id']}", headers=headers)
    assert (answer.status_code, answer.content, answer.headers.get("content-range")) == (status, part, told)
    if status != 416:
        assert "immutable" in answer.headers["cache-control"]
        assert answer.headers["accept-ranges"] == "bytes"


def filmed(size):
    """Two frames of one colour as an MP4."""
    kept = BytesIO()
    with av.open(kept, "w", format="mp4") as film:
        stream = film.add_stream("h264", rate=2)
        stream.width, stream.height, stream.pix_fmt = *size, "yuv420p"
        for _ in range(2):
            film.mux(stream.encode(av.VideoFrame.from_image(Image.new("RGB", size, "teal"))))
        film.mux(stream.encode())
    return kept.getvalue()
