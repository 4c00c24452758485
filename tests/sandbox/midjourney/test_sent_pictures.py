"""Pictures that are sent: they show in what is made of them, and what was made here is known again."""

import io
from typing import Any

import pytest
from PIL import Image, ImageChops

from tests.sandbox.midjourney.desk import Desk
from tests.sandbox.midjourney.sheets import JPEG, data_url, difference, mean, opened, plain, tiles


def halves(left: str, right: str, size: tuple[int, int] = (120, 80)) -> Image.Image:
    image = Image.new("RGB", size, left)
    image.paste(right, (size[0] // 2, 0, *size))
    return image


def redness(image: Image.Image) -> float:
    """How much redder than blue it is, left against right."""
    red, blue = (
        mean(image.crop(box))
        for box in ((0, 0, image.width // 3, image.height), (image.width * 2 // 3, 0, *image.size))
    )
    return (red[0] - red[2]) - (blue[0] - blue[2])


async def test_images_before_a_prompt_show_in_the_result() -> None:
    async with Desk() as desk:
        image = halves("red", "blue")
        without = await desk.look(await desk.made("imagine", prompt="a forest"))
        shown = await desk.made("imagine", prompt="a forest", base64Array=[data_url(image)])
        heavy = await desk.made("imagine", prompt="a forest --iw 2", base64Array=[data_url(image)])
        for tile, usual, strong in zip(
            *[tiles(one) for one in (await desk.look(shown), without, await desk.look(heavy))], strict=True
        ):
            assert redness(usual) + 100 < redness(tile) < redness(strong)
        address = shown["prompt"].split(" ")[0]
        assert (await desk.client.get(address)).headers["content-type"] == "image/jpeg"


async def test_a_blend_shows_its_sources_in_their_order() -> None:
    async with Desk() as desk:
        for names in (["red", "blue"], ["blue", "red"]):
            shown = await desk.made("blend", base64Array=[data_url(plain(name)) for name in names])
            for tile in tiles(await desk.look(shown)):
                assert (redness(tile) > 100) == (names[0] == "red")
            assert (shown["action"], shown["prompt"], len(shown["buttons"])) == ("BLEND", None, 9)


async def test_five_sources_are_all_found() -> None:
    async with Desk() as desk:
        names = ["red", "lime", "blue", "yellow", "white"]
        shown = await desk.made("blend", base64Array=[data_url(plain(name)) for name in names])
        sheet = await desk.look(shown)
        for name in names:
            apart = ImageChops.difference(sheet, plain(name, sheet.size)).convert("L")
            assert sum(apart.histogram()[:30]) > sheet.width * sheet.height / 40, name


@pytest.mark.parametrize(("dimensions", "shape"), [("PORTRAIT", 2 / 3), ("SQUARE", 1), ("LANDSCAPE", 1.5), (None, 1)])
async def test_a_blend_has_the_shape_that_was_asked_for(dimensions: str | None, shape: float) -> None:
    async with Desk() as desk:
        body = {"base64Array": [data_url(plain("red")), data_url(plain("blue"))]}
        sheet = await desk.look(await desk.made("blend", **body, **({"dimensions": dimensions} if dimensions else {})))
        assert sheet.width / sheet.height == pytest.approx(shape, abs=0.1)


async def test_the_book_keeps_what_was_sent_in_its_order() -> None:
    async with Desk() as desk:
        await desk.made("blend", base64Array=[data_url(plain(name)) for name in ("red", "blue", "lime")])
        (entry,) = desk.server.submissions(path="blend")
        assert [mean(opened(one)) for one in desk.server.ledger.images(entry.number)] == [
            (255, 0, 0),
            (0, 0, 255),
            (0, 255, 0),
        ]
        assert desk.server.ledger.images(99) == []


@pytest.mark.parametrize("size", [(128, 128), (90, 90)])
async def test_a_picture_that_was_made_here_is_described_by_what_it_shows(size: tuple[int, int]) -> None:
    async with Desk() as desk:
        sheet = await desk.look(await desk.grid("an old castle --v 7"))
        shown = await desk.made("describe", base64=data_url(sheet.resize(size), JPEG))
        lines = shown["prompt"].split("\n\n")
        assert [line[:3] for line in lines] == ["1️⃣", "2️⃣", "3️⃣", "4️⃣"]
        assert all("an old castle" in line and line.endswith("--ar 1:1") and "--v" not in line for line in lines)
        assert len({line[4:] for line in lines}) == 4
        emojis = [one["emoji"] for one in shown["buttons"]]
        assert emojis == ["1️⃣", "2️⃣", "3️⃣", "4️⃣", "🔄", "🎉"]
        again = await desk.pressed(shown, "Retry")
        assert again["prompt"] == shown["prompt"]


async def test_a_foreign_picture_is_described_by_its_colours_and_shape() -> None:
    async with Desk() as desk:
        await desk.look(await desk.grid("an old castle"))
        shown = await desk.made("describe", base64=data_url(plain("orange", (160, 90))))
        assert "castle" not in shown["prompt"]
        assert "orange" in shown["prompt"]
        assert shown["prompt"].count("--ar 16:9") == 4


async def test_words_go_faintly_over_all_of_a_picture_that_is_edited() -> None:
    async with Desk() as desk:
        image = halves("red", "blue")
        shown = await desk.made("edits", prompt="a forest", image=data_url(image))
        sheet = await desk.look(shown)
        assert sheet.width / sheet.height == pytest.approx(1.5, abs=0.1)
        for tile in tiles(sheet):
            assert redness(tile) > 100
            assert difference(image, tile.resize(image.size)) > 15
        assert (shown["action"], shown["prompt"], len(shown["buttons"])) == ("EDIT", "a forest", 9)


async def test_where_an_edited_picture_is_transparent_it_is_painted_anew() -> None:
    async with Desk() as desk:
        image = plain("red", (120, 120)).convert("RGBA")
        image.paste((0, 0, 0, 0), (60, 0, 120, 120))
        for path in ("edits", "edit"):
            shown = await desk.made(path, prompt="a blue sea", image=data_url(image))
            for tile in tiles(await desk.look(shown)):
                assert difference(plain("red", (24, tile.height)), tile.crop((0, 0, 24, tile.height))) < 4
                assert mean(tile.crop((40, 0, 60, 60)))[0] < 150


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("edits", {"prompt": " ", "image": data_url(plain("red"))}),
        ("edits", {"prompt": "a"}),
        ("edits", {"prompt": "a", "image": "data:image/png;base64,AAAA"}),
        ("edits", {"prompt": "a", "image": "https://elsewhere.example/a.png"}),
        ("upload-discord-images", {}),
        ("upload-discord-images", {"base64Array": ["AAAA"]}),
    ],
)
async def test_what_cannot_be_edited_or_kept_is_refused(path: str, body: dict[str, Any]) -> None:
    async with Desk() as desk:
        answer = await desk.submit(path, **body)
        assert (answer.status_code, answer.json()["code"]) == (200, 4)
        assert desk.server.tasks() == []


async def swap(desk: Desk, **body: str) -> Any:
    return (await desk.client.post("/mj/insight-face/swap", json=body)).json()


async def test_a_swap_shows_the_face_in_the_picture() -> None:
    async with Desk() as desk:
        answer = await swap(desk, sourceBase64=data_url(plain("red")), targetBase64=data_url(plain("blue", (120, 80))))
        shown = await desk.done(answer["result"])
        image = await desk.look(shown)
        assert image.width / image.height == pytest.approx(1.5, abs=0.1)
        centre = image.width // 2, int(image.height * 0.45)
        assert mean(image.crop((centre[0] - 5, centre[1] - 5, centre[0] + 5, centre[1] + 5)))[0] > 200
        assert mean(image.crop((0, 0, 20, 20)))[2] > 200
        assert (shown["action"], shown["buttons"]) == ("SWAP_FACE", [])
        assert shown["properties"]["botType"] == "INSIGHT_FACE"
        (entry,) = desk.server.submissions(path="swap", accepted=True)
        assert [mean(opened(one))[0] > 200 for one in desk.server.ledger.images(entry.number)] == [True, False]
        assert (await swap(desk, sourceBase64=data_url(plain("red"))))["code"] == 4


async def test_an_upload_makes_no_task_and_its_addresses_work_in_prompts() -> None:
    async with Desk() as desk:
        sent = [data_url(plain(name)) for name in ("red", "blue")]
        answer = (await desk.submit("upload-discord-images", base64Array=sent)).json()
        assert (answer["code"], len(answer["result"]), desk.server.tasks()) == (1, 2, [])
        (entry,) = desk.server.submissions(path="upload-discord-images", accepted=True)
        assert entry.task_id is None
        for address, colour in zip(answer["result"], (0, 2), strict=True):
            kept = await desk.client.get(address)
            assert kept.headers["content-type"] == "image/jpeg"
            assert mean(opened(kept.content))[colour] > 240
        red = answer["result"][0]
        usual = mean(await desk.look(await desk.made("imagine", prompt="a misty forest")))
        for prompt in (f"{red} a misty forest", f"<{red}> a misty forest", f"a misty forest --sref {red}"):
            look = mean(await desk.look(await desk.made("imagine", prompt=prompt)))
            assert look[0] - look[2] > usual[0] - usual[2] + 40, prompt
        for parameter in ("--cref", "--oref"):
            sheet = await desk.look(await desk.made("imagine", prompt=f"a misty forest {parameter} {red} --ow 50"))
            assert mean(tiles(sheet)[0].crop((30, 26, 34, 30)))[0] > 200


async def test_what_was_made_here_can_be_referred_to_by_its_address() -> None:
    async with Desk() as desk:
        red = await desk.made("imagine", prompt="a red rose")
        usual = await desk.made("imagine", prompt="mountains")
        styled = await desk.made("imagine", prompt=f"mountains --sref {red['imageUrl']}")
        assert (await desk.client.get(styled["imageUrl"])).content != (await desk.client.get(usual["imageUrl"])).content


async def test_an_address_of_ours_that_leads_nowhere_fails_the_task_and_a_foreign_one_is_passed_over() -> None:
    async with Desk() as desk:
        base = desk.server.base_url
        for prompt in (f"{base}/pictures/uploads/99.jpg a cat", f"a cat --sref {base}/pictures/123/abc.png"):
            task_id = await desk.imagine(prompt)
            desk.move(60)
            assert (await desk.fetch(task_id))["failReason"] == "Invalid link"
        assert await desk.made("imagine", prompt="https://elsewhere.example/a.png a cat")


async def test_a_seed_is_the_tasks_own_as_text_and_a_text_has_none() -> None:
    async with Desk() as desk:
        grid = await desk.grid()
        answer = (await desk.client.get(f"/mj/task/{grid['id']}/image-seed")).json()
        assert answer["result"] == str(desk.server.engine.tasks[grid["id"]].seed)
        assert answer["code"] == 1
        short = await desk.made("shorten", prompt="a very old lighthouse, waves")
        assert (await desk.client.get(f"/mj/task/{short['id']}/image-seed")).json()["code"] == 4


async def test_a_picture_that_was_sent_sideways_is_turned() -> None:
    async with Desk() as desk:
        image, out = plain("red", (90, 60)), io.BytesIO()
        exif = Image.Exif()
        exif[274] = 6
        image.save(out, "JPEG", exif=exif)
        shown = await desk.made("describe", base64=data_url(out.getvalue(), JPEG))
        assert shown["prompt"].count("--ar 2:3") == 4
