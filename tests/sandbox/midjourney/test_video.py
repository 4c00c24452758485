"""Films: from buttons and from submits, their addresses, their bytes, what may be pressed below them."""

import io
from typing import Any

import av
import pytest
from PIL import Image

from tests.sandbox.midjourney.desk import Desk
from tests.sandbox.midjourney.sheets import data_url, difference, mean, opened, plain


async def frames(desk: Desk, address: str) -> list[Image.Image]:
    answer = await desk.client.get(address)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "video/mp4")
    with av.open(io.BytesIO(answer.content), "r") as container:
        assert container.streams.video[0].codec_context.name == "h264"
        return [frame.to_image() for frame in container.decode(video=0)]  # type: ignore[no-untyped-call]


def labels(shown: Any) -> list[str]:
    return [one["label"] or one["emoji"] for one in shown["buttons"]]


@pytest.mark.parametrize("motion", ["high", "low"])
async def test_a_single_is_animated_chosen_from_and_extended(motion: str) -> None:
    async with Desk() as desk:
        single = await desk.single("a calm sea --ar 3:2")
        films = await desk.pressed(single, f"animate_{motion}")
        assert films["action"] == "VIDEO"
        assert labels(films) == ["U1", "U2", "U3", "U4", "🔄"]
        assert films["properties"]["finalPrompt"] == f"a calm sea --ar 3:2 --motion {motion} --video 1"
        addresses = [film["url"] for film in films["videoUrls"]]
        assert films["videoUrl"] == films["imageUrl"] == addresses[0]
        assert films["imageUrls"] == films["videoUrls"]
        four = [await frames(desk, address) for address in addresses]
        still = await desk.look(single)
        for film in four:
            assert difference(film[0], still) < 10
            assert difference(film[0], film[-1]) > 1
        assert len({film[-1].tobytes() for film in four}) == 4
        chosen = await desk.pressed(films, "video_virtual_upscale::3")
        assert [film.tobytes() for film in await frames(desk, chosen["videoUrl"])] == [one.tobytes() for one in four[2]]
        assert len(chosen["videoUrls"]) == 1
        assert labels(chosen) == ["Extend (High motion)", "Extend (Low motion)"]
        longer = await desk.pressed(chosen, f"animate_{motion}_extend")
        assert (longer["action"], len(longer["videoUrls"])) == ("VIDEO_EXTEND", 4)
        assert len(await frames(desk, longer["videoUrl"])) == 2 * len(four[2])


async def test_films_are_rerolled() -> None:
    async with Desk() as desk:
        films = await desk.pressed(await desk.single(), "animate_high")
        again = await desk.pressed(films, "reroll")
        assert again["action"] == "VIDEO"
        first, second = [(await frames(desk, one["videoUrl"]))[-1] for one in (films, again)]
        assert difference(first, second) > 1


async def test_a_film_has_a_still_and_is_not_there_before_it_is_made() -> None:
    async with Desk() as desk:
        single = await desk.single()
        task_id = (await desk.press(single, "animate_low")).json()["result"]
        desk.move(5)
        running = await desk.fetch(task_id)
        assert (running["status"], running["imageUrl"], running.get("videoUrl")) == ("IN_PROGRESS", None, None)
        early = f"{desk.server.base_url}/pictures/{task_id}/0_0.mp4"
        assert (await desk.client.get(early)).status_code == 404
        films = await desk.done(task_id)
        assert films["videoUrl"] == early
        thumbnail = await desk.client.get(films["videoUrls"][1]["thumbnail"])
        assert thumbnail.headers["content-type"] == "image/webp"
        assert difference(opened(thumbnail.content), await desk.look(single)) < 10
        assert (await desk.client.get(early.replace("0_0", "0_7"))).status_code == 404


async def video(desk: Desk, **body: Any) -> Any:
    return await desk.made("video", **({"prompt": "it moves", "image": data_url(plain("red"))} | body))


@pytest.mark.parametrize("count", [1, 2, 4])
async def test_a_picture_that_is_sent_moves(count: int) -> None:
    async with Desk() as desk:
        image = Image.linear_gradient("L").convert("RGB").resize((120, 80))
        films = await video(desk, image=data_url(image), motion="high", batchSize=count)
        assert len(films["videoUrls"]) == count
        shown = await frames(desk, films["videoUrl"])
        assert difference(image, shown[0]) < 10
        assert difference(shown[0], shown[-1]) > 1
        one = ["Extend (High motion)", "Extend (Low motion)"]
        assert labels(films) == (one if count == 1 else [*["U1", "U2", "U3", "U4"][:count], "🔄"])
        assert films["properties"]["finalPrompt"] == "it moves --motion high --video 1"
        assert films["description"] == "/video it moves"


