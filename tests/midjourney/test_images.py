"""Pictures from addresses that somebody else chose."""

import asyncio
import contextlib
import gzip
import ssl
import tracemalloc

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.task import RemoteId
from midjourney.images import PictureFetcher, PictureRefused, PictureUnavailable, sniff
from tests.midjourney.raw import by_path, respond

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 40
ID = RemoteId("1752210001234567")
NAMES = {
    "cdn.example": ["93.184.216.34"],
    "six.example": ["2606:4700::1"],
    "two.example": ["93.184.216.34", "93.184.216.35"],
    "mixed.example": ["93.184.216.34", "10.0.0.1"],
    "inside.example": ["10.0.0.1"],
    "metadata.example": ["169.254.169.254"],
    "localhost": ["127.0.0.1"],
    "127.0.0.1": ["127.0.0.1"],
    "2130706433": ["127.0.0.1"],
    "::1": ["::1"],
    "api.example": ["93.184.216.40"],
    "empty.example": [],
    "xn--bcher-kva.example": ["93.184.216.50"],
}


def reply(status, *, content=b"", headers=None):
    """An answer that comes in pieces, as one over a network does."""
    return httpx.Response(status, stream=httpx.ByteStream(content), headers=headers)


class Web:
    """A web of made-up hosts; keeps what it was asked."""

    def __init__(self):
        self.asked = []
        self.looked_up = []
        self.answers = {}

    async def resolve(self, host, _port):
        self.looked_up.append(host)
        if host not in NAMES:
            raise OSError("Name or service not known")
        return NAMES[host]

    def answer(self, request):
        self.asked.append(request)
        answer = self.answers.get(str(request.url)) or self.answers.get(request.url.path) or reply(200, content=PNG)
        if isinstance(answer, Exception):
            raise answer
        return answer


@pytest.fixture
def web():
    return Web()


@contextlib.asynccontextmanager
async def fetching(web, **settings):
    fetcher = PictureFetcher(
        **{"origins": (), "own_base": "https://api.example", "resolver": web.resolve}
        | {"transport": httpx.MockTransport(web.answer)}
        | settings
    )
    try:
        yield fetcher
    finally:
        await fetcher.aclose()


async def fetch(web, url, *, remote_id=None, **settings):
    async with fetching(web, **settings) as fetcher:
        return await fetcher.fetch(url, remote_id=remote_id)


async def test_the_connection_goes_to_the_checked_address_under_the_hosts_name(web):
    web.answers["/a b.png"] = reply(200, content=PNG, headers={"content-type": "image/png"})
    picture = await fetch(web, "https://cdn.example:8443/a%20b.png?ex=1&is=2#part")
    assert (picture.data, picture.kind, picture.content_type) == (PNG, "png", "image/png")
    (request,) = web.asked
    assert str(request.url).startswith("https://93.184.216.34:8443/a%20b.png?ex=1&is=2")
    assert request.headers["host"] == "cdn.example:8443"
    assert request.extensions["sni_hostname"] == "cdn.example"
    assert web.looked_up == ["cdn.example"]


async def test_nothing_of_ours_goes_along(web):
    await fetch(web, "https://cdn.example/1.png")
    assert set(web.asked[0].headers) == {"host", "accept", "accept-encoding", "user-agent"}
    assert web.asked[0].headers["accept-encoding"] == "identity"


async def test_cookies_are_not_kept(web):
    web.answers["/1"] = reply(302, headers={"location": "/2", "set-cookie": "a=b"})
    await fetch(web, "https://cdn.example/1")
    assert [("cookie" in request.headers) for request in web.asked] == [False, False]


async def test_other_alphabets_and_ipv6_work(web):
    await fetch(web, "https://six.example/1")
    await fetch(web, "https://bücher.example/1")
    assert [request.url.host for request in web.asked] == ["2606:4700::1", "93.184.216.50"]
    assert web.asked[1].headers["host"] == "xn--bcher-kva.example"


