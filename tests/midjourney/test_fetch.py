"""Questions about tasks: how many, which, and what their answers are taken for."""

import asyncio

import pytest

from domain.provider import ProviderSilent, RemoteStatus
from domain.task import RemoteId
from midjourney.asking import AT_ONCE, MOST_BYTES
from midjourney.probing import Finding
from tests.midjourney.conftest import KEY
from tests.midjourney.raw import by_path, respond
from tests.midjourney.samples import sample

LIST = "/mj/task/list-by-condition"
IDS = [RemoteId(str(1752210000000000 + n)) for n in range(7)]
NO_LIST = respond(404, {"error": {"message": "Invalid URL"}})


def row(remote_id, status="IN_PROGRESS", **fields):
    return {"id": remote_id, "status": status, **fields}


async def answer_list(request, writer):
    await respond(200, [row(remote_id) for remote_id in request.json["ids"]])(request, writer)


async def answer_one(request, writer):
    await respond(200, row(request.path.split("/")[-2]))(request, writer)


def found(report):
    return {snapshot.remote_id for snapshot in report.found}


async def test_one_request_asks_about_many_tasks(client, server):
    server.behaviour = answer_list
    report = await client.fetch(IDS)
    assert found(report) == set(IDS)
    assert report.missing == frozenset()
    assert [(request.method, request.path) for request in server.requests] == [("POST", LIST)]
    assert server.requests[0].json == {"ids": IDS}


async def test_nothing_is_asked_about_nothing(client, server):
    assert (await client.fetch([])).found == ()
    assert server.requests == []


async def test_a_list_asks_about_fifty_at_most(client, server):
    server.behaviour = answer_list
    many = [RemoteId(str(10**15 + n)) for n in range(120)]
    assert len((await client.fetch([*many, *many])).found) == 120
    assert [len(request.json["ids"]) for request in server.requests] == [50, 50, 20]


async def test_questions_share_a_connection(client, server):
    server.behaviour = answer_list
    for _ in range(3):
        await client.fetch(IDS)
    assert server.connections == 1


async def test_what_a_list_leaves_out_is_missing_and_what_nobody_asked_about_is_ignored(client, server):
    server.behaviour = respond(200, [row(IDS[0]), row("999"), None, {"id": None}, "x"])
    report = await client.fetch(IDS[:3])
    assert found(report) == {IDS[0]}
    assert report.missing == {IDS[1], IDS[2]}


async def test_of_two_rows_the_more_advanced_one_is_told(client, server):
    server.behaviour = respond(200, sample("8.30"))
    (snapshot,) = (await client.fetch([RemoteId(sample("8.30")[0]["id"])])).found
    assert snapshot.status is RemoteStatus.RUNNING


@pytest.mark.parametrize("no_list", [NO_LIST, respond(405, b""), respond(501, b""), respond(200, {"code": 4})])
async def test_without_lists_tasks_are_asked_about_one_by_one_and_that_is_remembered(client, server, clock, no_list):
    server.behaviour = by_path({LIST: no_list}, answer_one)
    for _ in range(2):
        assert found(await client.fetch(IDS)) == set(IDS)
    asked_for_lists = [request for request in server.requests if request.path == LIST]
    assert len(asked_for_lists) == 1
    assert len(server.requests) == 1 + 2 * len(IDS)
    clock.move(minutes=59)
    await client.fetch(IDS[:1])
    assert server.requests[-1].path == f"/mj/task/{IDS[0]}/fetch"
    clock.move(minutes=1)
    server.behaviour = answer_list
    await client.fetch(IDS)
    assert server.requests[-1].path == LIST


async def test_at_most_four_are_asked_about_at_once(client, server):
    at_once, most = 0, 0

    async def slow(request, writer):
        nonlocal at_once, most
        at_once += 1
        most = max(most, at_once)
        await asyncio.sleep(0.01)
        at_once -= 1
        await answer_one(request, writer)

    server.behaviour = by_path({LIST: NO_LIST}, slow)
    await client.fetch(IDS)
    assert most == AT_ONCE


async def test_one_by_one_what_was_learned_is_told(client, server):
    first, second, third, fourth, fifth, *_ = IDS
    server.behaviour = by_path(
        {
            LIST: NO_LIST,
            f"{first}/fetch": answer_one,
            f"{second}/fetch": respond(400, {"description": "task_no_found ", "code": 4}),
            f"{third}/fetch": respond(200, row("999")),
            f"{fourth}/fetch": respond(502, b"<html>"),
            f"{fifth}/fetch": respond(200, b""),
        }
    )
    report = await client.fetch([first, second, third, fourth, fifth])
    assert found(report) == {first}
    assert report.missing == {second, fifth}


