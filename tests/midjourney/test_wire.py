"""What is sent."""

import pytest

from domain.task import Answer, BotType, Imagine, Press, RemoteId
from domain.verdict import Accepted, Unclear, Window
from midjourney.wire import plausible, submit_request

ID = RemoteId("17")
SUBMISSIONS = [
    Imagine(prompt="a cat"),
    Imagine(prompt="a cat", bot_type=BotType.NIJI),
    Press(parent=ID, custom_id="MJ::JOB::reroll::0::u::SOLO"),
    Answer(window=ID, prompt="a cat"),
]


@pytest.mark.parametrize("submission", SUBMISSIONS)
def test_everything_is_text(submission):
    _path, body = submit_request(submission, state="nonce")
    assert all(isinstance(value, str) for name, value in body.items() if name != "base64Array")


def test_the_model_is_always_named():
    assert [submit_request(each, state="")[1]["botType"] for each in SUBMISSIONS[:2]] == ["MID_JOURNEY", "NIJI_JOURNEY"]


def test_new_submissions_carry_our_state():
    assert [submit_request(each, state="nonce")[1].get("state") for each in SUBMISSIONS] == ["nonce"] * 3 + [None]


def test_a_window_is_believed_only_of_a_press():
    window = Window(remote_id=ID, offered="a cat")
    imagine, _niji, press, answer = SUBMISSIONS
    assert plausible(window, press) is window
    assert plausible(window, imagine) == plausible(window, answer) == Accepted(remote_ids=(ID,))
    assert plausible(Unclear(what="?"), imagine) == Unclear(what="?")
