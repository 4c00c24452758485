"""The page's server: strict headers, bodies with an end, and a sentence for whatever goes wrong."""

import asyncio
import io
import json
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import httpx
import pytest
import structlog
from PIL import Image

from bot.region import DoorClosed, answers
from bot.region.routes import OPEN_BYTES, PAINT_BYTES
from messages.locale import LANGUAGES, locale_for
from messages.painting import Trouble, trouble
from tests.bot.region.doors import SIZE, TICKET, FakeDoor, build, gradient, signed
from workers.mask import as_data_url, white_share

ALLOWED = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' blob: data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors https://web.telegram.org 'self'",
}


@pytest.fixture
def door() -> FakeDoor:
    return FakeDoor()


@pytest.fixture
async def client(door: FakeDoor) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(build(door))
    async with httpx.AsyncClient(transport=transport, base_url="http://bot.example/app/region/") as client:
        yield client


def mask(size: tuple[int, int] = SIZE) -> str:
    image = Image.new("RGBA", size, (0, 0, 0, 255))
    image.paste((255, 255, 255, 255), (0, 0, size[0] // 2, size[1]))
    out = io.BytesIO()
    image.save(out, "PNG")
    return as_data_url(out.getvalue())


def wish(**changed: Any) -> dict[str, Any]:
    return {"ticket": TICKET, "prompt": "a red fox", "mask": mask()} | changed


def is_guarded(answer: httpx.Response, *, stored: bool = False) -> bool:
    headers = answer.headers
    return (
        set(headers["content-security-policy"].split("; ")) == ALLOWED
        and headers["x-content-type-options"] == "nosniff"
        and headers["referrer-policy"] == "no-referrer"
        and headers["cache-control"] == ("no-cache" if stored else "no-store")
    )


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("", "text/html"),
        ("?w=7", "text/html"),
        ("app.js", "text/javascript"),
        ("words.js", "text/javascript"),
        ("style.css", "text/css"),
    ],
)
async def test_the_page_and_its_files_are_served(client: httpx.AsyncClient, path: str, kind: str) -> None:
    answer = await client.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == f"{kind}; charset=utf-8"
    assert is_guarded(answer, stored=kind != "text/html")
    assert "http://" not in answer.text.replace("http://www.w3.org", "")


async def test_nothing_else_lies_there(client: httpx.AsyncClient) -> None:
    for path in ("index.html", "../routes.py", "page/app.js", "open", "paint", "picture/", "picture/a/b"):
        assert (await client.get(path)).status_code in {404, 405}, path


async def test_from_opening_to_painting(client: httpx.AsyncClient, door: FakeDoor) -> None:
    answer = await client.post("open", json={"initData": signed(), "window": "w7"})
    assert answer.json() == {
        "ticket": TICKET,
        "width": SIZE[0],
        "height": SIZE[1],
        "prompt": door.prompt,
        "title": door.title,
        "language": "en-GB",
    }
    assert is_guarded(answer)
    answer = await client.get(f"picture/{TICKET}")
    assert (answer.content, answer.headers["content-type"]) == (gradient(), "image/png")
    assert is_guarded(answer)
    answer = await client.post("paint", json=wish(prompt="ein Fuchs — <b>"))
    assert answer.json() == {"sentence": "On its way: look into the chat."}
    assert is_guarded(answer)
    (painted,) = door.painted
    assert (painted.user_id, painted.window, painted.prompt) == (42, "w7", "ein Fuchs — <b>")
    assert white_share(painted.mask) == 0.5


async def test_only_pictures_are_served_as_such(client: httpx.AsyncClient, door: FakeDoor) -> None:
    door.image, door.kind = b"<svg onload='alert(1)'/>", "image/svg+xml"
    answer = await client.get(f"picture/{TICKET}")
    assert answer.headers["content-type"] == "application/octet-stream"


@pytest.mark.parametrize(
    ("init_data", "words"),
    [
        (signed(age=timedelta(hours=2)), "too old"),
        (signed(age=timedelta(hours=-2)), "clock"),
        (signed(auth_date="0"), "too old"),
        (signed().replace("42", "43"), "from the chat"),
        (signed(user=""), "from the chat"),
        ("", "from the chat"),
    ],
)
async def test_whoever_is_not_proved_gets_a_sentence(client: httpx.AsyncClient, init_data: str, words: str) -> None:
    answer = await client.post("open", json={"initData": init_data, "window": ""})
    assert answer.status_code == 401
    assert answer.json().keys() == {"error"}
    assert words in answer.json()["error"]
    assert is_guarded(answer)


async def test_a_closed_door_is_told_in_its_own_words(client: httpx.AsyncClient, door: FakeDoor) -> None:
    door.closed = DoorClosed("That picture is being drawn already.")
    answer = await client.post("paint", json=wish())
    assert (answer.status_code, answer.json()) == (403, {"error": "That picture is being drawn already."})
    for answer in (await client.get("picture/other"), await client.post("paint", json=wish(ticket="other"))):
        assert (answer.status_code, answer.json()) == (403, {"error": "This window has closed."})