async def test_when_nothing_was_learned_the_provider_is_silent(client, server):
    server.behaviour = by_path({LIST: NO_LIST}, respond(503, b"", {"retry-after": "30"}))
    with pytest.raises(ProviderSilent, match="HTTP 503") as silence:
        await client.fetch(IDS)
    assert silence.value.retry_after == 30


async def test_another_tasks_body_alone_is_silence(client, server):
    server.behaviour = by_path({LIST: NO_LIST}, respond(200, row("999")))
    with pytest.raises(ProviderSilent):
        await client.fetch(IDS[:1])


async def test_a_provider_that_wants_no_questions_is_not_asked_seven(client, server):
    server.behaviour = by_path({LIST: NO_LIST}, respond(429, b""))
    with pytest.raises(ProviderSilent):
        await client.fetch(IDS)
    assert len(server.requests) <= 1 + AT_ONCE


@pytest.mark.parametrize(
    "behaviour",
    [respond(status, b"<html>") for status in (200, 401, 403, 429, 500, 502, 302)] + [respond(200, b"[{")],
)
async def test_an_answer_that_says_nothing_is_silence_and_no_reason_to_ask_one_by_one(client, server, behaviour):
    server.behaviour = behaviour
    for _ in range(2):
        with pytest.raises(ProviderSilent):
            await client.fetch(IDS)
    assert [request.path for request in server.requests] == [LIST, LIST]


async def test_a_second_part_that_fails_does_not_spoil_the_first(client, server):
    async def once(request, writer):
        await (answer_list if len(server.requests) == 1 else respond(500, b""))(request, writer)

    server.behaviour = once
    many = [RemoteId(str(10**15 + n)) for n in range(60)]
    report = await client.fetch(many)
    assert found(report) == set(many[:50])
    assert not report.missing


async def test_nobody_there_is_silence_that_tells_no_secrets(make_client):
    with pytest.raises(ProviderSilent) as silence:
        await make_client("http://127.0.0.1:1").fetch(IDS)
    assert str(silence.value) == "ConnectError"
    assert silence.value.__cause__ is silence.value.__context__ is None


async def test_a_bad_key_is_told_by_no_error(make_client, server):
    with pytest.raises(ProviderSilent) as silence:
        await make_client(server.url, api_key=f"{KEY}\n").fetch(IDS)
    assert KEY not in str(silence.value)
    assert silence.value.__context__ is None


async def test_a_list_without_end_is_not_read_to_its_end(client, server):
    async def flood(_request, writer):
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n[")
        while True:
            writer.write(b" " * 262144)
            await writer.drain()

    server.behaviour = flood
    with pytest.raises(ProviderSilent, match="Overlong"):
        await client.fetch(IDS)


async def test_a_long_list_is_read(client, server):
    words = "x" * (MOST_BYTES // 8)
    server.behaviour = respond(200, [row(remote_id, prompt=words) for remote_id in IDS])
    assert found(await client.fetch(IDS)) == set(IDS)


@pytest.mark.parametrize(
    ("behaviour", "finding", "what"),
    [
        (respond(200, []), Finding.OK, ""),
        (by_path({LIST: NO_LIST}, respond(200, b"")), Finding.OK, ""),
        (by_path({LIST: NO_LIST}, respond(400, {"description": "task_no_found ", "code": 4})), Finding.OK, ""),
        (by_path({LIST: NO_LIST}, respond(204, b"")), Finding.OK, ""),
        (respond(401, b""), Finding.UNAUTHORISED, "HTTP 401"),
        (respond(403, {"error": {}}), Finding.UNAUTHORISED, "HTTP 403"),
        (by_path({LIST: NO_LIST}, respond(401, b"")), Finding.UNAUTHORISED, "HTTP 401"),
        (respond(404, b"<html>"), Finding.ODD, "HTTP 404"),
        (respond(200, b"<html>", {"content-type": "text/html"}), Finding.ODD, "HTTP 200, a page"),
        (respond(302, b"", {"location": "/login"}), Finding.ODD, "HTTP 302"),
        (respond(502, b""), Finding.ODD, "HTTP 502"),
        (respond(200, b"x", {"content-encoding": "br"}), Finding.ODD, "Garbled"),
    ],
)
async def test_a_probe_tells_what_is_there(client, server, behaviour, finding, what):
    server.behaviour = behaviour
    probe = await client.probe()
    assert (probe.finding, probe.what) == (finding, what)
    assert probe.good is (finding is Finding.OK)
    assert not any("submit" in request.path for request in server.requests)


async def test_a_probe_of_nobody_tells_so(make_client):
    assert (await make_client("http://127.0.0.1:1").probe()).finding is Finding.UNREACHABLE


async def test_the_origin_and_the_base_are_known(make_client):
    client = make_client("https://API.example/v1/mj-fast/mj/")
    assert (client.name, client.origin, client.base_url) == ("sandbox", "https://api.example", "https://api.example/v1")
