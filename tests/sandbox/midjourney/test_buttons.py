"""Every button of the catalogue, under the results where it belongs, pressed to the end."""

import pytest

from sandbox.midjourney.buttons import read_press
from tests.sandbox.midjourney.desk import Desk
from tests.sandbox.midjourney.sheets import data_url, difference, mask_of, opened, plain, tiles

WORDS = "a lighthouse in a storm --ar 3:2"
WIDE = ["Outpaint::50", "Outpaint::75", "Outpaint::100", "CustomZoom", "pan_left", "pan_right", "pan_up", "pan_down"]
VARY = ["low_variation", "high_variation"]
ALWAYS = ["animate_high", "animate_low", "BOOKMARK"]


def parts(shown: dict) -> list[str]:  # type: ignore[type-arg]
    """The parts of customIds that say what they do."""
    found = []
    for button in shown["buttons"]:
        names = button["customId"].split("::")
        found.append("::".join(names[1:3]) if names[1] == "Outpaint" else names[2] if names[1] == "JOB" else names[1])
    return found


@pytest.mark.parametrize(
    ("version", "expected"),
    [
        ("--v 4", ALWAYS),
        ("--v 5", ["upsample_v5_2x", "upsample_v5_4x", "Inpaint", *WIDE, *ALWAYS]),
        ("--v 5.2", ["upsample_v5_2x", "upsample_v5_4x", *VARY, "Inpaint", *WIDE, *ALWAYS]),
        ("--v 6", ["upsample_v6_2x_subtle", "upsample_v6_2x_creative", *VARY, "Inpaint", *WIDE, *ALWAYS]),
        ("--v 6.1", ["upsample_v6r1_2x_subtle", "upsample_v6r1_2x_creative", *VARY, "Inpaint", *WIDE, *ALWAYS]),
        ("--v 7", ["upsample_v7_2x_subtle", "upsample_v7_2x_creative", *VARY, "Inpaint", *WIDE, *ALWAYS]),
        ("", ["upsample_v7_2x_subtle", "upsample_v7_2x_creative", *VARY, "Inpaint", *WIDE, *ALWAYS]),
        ("--niji 6", ["upsample_v6_2x_subtle", "upsample_v6_2x_creative", *VARY, "Inpaint", *WIDE, *ALWAYS]),
        ("--v 8", [*VARY, "Inpaint", *ALWAYS]),
    ],
)
async def test_a_single_offers_what_its_version_can_do(version: str, expected: list[str]) -> None:
    async with Desk() as desk:
        assert parts(await desk.single(f"{WORDS} {version}")) == expected


async def test_every_button_that_is_offered_is_understood_except_the_bookmark() -> None:
    async with Desk() as desk:
        shown = [await desk.single(f"{WORDS} {version}") for version in ("--v 5.2", "--v 6.1", "--v 7")]
        shown += [await desk.grid(), await desk.pressed(shown[0], "animate_low")]
        shown.append(await desk.pressed(shown[-1], "video_virtual_upscale::1"))
        shown.append(await desk.made("describe", base64=data_url(plain("red"))))
        shown.append(await desk.made("shorten", prompt="a very old lighthouse, waves, storm, rain, cliffs"))
        unread = {one["customId"] for task in shown for one in task["buttons"] if read_press(one["customId"]) is None}
        assert all(one.startswith("MJ::BOOKMARK::") for one in unread)
        assert len(unread) == 3


@pytest.mark.parametrize(
    ("version", "part", "times"),
    [("5.2", "v5_2x", 2), ("5.2", "v5_4x", 4), ("6", "subtle", 2), ("6.1", "creative", 2), ("7", "subtle", 2)],
)
async def test_an_upscale_has_more_pixels_of_the_same_picture(version: str, part: str, times: int) -> None:
    async with Desk() as desk:
        single = await desk.single(f"{WORDS} --v {version}")
        large = await desk.pressed(single, part)
        before, after = await desk.look(single), await desk.look(large)
        assert after.size == (large["imageWidth"], large["imageHeight"])
        assert after.width == pytest.approx(before.width * times, abs=8 * times)
        assert difference(before, after) < 12
        assert parts(large) == ["pan_left", "pan_right", "pan_up", "pan_down", "BOOKMARK"]


async def test_u_and_v_take_the_one_that_they_name() -> None:
    async with Desk() as desk:
        grid = await desk.grid(WORDS)
        four = tiles(await desk.look(grid))
        for number in range(1, 5):
            single = await desk.look(await desk.pressed(grid, f"upsample::{number}"))
            apart = [difference(tile, single) for tile in four]
            assert min(apart) == apart[number - 1]
        varied = tiles(await desk.look(await desk.pressed(grid, "variation::2")))
        apart = [sum(difference(tile, one) for one in varied) for tile in four]
        assert min(apart) == apart[1]


