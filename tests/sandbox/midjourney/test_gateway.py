"""A gateway before the engine: strict, always a little behind, and paid for every submit."""

import io
from typing import Any

import httpx
import pytest
from PIL import Image

from tests.sandbox.midjourney.desk import KEY, Desk

FIELDS = {
    *("id", "action", "customId", "botType", "prompt", "promptEn", "description", "state", "submitTime", "startTime"),
    *("finishTime", "imageUrl", "videoUrl", "videoUrls", "status", "progress", "failReason", "buttons", "maskBase64"),
    "properties",
}
JOB = "3f9c1b7e-52d4-4c0a-9e61-8a7d2b4f6c10"


def error_of(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]["message"]


async def test_a_new_task_shows_nothing_but_what_was_submitted_until_the_first_refresh() -> None:
    async with Desk(dialect="gateway") as desk:
        task_id = await desk.imagine("a lighthouse --ar 3:2", state="chat:42", notifyHook="http://bot.example/hook")
        shown = await desk.fetch(task_id)
        assert set(shown) == FIELDS
        assert (shown["status"], shown["progress"], shown["description"]) == ("", "0%", "提交成功")
        assert (shown["prompt"], shown["promptEn"], shown["state"]) == ("a lighthouse --ar 3:2", "", "")
        assert (shown["startTime"], shown["imageUrl"], shown["failReason"]) == (0, "", "")
        assert (shown["buttons"], shown["properties"]) == (None, None)
        desk.move(14.9)
        assert (await desk.fetch(task_id))["status"] == ""
        desk.move(0.1)
        shown = await desk.fetch(task_id)
        assert set(shown) == FIELDS
        assert (shown["status"], shown["state"], len(shown["buttons"])) == ("SUCCESS", "chat:42", 9)
        assert shown["properties"] == {"finalPrompt": "a lighthouse --ar 3:2 --v 7.0", "finalZhPrompt": ""}
        assert shown["description"] == "提交成功"
        assert desk.server.engine.tasks[task_id].hook is None


async def test_a_copy_stands_still_between_two_refreshes() -> None:
    async with Desk(dialect="gateway", speed={"imagine": 60}) as desk:
        task_id = await desk.imagine()
        desk.move(16)
        seen = await desk.fetch(task_id)
        assert (seen["status"], seen["buttons"]) == ("IN_PROGRESS", None)
        desk.move(13)
        assert await desk.fetch(task_id) == seen
        desk.move(1)
        assert int((await desk.fetch(task_id))["progress"][:-1]) > int(seen["progress"][:-1])


async def test_how_often_it_refreshes_can_be_chosen() -> None:
    async with Desk(dialect="gateway", refresh=2) as desk:
        task_id = await desk.imagine()
        desk.move(11)
        assert (await desk.fetch(task_id))["status"] == "IN_PROGRESS"
        desk.move(1)
        assert (await desk.fetch(task_id))["status"] == "SUCCESS"


async def test_a_failure_is_a_hundred_percent_and_never_looked_at_again() -> None:
    async with Desk(dialect="gateway") as desk:
        desk.server.fail(reason="Queue full", late_success=40)
        task_id = await desk.imagine()
        desk.move(15)
        shown = await desk.fetch(task_id)
        assert (shown["status"], shown["progress"], shown["failReason"]) == ("FAILURE", "100%", "Queue full")
        assert shown["buttons"] is None
        desk.move(300)
        assert await desk.fetch(task_id) == shown


async def test_a_task_that_takes_more_than_an_hour_is_given_up() -> None:
    async with Desk(dialect="gateway", speed={"imagine": 9000}) as desk:
        task_id = await desk.imagine()
        desk.move(3600)
        assert (await desk.fetch(task_id))["status"] == "IN_PROGRESS"
        desk.move(15)
        shown = await desk.fetch(task_id)
        assert (shown["status"], shown["progress"]) == ("FAILURE", "100%")
        assert "超过1小时" in shown["failReason"]


