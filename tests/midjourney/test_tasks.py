"""Task objects with every field missing, empty or of another type."""

import pytest

from domain.provider import RemoteButton, RemoteStatus, Snapshot
from domain.task import RemoteId
from midjourney.tasks import more_advanced, read_progress, read_task, read_tasks

ID = RemoteId("1752210001234567")


def task(**fields):
    return read_task({"id": ID, **fields})


@pytest.mark.parametrize(
    ("value", "progress"),
    [
        ("0%", 0), ("45%", 45), ("100%", 100), (" 46 % ", 46), ("46", 46), (46, 46), (46.9, 46), ("46.9%", 46),
        (-3, 0), ("-3%", 0), (1000, 100), ("999999999%", 100), (10**400, 100),
        ("", None), (None, None), ("Waiting to start", None), ("%", None), (True, None), ([], None), ({}, None),
        (float("nan"), None), (float("inf"), None), ("٤٥%", None), ("9" * 10_000, None), ("1e9", None),
    ],
)  # fmt: skip
def test_progress_is_a_number_of_per_cent_or_nothing(value, progress):
    assert read_progress(value) == progress


@pytest.mark.parametrize(
    ("value", "status"),
    [
        ("", RemoteStatus.WAITING), (None, RemoteStatus.WAITING), ("NOT_START", RemoteStatus.WAITING),
        ("SUBMITTED", RemoteStatus.WAITING), ("IN_PROGRESS", RemoteStatus.RUNNING), ("MODAL", RemoteStatus.WINDOW),
        ("SUCCESS", RemoteStatus.SUCCESS), ("FAILURE", RemoteStatus.FAILURE), ("CANCEL", RemoteStatus.CANCEL),
        ("success ", RemoteStatus.SUCCESS), ("PONDERING", RemoteStatus.RUNNING), (4, RemoteStatus.RUNNING),
        ([], RemoteStatus.RUNNING),
    ],
)  # fmt: skip
def test_each_status_is_known_and_an_unknown_one_is_running(value, status):
    assert task(status=value).status is status


def test_a_task_of_nothing_but_its_id_waits():
    assert task() == Snapshot(remote_id=ID, status=RemoteStatus.WAITING)
    assert read_task({"id": int(ID)}).remote_id == ID


@pytest.mark.parametrize(
    "value", [None, [], "x", 5, {}, {"id": ""}, {"id": "null"}, {"id": "1,2"}, {"id": True}, {"id": 1.5}]
)
def test_what_has_no_id_is_no_task(value):
    assert read_task(value) is None


def test_a_hundred_per_cent_is_no_success():
    assert task(progress="100%").status is RemoteStatus.WAITING
    assert task(progress="100%", status="IN_PROGRESS").status is RemoteStatus.RUNNING
    assert task(progress="100%", status="FAILURE").status is RemoteStatus.FAILURE


def test_a_hundred_per_cent_and_a_reason_is_a_failure_unless_the_end_is_known():
    assert task(progress="100%", status="IN_PROGRESS", failReason="x").status is RemoteStatus.FAILURE
    assert task(progress="100%", status="", failReason="<html>").status is RemoteStatus.FAILURE
    assert task(progress="100%", status="SUCCESS", failReason="x").status is RemoteStatus.SUCCESS
    assert task(progress="100%", status="CANCEL", failReason="x").status is RemoteStatus.CANCEL
    assert task(progress="99%", status="IN_PROGRESS", failReason="x").status is RemoteStatus.RUNNING
    assert task(progress="100%", status="IN_PROGRESS", failReason=" ").status is RemoteStatus.RUNNING


@pytest.mark.parametrize(
    "url",
    ["", None, 5, "ftp://a.example/x", "file:///etc/passwd", "data:image/png;base64,AA", "javascript:alert(1)", "https://",
     "/mj/image/1", "https://a.example/a b", "https://a.example/\nx", "https://[::1",
     "https://a.example/" + "x" * 2048],
)  # fmt: skip
def test_only_a_web_address_is_a_picture(url):
    assert task(imageUrl=url).image_url is None


def test_a_video_takes_the_place_of_a_missing_picture():
    assert task(imageUrl="https://a.example/1.png", videoUrl="https://a.example/2.mp4").image_url.endswith("1.png")
    assert task(imageUrl="", videoUrl="https://a.example/2.mp4").image_url.endswith("2.mp4")


def test_the_reason_is_cleaned():
    assert task(failReason="Blocked\u202e\nby <b>x</b> sk-abcdef123").reason == "Blocked by x"
    assert task(failReason="").reason is None
    assert read_task({"id": ID, "failReason": "key KEYS out"}, hidden=("KEYS",)).reason == "key out"


def test_the_prompt_is_looked_for_in_order():
    places = {"properties": {"finalPrompt": "1"}, "promptEn": "2", "prompt": "3", "description": "4"}
    found = []
    for name in list(places):
        found.append(task(status="SUCCESS", action="DESCRIBE", **places).final_prompt)
        places[name] = None
    assert found == ["1", "2", "3", "4"]
    assert task(status="SUCCESS", action="DESCRIBE", description="/describe 1.png").final_prompt is None
    assert task(status="SUCCESS", action="IMAGINE", description="提交成功").final_prompt is None


def test_a_text_keeps_its_lines_and_loses_what_cannot_be_shown():
    assert task(prompt="1️⃣ a\r\n\r\n2️⃣ b\x00\ud800").final_prompt == "1️⃣ a\n\n2️⃣ b"


def test_buttons_without_an_id_that_can_be_sent_back_are_skipped():
    elements = [
        {"customId": "a", "label": None, "emoji": {"name": "x"}},
        {"customId": "", "label": "U1"},
        {"label": "link", "url": "https://a.example"},
        {"customId": 5},
        {"customId": "x" * 257},
        {"customId": "a\nb"},
        {"customId": "\ud800"},
        "nonsense",
        None,
        {"customId": "a", "label": "again"},
        {"customId": " b ", "label": "L" * 300, "emoji": "🔄"},
    ]
    first, second = task(buttons=elements).buttons
    assert first == RemoteButton(custom_id="a")
    assert (second.custom_id, second.label, second.emoji) == (" b ", "L" * 256, "🔄")


def test_there_are_at_most_fifty_buttons():
    assert len(task(buttons=[{"customId": str(n)} for n in range(1000)]).buttons) == 50
    assert task(buttons="nonsense").buttons == task(buttons={"customId": "a"}).buttons == ()


def test_of_two_rows_the_more_advanced_one_counts_whatever_their_order():
    ranks = ["MODAL", "NOT_START", "IN_PROGRESS", "CANCEL", "FAILURE", "SUCCESS"]
    rows = [task(status=status) for status in ranks] + [task(status="SUCCESS", progress="100%")]
    for place, row in enumerate(rows):
        for lower in rows[:place]:
            assert more_advanced(row, lower) is more_advanced(lower, row) is row


def test_an_unreadable_row_does_not_spoil_the_others():
    assert list(read_tasks([None, {"id": []}, {"id": ID}, 7])) == [ID]
