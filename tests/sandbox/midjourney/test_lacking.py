"""What a provider may be without, in each dialect, and how it says so."""

from typing import Any

import pytest

from sandbox.midjourney.kinds import ABILITIES, ability_of
from sandbox.midjourney.server import MidjourneyServer
from tests.sandbox.midjourney.desk import Desk
from tests.sandbox.midjourney.sheets import data_url, plain

RED, BLUE = data_url(plain("red")), data_url(plain("blue"))
BODIES: dict[str, dict[str, Any]] = {
    "blend": {"base64Array": [RED, BLUE]},
    "describe": {"base64": RED},
    "shorten": {"prompt": "a very old lighthouse"},
    "video": {"prompt": "it moves", "image": RED},
    "edits": {"prompt": "a cat", "image": RED},
    "upload": {"base64Array": [RED]},
    "swap": {"sourceBase64": RED, "targetBase64": BLUE},
}


async def ask(desk: Desk, name: str) -> Any:
    if name == "seed":
        grid = await desk.grid()
        return await desk.client.get(ABILITIES["seed"].format(id=grid["id"]))
    return await desk.client.post(ABILITIES[name], json=BODIES[name])


@pytest.mark.parametrize("dialect", ["engine", "gateway"])
@pytest.mark.parametrize("name", sorted(ABILITIES))
async def test_what_is_not_lacking_is_there(dialect: str, name: str) -> None:
    async with Desk(dialect=dialect, lacks=set(ABILITIES) - {name}) as desk:
        answer = (await ask(desk, name)).json()
        assert answer["code"] == 1
        assert answer["result"]


@pytest.mark.parametrize("name", sorted(ABILITIES))
async def test_an_engine_does_not_know_what_it_lacks(name: str) -> None:
    async with Desk(lacks={name}) as desk:
        answer = await ask(desk, name)
        assert (answer.status_code, answer.json()["error"]) == (404, "Not Found")
        assert all(entry.accepted for entry in desk.server.submissions(path="imagine"))
        assert not desk.server.submissions(path=name, accepted=True)


@pytest.mark.parametrize("name", sorted(ABILITIES))
async def test_a_gateway_has_no_channel_for_what_it_lacks(name: str) -> None:
    async with Desk(dialect="gateway", lacks={name}) as desk:
        answer = await ask(desk, name)
        if name == "seed":
            assert answer.status_code == 404
        else:
            assert (answer.status_code, answer.json()["error"]["code"]) == (503, "model_not_found")
        assert desk.server.charges == [] or name == "seed"


@pytest.mark.parametrize("name", ["blend", "describe"])
async def test_a_reseller_may_lack_the_few_things_it_has(name: str) -> None:
    async with Desk(dialect="change", lacks={name}) as desk:
        assert (await ask(desk, name)).status_code == 404


async def test_without_video_its_buttons_are_there_and_do_nothing() -> None:
    async with Desk(lacks={"video"}) as desk:
        for part in ("animate_high", "animate_low"):
            answer = (await desk.press(await desk.single(), part)).json()
            assert (answer["code"], answer["description"]) == (4, "不支持的动作")


async def test_it_can_be_changed_while_it_runs() -> None:
    async with Desk() as desk:
        assert (await desk.client.post("/_/lacking", json={"names": ["shorten"]})).json() == ["shorten"]
        assert (await ask(desk, "shorten")).status_code == 404
        desk.server.lack("blend")
        assert (await ask(desk, "shorten")).json()["code"] == 1
        assert (await ask(desk, "blend")).status_code == 404
        desk.server.lack()
        assert (await ask(desk, "blend")).json()["code"] == 1
        assert (await desk.client.post("/_/lacking", json={"names": ["dancing"]})).status_code == 400


def test_nobody_lacks_what_does_not_exist() -> None:
    with pytest.raises(ValueError, match="imagine"):
        MidjourneyServer("k", lacks={"imagine"})


def test_each_path_that_may_be_lacking_is_known_by_name() -> None:
    for name, path in ABILITIES.items():
        assert ability_of(path.format(id="1")) == name
    assert ability_of("/mj/submit/edit") == "edits"
    assert ability_of("/mj/submit/imagine") is None


async def test_a_gateway_asks_for_both_faces_and_pays_for_what_it_passes_on() -> None:
    async with Desk(dialect="gateway") as desk:
        missing = await desk.client.post("/mj/insight-face/swap", json={"sourceBase64": RED})
        assert missing.status_code == 400
        assert missing.json()["description"] == "sour_base64_and_target_base64_is_required "
        for name, action in (("swap", "SWAP_FACE"), ("edits", "EDITS"), ("upload", None)):
            answer = (await ask(desk, name)).json()
            if action is not None:
                assert (await desk.done(answer["result"]))["action"] == action
        assert [charge.amount for charge in desk.server.charges] == [5, 10]


async def test_a_gateway_passes_the_buttons_that_have_a_price() -> None:
    async with Desk(dialect="gateway") as desk:
        single = await desk.single("a lighthouse --ar 3:2")
        for part in ("subtle", "creative", "low_variation", "high_variation", "Outpaint::50", "Outpaint::75"):
            assert (await desk.pressed(single, part))["imageUrl"]
        for part in ("Outpaint::100", "pan_left", "pan_right", "pan_up", "pan_down"):
            assert (await desk.pressed(single, part))["imageUrl"]
        for part in ("animate_high", "animate_low", "BOOKMARK"):
            answer = await desk.press(single, part)
            assert (answer.status_code, "unknown_action" in answer.text) == (400, True)
