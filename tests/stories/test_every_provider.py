"""The same story at every kind of provider: picture, upscale, variation, anew, failure, banned word."""

import json
from collections.abc import Mapping
from typing import Any

import pytest

from tests.world import World, WorldWith

GATEWAY = {"dialect": "gateway"}
CHANGE = {"dialect": "change"}

PROVIDERS: dict[str, tuple[Mapping[str, Any], Mapping[str, str]]] = {
    "an engine": ({}, {}),
    "a gateway": (GATEWAY, {}),
    "a gateway whose pictures are at localhost": (
        GATEWAY | {"server_address": "http://localhost:3000"},
        {},
    ),
    "a provider of change only": (CHANGE, {}),
    "a provider of change only, ids as 17-digit numbers": (CHANGE | {"ids": "integer", "digits": 17}, {}),
    "a provider of change only, never any buttons": (CHANGE | {"buttons": False}, {}),
    "one that serves only relax": ({"serves": ("/mj-relax",)}, {"MIDJOURNEY_MODE": "relax"}),
    "one that serves only fast, the other style": (
        {"serves": ("/fast",)},
        {"MIDJOURNEY_MODE": "fast", "MIDJOURNEY_MODE_PATH": "/{mode}"},
    ),
    "one that takes only mj-api-secret": ({"auth": "mj-api-secret"}, {"MIDJOURNEY_AUTH": "mj-api-secret"}),
    "one without lists": ({"lists": False}, {}),
    "one that insists on the channel": ({"insists": True}, {}),
    "an engine whose account has remix switched on": ({"remix": True}, {}),
    "a gateway before an account with remix": (GATEWAY | {"remix": True}, {}),
}


@pytest.mark.parametrize("kind", PROVIDERS)
async def test_the_whole_story_works_with(kind: str, world_with: WorldWith) -> None:
    provider, settings = PROVIDERS[kind]
    world: World = await world_with(provider=provider, **settings)
    world.provider.set_speed(all=2.0)
    ann = world.telegram.person("Ann")

    grid = await world.draws(ann)
    assert [button.text for button in grid.buttons][:9] == ["U1", "U2", "U3", "U4", "🔄", "V1", "V2", "V3", "V4"]
    newest = grid
    for button in ("U2", "V1", "🔄"):
        toast = await world.press(ann.private, ann, grid, button)
        assert toast.text
        picture = await world.sees_picture(ann.private, after=newest.id)
        assert picture.reply_to == grid.id
        assert picture.photo != grid.photo
        newest = picture
    wishes = 4

    world.provider.fail("sad", "[Internal Server Error] it rained")
    ann.private.say(ann, "/imagine a sad fox")
    failed = await world.sees(ann.private, lambda m: "it rained" in m.text)
    assert "a sad fox" in failed.text
    wishes += 1

    ann.private.say(ann, "/imagine a gory fox")
    banned = await world.sees(ann.private, lambda m: m.from_bot and "gory fox" in m.text and "does not draw" in m.text)
    assert not banned.photo
    wishes += 1

    accepted = world.provider.submissions(accepted=True)
    windows = [entry for entry in accepted if entry.path.endswith("/modal")]
    assert len(accepted) - len(windows) == wishes - 1  # all but the banned one, each once
    asked = [json.dumps(dict(entry.body) | {"state": ""}, sort_keys=True) for entry in accepted]
    assert len(set(asked)) == len(asked)
    assert not [m for m in ann.private.messages if m.from_bot and ("<" in m.text or "{" in m.text)]


async def test_a_provider_without_lists_is_asked_for_one_only_once_an_hour(world_with: WorldWith) -> None:
    world: World = await world_with(provider={"lists": False})
    ann = world.telegram.person("Ann")
    for _wish in range(2):
        await world.draws(ann)
    path = "/mj/task/list-by-condition"
    assert world.provider.ledger.requests[path] == 1
    await world.pass_time(3600, step=60)
    await world.draws(ann)
    assert world.provider.ledger.requests[path] == 2


async def test_a_press_right_after_a_gateways_success_waits_until_its_copy_is_ready(world_with: WorldWith) -> None:
    world: World = await world_with(provider=GATEWAY)
    ann = world.telegram.person("Ann")
    grid = await world.draws(ann)
    not_ready = {"description": "task_status_not_success ", "type": "upstream_error", "code": 4}
    world.provider.faults.add(match="/mj/submit/action", status=400, body=not_ready, times=3)
    await world.press(ann.private, ann, grid, "U2")
    upscale = await world.sees_picture(ann.private, after=grid.id)
    assert upscale.reply_to == grid.id
    assert len(world.provider.submissions(path="action", accepted=True)) == 1
    assert "not" not in (ann.private.messages[-1].text)


async def test_a_window_is_answered_once_though_the_gateway_keeps_showing_it(world_with: WorldWith) -> None:
    world: World = await world_with(provider=GATEWAY | {"remix": True})
    ann = world.telegram.person("Ann")
    grid = await world.draws(ann)
    await world.press(ann.private, ann, grid, "V2")
    await world.sees_picture(ann.private, after=grid.id)
    await world.pass_time(60, step=1)
    assert len(world.provider.submissions(path="action")) == 1
    assert len(world.provider.submissions(path="modal")) == 1
