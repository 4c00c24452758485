"""Whoever opens the Mini App is who Telegram says, and nobody else: not changed, not old, not without a person."""

import hashlib
import hmac
import json
import warnings
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.initdata import MOST_BYTES, Fault, InitDataRefused, proof, verify

TOKEN = "700700700:AAE-canary-token-aaaaaaaaaaaaaaaaaaa"
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
USER = {"id": 42, "first_name": "Ada + - ? \\/", "last_name": "Ünïcode", "language_code": "pt-br", "is_premium": True}
VECTORS = Path(__file__).parents[3] / "shared" / "telegram" / "initdata-vectors.json"


def signed(token: str = TOKEN, *, without: str = "", **changed: str) -> str:
    """What Telegram would hand to the page."""
    fields = {
        "query_id": "AAHdF6IQ",
        "user": json.dumps(USER, separators=(",", ":")),
        "auth_date": str(int(NOW.timestamp())),
        "chat_type": "supergroup",
        "start_param": "w_7",
        "signature": "not-looked-at_",
    } | changed
    fields.pop(without, None)
    said = "\n".join(f"{key}={value}" for key, value in sorted(fields.items()))
    secret = hmac.digest(b"WebAppData", token.encode(), hashlib.sha256)
    fields["hash"] = hmac.new(secret, said.encode(), hashlib.sha256).hexdigest()
    return "&".join(f"{key}={quote(value, safe='')}" for key, value in fields.items())


GOOD = signed()


def fault_of(init_data: str, now: datetime = NOW, **more: Any) -> Fault:
    with pytest.raises(InitDataRefused) as refused:
        verify(init_data, token=TOKEN, now=now, **more)
    assert str(refused.value) == refused.value.fault.value
    assert refused.value.__suppress_context__ or refused.value.__context__ is None  # no text of it in any traceback
    return refused.value.fault


def test_what_telegram_signed_is_read() -> None:
    data = verify(GOOD, token=TOKEN, now=NOW)
    assert (data.user_id, data.user_name, data.language) == (42, "Ada + - ? \\/ Ünïcode", "pt-br")
    assert (data.start_param, data.chat_type, data.query_id) == ("w_7", "supergroup", "AAHdF6IQ")
    assert data.auth_date == NOW


def test_what_is_not_there_is_none() -> None:
    bare = signed(user='{"id":7}', query_id="", chat_type="", start_param="")
    data = verify(bare, token=TOKEN, now=NOW)
    assert (data.user_id, data.user_name, data.language) == (7, "", None)
    assert (data.start_param, data.chat_type, data.query_id) == (None, None, None)


@pytest.mark.parametrize(
    ("age", "fault"),
    [
        (timedelta(hours=1), None),
        (timedelta(hours=1, seconds=1), Fault.EXPIRED),
        (timedelta(seconds=-60), None),
        (timedelta(seconds=-61), Fault.FROM_THE_FUTURE),
        (timedelta(days=4000), Fault.EXPIRED),
    ],
)
def test_it_holds_for_an_hour_and_a_minute_of_a_fast_clock(age: timedelta, fault: Fault | None) -> None:
    if fault is None:
        verify(GOOD, token=TOKEN, now=NOW + age)
    else:
        assert fault_of(GOOD, NOW + age) is fault


def test_how_long_it_holds_can_be_told() -> None:
    assert fault_of(GOOD, NOW + timedelta(seconds=11), max_age=timedelta(seconds=10)) is Fault.EXPIRED
    verify(GOOD, token=TOKEN, now=NOW + timedelta(hours=5), max_age=timedelta(hours=6))


def test_another_bots_is_forged() -> None:
    assert fault_of(signed("1:other")) is Fault.FORGED


def test_an_old_forgery_is_told_as_a_forgery() -> None:
    assert fault_of(signed("1:other", auth_date="1")) is Fault.FORGED


