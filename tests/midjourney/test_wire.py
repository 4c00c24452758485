"""What is sent."""

import pytest

from domain.task import (
    Answer,
    Attached,
    Blend,
    BotType,
    Change,
    Describe,
    Dimensions,
    Edit,
    Imagine,
    Motion,
    PictureId,
    Press,
    RemoteId,
    Role,
    Shorten,
    Submission,
    Swap,
    Video,
)
from domain.verdict import Accepted, Unclear, Window
from midjourney import wire
from midjourney.wire import plausible, submit_request

ID = RemoteId("17")
CAT, DOG = PictureId("cat"), PictureId("dog")
PICTURES = {CAT: b"\x89PNG cat", DOG: b"\xff\xd8\xff dog"}
CAT_URL, DOG_URL = (wire.data_url(data) for data in PICTURES.values())
IMAGINE = Imagine(prompt="a cat")
PRESS = Press(parent=ID, custom_id="MJ::JOB::reroll::0::u::SOLO")
ANSWER = Answer(window=ID, prompt="a cat")
SUBMISSIONS: list[Submission] = [
    IMAGINE,
    Imagine(prompt="a cat", bot_type=BotType.NIJI, attached=(Attached(picture=DOG), Attached(picture=CAT))),
    Blend(pictures=(DOG, CAT), dimensions=Dimensions.PORTRAIT),
    Describe(picture=CAT),
    Shorten(prompt="a very long cat"),
    Video(prompt="it runs", picture=CAT, motion=Motion.HIGH),
    Video(prompt="", extends=ID, index=2),
    Edit(prompt="make it red", picture=CAT),
    Swap(face=CAT, target=DOG),
    PRESS,
    Change(parent=ID, action="UPSCALE", index=2),
    ANSWER,
]


def body_of(submission: Submission) -> tuple[str, dict[str, object]]:
    path, body = submit_request(submission, state="nonce", pictures=PICTURES)
    return path, dict(body)


@pytest.mark.parametrize("submission", SUBMISSIONS)
def test_everything_is_text_but_for_lists_numbers_and_a_yes(submission: Submission) -> None:
    _path, body = body_of(submission)
    assert all(isinstance(value, str) for name, value in body.items() if name not in {"base64Array", "index", "loop"})


def test_the_model_is_always_named() -> None:
    assert [body_of(each)[1]["botType"] for each in SUBMISSIONS[:2]] == ["MID_JOURNEY", "NIJI_JOURNEY"]


def test_new_submissions_carry_our_state_and_an_answer_keeps_the_presss() -> None:
    assert [body_of(each)[1].get("state") for each in SUBMISSIONS] == ["nonce"] * 11 + [None]


def test_each_picture_stands_where_it_belongs_in_the_order_given() -> None:
    bodies = {type(each).__name__: body_of(each) for each in reversed(SUBMISSIONS)}
    assert body_of(SUBMISSIONS[1])[1]["base64Array"] == [DOG_URL, CAT_URL]
    assert bodies["Blend"] == (
        "/mj/submit/blend",
        {
            "botType": "MID_JOURNEY",
            "notifyHook": "",
            "state": "nonce",
            "base64Array": [DOG_URL, CAT_URL],
            "dimensions": "PORTRAIT",
        },
    )
    assert bodies["Describe"][1]["base64"] == CAT_URL
    assert bodies["Edit"][0] == "/mj/submit/edits"
    assert bodies["Edit"][1]["image"] == CAT_URL
    assert bodies["Swap"][0] == "/mj/insight-face/swap"
    assert (bodies["Swap"][1]["sourceBase64"], bodies["Swap"][1]["targetBase64"]) == (CAT_URL, DOG_URL)
    assert bodies["Video"][1] == {
        "prompt": "it runs",
        "motion": "high",
        "image": CAT_URL,
        "notifyHook": "",
        "state": "nonce",
    }
    extended = body_of(SUBMISSIONS[6])[1]
    assert (extended["action"], extended["taskId"], extended["index"]) == ("extend", "17", 2)
    assert "image" not in extended


def test_a_mask_goes_as_a_png() -> None:
    assert body_of(ANSWER)[1]["maskBase64"] == ""
    masked = Answer(window=ID, prompt="a cat", mask="AAAA")
    assert body_of(masked)[1]["maskBase64"] == "data:image/png;base64,AAAA"


@pytest.mark.parametrize(
    ("prompt", "roles", "made"),
    [
        ("a cat", [Role.STYLE], "a cat --sref u0"),
        ("a cat --sref --ar 3:2", [Role.STYLE], "a cat --sref u0 --ar 3:2"),
        ("a cat --sref", [Role.STYLE, Role.STYLE], "a cat --sref u0 u1"),
        ("a cat --cref --sref", [Role.STYLE, Role.CHARACTER], "a cat --cref u1 --sref u0"),
        ("a --srefx cat", [Role.STYLE], "a --srefx cat --sref u0"),
        ("a cat --sref 123 --v 6", [Role.OMNI], "a cat --sref 123 --v 6 --oref u0"),
    ],
)
def test_addresses_stand_behind_the_flags_that_want_them(prompt: str, roles: list[Role], made: str) -> None:
    attached = [Attached(picture=CAT, role=role) for role in roles]
    assert wire.with_addresses(prompt, attached, [f"u{place}" for place in range(len(roles))]) == made


def test_a_window_is_believed_only_of_a_press() -> None:
    window = Window(remote_id=ID, offered="a cat")
    assert plausible(window, PRESS) is window
    assert plausible(window, IMAGINE) == plausible(window, ANSWER) == Accepted(remote_ids=(ID,))
    assert plausible(Unclear(what="?"), IMAGINE) == Unclear(what="?")
