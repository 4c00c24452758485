"""A submit over a real connection: what is done before its first byte, and what each kind of break comes to."""

import asyncio
import gzip
import socket
import tracemalloc

import httpx
import pytest

from domain.provider import Withdrawn
from domain.task import Imagine, Press, RemoteId
from domain.verdict import Accepted, Reason, Refused, Unclear, Window
from midjourney.client import MOST_BYTES, ProviderConfig
from tests.midjourney.conftest import KEY
from tests.midjourney.raw import respond
from tests.midjourney.samples import sample, sample_bytes

CAT = Imagine(prompt="a cat 🐈 \ud83d")
ID = RemoteId("1752210001234567")
YES = Accepted(remote_ids=(ID,))
PRESS = Press(parent=ID, custom_id="MJ::CustomZoom::u")


async def nothing():
    pass


def recorder(events):
    async def about_to_send():
        events.append("about to send")
        await asyncio.sleep(0.02)  # long enough for a byte to overtake it
        events.append("written down")

    return about_to_send


def free_port():
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        return unused.getsockname()[1]


async def submit(client, submission=CAT, about_to_send=nothing):
    return await client.submit(submission, state="nonce", about_to_send=about_to_send)


async def test_what_is_due_before_the_first_byte_is_done_when_the_connection_stands(client, server, events):
    server.behaviour = respond(200, sample("8.01"))
    assert await submit(client, about_to_send=recorder(events)) == YES
    assert [event for event in events if event != "connected"][:3] == ["about to send", "written down", "first byte"]
    assert events.index("connected") < events.index("written down")
    assert events.count("about to send") == 1


@pytest.mark.parametrize(
    "stop", [Withdrawn(), RuntimeError("database"), httpx.ConnectError("mine"), OSError("disk"), TimeoutError()]
)
async def test_what_stops_a_submit_comes_through_as_it_is_and_nothing_is_sent(client, server, events, stop):
    async def about_to_send():
        raise stop

    with pytest.raises(type(stop)) as caught:
        await submit(client, about_to_send=about_to_send)
    assert caught.value is stop
    await server.closed.wait()
    assert "first byte" not in events
    assert server.requests == []


async def test_after_a_stopped_submit_the_next_one_goes(client, server):
    async def about_to_send():
        raise Withdrawn

    server.behaviour = respond(200, sample("8.01"))
    for _ in range(3):
        with pytest.raises(Withdrawn):
            await submit(client, about_to_send=about_to_send)
    assert await submit(client) == YES


async def test_each_submit_has_a_connection_of_its_own(client, server):
    server.behaviour = respond(200, sample("8.01"))
    for _ in range(3):
        await submit(client)
    await asyncio.gather(*(submit(client) for _ in range(5)))
    assert len({request.connection for request in server.requests}) == server.connections == 8


@pytest.mark.parametrize(
    ("auth", "authorization", "secret"),
    [
        ("bearer", f"Bearer {KEY}", None),
        ("raw", KEY, None),
        ("mj-api-secret", None, KEY),
        ("both", f"Bearer {KEY}", KEY),
    ],
)
async def test_the_key_goes_the_way_that_is_set(make_client, server, auth, authorization, secret):
    server.behaviour = respond(200, sample("8.01"))
    await submit(make_client(server.url, auth=auth))
    headers = server.requests[0].headers
    assert headers.get("authorization") == (authorization and authorization.lower())
    assert headers.get("mj-api-secret") == (secret and secret.lower())


@pytest.mark.parametrize(
    ("tail", "mode", "path"),
    [
        ("/", "default", "/mj/submit/imagine"),
        ("/mj/", "default", "/mj/submit/imagine"),
        ("/fast/mj", "default", "/fast/mj/submit/imagine"),
        ("/mj", "relax", "/mj-relax/mj/submit/imagine"),
    ],
)
async def test_the_path_is_built_from_whatever_address(make_client, server, tail, mode, path):
    server.behaviour = respond(200, sample("8.01"))
    await submit(make_client(server.url + tail, mode=mode))
    assert server.requests[0].path == path
    assert server.requests[0].json["state"] == "nonce"


async def test_a_refused_connection_is_refused_for_now(make_client):
    written = []

    async def about_to_send():
        written.append("down")

    client = make_client(f"http://127.0.0.1:{free_port()}")
    assert await submit(client, about_to_send=about_to_send) == Refused(reason=Reason.UNREACHABLE, busy=True)
    assert written == []


@pytest.mark.parametrize("url", ["http://nowhere.invalid", "http://[::1]:1/", "http://a..b/"])
async def test_a_host_that_cannot_be_found_is_refused_for_now(make_client, url):
    assert await submit(make_client(url)) == Refused(reason=Reason.UNREACHABLE, busy=True)


async def test_a_server_that_speaks_no_tls_is_refused_for_now(make_client, server):
    client = make_client(server.url.replace("http:", "https:"))
    assert await submit(client) == Refused(reason=Reason.UNREACHABLE, busy=True)


async def test_a_connection_dropped_after_the_headers_is_unclear(client, server):
    async def drop(_request, writer):
        writer.transport.abort()

    server.behaviour = drop
    verdict = await submit(client)
    assert isinstance(verdict, Unclear)
    assert verdict.what in {"ReadError", "RemoteProtocolError"}


async def test_a_truncated_yes_is_unclear(client, server):
    async def truncate(_request, writer):
        writer.write(b'HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"code": 1, "result": "1752210001234567"}')
        await writer.drain()
        writer.close()

    server.behaviour = truncate
    assert await submit(client) == Unclear(what="RemoteProtocolError")


