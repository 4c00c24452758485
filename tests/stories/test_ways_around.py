"""Providers that cannot do everything: the bot finds another way, offers only what works, and remembers."""

from tests.world import World

NO_PATH = {"error": {"message": "Invalid URL (POST /mj/submit/action)", "type": "invalid_request_error"}}
UNKNOWN_ACTION = {"error": {"message": "Invalid request, unknown_action:MJ::JOB::x", "type": "new_api_error"}}


async def test_a_provider_without_action_is_asked_to_change_and_remembered(world: World) -> None:
    ann = world.telegram.person("Ann")
    world.provider.faults.add(match="/mj/submit/action", times=None, status=404, body=NO_PATH)
    ann.private.say(ann, "/imagine a red fox")
    grid = await world.sees_picture(ann.private)
    await world.press(ann.private, ann, grid, "U2")
    upscale = await world.sees_picture(ann.private, after=grid.id)
    assert upscale.reply_to == grid.id
    assert len(world.provider.submissions(path="action")) == 1
    (change,) = world.provider.submissions(path="change")
    assert (change.body["action"], change.body["index"]) == ("UPSCALE", 2)
    await world.press(ann.private, ann, grid, "V3")
    await world.sees_picture(ann.private, after=upscale.id)
    assert len(world.provider.submissions(path="action")) == 1  # not tried again


async def test_what_cannot_work_is_not_offered(world: World) -> None:
    ann = world.telegram.person("Ann")
    world.provider.faults.add(match="/mj/submit/action", times=None, status=404, body=NO_PATH)
    ann.private.say(ann, "/imagine a red fox")
    grid = await world.sees_picture(ann.private)
    await world.press(ann.private, ann, grid, "U2")
    upscale = await world.sees_picture(ann.private, after=grid.id)
    ours = ["📎 Original", "🔁 Again", "✏️ Change", "🗑"]
    filmed = ["🎞️ Animate (High motion)", "🎞️ Animate (Low motion)"]  # there is another endpoint for that
    assert [button.text for button in upscale.buttons] == [*filmed, *ours]
    await world.pass_time(3601, step=20)
    await world.press(ann.private, ann, grid, "U1")  # an hour later it is tried again
    await world.sees_picture(ann.private, after=upscale.id)
    assert len(world.provider.submissions(path="action")) == 2


async def test_one_kind_of_button_that_is_unknown_does_not_take_the_others_along(world: World) -> None:
    ann = world.telegram.person("Ann")
    ann.private.say(ann, "/imagine a red fox")
    grid = await world.sees_picture(ann.private)
    await world.press(ann.private, ann, grid, "U1")
    single = await world.sees_picture(ann.private, after=grid.id)
    world.provider.faults.add(match="/mj/submit/action", status=400, body=UNKNOWN_ACTION)
    pan = next(button.text for button in single.buttons if "⬅️" in button.text)
    await world.press(ann.private, ann, single, pan)
    told = await world.sees(ann.private, lambda m: "cannot do that" in m.text)
    assert not told.photo
    zoom = next(button.text for button in single.buttons if "Zoom Out 2x" in button.text)
    await world.press(ann.private, ann, single, zoom)
    zoomed = await world.sees_picture(ann.private, after=single.id)
    assert zoomed.reply_to == single.id


async def test_a_grid_without_buttons_gets_the_usual_ones_by_change(world: World) -> None:
    ann = world.telegram.person("Ann")
    ann.private.say(ann, "/imagine a red fox")
    (entry,) = await world.until(lambda: world.provider.submissions(accepted=True))
    world.provider.show(entry.task_id or "", buttons=None)
    grid = await world.sees_picture(ann.private)
    assert [[b.text for b in row] for row in grid.keyboard][:2] == [
        ["U1", "U2", "U3", "U4", "🔄"],
        ["V1", "V2", "V3", "V4"],
    ]
    world.provider.show(entry.task_id or "")
    await world.press(ann.private, ann, grid, "U3")
    await world.sees_picture(ann.private, after=grid.id)
    assert [e.body["index"] for e in world.provider.submissions(path="change")] == [3]
    assert not world.provider.submissions(path="action")


async def test_a_provider_that_insists_on_the_channel_field_gets_it_as_text(world: World) -> None:
    ann = world.telegram.person("Ann")
    ann.private.say(ann, "/imagine a red fox")
    grid = await world.sees_picture(ann.private)
    missing = {"code": 4, "description": "chooseSameChannel is required"}
    world.provider.faults.add(match="/mj/submit/action", status=400, body=missing)
    await world.press(ann.private, ann, grid, "U2")
    upscale = await world.sees_picture(ann.private, after=grid.id)
    await world.press(ann.private, ann, grid, "U3")
    await world.sees_picture(ann.private, after=upscale.id)
    fields = [entry.body.get("chooseSameChannel") for entry in world.provider.submissions(path="action")]
    assert fields == [None, "true", "true"]


async def test_a_provider_without_lists_is_asked_once_an_hour_also_after_a_restart(world: World) -> None:
    path = "/mj/task/list-by-condition"
    world.provider.faults.add(match=path, times=None, status=404, body=NO_PATH)
    ann = world.telegram.person("Ann")
    ann.private.say(ann, "/imagine a red fox")
    first = await world.sees_picture(ann.private)
    assert world.provider.ledger.requests[path] == 1
    await world.restart_bot()
    ann.private.say(ann, "/imagine a blue fox")
    await world.sees_picture(ann.private, after=first.id)
    assert world.provider.ledger.requests[path] == 1