@pytest.mark.parametrize(
    "url",
    [
        "http://inside.example/1", "http://mixed.example/1", "http://metadata.example/latest", "http://localhost/1",
        "http://127.0.0.1/1", "http://[::1]/1", "http://2130706433/1", "http://empty.example/1", "http://new-api:3000/1",
    ],
)  # fmt: skip
async def test_private_places_are_refused(web, url):
    with pytest.raises(PictureRefused, match="private"):
        await fetch(web, url)
    assert web.asked == []


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd", "ftp://cdn.example/1", "data:image/png;base64,AAAA", "gopher://cdn.example",
        "cdn.example/1", "//cdn.example/1", "", "http://", "http:///1", "https://user:pass@cdn.example/1", "https://user@cdn.example/1",
        "http://cdn.example\\@localhost/", "http://cdn.example:0/", "http://cdn.example:99999/", "http://[::1/",
        "http://cdn.example:port/", "http://\x00/", "http://" + "a" * 70_000,
    ],
)  # fmt: skip
async def test_what_is_no_plain_web_address_is_refused(web, url):
    with pytest.raises(PictureRefused):
        await fetch(web, url, remote_id=ID)
    assert web.asked == []


async def test_an_unknown_host_may_be_known_later(web):
    with pytest.raises(PictureUnavailable) as error:
        await fetch(web, "https://unknown.example/1")
    assert not error.value.gone


@pytest.mark.parametrize(
    ("origin", "url"),
    [
        ("http://inside.example", "http://inside.example/1"),
        ("http://inside.example:80", "http://INSIDE.example:80/1"),
        ("http://127.0.0.1:9000", "http://127.0.0.1:9000/1"),
        ("https://localhost", "https://localhost:443/1"),
    ],
)
async def test_an_allowed_origin_may_be_private(web, origin, url):
    assert (await fetch(web, url, origins=(origin,))).kind == "png"


@pytest.mark.parametrize("url", ["https://inside.example/1", "http://inside.example:81/1", "http://x.inside.example/1"])
async def test_an_origin_is_scheme_host_and_port(web, url):
    NAMES.setdefault("x.inside.example", ["10.0.0.1"])
    with pytest.raises(PictureRefused):
        await fetch(web, url, origins=("http://inside.example",))


@pytest.mark.parametrize(
    "url", ["http://localhost:3000/mj/image/9?rand=1", "http://10.0.0.1/x", "http://new-api:3000/x"]
)
async def test_a_gateways_own_address_is_rebuilt(web, url):
    NAMES.setdefault("10.0.0.1", ["10.0.0.1"])
    await fetch(web, url, remote_id=ID)
    (request,) = web.asked
    assert str(request.url) == f"https://93.184.216.40/mj/image/{ID}"
    assert request.headers["host"] == "api.example"


async def test_a_rebuilt_address_may_be_private_as_the_provider_is(web):
    await fetch(web, "http://localhost:3000/mj/image/9", remote_id=ID, own_base="http://127.0.0.1:8080/v1")
    assert str(web.asked[0].url) == f"http://127.0.0.1:8080/v1/mj/image/{ID}"


async def test_an_allowed_or_public_address_is_not_rebuilt(web):
    await fetch(web, "http://localhost:3000/1", remote_id=ID, origins=("http://localhost:3000",))
    await fetch(web, "https://cdn.example/1", remote_id=ID)
    assert [request.url.path for request in web.asked] == ["/1", "/1"]


async def test_three_redirects_are_followed_and_no_more(web):
    for step in range(1, 5):
        web.answers[f"/{step}"] = reply(302, headers={"location": f"{step + 1}"})
    assert (await fetch(web, "https://cdn.example/2")).kind == "png"
    web.asked.clear()
    with pytest.raises(PictureRefused, match="redirects"):
        await fetch(web, "https://cdn.example/1")
    assert len(web.asked) == 4