async def test_a_press_is_too_early_until_the_copy_shows_success() -> None:
    async with Desk(dialect="gateway") as desk:
        task_id = await desk.imagine()
        desk.move(13)
        job = desk.server.engine.tasks[task_id].job
        body = {"taskId": task_id, "customId": f"MJ::JOB::upsample::2::{job}"}
        early = await desk.submit("action", **body)
        assert early.status_code == 400
        assert early.json() == {"description": "task_status_not_success ", "type": "upstream_error", "code": 4}
        desk.move(2)
        assert (await desk.submit("action", **body)).json()["code"] == 1


async def test_unknown_tasks_are_refused_by_name() -> None:
    async with Desk(dialect="gateway") as desk:
        answer = await desk.client.get("/mj/task/1752210001234567/fetch")
        assert (answer.status_code, answer.json()["description"]) == (400, "task_no_found ")
        answer = await desk.submit("action", taskId="1", customId=f"MJ::JOB::reroll::0::{JOB}::SOLO")
        assert (answer.status_code, answer.json()["description"]) == (400, "task_not_found ")
        assert await desk.list("1752210001234567") == []


@pytest.mark.parametrize(
    "custom_id",
    [
        "MJ::Job::PicReader::1",
        "MJ::Job::PicReader::all",
        "MJ::Picread::Retry",
        "MJ::Job::PromptAnalyzer::2",
        f"MJ::BOOKMARK::{JOB}",
        f"MJ::JOB::animate_high::1::{JOB}::SOLO",
        f"MJ::JOB::video_virtual_upscale::1::{JOB}",
    ],
)
async def test_buttons_without_a_price_are_refused_before_anything_is_looked_up(custom_id: str) -> None:
    async with Desk(dialect="gateway") as desk:
        status, message = error_of(await desk.submit("action", taskId="1", customId=custom_id))
        assert (status, f"unknown_action:{custom_id}" in message) == (400, True)


async def test_a_custom_id_of_one_part_breaks_it() -> None:
    async with Desk(dialect="gateway") as desk:
        assert error_of(await desk.submit("action", taskId="1", customId="U1"))[0] == 500


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("imagine", {"prompt": 7}, "prompt"),
        ("imagine", {"prompt": "a", "state": 42}, "state"),
        ("imagine", {"prompt": "a", "notifyHook": 0}, "notifyHook"),
        ("imagine", {"prompt": "a", "base64Array": "data:"}, "base64Array"),
        ("imagine", {"prompt": "a", "base64Array": [1]}, "base64Array"),
        ("action", {"taskId": 1752210001234567, "customId": "MJ::Inpaint::1"}, "taskId"),
        ("change", {"taskId": "1", "action": "UPSCALE", "index": "2"}, "index"),
        ("change", {"taskId": "1", "action": "UPSCALE", "index": True}, "index"),
        ("modal", {"taskId": "1", "prompt": "a", "maskBase64": {}}, "maskBase64"),
    ],
)
async def test_a_wrong_type_is_refused_by_the_fields_name(path: str, body: dict[str, Any], field: str) -> None:
    async with Desk(dialect="gateway") as desk:
        status, message = error_of(await desk.submit(path, **body))
        assert status == 400
        assert message.startswith("Invalid request, json")
        assert f"MidjourneyRequest.{field}" in message
        assert [entry.accepted for entry in desk.server.submissions()] == [False]


async def test_what_is_no_object_is_refused() -> None:
    async with Desk(dialect="gateway") as desk:
        for content in (b"{", b"[]", b"7"):
            answer = await desk.client.post("/mj/submit/imagine", content=content)
            assert (error_of(answer)[0], "Invalid request" in error_of(answer)[1]) == (400, True)
        answer = await desk.client.post("/mj/task/list-by-condition", json={"ids": [1752210001234567]})
        assert answer.json()["description"] == "bind_request_body_failed "


