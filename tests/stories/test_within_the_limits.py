"""Telegram keeps count, and the emulator with it: everything arrives, nothing superfluous is written."""

from datetime import timedelta

from tests.world import World, WorldWith

CREW = 20


async def test_twenty_people_ask_twenty_pictures_of_one_group_within_a_minute(world: World) -> None:
    world.paint_nothing()
    world.provider.set_speed(all=25)
    people = [world.telegram.person(f"Person {number}") for number in range(CREW)]
    group = world.telegram.group("Art club", people)
    await world.pass_time(70, step=5)
    begun = world.clock.now()
    asked = []
    for number, person in enumerate(people):
        asked.append(group.say(person, f"/imagine wish <{number}>"))
        await world.pass_time(2.5)
    await world.until(lambda: len(world.pictures(group)) == CREW, within=240)
    await world.pass_time(90, step=1)
    pictures = world.pictures(group)
    assert {picture.reply_to for picture in pictures} == {one.id for one in asked}
    assert len(pictures) == CREW

    counted = [call for call in world.calls(group) if call.method.startswith(("send", "edit")) and call.time >= begun]
    for call in counted:
        assert sum(call.time <= other.time < call.time + timedelta(seconds=60) for other in counted) <= 20
    last_ready = max(task["finishTime"] for task in world.provider.tasks()) / 1000
    delays = sorted((picture.date.timestamp() - last_ready) for picture in pictures)
    assert delays[-1] <= 70  # twenty a minute is all there is
    # each wish was seen at once: by a message while there is room, by a reaction when there is not
    seen = [one for one in asked if group.message(one.id).reactions == ("👀",)]
    shown = {picture.id for picture in pictures}
    said = [m for m in group.history if m.from_bot and m.date >= begun and m.id not in shown]
    assert len(seen) + len({m.reply_to for m in said}) >= CREW
    assert len(seen) >= 8
    assert [m for m in group.messages if m.from_bot and not m.photo and m.date >= begun] == []  # all tidied up
    edits = [call for call in counted if call.method.startswith("edit")]
    assert len(edits) <= 8
    results = [call for call in counted if call.method == "sendPhoto"]
    assert len(results) == CREW
    assert len(counted) == len(results) + len(edits) + len(said)  # nothing else


async def test_two_hundred_results_at_once_in_two_hundred_chats_are_all_taken(world_with: WorldWith) -> None:
    world = await world_with(PREVIEWS="off")
    world.paint_nothing()
    world.provider.set_speed(all=30)
    people = [world.telegram.person(f"Person {number}") for number in range(200)]
    for person in people:
        person.private.say(person, "/imagine a red fox")
    await world.until(lambda: len(world.provider.submissions(accepted=True)) == 200, within=30)
    await world.stop_bot()
    world.clock.advance(60)  # they all become ready while nobody looks
    begun = world.clock.now()
    await world.start_bot()
    await world.until(lambda: all(world.pictures(person.private) for person in people), within=60)
    assert (world.clock.now() - begun).total_seconds() <= 10

    await world.pass_time(20)
    for person in people:
        assert [bool(m.photo) for m in person.private.messages if m.from_bot] == [True]


async def test_a_reaction_that_is_not_to_be_had_is_replaced_by_a_message_in_its_time(world: World) -> None:
    world.paint_nothing()
    people = [world.telegram.person(f"Person {number}") for number in range(10)]
    group = world.telegram.group("Art club", people)
    group.set_reactions(people[0], allowed=False)
    await world.settle()
    asked = [group.say(person, "/imagine a red fox") for person in people]
    await world.until(lambda: len(world.pictures(group)) == len(people), within=300)
    assert {picture.reply_to for picture in world.pictures(group)} == {one.id for one in asked}


async def test_a_busy_group_holds_up_no_other_chat(world: World) -> None:
    world.paint_nothing()
    people = [world.telegram.person(f"Person {number}") for number in range(8)]
    group = world.telegram.group("Art club", people)
    bob = world.telegram.person("Bob")
    for person in people:
        for _time in range(3):
            group.say(person, "/imagine a red fox")
    await world.pass_time(5)
    asked = bob.private.say(bob, "/imagine a blue whale")
    await world.answer(bob.private, asked)
    await world.sees_picture(bob.private, within=12)


async def test_after_a_restart_the_minute_before_still_counts(world: World) -> None:
    world.paint_nothing()
    people = [world.telegram.person(f"Person {number}") for number in range(16)]
    group = world.telegram.group("Art club", people)
    for person in people:
        group.say(person, "/imagine a red fox")
        await world.pass_time(1)
    await world.pass_time(6)
    await world.restart_bot()
    for person in people[:4]:
        group.say(person, "/imagine a blue whale")
    await world.until(lambda: len(world.pictures(group)) == 20, within=240)