async def test_a_strong_variation_goes_farther_than_a_subtle_one() -> None:
    async with Desk() as desk:
        single = await desk.single(WORDS)
        before = await desk.look(single)
        low, high = [
            sum(difference(tile, before) for tile in tiles(await desk.look(await desk.pressed(single, part))))
            for part in ("low_variation", "high_variation")
        ]
        assert 0 < low < high


async def test_imagine_all_makes_four_tasks_whose_states_are_numbered() -> None:
    async with Desk(running_at_once=5) as desk:
        described = await desk.made("describe", base64=data_url(plain("orange")))
        custom_id = "MJ::Job::PicReader::all"
        answer = await desk.submit("action", taskId=described["id"], customId=custom_id, state="s")
        ids = answer.json()["result"].split(",")
        shown = [await desk.done(one) for one in ids]
        assert [one["state"] for one in shown] == ["s::1", "s::2", "s::3", "s::4"]
        lines = [line.split(" ", 1)[1] for line in described["prompt"].split("\n\n")]
        assert [one["prompt"] for one in shown] == lines
        assert [charge.task_id for charge in desk.server.charges[-4:]] == ids
        assert desk.server.submissions(path="action")[0].task_id == ",".join(ids)


async def test_imagine_all_takes_what_finds_room() -> None:
    async with Desk(running_at_once=1, queue_size=1, ids="integer") as desk:
        described = await desk.made("describe", base64=data_url(plain("orange")))
        body = {"taskId": described["id"], "customId": "MJ::Job::PicReader::all"}
        assert len((await desk.submit("action", **body)).json()["result"].split(",")) == 2
        assert (await desk.submit("action", **body)).json()["code"] == 23


@pytest.mark.parametrize("part", ["PicReader::1", "PicReader::2", "PicReader::3", "PicReader::4"])
async def test_each_description_can_be_drawn(part: str) -> None:
    async with Desk() as desk:
        described = await desk.made("describe", base64=data_url(plain("teal")))
        window = (await desk.press(described, part)).json()
        line = described["prompt"].split("\n\n")[int(part[-1]) - 1]
        assert (window["code"], window["properties"]["finalPrompt"]) == (21, line.split(" ", 1)[1])
        grid = await desk.made("modal", taskId=window["result"], prompt=window["properties"]["finalPrompt"])
        assert (grid["action"], len(grid["buttons"])) == ("IMAGINE", 9)


async def test_each_short_prompt_can_be_drawn() -> None:
    async with Desk() as desk:
        short = await desk.made("shorten", prompt="a very old lighthouse, waves, storm, rain, cliffs, gulls, night")
        assert len(short["buttons"]) == 5
        for number in range(1, 6):
            grid = await desk.pressed(short, f"PromptAnalyzer::{number}", prompt="")
            assert f"{number}️⃣ {grid['prompt']}" in short["properties"]["finalPrompt"]


REMIXED = ["pan_left", "pan_right", "pan_up", "pan_down", *VARY, "animate_high", "animate_low"]


@pytest.mark.parametrize("part", REMIXED)
async def test_with_remix_a_press_asks_for_words(part: str) -> None:
    async with Desk(remix=True) as desk:
        single = await desk.single("a calm sea")
        shown = await desk.pressed(single, part, prompt="a neon city")
        assert shown["prompt"] == "a neon city"
        assert (shown["properties"]["finalPrompt"]).startswith("a neon city")


async def test_a_region_that_was_painted_anew_is_rerolled_without_a_window() -> None:
    async with Desk(remix=True) as desk:
        single = await desk.single()
        answered = {"prompt": "a dog", "maskBase64": data_url(mask_of((64, 64), (0, 0, 32, 64)))}
        region = await desk.pressed(single, "Inpaint", **answered)
        again = await desk.pressed(region, "reroll")
        assert (await desk.client.get(region["imageUrl"])).content != (await desk.client.get(again["imageUrl"])).content


async def test_the_bots_have_manners_of_their_own() -> None:
    async with Desk() as desk:
        drawn = await desk.made("imagine", prompt="a cat", botType="NIJI_JOURNEY")
        named = await desk.made("imagine", prompt="a cat --niji 6")
        usual = await desk.made("imagine", prompt="a cat")
        few = [len((await desk.look(one)).getcolors(1 << 16) or ()) for one in (drawn, named, usual)]
        assert max(few[:2]) * 8 < few[2]
        assert drawn["properties"]["botType"] == "NIJI_JOURNEY"
        single = await desk.pressed(drawn, "upsample::1")
        assert len(opened((await desk.client.get(single["imageUrl"])).content).getcolors(1 << 16) or ()) * 8 < few[2]
