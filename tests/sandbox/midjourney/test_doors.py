"""Paths and keys: which prefixes are served, which headers are read, what a provider may insist on or lack."""

import pytest

from tests.sandbox.midjourney.desk import KEY, Desk

BEARER = {"Authorization": f"Bearer {KEY}"}
RAW = {"Authorization": KEY}
SECRET = {"mj-api-secret": KEY}


@pytest.mark.parametrize("dialect", ["engine", "gateway", "change"])
@pytest.mark.parametrize("prefix", ["/mj-relax", "/fast"])
async def test_a_provider_may_serve_one_prefix_only(dialect: str, prefix: str) -> None:
    async with Desk(dialect=dialect, serves=(prefix,), prefix=prefix) as desk:
        task_id = await desk.imagine()
        assert (await desk.fetch(task_id))["id"] == task_id
        assert [task["id"] for task in await desk.list(task_id)] == [task_id]
        for wrong in ("", "/mj-fast", "/relax", f"{prefix}/mj-relax"):
            address = f"{desk.server.base_url}{wrong}/mj/submit/imagine"
            assert (await desk.client.post(address, json={"prompt": "a"})).status_code == 404
        assert len(desk.server.submissions()) == 1
        assert desk.server.ledger.requests["/mj/submit/imagine"] == 1


async def test_faults_meet_the_path_without_its_prefix() -> None:
    async with Desk(serves=("/mj-relax",), prefix="/mj-relax") as desk:
        desk.server.trouble("502 html")
        assert (await desk.submit("imagine", prompt="a cat")).status_code == 502


@pytest.mark.parametrize("dialect", ["engine", "gateway", "change"])
@pytest.mark.parametrize(
    ("auth", "good", "bad"),
    [
        ("bearer", [BEARER], [SECRET, RAW, {}]),
        ("mj-api-secret", [SECRET], [BEARER, RAW, {}]),
        ("raw", [RAW], [BEARER, SECRET, {}]),
        ("both", [BEARER, SECRET], [{"Authorization": "Bearer wrong"}, {}]),
    ],
)
async def test_a_key_counts_only_where_it_is_looked_for(
    dialect: str, auth: str, good: list[dict[str, str]], bad: list[dict[str, str]]
) -> None:
    async with Desk(dialect=dialect, auth=auth, headers={}) as desk:
        for headers in good:
            answer = await desk.client.post("/mj/submit/imagine", json={"prompt": "a"}, headers=headers)
            assert answer.status_code == 200
        for headers in bad:
            answer = await desk.client.post("/mj/submit/imagine", json={"prompt": "a"}, headers=headers)
            assert answer.status_code == 401
        assert len(desk.server.submissions()) == len(good)
        assert desk.server.ledger.requests["/mj/submit/imagine"] == len(good) + len(bad)


@pytest.mark.parametrize("dialect", ["engine", "gateway", "change"])
async def test_lists_may_be_unknown_and_the_question_counts(dialect: str) -> None:
    async with Desk(dialect=dialect, lists=False) as desk:
        task_id = await desk.imagine()
        answer = await desk.client.post("/mj/task/list-by-condition", json={"ids": [task_id]})
        assert answer.status_code == 404
        assert desk.server.ledger.requests["/mj/task/list-by-condition"] == 1
        assert (await desk.fetch(task_id))["id"] == task_id


@pytest.mark.parametrize("dialect", ["engine", "gateway"])
async def test_a_provider_may_insist_on_a_text_that_chooses_the_channel(dialect: str) -> None:
    async with Desk(dialect=dialect, insists=True) as desk:
        grid = await desk.grid()
        body = {"taskId": grid["id"], "customId": grid["buttons"][0]["customId"]}
        assert (await desk.submit("action", **body)).status_code == 400
        assert (await desk.submit("action", **body, chooseSameChannel=True)).status_code == 400
        assert await desk.taken("action", **body, chooseSameChannel="true")