@pytest.mark.parametrize(
    ("path", "body", "name"),
    [
        ("imagine", {"prompt": ""}, "prompt_is_required"),
        ("imagine", {"prompt": None}, "prompt_is_required"),
        ("action", {"customId": f"MJ::Inpaint::1::{JOB}::SOLO"}, "task_id_is_required"),
        ("modal", {"prompt": "a"}, "task_id_is_required"),
        ("change", {"action": "UPSCALE", "index": 1}, "task_id_is_required"),
        ("change", {"taskId": "1", "index": 1}, "action_is_required"),
        ("change", {"taskId": "1", "action": "UPSCALE"}, "index_is_required"),
        ("change", {"taskId": "1", "action": "REROLL", "index": 0}, "index_is_required"),
    ],
)
async def test_a_missing_field_is_named(path: str, body: dict[str, Any], name: str) -> None:
    async with Desk(dialect="gateway") as desk:
        answer = await desk.submit(path, **body)
        assert answer.status_code == 400
        assert answer.json() == {"description": f"{name} ", "type": "upstream_error", "code": 4}


async def test_a_missing_custom_id_is_refused_before_the_rest() -> None:
    async with Desk(dialect="gateway") as desk:
        status, message = error_of(await desk.submit("action", taskId="1"))
        assert (status, "custom_id_is_required" in message) == (400, True)


async def test_a_place_in_the_queue_is_hidden() -> None:
    async with Desk(dialect="gateway", running_at_once=1) as desk:
        await desk.imagine()
        answer = (await desk.submit("imagine", prompt="a dog")).json()
        assert (answer["code"], answer["description"]) == (1, "排队中，前面还有1个任务")


async def test_the_engines_own_refusals_pass_and_leave_no_row() -> None:
    async with Desk(dialect="gateway") as desk:
        answer = await desk.submit("imagine", prompt="a nude cat")
        assert (answer.status_code, answer.json()["code"], answer.json()["properties"]["bannedWord"]) == (
            200,
            24,
            "nude",
        )
        assert desk.server.tasks() == []


async def test_a_window_that_always_opens_stays_one_and_a_remix_window_looks_like_success() -> None:
    async with Desk(dialect="gateway", remix=True) as desk:
        single = await desk.single()
        for part, code in (("CustomZoom", 21), ("Inpaint", 21), ("pan_left", 1), ("high_variation", 1)):
            answer = (await desk.press(single, part)).json()
            assert (part, answer["code"]) == (part, code)
            assert "remix" in answer["properties"]
            assert answer["description"] == "等待窗口确认"
            desk.move(15)
            assert (await desk.fetch(answer["result"]))["status"] == "MODAL"


async def test_an_answered_window_has_two_rows_of_which_the_older_lags() -> None:
    async with Desk(dialect="gateway", speed={"zoom": 20}) as desk:
        opened = (await desk.press(await desk.single(), "CustomZoom")).json()["result"]
        desk.move(15)
        assert await desk.taken("modal", taskId=opened, prompt="a cat --zoom 1.5") == opened
        desk.move(15)
        newer, older = await desk.list(opened)
        assert (newer["action"], newer["status"]) == ("MODAL", "IN_PROGRESS")
        assert (older["action"], older["status"], older["id"]) == ("CUSTOM_ZOOM", "MODAL", opened)
        assert await desk.fetch(opened) == older
        desk.move(15)
        newer, older = await desk.list(opened)
        assert (newer["status"], older["status"]) == ("SUCCESS", "MODAL")
        desk.move(15)
        assert (await desk.fetch(opened))["status"] == "SUCCESS"


