"""The provider over HTTP: keys, routes, pictures, the ledger, faults, the control API."""

import asyncio
import base64
import io
from datetime import datetime
from typing import Any, Protocol

import httpx
import pytest
from PIL import Image

from sandbox.midjourney.kinds import Ask
from sandbox.midjourney.server import MidjourneyServer


class HandClock(Protocol):
    """The clock of conftest, as it is used here."""

    def now(self) -> datetime: ...
    async def sleep(self, seconds: float) -> None: ...
    def move(self, seconds: float) -> None: ...


def data_url(colour: str, size: tuple[int, int] = (48, 48)) -> str:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "PNG")
    return "data:image/png;base64," + base64.b64encode(out.getvalue()).decode()


async def imagine(client: httpx.AsyncClient, prompt: str = "a cat", **fields: Any) -> str:
    answer = (await client.post("/mj/submit/imagine", json={"prompt": prompt, **fields})).json()
    assert answer["code"] in {1, 22}, answer
    return str(answer["result"])


async def fetch(client: httpx.AsyncClient, task_id: str) -> Any:
    return (await client.get(f"/mj/task/{task_id}/fetch")).json()


async def test_a_prompt_becomes_a_grid_that_can_be_downloaded_without_a_key(
    server: MidjourneyServer, client: httpx.AsyncClient, clock: HandClock
) -> None:
    task_id = await imagine(client, "a lighthouse in a storm --ar 3:2", state="chat:42")
    clock.move(60)
    shown = await fetch(client, task_id)
    assert shown["status"] == "SUCCESS"
    assert shown["state"] == "chat:42"
    assert shown["imageUrl"].startswith(f"{server.base_url}/pictures/{task_id}/")
    async with httpx.AsyncClient() as stranger:
        picture = await stranger.get(shown["imageUrl"])
    assert picture.headers["content-type"] == "image/png"
    image = Image.open(io.BytesIO(picture.content))
    assert image.size == (shown["imageWidth"], shown["imageHeight"])
    assert image.width > image.height


async def test_previews_change_and_are_gone_when_the_picture_is_there(
    client: httpx.AsyncClient, clock: HandClock
) -> None:
    task_id = await imagine(client)
    previews = []
    for _ in range(2):
        clock.move(4)
        address = (await fetch(client, task_id))["imageUrl"]
        answer = await client.get(address)
        assert answer.headers["content-type"] == "image/webp"
        previews.append((address, answer.content))
    assert previews[0][0] != previews[1][0]
    assert previews[0][1] != previews[1][1]
    clock.move(60)
    assert (await client.get(previews[0][0])).status_code == 404


async def test_all_that_can_be_pressed_can_be_looked_at(client: httpx.AsyncClient, clock: HandClock) -> None:
    async def press(parent: dict[str, Any], part: str) -> Any:
        custom_id = next(one["customId"] for one in parent["buttons"] if part in one["customId"])
        answer = await client.post("/mj/submit/action", json={"taskId": parent["id"], "customId": custom_id})
        task_id = answer.json()["result"]
        if answer.json()["code"] == 21:
            body = {"taskId": task_id, "prompt": "a fox --zoom 1.5", "maskBase64": data_url("white")}
            assert (await client.post("/mj/submit/modal", json=body)).json()["code"] == 1
        clock.move(60)
        return await fetch(client, task_id)

    grid_id = await imagine(client, "mountains --ar 4:3")
    clock.move(60)
    grid = await fetch(client, grid_id)
    single = await press(grid, "upsample::1")
    of_single = ("subtle", "low_variation", "Outpaint::50", "Outpaint::100", "pan_right", "CustomZoom", "Inpaint")
    results = [
        grid,
        single,
        *[await press(grid, part) for part in ("variation::2", "reroll")],
        *[await press(single, part) for part in of_single],
    ]
    pictures = set()
    for result in results:
        assert result["status"] == "SUCCESS"
        answer = await client.get(result["imageUrl"])
        image = Image.open(io.BytesIO(answer.content))
        assert image.size == (result["imageWidth"], result["imageHeight"])
        pictures.add(answer.content)
    assert len(pictures) == len(results)


@pytest.mark.parametrize("headers", [{}, {"authorization": "Bearer wrong"}, {"mj-api-secret": "wrong"}])
async def test_without_the_key_nothing_is_told(server: MidjourneyServer, headers: dict[str, str]) -> None:
    async with httpx.AsyncClient(base_url=server.base_url, headers=headers) as stranger:
        answer = await stranger.post("/mj/submit/imagine", json={"prompt": "a cat"})
    assert (answer.status_code, answer.content) == (401, b"")
    assert server.submissions() == []