@pytest.mark.parametrize(
    "location",
    ["http://localhost/1", "//inside.example/1", "file:///etc/passwd", "data:,x", "ftp://cdn.example/", "http://a@cdn.example/",
     "http://[::1", "http://new-api/1"],
)  # fmt: skip
async def test_a_redirect_is_checked_like_the_first_address_and_never_rebuilt(web, location):
    web.answers["/1"] = reply(302, headers={"location": location})
    with pytest.raises(PictureRefused):
        await fetch(web, "https://cdn.example/1", remote_id=ID)
    assert len(web.asked) == 1


async def test_a_redirect_to_another_host_is_looked_up_anew(web):
    web.answers["/1"] = reply(307, headers={"location": "https://six.example/2"})
    await fetch(web, "https://cdn.example/1")
    assert [request.headers["host"] for request in web.asked] == ["cdn.example", "six.example"]
    assert web.looked_up == ["cdn.example", "six.example"]


@pytest.mark.parametrize(
    ("status", "gone"),
    [(403, True), (404, True), (410, True), (400, False), (429, False), (500, False), (302, False), (206, False)],
)
async def test_what_is_not_there_is_told_from_what_may_come(web, status, gone):
    web.answers["/1"] = reply(status)
    with pytest.raises(PictureUnavailable, match=f"HTTP {status}") as error:
        await fetch(web, "https://cdn.example/1")
    assert error.value.gone is gone


async def test_a_page_is_no_picture(web):
    web.answers["/1"] = reply(200, content=b"<html>", headers={"content-type": "image/png"})
    with pytest.raises(PictureUnavailable, match="not a picture") as error:
        await fetch(web, "https://cdn.example/1")
    assert not error.value.gone


async def test_a_second_machine_is_asked_when_the_first_is_down(web):
    web.answers["http://93.184.216.34/1"] = httpx.ConnectError("refused")
    assert (await fetch(web, "http://two.example/1")).kind == "png"
    assert [request.url.host for request in web.asked] == NAMES["two.example"]


@pytest.mark.parametrize(
    "error", [httpx.ConnectError("x"), httpx.ReadTimeout("x"), httpx.RemoteProtocolError("x"), OSError()]
)
async def test_a_broken_connection_may_be_whole_later_and_tells_no_address(web, error):
    web.answers["/1"] = error
    with pytest.raises(PictureUnavailable) as caught:
        await fetch(web, "https://cdn.example/1?hm=signature")
    assert "cdn" not in str(caught.value)
    assert not caught.value.gone


@settings(deadline=None)
@given(st.text() | st.text(alphabet="htps:/@[]\\.#?%1a").map("http://".__add__))
def test_no_address_whatever_raises_anything_else(url):
    with contextlib.suppress(PictureRefused, PictureUnavailable):
        asyncio.run(fetch(Web(), url))


HOSTS = [
    "127.1", "0x7f.1", "0177.0.0.1", "0x7f000001", "2130706433", "127.0.0.1.", "localhost.", "LOCALHOST", "①②⑦.⓪.⓪.①",
    "127。0。0。1", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[::]", "0",
]  # fmt: skip


@pytest.mark.parametrize("host", HOSTS)
async def test_this_machine_is_not_asked_however_it_is_written(server, host):
    """With the system's own resolver, which knows more ways to write an address than anybody."""
    port = server.url.rsplit(":", 1)[1]
    fetcher = PictureFetcher(origins=(), own_base="https://api.example")
    try:
        with pytest.raises((PictureRefused, PictureUnavailable)):
            await fetcher.fetch(f"http://{host}:{port}/1")
    finally:
        await fetcher.aclose()
    assert server.requests == []


async def test_a_name_that_changes_its_mind_is_looked_up_once(web):
    """DNS rebinding: the first answer is checked, and the connection goes nowhere else."""
    answers = iter((["93.184.216.34"], ["127.0.0.1"], ["127.0.0.1"]))

    async def resolver(_host, _port):
        return next(answers)

    await fetch(web, "http://rebinding.example/1", resolver=resolver)
    assert [request.url.host for request in web.asked] == ["93.184.216.34"]