def one_colour(colour: str) -> str:
    out = io.BytesIO()
    Image.new("RGB", SIZE, colour).save(out, "PNG")
    return as_data_url(out.getvalue())


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        (one_colour("black"), "Nothing is marked"),
        (one_colour("white"), "Everything is marked"),
        (mask((10, 10)), "did not arrive"),
        (as_data_url(b"GIF89a"), "did not arrive"),
        (mask()[:202], "did not arrive"),
    ],
)
async def test_a_mask_that_cannot_be_sent_is_told(client: httpx.AsyncClient, sent: str, words: str) -> None:
    answer = await client.post("paint", json=wish(mask=sent))
    assert answer.status_code == 422
    assert words in answer.json()["error"]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"7",
        b"null",
        b'"ticket"',
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"ticket": "x", "prompt": "x"}',
        b'{"ticket": 7, "prompt": "x", "mask": "x"}',
        b'{"ticket": "x", "prompt": "x", "mask": null}',
        b'{"ticket": "x", "prompt": "x", "mask": "data:image/jpeg;base64,AAAA"}',
        b'{"ticket": "x", "prompt": "x", "mask": "AAAA"}',
        b'{"ticket": "x", "prompt": "x", "mask": "data:image/png;base64,A"}',
        '{"ticket": "x", "prompt": "x", "mask": "data:image/png;base64,ÄÄÄÄ"}'.encode(),
    ],
)
async def test_what_cannot_be_read_is_400(client: httpx.AsyncClient, body: bytes) -> None:
    answer = await client.post("paint", content=body)
    assert answer.status_code == 400
    assert answer.json() == {"error": "That did not arrive as it should. Please close this page and open it again."}
    assert is_guarded(answer)


@pytest.mark.parametrize(("path", "most"), [("open", OPEN_BYTES), ("paint", PAINT_BYTES)])
async def test_a_body_without_end_is_not_read_to_its_end(client: httpx.AsyncClient, path: str, most: int) -> None:
    given = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal given
        while given < 4 * most:
            given += 65536
            yield bytes(65536)

    answer = await client.post(path, content=endless())
    assert answer.status_code == 413
    assert given <= most + 2 * 65536
    assert (await client.post(path, content=b" " * most)).status_code == 400  # not too large


async def test_a_body_that_never_comes_is_given_up(client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "PATIENCE", 0.01)

    async def silent(_scope: Any, _receive: Any, send: Any) -> None:
        async def never() -> Any:
            await asyncio.Event().wait()

        scope = {"type": "http", "method": "POST", "path": "/app/region/open", "headers": [], "query_string": b""}
        await build(FakeDoor())(scope, never, send)

    async with httpx.AsyncClient(transport=httpx.ASGITransport(silent), base_url="http://bot.example") as other:
        answer = await other.post("/")
    assert answer.status_code == 408


async def test_whatever_breaks_is_a_kind_sentence_and_a_line_without_details(
    client: httpx.AsyncClient, door: FakeDoor
) -> None:
    door.closed = RuntimeError("canary: a person's words")
    with structlog.testing.capture_logs() as lines:
        answer = await client.post("paint", json=wish())
    assert (answer.status_code, answer.json()) == (500, {"error": "Something broke on my side. Please try again."})
    assert is_guarded(answer)
    assert [line["error"] for line in lines] == ["RuntimeError"]
    assert "canary" not in str(lines) + answer.text


async def test_the_words_of_the_page_come_in_all_languages(client: httpx.AsyncClient) -> None:
    told = (await client.get("words.js")).text.removeprefix("export const WORDS = ").removesuffix(";\n")
    words = json.loads(told)
    assert list(words) == list(LANGUAGES)
    assert words["ru"]["brush"] == "Кисть"
    assert words["zh-hans"]["send"] == locale_for("zh-hans").say("Paint it anew")


@pytest.mark.parametrize(
    ("header", "language"),
    [("ru", "ru"), ("zh-CN,zh;q=0.9,en;q=0.8", "zh-hans"), ("es-419;q=1", "es"), ("", "en"), ("de", "en")],
)
async def test_what_goes_wrong_is_said_in_the_language_of_the_page(
    client: httpx.AsyncClient, header: str, language: str
) -> None:
    answer = await client.post("open", content=b"{", headers={"accept-language": header})
    assert answer.json() == {"error": trouble(Trouble.NOT_UNDERSTOOD, locale_for(language))}


async def test_the_door_is_told_which_language_the_page_speaks(client: httpx.AsyncClient, door: FakeDoor) -> None:
    await client.get(f"picture/{TICKET}", headers={"accept-language": "vi"})
    assert door.spoken == "vi"