@pytest.mark.parametrize(
    ("auth", "bearer", "secret"), [("bearer", 200, 401), ("mj-api-secret", 401, 200), ("both", 200, 200)]
)
async def test_the_key_is_read_where_the_style_says(clock: HandClock, auth: str, bearer: int, secret: int) -> None:
    async with MidjourneyServer("k", clock=clock, auth=auth) as server, httpx.AsyncClient() as client:
        address = f"{server.base_url}/mj/task/list"
        assert (await client.get(address, headers={"Authorization": "Bearer k"})).status_code == bearer
        assert (await client.get(address, headers={"mj-api-secret": "k"})).status_code == secret


async def test_an_unknown_style_of_keys_is_refused() -> None:
    with pytest.raises(ValueError, match="authorize"):
        MidjourneyServer("k", auth="cookie")


async def test_an_unknown_task_is_answered_with_nothing(client: httpx.AsyncClient) -> None:
    answer = await client.get("/mj/task/1752210001234567/fetch")
    assert (answer.status_code, answer.content) == (200, b"")


async def test_lists_name_what_is_known(server: MidjourneyServer, client: httpx.AsyncClient, clock: HandClock) -> None:
    ids = [await imagine(client, f"cat {n}") for n in range(5)]
    for path in ("list-by-condition", "list-by-ids"):
        found = (await client.post(f"/mj/task/{path}", json={"ids": [ids[1], "42", ids[0]]})).json()
        assert {task["id"] for task in found} == {ids[0], ids[1]}
        assert (await client.post(f"/mj/task/{path}", json={"ids": []})).json() == []
    assert {task["id"] for task in (await client.get("/mj/task/list")).json()} == set(ids)
    assert {task["id"] for task in (await client.get("/mj/task/queue")).json()} == set(ids[3:])
    clock.move(60)
    assert (await client.get("/mj/task/queue")).json() == []


async def test_seed_and_cancel_have_their_paths(client: httpx.AsyncClient, clock: HandClock) -> None:
    task_id, other = await imagine(client), await imagine(client)
    assert (await client.post(f"/mj/task/{other}/cancel")).json()["code"] == 1
    clock.move(60)
    assert (await client.get(f"/mj/task/{task_id}/image-seed")).json()["result"].isdigit()
    assert (await fetch(client, other))["status"] == "CANCEL"


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/mj/submit/imagine", b"{", 400),
        ("/mj/submit/imagine", b"[]", 400),
        ("/mj/submit/imagine", b'{"prompt": {"a": 1}}', 400),
        ("/mj/submit/imagine", b'{"prompt": "a", "botType": "DALL_E"}', 400),
        ("/mj/submit/blend", b'{"dimensions": "ROUND"}', 400),
        ("/mj/submit/show", b'{"prompt": "a"}', 404),
        ("/mj/task/list-by-condition", b"{}", 400),
        ("/mj/nothing", b"{}", 404),
    ],
)
async def test_what_the_framework_cannot_bind_it_refuses_itself(
    client: httpx.AsyncClient, path: str, body: bytes, status: int
) -> None:
    answer = await client.post(path, content=body)
    assert answer.status_code == status
    assert set(answer.json()) == {"timestamp", "status", "error", "path"}


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("imagine", {"prompt": " "}),
        ("imagine", {"prompt": "a", "base64Array": ["iVBORw0KGgo="]}),
        ("imagine", {"prompt": "a", "base64Array": ["data:image/png;base64,%%%"]}),
        ("imagine", {"prompt": "a", "base64Array": ["data:image/png;base64,AAAA"]}),
        ("imagine", {"prompt": "a", "base64Array": [data_url("red"), data_url("red")]}),
        ("blend", {"base64Array": [data_url("red")]}),
        ("blend", {"base64Array": [data_url(name) for name in ("red", "blue", "green", "white", "black", "pink")]}),
        ("describe", {}),
        ("shorten", {"prompt": ""}),
        ("action", {"taskId": "1"}),
        ("action", {"customId": "1"}),
        ("change", {"action": "UPSCALE", "index": 1}),
        ("simple-change", {"content": "1 X9"}),
    ],
)
async def test_wrong_fields_are_refused_with_code_four(
    server: MidjourneyServer, client: httpx.AsyncClient, path: str, body: dict[str, Any]
) -> None:
    answer = await client.post(f"/mj/submit/{path}", json=body)
    assert (answer.status_code, answer.json()["code"]) == (200, 4)
    assert answer.json()["result"] is None
    assert server.submissions(accepted=False)[0].code == 4
    assert server.tasks() == []