async def test_a_film_may_loop_end_elsewhere_and_be_finer() -> None:
    async with Desk() as desk:
        sea = data_url(await desk.look(await desk.single("a calm sea")))
        loop = await frames(desk, (await video(desk, image=sea, loop=True, motion="high"))["videoUrl"])
        assert difference(loop[0], loop[-1]) < 3
        ended = await frames(desk, (await video(desk, image=sea, endImage=data_url(plain("red"))))["videoUrl"])
        assert mean(ended[-1])[0] > 200
        fine = await frames(desk, (await video(desk, image=sea, videoType="vid_1.1_i2v_720"))["videoUrl"])
        assert fine[0].width > loop[0].width


async def test_a_film_is_made_of_a_picture_that_was_uploaded_or_made_here() -> None:
    async with Desk() as desk:
        kept = (await desk.submit("upload-discord-images", base64Array=[data_url(plain("lime"))])).json()["result"][0]
        assert mean((await frames(desk, (await video(desk, image=kept))["videoUrl"]))[0])[1] > 200
        single = await desk.single()
        shown = await frames(desk, (await video(desk, image=single["imageUrl"]))["videoUrl"])
        assert difference(shown[0], await desk.look(single)) < 10


@pytest.mark.parametrize("index", [0, 3])
async def test_one_of_the_films_is_extended_by_its_number(index: int) -> None:
    async with Desk() as desk:
        films = await video(desk, image=data_url(await desk.look(await desk.single())))
        short = await frames(desk, films["videoUrls"][index]["url"])
        longer = await desk.made("video", action="extend", taskId=films["id"], index=index, motion="high")
        assert (longer["action"], longer["prompt"]) == ("VIDEO_EXTEND", "it moves")
        assert longer["properties"]["finalPrompt"].endswith("--motion high --video 1")
        assert len(await frames(desk, longer["videoUrl"])) == 2 * len(short)


@pytest.mark.parametrize(
    "body",
    [
        {"prompt": ""},
        {"image": ""},
        {"image": "data:image/png;base64,AAAA"},
        {"image": "https://elsewhere.example/a.png"},
        {"motion": "wild"},
        {"videoType": "vid_9"},
        {"batchSize": 3},
        {"action": "dance"},
        {"action": "extend"},
        {"action": "extend", "taskId": "{grid}", "index": 0},
        {"action": "extend", "taskId": "{films}", "index": 4},
        {"action": "extend", "taskId": "{films}"},
    ],
)
async def test_what_cannot_move_is_refused(body: dict[str, Any]) -> None:
    async with Desk() as desk:
        known = {"{grid}": (await desk.grid())["id"], "{films}": (await video(desk))["id"]}
        sent = {"prompt": "a", "image": data_url(plain("red"))} | body
        sent["taskId"] = known.get(sent.get("taskId", ""), "")
        answer = await desk.submit("video", **sent)
        assert (answer.status_code, answer.json()["code"]) == (200, 4)


async def test_a_film_of_nobody_is_not_extended_and_words_are_checked() -> None:
    async with Desk() as desk:
        answer = await desk.submit("video", action="extend", taskId="1", index=0, prompt="")
        assert answer.json()["code"] == 3
        assert (await desk.submit("video", prompt="gore", image=data_url(plain("red")))).json()["code"] == 24


async def test_a_gateway_keeps_only_the_addresses_of_films() -> None:
    async with Desk(dialect="gateway", balance=100) as desk:
        task_id = await desk.taken("video", prompt="it moves", image=data_url(plain("red")), motion="low")
        blank = await desk.fetch(task_id)
        assert (blank["action"], blank["videoUrl"], blank["videoUrls"]) == ("VIDEO", "", None)
        films = await desk.done(task_id)
        assert films["videoUrls"][0] == {"url": films["videoUrl"]}
        assert len(await frames(desk, films["videoUrl"])) > 20
        assert films["imageUrl"] == f"{desk.server.base_url}/mj/image/{task_id}"
        forwarded = await desk.client.get(films["imageUrl"])
        assert forwarded.headers["content-type"] == "video/mp4"
        assert desk.server.account.balance == 60
        longer = await desk.taken("video", action="extend", taskId=task_id, index=0, prompt="on")
        assert (await desk.done(longer))["videoUrl"]
