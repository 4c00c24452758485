"""A reseller that knows only `change`: few paths, ids of every make, a repeated change names the task it made."""

from typing import Any

import pytest

from tests.sandbox.midjourney.desk import Desk


async def test_a_grid_is_followed_up_by_change_alone() -> None:
    async with Desk(dialect="change") as desk:
        grid = await desk.grid()
        for action, index in (("UPSCALE", 2), ("VARIATION", 3), ("REROLL", 1)):
            task_id = await desk.taken("change", taskId=grid["id"], action=action, index=index)
            desk.move(60)
            shown = await desk.fetch(task_id)
            assert (shown["status"], bool(shown["imageUrl"])) == ("SUCCESS", True)
        assert len({charge.task_id for charge in desk.server.charges}) == 4
        assert [charge.amount for charge in desk.server.charges] == [10, 5, 10, 10]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/mj/submit/action"),
        ("POST", "/mj/submit/modal"),
        ("POST", "/mj/submit/shorten"),
        ("POST", "/mj/submit/simple-change"),
        ("POST", "/mj/submit/video"),
        ("GET", "/mj/task/list"),
        ("GET", "/mj/task/1/image-seed"),
        ("POST", "/mj/task/1/cancel"),
        ("POST", "/mj-fast/mj/submit/imagine"),
        ("GET", "/mj/image/1"),
    ],
)
async def test_all_other_paths_are_invalid_urls(method: str, path: str) -> None:
    async with Desk(dialect="change") as desk:
        answer = await desk.client.request(method, path, json={"prompt": "a"} if method == "POST" else None)
        assert answer.status_code == 404
        assert answer.json()["error"]["message"].startswith(f"Invalid URL ({method} {path})")


async def test_a_repeated_change_is_answered_with_the_task_that_exists() -> None:
    async with Desk(dialect="change") as desk:
        grid = await desk.grid()
        body = {"taskId": grid["id"], "action": "UPSCALE", "index": 2}
        made = await desk.taken("change", **body)
        again = (await desk.submit("change", **body)).json()
        assert (again["code"], again["description"], again["result"]) == (21, "任务已存在", made)
        assert again["properties"] == {"status": "NOT_START", "imageUrl": None}
        desk.move(60)
        again = (await desk.submit("change", **body)).json()
        assert again["properties"]["status"] == "SUCCESS"
        assert again["properties"]["imageUrl"].startswith("http")
        assert await desk.taken("change", **(body | {"index": 3})) != made
        rerolled = await desk.taken("change", taskId=grid["id"], action="REROLL", index=1)
        assert await desk.taken("change", taskId=grid["id"], action="REROLL", index=2) == rerolled
        assert [charge.amount for charge in desk.server.charges] == [10, 5, 5, 10]
        desk.server.forget(made)
        assert await desk.taken("change", **body) != made


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"taskId": "1", "action": "REROLL", "index": 1}, 200, 3),
        ({"taskId": "1", "action": "UPSCALE", "index": 1}, 200, 3),
        ({"taskId": "1", "action": "DANCE", "index": 1}, 200, 4),
        ({"taskId": "1", "action": "UPSCALE", "index": 5}, 200, 4),
        ({"taskId": "1", "action": "REROLL"}, 400, 4),
    ],
)
async def test_a_wrong_change_is_refused(body: dict[str, Any], status: int, code: int) -> None:
    async with Desk(dialect="change") as desk:
        answer = await desk.submit("change", **body)
        assert (answer.status_code, answer.json()["code"]) == (status, code)


async def test_only_a_finished_grid_can_be_rerolled() -> None:
    async with Desk(dialect="change") as desk:
        task_id = await desk.imagine()
        early = await desk.submit("change", taskId=task_id, action="REROLL", index=1)
        assert early.json()["description"] == "关联任务状态错误"
        desk.move(60)
        single = await desk.taken("change", taskId=task_id, action="UPSCALE", index=1)
        desk.move(60)
        assert (await desk.submit("change", taskId=single, action="REROLL", index=1)).json()["code"] == 4


@pytest.mark.parametrize("dialect", ["engine", "gateway", "change"])
async def test_ids_may_be_integers_of_seventeen_digits(dialect: str) -> None:
    async with Desk(dialect=dialect, ids="integer", digits=17) as desk:
        answers = [(await desk.submit("imagine", prompt=f"cat {n}")).json()["result"] for n in range(2)]
        assert all(isinstance(one, int) and len(str(one)) == 17 for one in answers)
        assert answers[0] < answers[1]
        assert (await desk.fetch(str(answers[0])))["id"] == str(answers[0])
        banned = (await desk.submit("imagine", prompt="a nude cat")).json()
        assert (banned["code"], banned["result"]) == (24, None)


@pytest.mark.parametrize("dialect", ["engine", "gateway", "change"])
async def test_buttons_may_be_null_for_ever(dialect: str) -> None:
    async with Desk(dialect=dialect, buttons=False) as desk:
        grid = await desk.grid()
        assert (grid["status"], grid["buttons"]) == ("SUCCESS", None)
        assert await desk.taken("change", taskId=grid["id"], action="UPSCALE", index=1)


async def test_types_are_strict_and_a_describe_is_taken() -> None:
    async with Desk(dialect="change") as desk:
        answer = await desk.submit("imagine", prompt="a", state=1)
        assert (answer.status_code, "state" in answer.json()["error"]["message"]) == (400, True)
        assert (await desk.submit("describe")).json()["code"] == 4