async def test_blend_describe_and_images_in_a_prompt_are_taken(
    server: MidjourneyServer, client: httpx.AsyncClient, clock: HandClock
) -> None:
    answers = [
        await client.post("/mj/submit/blend", json={"base64Array": [data_url("red"), data_url("blue")]}),
        await client.post("/mj/submit/describe", json={"base64": data_url("orange", (90, 60))}),
        await client.post("/mj/submit/imagine", json={"prompt": "a cat", "base64Array": [data_url("red", (900, 900))]}),
    ]
    clock.move(60)
    blend, described, imagined = [await fetch(client, answer.json()["result"]) for answer in answers]
    mixed = Image.open(io.BytesIO((await client.get(blend["imageUrl"])).content)).resize((1, 1)).getpixel((0, 0))
    assert isinstance(mixed, tuple)
    assert min(mixed[0], mixed[2]) > 40 > mixed[1]
    assert blend["prompt"] is None
    assert (await client.get(described["imageUrl"])).headers["content-type"] == "image/jpeg"
    assert described["prompt"].startswith("1️⃣ ")
    upload, rest = imagined["prompt"].split(" ", 1)
    assert rest == "a cat"
    assert (await client.get(upload)).headers["content-type"] == "image/jpeg"


async def test_a_simple_change_is_read(client: httpx.AsyncClient, clock: HandClock) -> None:
    task_id = await imagine(client)
    clock.move(60)
    answer = await client.post("/mj/submit/simple-change", json={"content": f"{task_id} u2"})
    assert answer.json()["code"] == 1


async def test_the_ledger_knows_every_submit_and_no_key(server: MidjourneyServer, client: httpx.AsyncClient) -> None:
    await imagine(client, "a cat", state="s")
    await client.post("/mj/submit/imagine", json={"prompt": "a nude cat"})
    await client.post("/mj/submit/describe", json={"base64": data_url("red", (400, 400))})
    assert [entry.path for entry in server.submissions()] == [
        "/mj/submit/imagine",
        "/mj/submit/imagine",
        "/mj/submit/describe",
    ]
    assert [entry.accepted for entry in server.submissions()] == [True, False, True]
    assert len(server.submissions(prompt="cat", accepted=True)) == 1
    assert len(server.submissions(path="imagine", state="s")) == 1
    assert server.submissions(prompt="cat")[0].task_id in server.engine.tasks
    assert "mj-api-secret" in server.submissions()[0].headers
    assert "a-key-of-the-test" not in repr(server.ledger)
    assert len(repr(server.submissions(path="describe"))) < 600


async def test_requests_are_counted_by_path(server: MidjourneyServer, client: httpx.AsyncClient) -> None:
    task_id = await imagine(client)
    for _ in range(3):
        await fetch(client, task_id)
    await client.post("/mj/task/list-by-condition", json={"ids": [task_id]})
    assert server.ledger.requests["/mj/task/{id}/fetch"] == 3
    assert server.ledger.requests["/mj/task/list-by-condition"] == 1
    assert server.ledger.requests["/mj/submit/imagine"] == 1


@pytest.mark.parametrize(
    ("name", "status", "start"),
    [
        ("502 html", 502, b"<html>"),
        ("200 html", 200, b"<!doctype"),
        ("500", 500, b""),
        ("503 json", 503, b'{"error"'),
        ("429", 429, b"{"),
        ("broken json", 200, b'{"code": 1'),
        ("empty list", 200, b"[]"),
        ("empty", 200, b""),
        ("not found", 400, b'{"code":4'),
    ],
)
async def test_a_trouble_is_had_once_and_nothing_is_carried_out(
    server: MidjourneyServer, client: httpx.AsyncClient, name: str, status: int, start: bytes
) -> None:
    server.trouble(name)
    answer = await client.post("/mj/submit/imagine", json={"prompt": "a cat"})
    assert answer.status_code == status
    assert answer.content.startswith(start)
    assert server.tasks() == []
    assert server.submissions()[0].accepted is None
    await imagine(client)


@pytest.mark.parametrize("name", ["accept then 502", "accept then 500", "accept then drop"])
async def test_a_submit_may_be_carried_out_and_its_answer_lost(
    server: MidjourneyServer, client: httpx.AsyncClient, name: str
) -> None:
    server.trouble(name)
    try:
        answer = await client.post("/mj/submit/imagine", json={"prompt": "a cat"})
        assert answer.status_code >= 500
    except httpx.RemoteProtocolError:
        assert name == "accept then drop"
    assert [entry.accepted for entry in server.submissions()] == [True]
    assert len(server.tasks()) == 1


async def test_a_dropped_submit_leaves_nothing(server: MidjourneyServer, client: httpx.AsyncClient) -> None:
    server.trouble("drop")
    with pytest.raises(httpx.RemoteProtocolError):
        await client.post("/mj/submit/imagine", json={"prompt": "a cat"})
    assert server.tasks() == []


