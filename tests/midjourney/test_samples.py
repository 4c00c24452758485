"""Every sample of the reference, read as what it is."""

from datetime import UTC, datetime

import pytest

from domain.provider import RemoteStatus
from domain.task import Answer, Imagine, Press, RemoteId
from domain.verdict import Accepted, Reason, Refused, Unclear, Window
from midjourney.tasks import read_task, read_tasks
from midjourney.verdicts import read_submit
from midjourney.wire import submit_request
from tests.midjourney.samples import FOLDER, sample, sample_bytes

NOW = datetime(2025, 7, 11, 12, tzinfo=UTC)
ID = RemoteId("1752210001234567")
FINAL = "a lighthouse in a storm --ar 3:2 --v 7.0"

SUBMITS = {
    "8.01": (200, Accepted(remote_ids=(ID,))),
    "8.02": (200, Accepted(remote_ids=(ID,))),
    "8.03": (200, Accepted(remote_ids=(ID,), queue_place=2)),
    "8.04": (200, Window(remote_id=RemoteId("1752210155550321"), offered=FINAL)),
    "8.05": (200, Window(remote_id=RemoteId("1752210166660432"), offered=FINAL)),
    "8.06": (200, Window(remote_id=RemoteId("1752210177770543"), offered=None)),
    "8.07": (200, Accepted(remote_ids=(RemoteId("1752210188880654"),), existed=True)),
    "8.08": (200, Refused(reason=Reason.BUSY, said="队列已满，请稍后尝试", busy=True)),
    "8.09": (200, Refused(reason=Reason.BANNED_WORD, said="可能包含敏感词", banned_word="nude")),
    "8.10": (200, Refused(reason=Reason.NO_ACCOUNT, said="无可用的账号实例")),
    "8.11-a": (400, Refused(reason=Reason.UNSUPPORTED, said="Invalid request, unknown_action:MJ::Job::PicReader::1")),
    "8.11-b": (400, Refused(reason=Reason.NOT_READY, said="task_status_not_success", busy=True)),
    "8.11-c": (
        429,
        Refused(reason=Reason.BUSY, said="当前分组负载已饱和，请稍后再试，或升级账户以提升服务质量。", busy=True),
    ),
    "8.11-d": (
        503,
        Refused(reason=Reason.UNSUPPORTED, said="No available channel for model mj_video under group default"),
    ),
    "8.11-e": (401, Refused(reason=Reason.ACCOUNT, said="Invalid token")),
    "8.12": (200, Refused(reason=Reason.LIMIT, said="并发数已达上限")),
    "8.13": (200, Unclear(what="HTTP 200, code 1")),
    "8.14": (
        200,
        Accepted(remote_ids=tuple(RemoteId(f"1752210300000{n}") for n in ("111", "222", "333", "444"))),
    ),
    "8.15": (200, Accepted(remote_ids=(RemoteId("636646138"),))),
    "8.25-b": (200, Accepted(remote_ids=(RemoteId("1752210155550321"),))),
}
TASKS = {
    "8.16": (RemoteStatus.WAITING, 0, 0, None, "a lighthouse in a storm --ar 3:2 --v 7"),
    "8.17": (RemoteStatus.WAITING, 0, 0, None, "a lighthouse in a storm --ar 3:2 --v 7"),
    "8.18": (RemoteStatus.RUNNING, 46, 0, None, FINAL),
    "8.19": (RemoteStatus.SUCCESS, 100, 9, None, FINAL),
    "8.20": (RemoteStatus.SUCCESS, 100, 15, None, FINAL),
    "8.22": (RemoteStatus.SUCCESS, 100, 1, None, "<https://s.example/aB3> <https://s.example/cD4> --v 7.0"),
    "8.24": (RemoteStatus.WINDOW, None, 0, None, FINAL),
    "8.26": (RemoteStatus.FAILURE, None, 0, "[Invalid parameter] Unrecognized parameter(s): `--foo`", "cat --foo"),
    "8.27": (RemoteStatus.FAILURE, 100, 0, "上游任务超时（超过1小时）", "cat"),
    "8.28": (RemoteStatus.SUCCESS, 100, 1, None, "waves crash slowly --motion low --video 1"),
    "8.29": (RemoteStatus.CANCEL, None, 0, None, "cat"),
}
OTHERS = {"8.21", "8.23", "8.25-a", "8.30", "8.31-a", "8.31-b", "8.31-c", "8.31-d"}


def test_no_sample_is_left_out():
    named = SUBMITS.keys() | TASKS.keys() | OTHERS
    assert len(named) == len(list(FOLDER.glob("8.*.json")))
    assert all(sample(name) for name in named)


@pytest.mark.parametrize("name", SUBMITS)
def test_the_answer_to_a_submit_is_read_right(name):
    status, verdict = SUBMITS[name]
    assert read_submit(status, {}, sample_bytes(name), now=NOW) == verdict


@pytest.mark.parametrize("name", TASKS)
def test_the_task_is_read_right(name):
    task = read_task(sample(name))
    buttons = len(task.buttons)
    assert (task.status, task.progress, buttons, task.reason, task.final_prompt) == TASKS[name]
    assert task.remote_id == sample(name)["id"]


def test_a_finished_picture_has_its_address_and_its_buttons_in_order():
    task = read_task(sample("8.19"))
    assert task.image_url == sample("8.19")["imageUrl"]
    assert [button.custom_id for button in task.buttons] == [each["customId"] for each in sample("8.19")["buttons"]]
    assert [button.label for button in task.buttons] == ["U1", "U2", "U3", "U4", "", "V1", "V2", "V3", "V4"]
    assert task.buttons[4].emoji == "🔄"
    assert read_task(sample("8.20")).buttons[0].emoji == "upscale_1"


def test_our_own_state_comes_back():
    assert read_task(sample("8.17")).state == "chat:42"
    assert read_task(sample("8.16")).state is None


@pytest.mark.parametrize("name", ["8.21", "8.23"])
def test_a_text_that_is_the_result_is_found(name):
    task = read_task(sample(name))
    assert task.status is RemoteStatus.SUCCESS
    assert task.final_prompt == sample(name)["properties"]["finalPrompt"]
    assert task.image_url == sample(name)["imageUrl"]


def test_of_two_rows_the_one_that_goes_on_counts():
    (task,) = read_tasks(sample("8.30")).values()
    assert (task.status, task.progress) == (RemoteStatus.RUNNING, 31)
    assert read_tasks(reversed(sample("8.30"))) == read_tasks(sample("8.30"))


def test_requests_are_written_as_in_the_samples():
    words = "a lighthouse in a storm --ar 3:2 --v 7"
    assert submit_request(Imagine(prompt=words), state="chat:42") == ("/mj/submit/imagine", sample("8.31-a"))
    pressed = "MJ::JOB::upsample::2::3f9c1b7e-52d4-4c0a-9e61-8a7d2b4f6c10"
    path, body = submit_request(Press(parent=ID, custom_id=pressed), state="")
    assert (path, body) == ("/mj/submit/action", sample("8.31-c") | {"notifyHook": ""})
    window, answer = RemoteId("1752210155550321"), "a lighthouse in a storm, wide sea --ar 3:2 --v 7.0 --zoom 1.8"
    assert submit_request(Answer(window=window, prompt=answer), state="n") == ("/mj/submit/modal", sample("8.25-a"))
