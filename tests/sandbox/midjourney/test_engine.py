"""The engine by itself: states by a clock that is a number, and each refusal."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image

from sandbox.midjourney.answers import Answer
from sandbox.midjourney.engine import Engine
from sandbox.midjourney.kinds import Ask
from sandbox.midjourney.task import Fate
from sandbox.midjourney.wire import task_json
from sandbox.painter.gallery import png

START = 1_752_210_000_000
ASK = Ask(state="s-1")
MASK = png(Image.new("RGB", (16, 16), "white"))


class Desk:
    """An engine and the time."""

    def __init__(self, **options: Any) -> None:
        self.engine = Engine(side=128, **options)
        self.now = START

    def move(self, seconds: float) -> None:
        self.now += round(seconds * 1000)

    def imagine(self, prompt: str = "a lighthouse in a storm --ar 3:2 --v 7") -> str:
        return taken(self.engine.imagine(prompt, ASK, self.now))

    def finished(self, prompt: str = "a lighthouse in a storm --ar 3:2 --v 7") -> str:
        task_id = self.imagine(prompt)
        self.move(60)
        return task_id

    def shown(self, task_id: str) -> dict[str, Any]:
        seen = self.engine.see(task_id, self.now)
        assert seen is not None
        return task_json(*seen, base="http://pictures.example", side=128)

    def custom_id(self, task_id: str, part: str) -> str:
        return next(str(button["customId"]) for button in self.shown(task_id)["buttons"] if part in button["customId"])

    def press(self, task_id: str, part: str) -> Answer:
        return self.engine.action(task_id, self.custom_id(task_id, part), ASK, self.now)

    def single(self) -> str:
        task_id = taken(self.press(self.finished(), "upsample::2::"))
        self.move(60)
        return task_id


def taken(answer: Answer) -> str:
    assert answer.code in {1, 22}, answer
    assert answer.result is not None
    return answer.result


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_a_task_goes_through_all_states_as_time_passes(desk: Desk) -> None:
    task_id = desk.imagine()
    seen = []
    for _ in range(60):
        shown = desk.shown(task_id)
        seen.append((shown["status"], shown["progress"], shown["imageUrl"]))
        desk.move(0.25)
    statuses = list(dict.fromkeys(status for status, _, _ in seen))
    assert statuses == ["NOT_START", "SUBMITTED", "IN_PROGRESS", "SUCCESS"]
    percents = [int(progress.removesuffix("%")) for _, progress, _ in seen]
    assert percents == sorted(percents)
    assert {15, 46, 93} <= set(percents)
    previews = {address for status, _, address in seen if status == "IN_PROGRESS" and address}
    assert len(previews) == 6
    assert seen[-1][2].endswith(".png")


def test_ids_have_sixteen_digits_and_rise(desk: Desk) -> None:
    ids = [desk.imagine() for _ in range(8)]
    assert all(len(one) == 16 and one.isdigit() for one in ids)
    assert ids == sorted(ids)
    assert len(set(ids)) == 8


def test_a_speed_that_is_changed_holds_for_what_starts_later(desk: Desk) -> None:
    slow = desk.imagine()
    desk.engine.speed["imagine"] = 1
    quick = desk.imagine()
    desk.move(2)
    assert desk.shown(quick)["status"] == "SUCCESS"
    assert desk.shown(slow)["status"] == "IN_PROGRESS"


def test_times_are_those_of_the_states_not_of_the_look(desk: Desk) -> None:
    task_id = desk.imagine()
    desk.move(3600)
    shown = desk.shown(task_id)
    assert (shown["submitTime"], shown["startTime"], shown["finishTime"]) == (START, START, START + 12_000)


def test_those_in_line_start_when_a_place_is_free(desk: Desk) -> None:
    desk = Desk(running_at_once=1, queue_size=2)
    first = desk.engine.imagine("one", ASK, desk.now)
    second = desk.engine.imagine("two", ASK, desk.now)
    third = desk.engine.imagine("three", ASK, desk.now)
    assert (first.code, second.code, third.code) == (1, 22, 22)
    assert [second.properties["numberOfQueues"], third.properties["numberOfQueues"]] == [1, 2]
    assert desk.engine.imagine("four", ASK, desk.now).code == 23
    desk.move(100)
    assert desk.shown(taken(third))["startTime"] == START + 24_000
    assert desk.engine.imagine("five", ASK, desk.now).code == 1


def test_a_full_engine_keeps_nothing_of_what_it_refused() -> None:
    desk = Desk(running_at_once=1, queue_size=0)
    desk.imagine()
    answer = desk.engine.imagine("more", ASK, desk.now)
    assert (answer.code, answer.result) == (23, None)
    assert len(desk.engine.tasks) == 1


@pytest.mark.parametrize("prompt", ["", "   ", "\n"])
def test_a_blank_prompt_is_refused(desk: Desk, prompt: str) -> None:
    assert desk.engine.imagine(prompt, ASK, desk.now).code == 4


def test_a_banned_word_is_named(desk: Desk) -> None:
    answer = desk.engine.imagine("a Nude statue", ASK, desk.now)
    assert answer.code == 24
    assert answer.properties == {"promptEn": "a Nude statue", "bannedWord": "nude"}
    assert not desk.engine.tasks


def test_part_of_a_word_is_not_banned(desk: Desk) -> None:
    assert desk.engine.imagine("a denuded hill", ASK, desk.now).code == 1


def test_an_unknown_parameter_fails_the_task_later(desk: Desk) -> None:
    task_id = desk.imagine("cat --foo")
    assert desk.shown(task_id)["status"] == "NOT_START"
    desk.move(3)
    shown = desk.shown(task_id)
    assert (shown["status"], shown["progress"]) == ("FAILURE", "")
    assert shown["failReason"] == "[Invalid parameter] Unrecognized parameter(s): `--foo`"


def test_a_press_on_an_unknown_task_is_refused(desk: Desk) -> None:
    assert desk.engine.action("1752210001234567", "MJ::JOB::upsample::1::x", ASK, desk.now).code == 3


def test_a_press_before_success_is_refused(desk: Desk) -> None:
    task_id = desk.imagine()
    answer = desk.engine.action(task_id, "MJ::JOB::upsample::1::x", ASK, desk.now)
    assert (answer.code, answer.description) == (4, "关联任务状态错误")


def test_a_button_of_another_task_is_refused(desk: Desk) -> None:
    first, second = desk.finished(), desk.finished()
    answer = desk.engine.action(first, desk.custom_id(second, "upsample::1::"), ASK, desk.now)
    assert (answer.code, answer.description) == (3, "关联动作不存在")


def test_what_the_engine_cannot_do_is_refused(desk: Desk) -> None:
    assert desk.press(desk.single(), "BOOKMARK").code == 4


def test_the_grid_and_the_single_have_their_sets_of_buttons(desk: Desk) -> None:
    grid = desk.shown(desk.finished())["buttons"]
    assert " ".join(button["label"] or button["emoji"] for button in grid) == "U1 U2 U3 U4 🔄 V1 V2 V3 V4"
    single = desk.shown(desk.single())["buttons"]
    assert len(single) == 16, "fifteen and Make Square, for it isn't square"
    square = Desk()
    task_id = taken(square.press(square.finished("a cat"), "upsample::1::"))
    square.move(60)
    assert len(square.shown(task_id)["buttons"]) == 15


@pytest.mark.parametrize(
    ("part", "action", "form"),
    [
        ("upsample_v7_2x_subtle", "UPSCALE", "large"),
        ("upsample_v7_2x_creative", "UPSCALE", "large"),
        ("low_variation", "VARIATION", "grid"),
        ("high_variation", "VARIATION", "grid"),
        ("Outpaint::50", "ZOOM", "grid"),
        ("Outpaint::75", "ZOOM", "grid"),
        ("Outpaint::100", "ZOOM", "grid"),
        ("pan_left", "PAN", "grid"),
        ("pan_right", "PAN", "grid"),
        ("pan_up", "PAN", "grid"),
        ("pan_down", "PAN", "grid"),
    ],
)
def test_each_button_of_a_single_leads_to_its_kind_of_result(desk: Desk, part: str, action: str, form: str) -> None:
    parent = desk.single()
    task_id = taken(desk.press(parent, part))
    desk.move(60)
    task = desk.engine.tasks[task_id]
    assert (task.action, task.work.form, desk.shown(task_id)["status"]) == (action, form, "SUCCESS")
    assert task.work != desk.engine.tasks[parent].work


def test_a_reroll_keeps_the_action_and_changes_the_picture(desk: Desk) -> None:
    parent = desk.finished()
    again = desk.engine.tasks[taken(desk.press(parent, "reroll"))]
    before = desk.engine.tasks[parent]
    assert again.action == "IMAGINE"
    assert again.work.picture is not None
    assert before.work.picture is not None
    assert again.work.picture.prompt == before.work.picture.prompt
    assert again.work.picture.seed != before.work.picture.seed
    assert again.job != before.job


def test_a_custom_zoom_opens_a_window_and_goes_on_when_it_is_answered(desk: Desk) -> None:
    answer = desk.press(desk.single(), "CustomZoom")
    assert answer.code == 21
    assert answer.properties["finalPrompt"] == "a lighthouse in a storm --ar 3:2 --v 7.0"
    assert "remix" in answer.properties
    assert answer.result is not None
    desk.move(600)
    assert desk.shown(answer.result)["status"] == "MODAL"
    again = desk.engine.modal(answer.result, "a lighthouse --zoom 1.8", b"", desk.now)
    assert (again.code, again.result) == (1, answer.result)
    desk.move(60)
    shown = desk.shown(answer.result)
    assert (shown["status"], shown["prompt"]) == ("SUCCESS", "a lighthouse --zoom 1.8")
    picture = desk.engine.tasks[answer.result].work.picture
    assert picture is not None
    assert picture.zoom == 1.8


@pytest.mark.parametrize("prompt", ["a lighthouse", "a lighthouse --zoom 3"])
def test_a_zoom_window_answered_without_a_zoom_fails(desk: Desk, prompt: str) -> None:
    window = desk.press(desk.single(), "CustomZoom").result
    assert window is not None
    assert desk.engine.modal(window, prompt, b"", desk.now).code == 1
    desk.move(60)
    assert desk.shown(window)["status"] == "FAILURE"


def test_a_region_wants_a_mask_that_is_an_image(desk: Desk) -> None:
    window = desk.press(desk.single(), "Inpaint").result
    assert window is not None
    missing = desk.engine.modal(window, "a dragon", b"", desk.now)
    assert (missing.code, missing.description) == (4, "蒙版base64不能为空")
    assert desk.engine.modal(window, "a dragon", b"no image", desk.now).code == 4
    assert desk.shown(window)["status"] == "MODAL"
    assert desk.engine.modal(window, "a dragon", MASK, desk.now).code == 1


def test_a_window_takes_the_offered_prompt_when_none_is_given(desk: Desk) -> None:
    window = desk.press(desk.single(), "Inpaint").result
    assert window is not None
    assert desk.engine.modal(window, " ", MASK, desk.now).code == 1
    assert desk.shown(window)["prompt"] == "a lighthouse in a storm --ar 3:2 --v 7.0"


def test_a_window_is_answered_once_and_checked_for_banned_words(desk: Desk) -> None:
    window = desk.press(desk.single(), "Inpaint").result
    assert window is not None
    assert desk.engine.modal(window, "gore", MASK, desk.now).code == 24
    assert desk.engine.modal(window, "a dragon", MASK, desk.now).code == 1
    again = desk.engine.modal(window, "a dragon", MASK, desk.now)
    assert (again.code, again.description) == (4, "任务状态错误")
    assert desk.engine.modal("1", "a dragon", MASK, desk.now).code == 3


def test_a_window_stays_open_when_the_engine_is_full() -> None:
    desk = Desk(running_at_once=1, queue_size=0)
    window = desk.press(desk.finished(), "upsample::1::")
    desk.move(60)
    window = desk.press(taken(window), "CustomZoom")
    assert window.result is not None
    desk.imagine()
    assert desk.engine.modal(window.result, "x --zoom 2", b"", desk.now).code == 23
    desk.move(60)
    assert desk.engine.modal(window.result, "x --zoom 2", b"", desk.now).code == 1


@pytest.mark.parametrize("part", ["reroll", "variation::3"])
def test_with_remix_on_a_grid_asks_for_a_prompt(part: str) -> None:
    desk = Desk(remix=True)
    answer = desk.press(desk.finished(), part)
    assert (answer.code, answer.properties["remix"]) == (21, True)
    assert answer.result is not None
    desk.engine.modal(answer.result, "a fox", b"", desk.now)
    picture = desk.engine.tasks[answer.result].work.picture
    assert picture is not None
    assert picture.prompt == "a fox"


def test_with_remix_on_an_upscale_asks_for_nothing() -> None:
    desk = Desk(remix=True)
    assert desk.press(desk.finished(), "upsample::1::").code == 1


def test_a_change_is_a_press_on_the_labelled_button(desk: Desk) -> None:
    parent = desk.finished()
    task_id = taken(desk.engine.change(parent, "UPSCALE", 2, ASK, desk.now))
    assert desk.engine.tasks[task_id].description == f"/up {parent} U2"
    assert desk.engine.change(parent, "VARIATION", 4, ASK, desk.now).code == 1
    assert desk.engine.change(parent, "REROLL", 1, ASK, desk.now).code == 3
    assert desk.engine.change(parent, "UPSCALE", 5, ASK, desk.now).code == 4
    assert desk.engine.change(parent, "ZOOM", 1, ASK, desk.now).code == 4


def test_an_upscale_is_the_same_picture_as_in_the_grid(desk: Desk) -> None:
    parent = desk.finished()
    task_id = taken(desk.press(parent, "upsample::3::"))
    grid = desk.engine.tasks[parent].work
    assert desk.engine.tasks[task_id].work.picture == grid.chosen(3)


def test_a_task_can_be_cancelled_until_it_is_over(desk: Desk) -> None:
    desk = Desk(running_at_once=1)
    running, waiting = desk.imagine(), desk.imagine()
    desk.move(2)
    assert desk.engine.cancel(running, desk.now).code == 1
    shown = desk.shown(running)
    assert (shown["status"], shown["finishTime"]) == ("CANCEL", START + 2_000)
    assert desk.shown(waiting)["startTime"] == START + 2_000, "the place is free at once"
    assert desk.engine.cancel(running, desk.now).code == 4
    assert desk.engine.cancel("1", desk.now).code == 3


def test_a_window_can_be_cancelled(desk: Desk) -> None:
    window = desk.press(desk.single(), "Inpaint").result
    assert window is not None
    assert desk.engine.cancel(window, desk.now).code == 1
    assert desk.shown(window)["status"] == "CANCEL"
    assert desk.engine.modal(window, "a", MASK, desk.now).code == 4


def test_a_failure_on_demand_comes_at_its_percentage(desk: Desk) -> None:
    desk.engine.doom("cat", Fate(reason="任务超时", percent=50))
    spared, struck = desk.imagine("a dog"), desk.imagine("a cat")
    desk.move(5.9)
    assert desk.shown(struck)["status"] == "IN_PROGRESS"
    desk.move(0.2)
    assert (desk.shown(struck)["status"], desk.shown(struck)["failReason"]) == ("FAILURE", "任务超时")
    assert desk.shown(struck)["buttons"] == []
    desk.move(30)
    assert desk.shown(spared)["status"] == "SUCCESS"
    assert desk.shown(desk.finished("a cat"))["status"] == "SUCCESS", "once was asked for"


def test_a_failure_may_turn_into_a_success(desk: Desk) -> None:
    desk.engine.doom("", Fate(reason="oops", late_success=30))
    task_id = desk.imagine()
    desk.move(10)
    assert desk.shown(task_id)["status"] == "FAILURE"
    desk.move(30)
    assert desk.shown(task_id)["status"] == "SUCCESS"
    assert len(desk.shown(task_id)["buttons"]) == 9


def test_a_success_may_turn_into_a_failure(desk: Desk) -> None:
    desk.engine.doom("", Fate(reason="oops", after_success=30))
    task_id = desk.imagine()
    desk.move(13)
    assert desk.shown(task_id)["status"] == "SUCCESS"
    desk.move(30)
    assert desk.shown(task_id)["status"] == "FAILURE"


def test_a_seed_is_told_only_of_what_is_finished(desk: Desk) -> None:
    task_id = desk.imagine()
    assert desk.engine.image_seed(task_id, desk.now).code == 4
    desk.move(60)
    answer = desk.engine.image_seed(task_id, desk.now)
    assert answer.result is not None
    assert answer.result.isdigit()


def test_a_description_offers_four_prompts_and_each_can_be_drawn(desk: Desk) -> None:
    image = io.BytesIO()
    Image.new("RGB", (90, 60), (240, 140, 60)).save(image, "PNG")
    task_id = taken(desk.engine.describe(image.getvalue(), ASK, desk.now))
    desk.move(60)
    shown = desk.shown(task_id)
    lines = shown["properties"]["finalPrompt"].split("\n\n")
    assert [line[0] for line in lines] == ["1", "2", "3", "4"]
    assert all("--ar 3:2" in line for line in lines)
    assert "orange" in lines[0]
    window = desk.press(task_id, "PicReader::2")
    assert window.code == 21
    assert window.properties["finalPrompt"] == lines[1].split(" ", 1)[1]
    again = taken(desk.press(task_id, "Retry"))
    desk.move(60)
    assert desk.shown(again)["properties"]["finalPrompt"] == shown["properties"]["finalPrompt"]


def test_a_long_prompt_is_shortened_step_by_step(desk: Desk) -> None:
    prompt = "a very beautiful lighthouse, storm, waves, cliffs, rain, epic, trending"
    task_id = taken(desk.engine.shorten(prompt, ASK, desk.now))
    desk.move(60)
    shown = desk.shown(task_id)
    text = shown["properties"]["finalPrompt"]
    assert text.startswith("## Important tokens\na ~~very~~ ~~beautiful~~ **lighthouse**, **storm**")
    assert "## Shortened prompts\n1️⃣ lighthouse, storm" in text
    assert shown["imageUrl"] is None
    assert len(shown["buttons"]) == text.count("️⃣")
    assert desk.press(task_id, "PromptAnalyzer::1").properties["finalPrompt"].startswith("lighthouse")


COMMON = (
    "id action status prompt promptEn description submitTime startTime finishTime progress imageUrl failReason buttons "
    "properties state"
)
RESULT = (
    "botType finalPrompt messageId messageHash messageContent flags discordInstanceId discordChannelId notifyHook "
    "progressMessageId nonce"
)
SAMPLES = {
    "SUBMITTED": (COMMON, "botType discordInstanceId notifyHook nonce"),
    "IN_PROGRESS": (COMMON, "finalPrompt"),
    "SUCCESS": (f"{COMMON} imageWidth imageHeight", RESULT),
    "MODAL": (COMMON, "finalPrompt needModel modalMessageId customId"),
    "FAILURE": (COMMON, "botType"),
    "CANCEL": (COMMON, ""),
}


def _modal(desk: Desk) -> str:
    return str(desk.press(desk.single(), "CustomZoom").result)


def _cancelled(desk: Desk) -> str:
    task_id = desk.imagine()
    desk.engine.cancel(task_id, desk.now)
    return task_id


def _after(seconds: float, prompt: str = "cat --ar 3:2 --v 7") -> Callable[[Desk], str]:
    def reach(desk: Desk) -> str:
        task_id = desk.imagine(prompt)
        desk.move(seconds)
        return task_id

    return reach


@pytest.mark.parametrize(
    ("status", "reach"),
    [
        ("SUBMITTED", _after(0.8)),
        ("IN_PROGRESS", _after(6)),
        ("SUCCESS", _after(60)),
        ("MODAL", _modal),
        ("FAILURE", _after(60, "cat --foo")),
        ("CANCEL", _cancelled),
    ],
)
def test_tasks_have_the_fields_of_the_samples(desk: Desk, status: str, reach: Callable[[Desk], str]) -> None:
    shown = desk.shown(reach(desk))
    fields, properties = SAMPLES[status]
    assert shown["status"] == status
    assert set(shown) == set(fields.split())
    assert set(shown["properties"]) == set(properties.split())
    assert isinstance(shown["id"], str)
    assert isinstance(shown["submitTime"], int)


def test_the_state_comes_back(desk: Desk) -> None:
    assert desk.shown(desk.imagine())["state"] == "s-1"


@pytest.mark.parametrize(
    ("prompt", "final"),
    [
        ("cat --v 7", "cat --v 7.0"),
        ("cat", "cat --v 7.0"),
        ("cat --v 6.1", "cat --v 6.1"),
        ("cat --niji 6 --ar 2:3", "cat --niji 6.0 --ar 2:3"),
    ],
)
def test_the_final_prompt_spells_out_the_version(desk: Desk, prompt: str, final: str) -> None:
    assert desk.shown(desk.finished(prompt))["properties"]["finalPrompt"] == final