@pytest.mark.parametrize(
    "init_data",
    [
        "",
        "x",
        "&",
        GOOD + "&",
        GOOD.replace("hash=", "hush="),
        GOOD + "&chat_type=private",  # a key twice
        GOOD + "&hash=" + "0" * 64,
        GOOD.replace("user=", "user=%FF"),
        GOOD.replace("user=", "user=\ud800"),
        GOOD + "&more=" + "x" * MOST_BYTES,
        signed(auth_date="soon"),
        signed(auth_date=""),
        signed(auth_date="9" * 30),
        signed(auth_date="9" * 5000),
        signed(without="auth_date"),
        signed(user="{"),
        signed(user="[" * 3000),
    ],
)
def test_what_cannot_be_read_is_malformed(init_data: str) -> None:
    assert fault_of(init_data) is Fault.MALFORMED


@pytest.mark.parametrize("user", ["[]", "null", "{}", '{"id":"42"}', '{"id":true}', '{"id":4.2}'])
def test_without_a_person_it_is_refused(user: str) -> None:
    assert fault_of(signed(user=user)) is Fault.NO_USER
    assert fault_of(signed(without="user")) is Fault.NO_USER


@given(st.data())
def test_any_change_of_one_character_is_refused(data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(GOOD) - 1), "at")
    char = data.draw(st.characters(codec="utf-8") | st.sampled_from("%&=+abcdefABCDEF0123456789"), "char")
    way = data.draw(st.sampled_from(["other", "less", "more"]), "way")
    changed = GOOD[:at] + ("" if way == "less" else char) + GOOD[at + (way != "more") :]
    try:
        said = parse_qsl(changed, keep_blank_values=True, strict_parsing=True)
    except ValueError:
        said = []
    assume(said != parse_qsl(GOOD))  # "%7b" for "%7B" is no change: the same was said, and that is what is signed
    with pytest.raises(InitDataRefused):
        verify(changed, token=TOKEN, now=NOW)


@given(st.text() | st.binary(max_size=300).map(lambda data: data.decode("latin-1")))
def test_nothing_whatever_does_more_than_be_refused(init_data: str) -> None:
    with pytest.raises(InitDataRefused):
        verify(init_data, token=TOKEN, now=NOW)


# Telegram's own and published ones


def vectors() -> Any:
    if not VECTORS.exists():
        warnings.warn(f"SKIPPED: the published vectors are not at {VECTORS}", pytest.PytestWarning, stacklevel=2)
        pytest.skip("no vectors on this machine")
    return json.loads(VECTORS.read_text())


@pytest.mark.filterwarnings("default::pytest.PytestWarning")
def test_the_vectors_that_were_made() -> None:
    made, tampered = vectors()["made"], vectors()["made_tampered"]
    now = datetime.fromtimestamp(1795245893, UTC)
    data = verify(made["init_data"], token=made["bot_token"], now=now)
    assert (data.user_id, data.start_param, data.chat_type) == (279058397, "job_42", "supergroup")
    assert data.user_name == "Ada + - ? / Ünïcode"
    with pytest.raises(InitDataRefused, match="forged"):
        verify(tampered["init_data"], token=tampered["bot_token"], now=now)


@pytest.mark.filterwarnings("default::pytest.PytestWarning")
def test_the_published_vector() -> None:
    """Its token was never published, only the secret made from it."""
    published = vectors()["published"]
    fields = dict(parse_qsl(published["init_data"]))
    assert proof(fields, bytes.fromhex(published["secret_key_hex"])) == fields["hash"]
    changed = fields | {"signature": "x"}
    assert proof(changed, bytes.fromhex(published["secret_key_hex"])) != fields["hash"]


@pytest.mark.filterwarnings("default::pytest.PytestWarning")
def test_no_vector_was_overlooked() -> None:
    assert vectors().keys() == {"note", "made", "made_tampered", "published", "ed25519_public_key_hex"}