@pytest.mark.parametrize(
    "location", ["/1", "https://cdn.example/1", "http://cdn.example/1", "//cdn.example/1", "?", "#"]
)
async def test_a_loop_ends(web, location):
    for path in ("/1", "/"):
        web.answers[path] = reply(302, headers={"location": location})
    with pytest.raises(PictureRefused, match="redirects"):
        await fetch(web, "https://cdn.example/1")
    assert len(web.asked) == 4


async def test_a_compressed_body_that_nobody_asked_for_is_not_unpacked(web):
    bomb = gzip.compress(PNG + bytes(100_000_000))
    web.answers["/1"] = reply(200, content=bomb, headers={"content-encoding": "gzip", "content-type": "image/png"})
    tracemalloc.start()
    with pytest.raises(PictureUnavailable, match="not a picture"):
        await fetch(web, "https://cdn.example/1")
    assert tracemalloc.get_traced_memory()[1] < 10_000_000
    tracemalloc.stop()


# Over real connections.


async def test_a_picture_comes_over_a_real_connection_of_its_own(server, web):
    server.behaviour = respond(200, PNG)
    host = server.url.removeprefix("http://")
    async with fetching(web, origins=(server.url,), transport=None) as fetcher:
        for _ in range(2):
            assert (await fetcher.fetch(f"{server.url}/1.png")).data == PNG
    assert [request.headers["host"] for request in server.requests] == [host, host]
    assert server.connections == 2


async def test_too_much_is_not_read_to_its_end(server, web):
    async def flood(_request, writer):
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n" + PNG)
        while True:
            writer.write(b"x" * 65536)
            await writer.drain()

    server.behaviour = flood
    with pytest.raises(PictureRefused, match="too large"):
        await fetch(web, f"{server.url}/1", origins=(server.url,), transport=None, max_bytes=200_000)
    server.behaviour = respond(200, PNG)
    assert (await fetch(web, f"{server.url}/1", origins=(server.url,), transport=None, max_bytes=len(PNG))).data == PNG


async def test_a_trickle_ends_with_our_patience(server, web):
    async def trickle(_request, writer):
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n" + PNG)
        while True:
            writer.write(b"x")
            await writer.drain()
            await asyncio.sleep(0.01)

    server.behaviour = trickle
    with pytest.raises(PictureUnavailable, match="too long"):
        await fetch(web, f"{server.url}/1", origins=(server.url,), transport=None, patience=0.1)


async def test_a_picture_that_is_cut_off_is_not_taken_for_whole(server, web):
    async def truncate(_request, writer):
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n" + PNG)
        await writer.drain()
        writer.close()

    server.behaviour = truncate
    with pytest.raises(PictureUnavailable, match="RemoteProtocolError"):
        await fetch(web, f"{server.url}/1", origins=(server.url,), transport=None)


async def test_a_redirect_over_a_real_connection_is_followed(server, web):
    server.behaviour = by_path({"/1": respond(302, b"", {"location": "/2"})}, respond(200, PNG))
    assert (await fetch(web, f"{server.url}/1", origins=(server.url,), transport=None)).kind == "png"


async def test_a_server_without_tls_is_told_from_one_with_it(server, web):
    origin = server.url.replace("http:", "https:")
    with pytest.raises(PictureUnavailable, match="ConnectError"):
        await fetch(web, f"{origin}/1", origins=(origin,), transport=None)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\xff\xd8\xff\xe0....", "jpeg"), (PNG, "png"), (b"GIF87a...", "gif"), (b"GIF89a...", "gif"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "webp"), (b"\x00\x00\x00\x20ftypisom", "mp4"),
        (b"\x00\x00\x00\x20ftypmp42", "mp4"), (b"\x00\x00\x00\x20ftypavif", None), (b"\x00\x00\x00\x20ftypheic", None),
        (b"RIFF\x00\x00\x00\x00WAVE", None),
        (b"<html>", None), (b"", None), (b"\x89PNG", None),
    ],
)  # fmt: skip
def test_a_kind_is_known_by_its_first_bytes(data, kind):
    assert sniff(data) == kind


def test_certificates_are_checked():
    fetcher = PictureFetcher(origins=(), own_base="https://api.example")
    context = fetcher._transport._pool._ssl_context
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname
