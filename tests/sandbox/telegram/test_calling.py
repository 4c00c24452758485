"""How a call comes in: token, method, and parameters in every shape."""

import json


async def test_a_wrong_token_is_unauthorized(api, telegram):
    for path in ("bot1:wrong/getMe", "file/bot1:wrong/photos/file_0.png"):
        answer = await api.client.get(f"{telegram.root}/{path}")
        assert (answer.status_code, answer.json()) == (
            401,
            {"ok": False, "error_code": 401, "description": "Unauthorized"},
        )


async def test_an_unknown_method_is_not_found(api, telegram):
    assert await api.refused("sendPigeon") == "Not Found: method not found"
    assert telegram.journal.calls("sendPigeon")[0].status == 404


async def test_capitals_of_a_method_do_not_matter(api, telegram):
    answer = await api.client.get(api.url("getme"))
    assert answer.json()["result"]["username"] == "imagine_bot"
    assert [call.method for call in telegram.journal] == ["getMe"]


async def test_parameters_come_by_query_form_multipart_and_json(api, ann):
    keyboard = {"inline_keyboard": [[{"text": "ok", "callback_data": "1"}]]}
    flat = {"chat_id": str(ann.id), "text": "hello", "reply_markup": json.dumps(keyboard)}
    shapes = [
        await api.client.get(api.url("sendMessage"), params=flat),
        await api.client.post(api.url("sendMessage"), params=flat),
        await api.client.post(api.url("sendMessage"), data=flat),
        await api.client.post(api.url("sendMessage"), data=flat, files={"unused": b"x"}),
        await api.client.post(api.url("sendMessage"), json={**flat, "chat_id": ann.id, "reply_markup": keyboard}),
    ]
    results = [api.read("sendMessage", answer) for answer in shapes]
    assert [result["message_id"] for result in results] == [2, 3, 4, 5, 6]
    assert all(result["text"] == "hello" and result["reply_markup"] == keyboard for result in results)


async def test_broken_json_is_refused(api, ann):
    answer = await api.client.post(api.url("sendMessage"), content=b"{", headers={"content-type": "application/json"})
    assert answer.status_code == 400
    assert await api.refused("sendMessage", chat_id=ann.id, text="x", reply_markup="{") == (
        "Bad Request: can't parse reply keyboard markup JSON object"
    )


async def test_the_journal_tells_every_call_with_its_files(api, telegram, ann, picture):
    await api("sendPhoto", {"photo": ("a.png", picture())}, chat_id=ann.id, caption="c")
    await api.refused("sendMessage", chat_id=ann.id, text="")
    sent, refused = telegram.journal
    assert (sent.method, sent.chat_id, sent.status, sent.description) == ("sendPhoto", str(ann.id), 200, None)
    assert sent.params["photo"]["name"] == "a.png"
    assert sent.params["photo"]["size"] == len(picture())
    assert (refused.status, refused.description) == (400, "Bad Request: message text is empty")
    assert telegram.journal.after(sent.number) == [refused]
