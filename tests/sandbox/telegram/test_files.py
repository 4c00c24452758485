"""Photos and other files: by upload, by id, by address; and back again."""

import struct
import zlib

import httpx
import pytest
from starlette.applications import Starlette
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from sandbox.serving import Serving


@pytest.fixture
async def web(picture):
    """Some pages and pictures somewhere else."""

    def serve(data, mime):
        async def answer(_request):
            return Response(data, media_type=mime)

        return answer

    async def moved(_request):
        return RedirectResponse("/fox.png")

    pages = {
        "/fox.png": serve(picture(), "image/png"),
        "/huge.png": serve(b"x" * (5 * 2**20 + 1), "image/png"),
        "/page": serve("<html>", "text/html"),
        "/broken.png": serve(b"no picture", "image/png"),
        "/moved": moved,
    }
    site = Serving(Starlette(routes=[Route(path, page) for path, page in pages.items()]))
    await site.start()
    yield site.root
    await site.stop()


async def test_a_photo_comes_in_rising_sizes_and_can_be_fetched(api, telegram, ann, picture):
    photo = picture(1200, 600)
    sent = await api("sendPhoto", {"photo": ("a.png", photo)}, chat_id=ann.id)
    sizes = [(size["width"], size["height"]) for size in sent["photo"]]
    assert sizes == [(90, 45), (320, 160), (800, 400), (1200, 600)]
    assert len({size["file_id"] for size in sent["photo"]}) == 4
    file = await api("getFile", file_id=sent["photo"][-1]["file_id"])
    fetched = await api.client.get(f"{telegram.root}/file/bot{telegram.token}/{file['file_path']}")
    assert fetched.content == photo
    shown = ann.private.last()
    assert (shown.photo, shown.size, shown.document) == (photo, (1200, 600), None)


async def test_even_a_tiny_photo_has_two_sizes(api, ann, picture):
    sent = await api("sendPhoto", {"photo": picture(4, 4)}, chat_id=ann.id)
    assert len(sent["photo"]) == 2


async def test_a_file_id_is_stable_and_sends_again(api, ann, picture):
    sent = await api("sendPhoto", {"photo": picture()}, chat_id=ann.id)
    again = await api("sendPhoto", chat_id=ann.id, photo=sent["photo"][0]["file_id"])
    assert again["photo"] == sent["photo"]
    other = await api("sendPhoto", {"photo": picture(colour="red")}, chat_id=ann.id)
    assert other["photo"][-1]["file_id"] != sent["photo"][-1]["file_id"]


async def test_photos_are_no_documents_and_documents_no_photos(api, ann, picture):
    photo = await api("sendPhoto", {"photo": picture()}, chat_id=ann.id)
    document = await api("sendDocument", {"document": ("a.png", picture())}, chat_id=ann.id)
    refusal = await api.refused("sendDocument", chat_id=ann.id, document=photo["photo"][-1]["file_id"])
    assert refusal == "Bad Request: can't use file of type Photo as Document"
    refusal = await api.refused("sendPhoto", chat_id=ann.id, photo=document["document"]["file_id"])
    assert refusal == "Bad Request: can't use file of type Document as Photo"


@pytest.mark.parametrize("method", ["sendPhoto", "sendDocument"])
async def test_an_unknown_id_is_refused(api, ann, method):
    refusal = await api.refused(method, chat_id=ann.id, **{method.removeprefix("send").lower(): "AgACwhatever"})
    assert refusal == "Bad Request: wrong file identifier/HTTP URL specified"
    assert await api.refused("getFile", file_id="AgACwhatever") == "Bad Request: invalid file_id"
    assert (await api.refused("sendPhoto", chat_id=ann.id)) == "Bad Request: there is no photo in the request"


async def test_documents_keep_name_type_and_bytes(api, ann, picture):
    sent = await api("sendDocument", {"document": ("cat.png", picture())}, chat_id=ann.id, caption="c")
    assert (sent["document"]["file_name"], sent["document"]["mime_type"]) == ("cat.png", "image/png")
    shown = ann.private.last()
    assert (shown.document, shown.document_name, shown.text) == (picture(), "cat.png", "c")
    assert shown.photo is None


