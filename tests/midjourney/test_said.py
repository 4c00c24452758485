"""The provider's words, as they may be shown."""

import pytest

from midjourney.said import clean, message

MASKED = "sk-abc**********xyz"


@pytest.mark.parametrize(
    ("value", "raw", "expected"),
    [
        ({"description": "one", "error": {"message": "two"}, "message": "four"}, "", "one"),
        ({"description": " ", "error": {"message": "two"}, "message": "four"}, "", "two"),
        ({"error": "three", "message": "four", "msg": "five"}, "", "three"),
        ({"error": {}, "message": "four", "msg": "five"}, "", "four"),
        ({"message": None, "msg": "five"}, "", "five"),
        ({"message": "<html><body>x"}, "raw", "raw"),
        (None, "raw text", "raw text"),
        (None, "x" * 301, "Bad Request"),
        ({"description": {"a": 1}}, "", "Bad Request"),
        ([1, 2], "", "Bad Request"),
    ],
)
def test_the_message_is_looked_for_in_order(value, raw, expected):
    assert message(value, raw, 400) == expected


def test_an_unknown_status_has_words_too():
    assert message(None, "", 599) == "HTTP 599"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Invalid token (request id: 20250711041215eFgH)", "Invalid token"),
        ("nope request_id=ab-12.x", "nope"),
        (f"该令牌额度已用尽 TokenStatusExhausted[{MASKED}]", "该令牌额度已用尽 TokenStatusExhausted"),
        ("key sk-abcDEF123 is bad", "key is bad"),
        ("key abcd****wxyz is bad", "key is bad"),
        ("use Bearer abcdefgh12 instead", "use instead"),
        ("upstream_error: too slow", "too slow"),
        ("token eyJhbGciOiJIUzI1NiJ9.eyJ0ZXN0IjoxfQ.abc is void", "token is void"),
        ("Post https://upstream.example/mj?key=1，请重试", "Post ，请重试"),
        ("a <b>bold</b> <script>x</script>", ""),
        ("a <b>bold</b> word <@123>", "a bold word"),
        ("**bold** stays", "**bold** stays"),
        ("a\x00b\x1b[31m\r\n\tc\u202ed", "ab[31m c" + "d"),
        ("family 👨‍👩‍👧 stays", "family 👨‍👩‍👧 stays"),
        (
            "[Invalid parameter] Unrecognized parameter(s): `--foo`",
            "[Invalid parameter] Unrecognized parameter(s): `--foo`",
        ),
        ("expect { or n, but found <", "expect { or n, but found <"),
        ("task 1752210001234567 was not found", "task 1752210001234567 was not found"),
        ("a-very-long-word-without-any-figures-in-it", "a-very-long-word-without-any-figures-in-it"),
        ("<!DOCTYPE html><html>", ""),
        (5, ""),
        (None, ""),
    ],
)
def test_words_are_cleaned(words, expected):
    assert clean(words) == expected


def test_words_are_cut_after_the_secrets_are_out():
    secret = "hidden-words"
    said = clean("y " * 145 + secret, (secret,))
    assert len(said) <= 300
    assert "hid" not in said
    assert clean("x " * 400).endswith("…")
    assert len(clean("x " * 400)) <= 300


def test_what_is_hidden_is_hidden_in_any_case_but_not_inside_every_word():
    assert clean("at API.Provider.example there", ("api.provider.example",)) == "at there"
    assert clean("a cat", ("a", "")) == "a cat"


def test_cleaning_a_huge_text_is_quick():
    for hostile in ("a" * 1_000_000, "a-" * 500_000, "<a" * 500_000, "a.1" * 300_000, "*" * 1_000_000, "a:" * 500_000):
        assert len(clean(hostile)) <= 300