async def test_each_submit_is_charged_but_a_window_that_always_opens() -> None:
    async with Desk(dialect="gateway", remix=True) as desk:
        single = await desk.single()
        before = len(desk.server.charges)
        zoom = (await desk.press(single, "CustomZoom")).json()["result"]
        await desk.press(single, "Inpaint")
        assert len(desk.server.charges) == before
        await desk.taken("modal", taskId=zoom, prompt="a cat --zoom 1.5")
        remixed = (await desk.press(single, "low_variation")).json()["result"]
        await desk.taken("modal", taskId=remixed, prompt="a cat")
        await desk.submit("imagine", prompt="a nude cat")
        charged = [(charge.task_id, charge.path, charge.amount) for charge in desk.server.charges[before:]]
        assert charged == [
            (zoom, "/mj/submit/modal", 10),
            (remixed, "/mj/submit/action", 10),
            (remixed, "/mj/submit/modal", 10),
        ]
        assert (await desk.client.get("/_/charges")).json() == [charge.json() for charge in desk.server.charges]


async def test_a_failure_is_given_back_when_it_is_seen() -> None:
    async with Desk(dialect="gateway", balance=25) as desk:
        desk.server.fail("dog")
        await desk.imagine("a dog")
        cat = await desk.imagine("a cat")
        assert desk.server.account.balance == 5
        desk.move(15)
        await desk.fetch(cat)
        lost, kept = desk.server.charges
        assert (lost.given_back, kept.given_back) == (desk.server.now(), None)
        assert desk.server.account.balance == 15
        desk.move(60)
        await desk.fetch(cat)
        assert desk.server.account.balance == 15


async def test_pictures_come_through_the_gateway_to_anybody() -> None:
    async with Desk(dialect="gateway", speed={"imagine": 40}) as desk, httpx.AsyncClient() as stranger:
        task_id = await desk.imagine()
        assert (await stranger.get(f"{desk.server.base_url}/mj/image/{task_id}")).status_code == 400
        desk.move(30)
        address = (await desk.fetch(task_id))["imageUrl"]
        assert address.startswith(f"{desk.server.base_url}/mj/image/{task_id}?rand=")
        assert (await stranger.get(address)).headers["content-type"] == "image/webp"
        desk.move(14.9)
        assert (await stranger.get(address)).status_code == 404  # the preview is gone, the copy doesn't know it yet
        desk.move(1)
        address = (await desk.fetch(task_id))["imageUrl"]
        assert address == f"{desk.server.base_url}/mj/image/{task_id}"
        assert Image.open(io.BytesIO((await stranger.get(address)).content)).format == "PNG"
        assert (await stranger.get(f"{desk.server.base_url}/mj/image/1")).json() == {
            "error": "midjourney_task_not_found"
        }
        assert desk.server.ledger.requests["/mj/image/{id}"] == 5


async def test_a_misconfigured_gateway_names_itself_wrongly() -> None:
    async with Desk(dialect="gateway", server_address="http://localhost:3000") as desk:
        grid = await desk.grid()
        assert grid["imageUrl"] == f"http://localhost:3000/mj/image/{grid['id']}"
        assert (await desk.client.get(f"/mj/image/{grid['id']}")).status_code == 200


async def test_without_forwarding_pictures_are_the_engines() -> None:
    async with Desk(dialect="gateway", forwarding=False) as desk:
        grid = await desk.grid()
        assert grid["imageUrl"].startswith(f"{desk.server.base_url}/pictures/{grid['id']}/")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/mj/task/list"),
        ("GET", "/mj/task/queue"),
        ("POST", "/mj/task/list-by-ids"),
        ("POST", "/mj/task/1/cancel"),
        ("POST", "/mj/submit/retexture"),
        ("POST", "/mj/mj/submit/imagine"),
        ("POST", "/mj-fast/submit/imagine"),
        ("POST", "/fast/mj/submit/imagine"),
        ("POST", "/v1/mj/submit/imagine"),
        ("GET", "/"),
    ],
)
async def test_wrong_paths_are_invalid_urls(method: str, path: str) -> None:
    async with Desk(dialect="gateway") as desk:
        answer = await desk.client.request(method, path, json={"prompt": "a", "ids": []})
        status, message = error_of(answer)
        assert (status, message.startswith(f"Invalid URL ({method} {path})")) == (404, True)
        assert answer.json()["error"]["type"] == "invalid_request_error"


