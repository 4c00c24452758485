"""Cancel at every stage: certain while nothing was sent, honest when it is with the provider."""

from tests.world import World, WorldWith


async def test_an_engine_stops_what_it_draws_and_is_asked_once(world: World) -> None:
    world.provider.set_speed(all=60)
    ann = world.telegram.person("Ann")
    asked = ann.private.say(ann, "/imagine a red fox")
    status = await world.sees(ann.private, lambda m: m.from_bot and m.buttons and m.reply_to == asked.id)
    taps = [ann.private.press(ann, status.id, "Cancel") for _ in range(3)]
    toasts = [(await tap.answered()).text for tap in taps]
    assert toasts == [
        "It is with the image service already. I ask it to stop.",
        "Already on it.",
        "Already on it.",
    ]
    told = await world.sees(ann.private, lambda m: "has cancelled this one" in m.text)
    assert "a red fox" in told.text
    await world.pass_time(5)
    assert [task["status"] for task in world.provider.tasks()] == ["CANCEL"]
    assert sum(n for path, n in world.provider.ledger.requests.items() if path.endswith("/cancel")) == 1
    assert "charged" not in world.told(ann.private)


async def test_a_gateway_stops_nothing_which_is_told_and_not_offered_again(world_with: WorldWith) -> None:
    world = await world_with(provider={"dialect": "gateway"})
    world.paint_nothing()
    world.provider.faults.add(match="/mj/image/*", times=None, status=404)
    world.provider.set_speed(all=20)
    ann = world.telegram.person("Ann")
    asked = ann.private.say(ann, "/imagine a red fox")
    status = await world.sees(ann.private, lambda m: m.from_bot and m.buttons and m.reply_to == asked.id)
    assert "Nothing was charged" not in ((await world.press(ann.private, ann, status, "Cancel")).text or "")
    told = await world.sees(ann.private, lambda m: "Too late to stop it" in m.text, within=10)
    assert told.reply_to == asked.id
    world.provider.faults.clear()
    await world.sees(ann.private, lambda m: m.photo and m.reply_to == asked.id)
    again = ann.private.say(ann, "/imagine a blue fox")
    status = await world.sees(ann.private, lambda m: m.from_bot and m.reply_to == again.id)
    await world.pass_time(5)
    assert not ann.private.message(status.id).buttons


async def test_others_cannot_stop_it_and_a_finished_one_has_ended(world: World) -> None:
    world.provider.set_speed(all=20)
    ann, bob = world.telegram.person("Ann"), world.telegram.person("Bob")
    group = world.telegram.group("Friends", [ann, bob])
    asked = group.say(ann, "/imagine a red fox")
    status = await world.sees(group, lambda m: m.from_bot and m.buttons and m.reply_to == asked.id)
    data = status.button("Cancel").data or ""
    assert "Only the person who asked" in ((await world.press(group, bob, status, "Cancel")).text or "")
    await world.sees_picture(group)
    assert (await group.press_data(ann, status.id, data).answered()).text == "That one has ended already."
    assert not [path for path in world.provider.ledger.requests if path.endswith("/cancel")]
