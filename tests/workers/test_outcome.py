"""What Telegram's answers mean: the server's own sentences, through the library's own errors."""

import json

import httpx
import pytest
from telegram import Bot
from telegram.error import TelegramError
from telegram.request import HTTPXRequest

from workers.outcome import Arrived, Moved, No, Outcome, Perhaps, Wait, judge

Answer = httpx.Response | Exception


async def outcome_of(answer: Answer) -> Outcome:
    """What a send comes to that is answered like this."""

    def handle(request: httpx.Request) -> httpx.Response:
        if isinstance(answer, Exception):
            raise answer
        assert request.url.path.endswith("/sendMessage")
        return answer

    request = HTTPXRequest(httpx_kwargs={"transport": httpx.MockTransport(handle)})
    bot = Bot("1:token", base_url="http://telegram.example/bot", request=request, get_updates_request=request)
    async with request:
        with pytest.raises(TelegramError) as raised:
            await bot.send_message(7, "hello")
    return judge(raised.value)


def refused(code: int, description: str, **parameters: int) -> httpx.Response:
    body = {"ok": False, "error_code": code, "description": description}
    return httpx.Response(code, content=json.dumps(body | ({"parameters": parameters} if parameters else {})))


NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a "
    "current content and reply markup of the message"
)


@pytest.mark.parametrize(
    ("said", "means"),
    [
        (NOT_MODIFIED, Arrived()),
        ("Bad Request: message to edit not found", No.MESSAGE),
        ("Bad Request: message to delete not found", No.MESSAGE),
        ("Bad Request: message can't be edited", No.MESSAGE),
        ("Bad Request: message can't be deleted", No.TOO_OLD),
        ("Bad Request: message to react not found", No.MESSAGE),
        ("Bad Request: message thread is not a forum topic thread", No.TOPIC),
        ("Bad Request: need administrator rights in the channel chat", No.CHAT),
        ("Bad Request: message can't be deleted for everyone", No.TOO_OLD),
        ("Bad Request: there is no text in the message to edit", No.MESSAGE),
        ("Bad Request: there is no caption in the message to edit", No.MESSAGE),
        ("Bad Request: MESSAGE_ID_INVALID", No.MESSAGE),
        ("Bad Request: message to be replied not found", No.REPLY),
        ("Bad Request: chat not found", No.CHAT),
        ("Bad Request: message thread not found", No.TOPIC),
        ("Bad Request: TOPIC_CLOSED", No.TOPIC),
        ("Bad Request: TOPIC_DELETED", No.TOPIC),
        ("Bad Request: SLOWMODE_WAIT_30", Wait(30.0)),
        ("Bad Request: not enough rights to send photos to the chat", No.MEDIA),
        ("Bad Request: not enough rights to send text messages to the chat", No.CHAT),
        ("Bad Request: can't parse entities: Can't find end of the entity starting at byte offset 4", No.ENTITIES),
        ("Bad Request: ENTITY_BOUNDS_INVALID", No.ENTITIES),
        ("Bad Request: PHOTO_INVALID_DIMENSIONS", No.MEDIA),
        ("Bad Request: IMAGE_PROCESS_FAILED", No.MEDIA),
        ("Bad Request: file is too big", No.MEDIA),
        ("Bad Request: wrong file identifier/HTTP URL specified", No.FILE_ID),
        ("Bad Request: FILE_REFERENCE_EXPIRED", No.FILE_ID),
        ("Bad Request: BUTTON_TYPE_INVALID", No.BUTTON),
        ("Bad Request: BUTTON_DATA_INVALID", No.BUTTON),
        ("Bad Request: reply markup is too long", No.BUTTON),
        ("Bad Request: something that nobody has read yet", No.OTHER),
        ("something that nobody has read yet", No.OTHER),
    ],
)
async def test_a_refusal_is_sorted_by_what_stands_in_the_way(said: str, means: Outcome) -> None:
    assert await outcome_of(refused(400, said)) == means