async def test_what_it_has_no_channel_for_and_what_it_has_not_implemented() -> None:
    async with Desk(dialect="gateway") as desk:
        answer = await desk.submit("simple-change", content="1 U1")
        assert (answer.status_code, answer.json()["error"]["code"]) == (503, "model_not_found")
        assert (await desk.client.post("/mj/notify", json={})).status_code == 501


@pytest.mark.parametrize("prefix", ["", "/mj-fast", "/mj-relax", "/mj-turbo"])
async def test_mode_prefixes_are_taken_off(prefix: str) -> None:
    async with Desk(dialect="gateway", prefix=prefix) as desk:
        task_id = await desk.imagine()
        assert (await desk.fetch(task_id))["id"] == task_id
        assert desk.server.submissions()[0].path == f"{prefix}/mj/submit/imagine"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Authorization": f"Bearer {KEY}"}, 200),
        ({"Authorization": "Bearer a-key-of-the-test"}, 200),
        ({"Authorization": KEY}, 200),
        ({"mj-api-secret": KEY}, 200),
        ({"Authorization": f"Bearer {KEY}", "mj-api-secret": "wrong"}, 200),
        ({"Authorization": "Bearer wrong", "mj-api-secret": KEY}, 401),
        ({"mj-api-secret": "wrong"}, 401),
        ({}, 401),
    ],
)
async def test_a_key_is_read_from_either_header_and_authorization_wins(headers: dict[str, str], status: int) -> None:
    async with Desk(dialect="gateway", headers=headers) as desk:
        answer = await desk.submit("imagine", prompt="a cat")
        assert answer.status_code == status
        if status == 401:
            assert answer.json()["error"]["type"] == "new_api_error"
            assert KEY not in answer.text


async def test_a_lost_task_stays_as_the_gateway_saw_it_last_unless_it_loses_it_too() -> None:
    async with Desk(dialect="gateway", speed={"imagine": 40}) as desk:
        task_id = await desk.imagine()
        desk.move(16)
        seen = await desk.fetch(task_id)
        desk.server.engine.forget(task_id, desk.server.now())
        desk.move(600)
        assert await desk.fetch(task_id) == seen
        desk.server.show(task_id, status="PAUSED")
        assert (await desk.fetch(task_id))["status"] == "PAUSED"
        desk.server.forget(task_id)
        assert (await desk.client.get(f"/mj/task/{task_id}/fetch")).status_code == 400


async def test_texts_and_seeds_come_through() -> None:
    async with Desk(dialect="gateway") as desk:
        task_id = await desk.taken("shorten", prompt="a very beautiful lighthouse, storm, waves, epic")
        desk.move(15)
        shown = await desk.fetch(task_id)
        assert "Shortened prompts" in shown["properties"]["finalPrompt"]
        assert shown["imageUrl"] == ""
        grid = await desk.grid()
        assert (await desk.client.get(f"/mj/task/{grid['id']}/image-seed")).json()["result"].isdigit()
        assert (await desk.client.get("/mj/task/1/image-seed")).status_code == 400


async def test_the_dialect_can_be_switched_while_it_runs() -> None:
    async with Desk() as desk:
        await desk.imagine()
        assert (await desk.client.post("/_/dialect", json={"name": "gateway"})).status_code == 200
        task_id = await desk.imagine()
        assert (await desk.fetch(task_id))["status"] == ""
        assert [task["id"] for task in desk.server.tasks()] == [task_id]
        desk.server.use("engine")
        assert (await desk.fetch(task_id))["status"] == "NOT_START"
        refused = await desk.client.post("/_/dialect", json={"name": "klingon"})
        assert (refused.status_code, "klingon" in refused.json()["error"]) == (400, True)
