"""The small web app: how the bot is, and nothing more."""

import asyncio
import signal
import socket
import time
from collections.abc import AsyncIterator, Callable

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from bot.web import Health, PortTaken, WebServer, bind, build_web

OK = Health(status="ok", version="1.2.3", workers={"poller": 0.1234, "sender": None})


def asking(health: Callable[[], Health]) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(build_web(health)), base_url="http://bot.example")


async def test_a_healthy_bot_says_so() -> None:
    async with asking(lambda: OK) as client:
        answer = await client.get("/health")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.json() == {"status": "ok", "version": "1.2.3", "workers": {"poller": 0.1, "sender": None}}


@pytest.mark.parametrize("status", ["starting", "stopping", "stuck"])
async def test_a_bot_that_is_not_working_says_so_with_503(status: str) -> None:
    async with asking(lambda: Health(status=status, version="1", workers={})) as client:  # type: ignore[arg-type]
        answer = await client.get("/health")
    assert answer.status_code == 503
    assert answer.json()["status"] == status


async def test_each_request_asks_anew() -> None:
    states = iter([OK, Health(status="stuck", version="1", workers={})])
    async with asking(lambda: next(states)) as client:
        assert [(await client.get("/health")).status_code for _ in range(2)] == [200, 503]


@pytest.mark.parametrize("path", ["/", "/health/", "/metrics", "/docs", "/health/../secret", "//other.example"])
async def test_an_unknown_path_is_404_in_plain_text(path: str) -> None:
    async with asking(lambda: OK) as client:
        answer = await client.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (404, "text/plain; charset=utf-8")
    assert "location" not in answer.headers


async def test_health_is_only_read() -> None:
    async with asking(lambda: OK) as client:
        assert (await client.post("/health", content=b"x")).status_code == 405
        assert (await client.head("/health")).status_code == 200


# the server


async def slow(_request: Request) -> PlainTextResponse:
    await asyncio.Event().wait()
    return PlainTextResponse("never")


@pytest.fixture
async def address() -> AsyncIterator[str]:
    listening = bind("127.0.0.1", 0)
    server = WebServer(build_web(lambda: OK), listening)
    await server.start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    await server.stop()


async def test_it_answers_over_the_network_and_does_not_name_its_server(address: str) -> None:
    async with httpx.AsyncClient() as client:
        answer = await client.get(f"{address}/health")
    assert answer.json()["status"] == "ok"
    assert "server" not in answer.headers


async def test_signals_stay_with_the_bot() -> None:
    before = signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)
    server = WebServer(build_web(lambda: OK), bind("127.0.0.1", 0))
    await server.start()
    during = signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)
    await server.stop()
    assert during == before


async def test_once_stopped_the_port_is_free_again() -> None:
    listening = bind("127.0.0.1", 0)
    port = listening.getsockname()[1]
    server = WebServer(build_web(lambda: OK), listening)
    await server.start()
    await server.stop()
    await server.stop()
    async with httpx.AsyncClient() as client:
        with pytest.raises(httpx.ConnectError):
            await client.get(f"http://127.0.0.1:{port}/health")
    bind("127.0.0.1", port).close()


async def test_a_server_that_never_started_gives_its_port_back() -> None:
    listening = bind("127.0.0.1", 0)
    await WebServer(build_web(lambda: OK), listening).stop()
    assert listening.fileno() == -1


async def test_stopping_does_not_wait_for_those_who_only_keep_the_line_open() -> None:
    listening = bind("127.0.0.1", 0)
    server = WebServer(build_web(lambda: OK), listening)
    await server.start()
    silent_reader, silent = await asyncio.open_connection(*listening.getsockname())
    half_reader, half = await asyncio.open_connection(*listening.getsockname())
    half.write(b"GET /health HTT")
    await half.drain()
    began = time.monotonic()
    await server.stop()
    assert time.monotonic() - began < 1
    for reader, writer in ((silent_reader, silent), (half_reader, half)):
        await reader.read()
        writer.close()
        await writer.wait_closed()


async def test_stopping_gives_up_on_an_answer_that_does_not_end() -> None:
    listening = bind("127.0.0.1", 0)
    server = WebServer(Starlette(routes=[Route("/slow", slow)]), listening)
    await server.start()
    reader, writer = await asyncio.open_connection(*listening.getsockname())
    writer.write(b"GET /slow HTTP/1.1\r\nHost: bot.example\r\n\r\n")
    await writer.drain()
    await asyncio.sleep(0.05)
    began = time.monotonic()
    await server.stop()
    assert time.monotonic() - began < 2
    await asyncio.wait_for(reader.read(), 1)
    writer.close()
    await writer.wait_closed()


def test_a_taken_port_is_told_by_the_settings_name() -> None:
    with bind("127.0.0.1", 0) as first, pytest.raises(PortTaken, match=r"^HTTP_PORT: in use; ") as taken:
        bind("127.0.0.1", first.getsockname()[1])
    assert "\n" not in str(taken.value)


@pytest.mark.parametrize("host", ["a" * 70, "192.0.2.1", "2001:db8::1"])
def test_a_host_that_is_not_ours_is_told_by_the_settings_name(host: str) -> None:
    with pytest.raises(PortTaken, match=r"^HTTP_HOST: ") as told:
        bind(host, 0)
    assert host not in str(told.value)


def test_a_host_may_be_a_name() -> None:
    with bind("localhost", 0) as listening:
        assert listening.family is socket.AF_INET