async def test_a_submit_may_hang_after_it_was_carried_out(server: MidjourneyServer, client: httpx.AsyncClient) -> None:
    server.trouble("accept then hang")
    hanging = asyncio.create_task(client.post("/mj/submit/imagine", json={"prompt": "a cat"}))
    while not (await client.get("/_/tasks")).json():
        assert not hanging.done()
    assert not hanging.done()
    server.faults.release()
    assert (await hanging).json()["code"] == 1


async def test_stopping_lets_go_what_hangs(clock: HandClock) -> None:
    async with MidjourneyServer("k", clock=clock) as server, httpx.AsyncClient() as client:
        server.trouble("accept then hang")
        headers = {"mj-api-secret": "k"}
        asking = client.post(f"{server.base_url}/mj/submit/imagine", json={"prompt": "a"}, headers=headers)
        hanging = asyncio.create_task(asking)
        while not (await client.get(f"{server.base_url}/_/tasks")).json():
            assert not hanging.done()
        await server.stop()
        with pytest.raises(httpx.TransportError):
            await hanging


async def test_pictures_can_be_in_trouble_too(
    server: MidjourneyServer, client: httpx.AsyncClient, clock: HandClock
) -> None:
    task_id = await imagine(client)
    clock.move(60)
    address = (await fetch(client, task_id))["imageUrl"]
    server.trouble("502 html", match="/pictures/*")
    assert (await client.get(address)).status_code == 502
    assert (await client.get(address)).status_code == 200


async def test_a_task_can_be_shown_otherwise_and_be_lost(server: MidjourneyServer, client: httpx.AsyncClient) -> None:
    task_id = await imagine(client)
    server.show(task_id, status="PAUSED")
    assert (await fetch(client, task_id))["status"] == "PAUSED"
    server.show(task_id)
    assert (await fetch(client, task_id))["status"] == "NOT_START"
    server.forget(task_id)
    assert (await client.get(f"/mj/task/{task_id}/fetch")).content == b""


async def test_the_control_api_does_what_the_object_does(
    server: MidjourneyServer, client: httpx.AsyncClient, clock: HandClock
) -> None:
    assert (await client.post("/_/speed", json={"all": 5, "imagine": 2})).json()["upscale"] == 5
    await client.post("/_/fail", json={"match": "dog", "reason": "Queue full"})
    await client.post("/_/faults", json={"match": "/mj/submit/*", "trouble": "502 html"})
    assert (await client.post("/mj/submit/imagine", json={"prompt": "a cat"})).status_code == 502
    await client.post("/_/faults", json={"match": "/mj/submit/*", "status": 418, "times": None, "body": "tea"})
    assert (await client.post("/mj/submit/imagine", json={"prompt": "a cat"})).text == "tea"
    await client.delete("/_/faults")
    cat, dog = await imagine(client, "a cat"), await imagine(client, "a dog")
    await client.post("/_/show", json={"id": cat, "fields": {"failReason": "shown"}})
    clock.move(3)
    tasks = {task["id"]: task for task in (await client.get("/_/tasks")).json()}
    assert (tasks[cat]["status"], tasks[cat]["failReason"]) == ("SUCCESS", "shown")
    assert (tasks[dog]["status"], tasks[dog]["failReason"]) == ("FAILURE", "Queue full")
    await client.post("/_/forget", json={"id": dog})
    assert len((await client.get("/_/tasks")).json()) == 1
    ledger = (await client.get("/_/ledger")).json()
    assert [entry["body"]["prompt"] for entry in ledger] == ["a cat", "a cat", "a cat", "a dog"]
    assert [entry["accepted"] for entry in ledger] == [None, None, True, True]
    assert (await client.get("/_/requests")).json()["/mj/submit/imagine"] == 4


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/_/speed", {"dancing": 2}),
        ("/_/faults", {"status": 500}),
        ("/_/faults", {"match": "*", "trouble": "a flood"}),
        ("/_/faults", {"match": "*", "end": "explode"}),
        ("/_/fail", {"why": "so"}),
        ("/_/show", {}),
        ("/_/speed", []),
    ],
)
async def test_a_control_that_cannot_be_understood_says_so(client: httpx.AsyncClient, path: str, body: Any) -> None:
    answer = await client.post(path, json=body)
    assert answer.status_code == 400
    assert answer.json()["error"]


async def test_an_address_before_the_start_is_an_error() -> None:
    with pytest.raises(RuntimeError, match="not started"):
        _ = MidjourneyServer("k").base_url


async def test_pictures_may_be_named_by_another_address(clock: HandClock) -> None:
    server = MidjourneyServer("k", clock=clock, public_url="http://cdn.example")
    server.engine.imagine("a cat", Ask(), round(clock.now().timestamp() * 1000))
    clock.move(60)
    assert server.tasks()[0]["imageUrl"].startswith("http://cdn.example/pictures/")