@pytest.mark.parametrize(
    "said",
    [
        "Forbidden: bot was blocked by the user",
        "Forbidden: user is deactivated",
        "Forbidden: bot can't initiate conversation with a user",
        "Forbidden: bot was kicked from the group chat",
        "Forbidden: bot was kicked from the supergroup chat",
        "Forbidden: bot was kicked from the channel chat",
        "Forbidden: bot is not a member of the channel chat",
        "Forbidden: the group chat was deleted",
    ],
)
async def test_a_chat_that_does_not_want_us_is_gone(said: str) -> None:
    assert await outcome_of(refused(403, said)) is No.CHAT


async def test_a_chat_that_moved_tells_its_new_id() -> None:
    said = "Bad Request: group chat was upgraded to a supergroup chat"
    answer = refused(400, said, migrate_to_chat_id=-1002003004005)
    assert await outcome_of(answer) == Moved(-1002003004005)


@pytest.mark.parametrize("seconds", [1, 37, 3600])
async def test_a_flood_wait_is_as_long_as_telegram_says(seconds: int) -> None:
    answer = refused(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)
    assert await outcome_of(answer) == Wait(float(seconds))


@pytest.mark.parametrize(
    "answer",
    [httpx.Response(429, html="<h1>Too many</h1>"), refused(429, "Too Many Requests")],
    ids=["a web page", "no time named"],
)
async def test_a_flood_without_a_time_is_certainly_not_sent(answer: httpx.Response) -> None:
    assert isinstance(await outcome_of(answer), Wait)


@pytest.mark.parametrize(
    ("code", "said"), [(401, "Unauthorized"), (404, "Not Found"), (404, "Not Found: method not found")]
)
async def test_a_doubtful_token_is_looked_into(code: int, said: str) -> None:
    assert await outcome_of(refused(code, said)) is No.TOKEN


@pytest.mark.parametrize(
    "answer", [refused(413, "Request Entity Too Large"), httpx.Response(413, html="<h1>413</h1>")], ids=["json", "html"]
)
async def test_what_is_too_large_is_sent_in_another_form(answer: httpx.Response) -> None:
    assert await outcome_of(answer) is No.MEDIA


@pytest.mark.parametrize(
    "answer",
    [
        refused(500, "Internal Server Error: restart"),
        httpx.Response(502, html="<h1>Bad Gateway</h1>"),
        httpx.Response(503, content=b""),
        httpx.Response(504, html="<h1>Gateway Time-out</h1>"),
        httpx.Response(520, content=b"odd"),
        httpx.Response(200, html="<h1>Welcome</h1>"),
        httpx.Response(200, content=b""),
        httpx.Response(200, content=b'{"ok": true, "resu'),
    ],
    ids=lambda answer: str(answer.status_code),
)
async def test_a_broken_server_may_have_sent_it(answer: httpx.Response) -> None:
    assert await outcome_of(answer) == Perhaps()


@pytest.mark.parametrize(
    "error",
    [
        httpx.ConnectError("refused"),
        httpx.ConnectTimeout("slow"),
        httpx.PoolTimeout("full"),
        httpx.ProxyError("no"),
        httpx.UnsupportedProtocol("no"),
    ],
    ids=lambda error: type(error).__name__,
)
async def test_what_never_left_this_machine_was_not_sent(error: httpx.HTTPError) -> None:
    assert await outcome_of(error) is No.NOW


@pytest.mark.parametrize(
    "error",
    [
        httpx.ReadTimeout("slow"),
        httpx.WriteTimeout("slow"),
        httpx.ReadError("reset"),
        httpx.WriteError("reset"),
        httpx.RemoteProtocolError("cut"),
        httpx.DecodingError("odd"),
    ],
    ids=lambda error: type(error).__name__,
)
async def test_what_broke_on_the_way_may_have_been_sent(error: httpx.HTTPError) -> None:
    assert await outcome_of(error) == Perhaps()
