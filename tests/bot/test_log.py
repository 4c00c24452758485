"""The log: one line a record, and no secret in any of them, whatever way it came."""

import asyncio
import gc
import io
import json
import logging
import re
import subprocess
import sys
import threading
import traceback
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st
from telegram.error import InvalidToken

from bot import log as bot_log
from bot.redact import Redactor

ROOT = Path(__file__).parents[2]
TOKEN = "123456789:AAcanary-token_0123456789abcdefghij"
HALF = TOKEN.partition(":")[2]
KEY = "canary/key+1"
SECRETS = (TOKEN, HALF, KEY, "123456789%3A" + HALF, "canary%2Fkey%2B1")


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    """Logging belongs to the process: everything is put back."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    loud = {name: logging.getLogger(name).level for name in bot_log.LOUD}
    hooks = sys.excepthook, threading.excepthook, sys.unraisablehook
    yield
    logging.captureWarnings(capture=False)
    root.handlers[:] = handlers
    root.setLevel(level)
    for name, before in loud.items():
        logging.getLogger(name).setLevel(before)
    sys.excepthook, threading.excepthook, sys.unraisablehook = hooks
    structlog.reset_defaults()
    structlog.contextvars.clear_contextvars()


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def start(log_format: str = "json", level: str = "INFO", stream: io.StringIO | None = None) -> io.StringIO:
    stream = stream or io.StringIO()
    bot_log.configure(level=level, log_format=log_format, secrets=SECRETS, stream=stream)  # type: ignore[arg-type]
    return stream


def ours() -> structlog.stdlib.BoundLogger:
    logger: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger("bot.test")
    return logger


def entries(stream: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def shows_a_secret(text: str) -> bool:
    return any(secret.lower() in text.lower() for secret in SECRETS)


# lines and fields


def test_an_event_is_one_json_line_with_its_fields() -> None:
    stream = start()
    ours().info("task accepted", task=7, ids=("a", "b"))
    (entry,) = entries(stream)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z", str(entry.pop("timestamp")))
    assert entry == {"event": "task accepted", "level": "info", "logger": "bot.test", "task": 7, "ids": ["a", "b"]}


def test_a_librarys_record_looks_the_same() -> None:
    stream = start()
    logging.getLogger("somebody").warning("%d of %s", 2, "three", extra={"chat": 5})
    (entry,) = entries(stream)
    assert str(entry.pop("timestamp")).endswith("Z")
    assert entry == {"event": "2 of three", "level": "warning", "logger": "somebody", "chat": 5}


def test_what_is_bound_once_is_in_every_record_also_the_libraries() -> None:
    stream = start()
    with structlog.contextvars.bound_contextvars(task=7):
        ours().info("one")
        logging.getLogger("somebody").warning("two")
    assert [entry["task"] for entry in entries(stream)] == [7, 7]


@pytest.mark.parametrize(
    ("log_format", "stream", "is_json"),
    [
        ("json", Terminal(), True),
        ("console", io.StringIO(), False),
        ("auto", io.StringIO(), True),
        ("auto", Terminal(), False),
    ],
)
def test_auto_is_console_on_a_terminal(log_format: str, stream: io.StringIO, is_json: bool) -> None:
    start(log_format, stream=stream)
    ours().info("hello", task=7)
    line = stream.getvalue()
    assert line.startswith("{") is is_json
    assert is_json or re.fullmatch(r"\S+Z info     hello task=7 logger='bot.test'\n", line)


def test_the_level_is_the_settings() -> None:
    stream = start(level="WARNING")
    ours().info("quiet")
    logging.getLogger("somebody").info("quiet")
    ours().warning("loud")
    assert [entry["event"] for entry in entries(stream)] == ["loud"]


@pytest.mark.parametrize(
    "name", ["httpx", "httpcore.connection", "telegram.ext", "aiosqlite", "sqlalchemy.engine", "uvicorn.access"]
)
def test_libraries_that_tell_too_much_stay_at_warning(name: str) -> None:
    stream = start(level="DEBUG")
    logging.getLogger(name).propagate = True  # a server that another test ran may have switched its access log off
    logging.getLogger(name).info("too much")
    logging.getLogger(name).warning("needed")
    assert [entry["event"] for entry in entries(stream)] == ["needed"]


def test_they_are_no_louder_than_the_rest_either() -> None:
    stream = start(level="ERROR")
    logging.getLogger("httpx").warning("not now")
    assert not stream.getvalue()


def test_configuring_again_replaces_what_was() -> None:
    first = start()
    second = start()
    ours().info("hello")
    assert not first.getvalue()
    assert len(entries(second)) == 1


def test_warnings_are_logged() -> None:
    stream = start()
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.warn(f"careful with {TOKEN}", RuntimeWarning, stacklevel=1)
    (entry,) = entries(stream)
    assert entry["logger"] == "py.warnings"
    assert "careful with ***" in str(entry["event"])


# nobody forges a line

NASTY = 'a\n2026-01-01T00:00:00Z info forged\r\n{"event": "forged"}\x1b[2J\u2028b\x85c\x0bd\u202ee'


@pytest.mark.parametrize("log_format", ["json", "console"])
def test_no_text_can_make_a_second_line(log_format: str) -> None:
    class Wide:
        def __repr__(self) -> str:
            return NASTY

    stream = start(log_format)
    ours().info(NASTY, plain=NASTY, nested={"x": [NASTY]}, raw=NASTY.encode(), odd=Wide(), **{NASTY: 1})
    logging.getLogger("somebody").warning("said %s", NASTY)
    lines = stream.getvalue().splitlines()
    assert len(lines) == 2
    assert all(line.isprintable() for line in lines)


@pytest.mark.parametrize("log_format", ["json", "console"])
@given(event=st.text(), value=st.text() | st.binary() | st.dictionaries(st.text(), st.text()))
def test_whatever_the_text_a_record_is_one_line(log_format: str, event: str, value: object) -> None:
    stream = start(log_format)
    ours().info(event, value=value)
    line, end = stream.getvalue()[:-1], stream.getvalue()[-1]
    assert (len(line.splitlines()), end) == (1, "\n")
    assert log_format == "console" or json.loads(line)["event"] == event


@pytest.mark.parametrize("log_format", ["json", "console"])
def test_no_exceptions_text_can_pass_for_a_line_of_its_own(log_format: str) -> None:
    stream = start(log_format)
    ours().error("oops", exc_info=ValueError(NASTY))
    first, *rest = stream.getvalue().splitlines()
    assert "oops" in first
    assert all(line.startswith("    ") and line.isprintable() for line in rest)
    assert bool(rest) is (log_format == "console")
    assert "forged" in stream.getvalue()


# no secret gets through


def raise_httpx() -> None:
    request = httpx.Request(
        "POST", f"https://api.example/bot{TOKEN}/sendMessage", headers={"Authorization": f"Bearer {KEY}"}
    )
    httpx.Response(500, request=request).raise_for_status()


def raise_invalid_token() -> None:
    raise InvalidToken(f"The token `{TOKEN}` was rejected by the server.")


def raise_chained() -> None:
    try:
        raise_httpx()
    except httpx.HTTPError as error:
        raise RuntimeError(f"key {KEY}") from error


def raise_in_context() -> None:
    try:
        raise_invalid_token()
    except InvalidToken:
        raise KeyError(KEY.encode())  # noqa: B904 - the context is the point


def raise_group() -> None:
    raise ExceptionGroup(f"several {TOKEN}", [ValueError(KEY), RuntimeError({"mj-api-secret": KEY})])


def raise_with_notes() -> None:
    error = ValueError("plain")
    error.add_note(f"while asking {TOKEN}")
    raise error


@pytest.mark.parametrize("log_format", ["json", "console"])
@pytest.mark.parametrize(
    "fail", [raise_httpx, raise_invalid_token, raise_chained, raise_in_context, raise_group, raise_with_notes]
)
def test_no_exception_brings_a_secret_into_the_log(fail: Callable[[], None], log_format: str) -> None:
    stream = start(log_format)
    try:
        fail()
    except Exception as error:
        assert shows_a_secret(traceback.format_exc())
        ours().exception("by us", error=error)
        ours().error("by hand", exc_info=error, told=str(error))
        logging.getLogger("somebody").exception("by a library")
        logging.getLogger("somebody").error(error)  # noqa: TRY400
        logging.getLogger("somebody").error("said %r", error, exc_info=True)  # noqa: G201
    assert "***" in stream.getvalue()
    assert stream.getvalue().count("Traceback") + stream.getvalue().count("Exception Group Traceback") >= 4
    assert not shows_a_secret(stream.getvalue())


@pytest.mark.parametrize("log_format", ["json", "console"])
def test_no_field_brings_a_secret_into_the_log(log_format: str) -> None:
    stream = start(log_format)
    ours().info(
        f"event {TOKEN}",
        text=f"x{TOKEN}y",
        raw=f"/bot{TOKEN}/getMe".encode(),
        address=httpx.URL(f"https://api.example/file/bot{TOKEN}/photo.jpg"),
        quoted=f"token={SECRETS[3]} {SECRETS[3].replace('%3A', '%3a')} key={SECRETS[4]}",
        nested={"headers": [("mj-api-secret", KEY), (b"Authorization", KEY.encode())]},
        path=Path("/srv") / TOKEN,
        **{TOKEN: 1},
    )
    logging.getLogger("somebody").warning("at %s", TOKEN, extra={"address": TOKEN, "raw": KEY.encode()})
    with structlog.contextvars.bound_contextvars(address=TOKEN):
        ours().info("bound")
    assert stream.getvalue().count("***") >= 12
    assert not shows_a_secret(stream.getvalue())


@pytest.mark.parametrize("log_format", ["json", "console"])
def test_no_stack_brings_a_secret_into_the_log(log_format: str) -> None:
    stream = start(log_format)
    names: dict[str, object] = {"ours": ours(), "theirs": logging.getLogger("somebody")}
    source = "def canary():\n    for log in (ours, theirs): log.warning('here', stack_info=True)\ncanary()"
    exec(compile(source, f"/srv/{TOKEN}/app.py", "exec"), names)
    assert stream.getvalue().count("/srv/***/app.py") >= 2
    assert not shows_a_secret(stream.getvalue())


@pytest.mark.parametrize("log_format", ["json", "console"])
def test_a_record_that_cannot_be_written_is_told_without_what_it_held(
    log_format: str, capfd: pytest.CaptureFixture[str]
) -> None:
    class Broken:
        def __repr__(self) -> str:
            raise RuntimeError(TOKEN)

    stream = start(log_format)
    logging.getLogger("somebody").warning("%d", TOKEN)
    ours().warning("field", value=Broken())
    assert stream.getvalue().count("a log record could not be written") == 2
    assert len(stream.getvalue().splitlines()) == 2
    assert not shows_a_secret(stream.getvalue() + "".join(capfd.readouterr()))


def test_a_stream_that_is_gone_ends_nothing_and_says_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    stream = start()
    stream.close()
    ours().error(TOKEN)
    assert capfd.readouterr() == ("", "")


# what nobody catches


async def test_what_a_lost_task_raised_is_logged_by_us() -> None:
    stream = start()

    async def lost() -> None:
        raise_invalid_token()

    task = asyncio.create_task(lost())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    del task
    gc.collect()
    asyncio.get_running_loop().call_exception_handler({"message": f"at\n{TOKEN}", "exception": ValueError(KEY)})
    first, second = entries(stream)
    assert first["logger"] == second["logger"] == "asyncio"
    assert "InvalidToken" in str(first["exception"])
    assert not shows_a_secret(stream.getvalue())


def test_what_a_thread_raised_is_logged_by_us() -> None:
    stream = start()
    thread = threading.Thread(target=raise_chained, name="canary-thread")
    thread.start()
    thread.join()
    leaving = threading.Thread(target=sys.exit)
    leaving.start()
    leaving.join()
    (entry,) = entries(stream)
    assert (entry["event"], entry["in_thread"]) == ("uncaught in a thread", "canary-thread")
    assert "HTTPStatusError" in str(entry["exception"])
    assert not shows_a_secret(stream.getvalue())


def test_what_a_finalizer_raised_is_logged_by_us() -> None:
    class Sore:
        def __del__(self) -> None:
            raise_invalid_token()

    stream = start()
    sore = Sore()
    del sore
    gc.collect()
    (entry,) = entries(stream)
    assert "Sore.__del__" in str(entry["of"])
    assert "InvalidToken" in str(entry["exception"])
    assert not shows_a_secret(stream.getvalue())


def test_what_ends_the_process_is_logged_by_us() -> None:
    code = (
        "from bot.log import configure\n"
        f"configure(level='INFO', log_format='auto', secrets=['{KEY}'])\n"
        f"raise RuntimeError('{TOKEN} {KEY}')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False, timeout=20
    )
    (line,) = done.stderr.splitlines()
    assert (done.returncode, done.stdout) == (1, "")
    entry = json.loads(line)
    assert (entry["event"], entry["level"]) == ("uncaught", "critical")
    assert "RuntimeError: *** ***" in entry["exception"]


# the redactor by itself


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        (
            "https://api.telegram.org/bot987654321:BBother-token_0123456789abcdefghi/getMe",
            "https://api.telegram.org/bot***/getMe",
        ),
        ("bot987654321%3ABBother-token_0123456789abcdefghi", "bot***"),
        ("Authorization: Bearer sk-abc.def", "Authorization: Bearer ***"),
        ("authorization: sk-abc", "authorization: ***"),
        ("sent Bearer sk-abc, then", "sent Bearer ***, then"),
        ("mj-api-secret: sk-abc", "mj-api-secret: ***"),
        ("{'mj-api-secret': 'sk-abc', 'a': 1}", "{'mj-api-secret': '***', 'a': 1}"),
        (r'{"said": "{\"Authorization\": \"Bearer sk-abc\"}"}', r'{"said": "{\"Authorization\": \"Bearer ***\"}"}'),
        ("[(b'Authorization', b'Bearer sk-abc'), (b'a', b'b')]", "[(b'Authorization', b'Bearer ***'), (b'a', b'b')]"),
        ('[["mj-api-secret", "sk-abc"]]', '[["mj-api-secret", "***"]]'),
    ],
)
def test_what_looks_like_a_secret_is_hidden_though_nobody_told_it(text: str, clean: str) -> None:
    assert Redactor()(text) == clean


@pytest.mark.parametrize(
    "text",
    [
        "12:30:45 task 123456789: accepted in 1:02",
        "MIDJOURNEY_AUTH: wrong; bearer, mj-api-secret, both or raw",
        '{"auth": "mj-api-secret", "mode": "fast"}',
        "the authorization failed",
        "",
    ],
)
def test_ordinary_words_stay(text: str) -> None:
    assert Redactor()(text) == text


def test_every_known_secret_is_hidden_whatever_is_in_it() -> None:
    redact = Redactor(['q"uo\\te', "a.c+", "abcd", "abcdef", "", "x"])
    assert redact('q"uo\\te and q\\"uo\\\\te') == "*** and ***"
    assert redact("a.c+ abc+ abcdefg ABCD x") == "*** abc+ ***g *** x"


def test_configuring_hands_out_the_same_redactor() -> None:
    redact = bot_log.configure(level="INFO", log_format="json", secrets=[KEY], stream=io.StringIO())
    assert redact(f"a {KEY} b") == "a *** b"