@pytest.mark.parametrize("kind", ["animation", "video"])
async def test_moving_pictures_are_files_too(api, ann, kind):
    sent = await api(f"send{kind.title()}", {kind: ("a.mp4", b"moving")}, chat_id=ann.id)
    assert sent[kind]["mime_type"] == "video/mp4"
    again = await api(f"send{kind.title()}", chat_id=ann.id, **{kind: sent[kind]["file_id"]})
    assert again[kind] == sent[kind]
    assert (ann.private.last().media_kind, ann.private.last().document) == (kind, b"moving")


async def test_what_is_no_picture_is_no_photo(api, ann, picture):
    for data in (b"no picture", picture()[:60]):
        refusal = await api.refused("sendPhoto", {"photo": data}, chat_id=ann.id)
        assert refusal == "Bad Request: IMAGE_PROCESS_FAILED"
    assert await api.refused("sendPhoto", {"photo": b""}, chat_id=ann.id) == "Bad Request: file must be non-empty"


@pytest.mark.parametrize("size", [(5001, 5000), (2100, 100), (100, 2001), (60_000, 60_000)])
async def test_photos_of_odd_sizes_are_refused(api, ann, size):
    refusal = await api.refused("sendPhoto", {"photo": _announcing(*size)}, chat_id=ann.id)
    assert refusal == "Bad Request: PHOTO_INVALID_DIMENSIONS"


async def test_the_largest_allowed_ratio_passes(api, ann, picture):
    await api("sendPhoto", {"photo": picture(2000, 100)}, chat_id=ann.id)


async def test_files_that_are_too_big_are_refused(api, ann):
    refusal = await api.refused("sendPhoto", {"photo": b"x" * (10 * 2**20 + 1)}, chat_id=ann.id)
    assert refusal == "Bad Request: file is too big"
    refusal = await api.refused("sendDocument", {"document": b"x" * (50 * 2**20 + 1)}, chat_id=ann.id)
    assert refusal == "Request Entity Too Large"
    sent = await api("sendDocument", {"document": b"x" * (20 * 2**20 + 1)}, chat_id=ann.id)
    assert await api.refused("getFile", file_id=sent["document"]["file_id"]) == "Bad Request: file is too big"


async def test_addresses_are_fetched(api, ann, web, picture):
    await api("sendPhoto", chat_id=ann.id, photo=f"{web}/moved")
    assert ann.private.last().photo == picture()
    await api("sendDocument", chat_id=ann.id, document=f"{web}/fox.png")
    assert (ann.private.last().document, ann.private.last().document_name) == (picture(), "fox.png")


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("/nothing", "failed to get HTTP URL content"),
        ("/huge.png", "failed to get HTTP URL content"),
        ("/page", "wrong type of the web page content"),
        ("/broken.png", "IMAGE_PROCESS_FAILED"),
    ],
)
async def test_addresses_that_bring_no_photo_are_refused(api, ann, web, path, why):
    assert await api.refused("sendPhoto", chat_id=ann.id, photo=f"{web}{path}") == f"Bad Request: {why}"


async def test_the_same_bytes_are_kept_once(api, telegram, ann, picture):
    first = await api("sendPhoto", {"photo": picture()}, chat_id=ann.id)
    await api("sendDocument", {"document": picture()}, chat_id=ann.id)
    kept = {id(one.photo or one.document) for one in ann.private.messages if one.media_kind}
    assert len(kept) == 1
    assert first["photo"][-1]["file_size"] == len(picture())


async def test_an_unknown_path_is_not_found(telegram):
    async with httpx.AsyncClient(trust_env=False) as client:
        answer = await client.get(f"{telegram.root}/file/bot{telegram.token}/photos/file_9.png")
    assert answer.status_code == 404


def _announcing(width, height):
    """A PNG that says it is so large, and isn't."""
    head = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [head, b"IDAT" + zlib.compress(b""), b"IEND"]
    parts = [struct.pack(">I", len(one) - 4) + one + struct.pack(">I", zlib.crc32(one)) for one in chunks]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)