async def test_an_answer_that_is_not_http_is_unclear(client, server):
    async def babble(_request, writer):
        writer.write(b"SSH-2.0-OpenSSH_9.2\r\n\r\n")
        await writer.drain()
        writer.close()

    server.behaviour = babble
    assert await submit(client) == Unclear(what="RemoteProtocolError")


async def test_an_answer_that_trickles_for_ever_is_unclear(make_client, server):
    async def trickle(_request, writer):
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            writer.write(b" ")
            await writer.drain()
            await asyncio.sleep(0.01)

    server.behaviour = trickle
    assert await submit(make_client(server.url, patience=0.1)) == Unclear(what="TimeoutError")


async def test_patience_does_not_begin_before_the_first_byte(make_client, server):
    async def about_to_send():
        await asyncio.sleep(0.15)

    server.behaviour = respond(200, sample("8.01"))
    assert await submit(make_client(server.url, patience=0.1), about_to_send=about_to_send) == YES


async def test_an_endless_answer_is_not_read_to_its_end(client, server):
    sent = []

    async def flood(_request, writer):
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            writer.write(b"x" * 65536)
            await writer.drain()
            sent.append(65536)

    server.behaviour = flood
    assert await submit(client) == Unclear(what="Overlong")
    assert sum(sent) < 20 * MOST_BYTES


async def test_a_small_answer_does_not_unpack_into_a_large_one(client, server):
    bomb = gzip.compress(b" " * (20 * MOST_BYTES))
    assert len(bomb) < MOST_BYTES
    server.behaviour = respond(200, bomb, {"content-encoding": "gzip"})
    tracemalloc.start()
    try:
        assert await submit(client) == Unclear(what="Overlong")
        assert tracemalloc.get_traced_memory()[1] < 8 * MOST_BYTES
    finally:
        tracemalloc.stop()


async def test_a_packed_answer_is_unpacked_unless_it_is_cut_or_strange(client, server):
    packed = gzip.compress(b'{"code": 1, "result": "1752210001234567"}')
    server.behaviour = respond(200, packed, {"content-encoding": "gzip"})
    assert await submit(client) == YES
    server.behaviour = respond(200, packed[:-12], {"content-encoding": "gzip"})
    assert await submit(client) == Unclear(what="Garbled")
    server.behaviour = respond(200, b"not packed", {"content-encoding": "gzip"})
    assert await submit(client) == Unclear(what="Garbled")
    server.behaviour = respond(200, packed, {"content-encoding": "br"})
    assert await submit(client) == Unclear(what="Garbled")


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_a_redirect_is_refused_and_the_key_does_not_go_on(client, server, status):
    server.behaviour = respond(status, b"", {"location": server.url.replace("127.0.0.1", "localhost") + "/elsewhere"})
    verdict = await submit(client)
    assert verdict == Refused(reason=Reason.REDIRECTED, said=verdict.said)
    assert [request.path for request in server.requests] == ["/mj/submit/imagine"]


async def test_a_wait_that_is_asked_for_is_told(client, server):
    server.behaviour = respond(429, sample("8.11-c"), {"Retry-After": "42"})
    assert (await submit(client)).retry_after == 42


async def test_a_press_may_open_a_window_and_nothing_else_does(client, server):
    server.behaviour = respond(200, sample("8.04"))
    window = RemoteId("1752210155550321")
    assert isinstance(await submit(client, PRESS), Window)
    assert await submit(client, CAT) == Accepted(remote_ids=(window,))


async def test_being_cancelled_is_let_through_and_closes_the_connection(client, server, events):
    arrived = asyncio.Event()

    async def hang(_request, writer):
        arrived.set()
        await asyncio.Event().wait()

    server.behaviour = hang
    task = asyncio.create_task(submit(client))
    await arrived.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


@pytest.mark.parametrize("status", [200, 400, 401, 403, 500])
async def test_neither_key_nor_host_come_back_in_words(make_client, server, status):
    client = make_client(server.url)
    host = server.url.removeprefix("http://")
    words = f"nope {KEY} {KEY.removeprefix('sk-')} Bearer {KEY} at {server.url}/mj {host} {host.split(':')[0]}"
    server.behaviour = respond(status, {"code": 4, "description": words})
    verdict = repr(await submit(client))
    for secret in (KEY, KEY.removeprefix("sk-"), host, "127.0.0.1"):
        assert secret not in verdict


def test_a_description_of_a_provider_does_not_show_its_key():
    config = ProviderConfig(name="n", base_url="https://api.example", api_key=KEY)
    assert KEY not in f"{config!r}{config}"
    assert "api.example" in repr(config)


async def test_the_key_is_in_no_representation(make_client, server):
    client = make_client(server.url)
    for thing in (client, client._submits, client._asking, vars(client)):
        assert KEY not in repr({**thing, "_hidden": ()} if isinstance(thing, dict) else thing)


async def test_a_key_that_cannot_be_a_header_is_not_told(make_client, server):
    verdict = await submit(make_client(server.url, api_key=f"{KEY}\n"))
    assert KEY not in repr(verdict)
    assert server.requests == []


async def test_a_transport_that_does_not_tell_its_steps_is_told_for(make_client):
    steps = []

    def answer(_request):
        steps.append("sent")
        return httpx.Response(200, stream=httpx.ByteStream(sample_bytes("8.01")))

    client = make_client("https://api.example", transport=httpx.MockTransport(answer))
    assert await submit(client, about_to_send=recorder(steps)) == YES
    assert steps == ["about to send", "written down", "sent"]
