"""Pictures one by one: the basket of a blend, what is offered for a picture without a command, and who may choose."""

import pytest

from sandbox.telegram.chat import Chat
from sandbox.telegram.views import MessageView
from tests.stories.test_albums import COLOURS, blends, buttons, colours_of, picture, pictures
from tests.world import World, WorldWith


async def the_basket(world: World, chat: Chat, number: int) -> MessageView:
    """The message that counts."""
    return await world.sees(chat, lambda m: f"{number} of 5" in m.text, within=5)


async def test_pictures_of_a_group_are_collected_one_by_one_in_one_message(world: World) -> None:
    world.paint_nothing()
    ann, bob = world.telegram.person("Ann"), world.telegram.person("Bob")
    group = world.telegram.group("Friends", [ann, bob])
    theirs = group.send_photo(bob, picture("red"))
    asked = group.say(ann, "/blend", reply_to=theirs.id)
    basket = await the_basket(world, group, 1)
    assert basket.reply_to == asked.id
    assert buttons(basket) == [["Cancel"]]
    again = group.say(ann, "/blend", reply_to=theirs.id)
    told = await world.answer(group, again, within=3)
    assert "in there already" in told.text
    await world.pass_time(5)
    group.send_photo(ann, picture("green"), caption="/blend")
    second = await the_basket(world, group, 2)
    assert second.id == basket.id  # edited in place
    assert "Press Blend when ready" in second.text
    assert buttons(second) == [["Blend", "Portrait", "Landscape"], ["Cancel"]]
    assert (
        await world.press(group, bob, second, "Blend")
    ).text == "Only the person who asked for this picture can do that."
    taps = [group.press(ann, second.id, "Landscape") for _ in range(3)]
    assert [(await tap.answered()).text for tap in taps] == ["On its way.", "Already on it.", "Already on it."]
    result = await world.sees_picture(group)
    assert result.reply_to == asked.id
    (blend,) = blends(world)
    assert colours_of(world, blend) == ["red", "green"]
    assert blend.body["dimensions"] == "LANDSCAPE"
    assert "2 pictures go into the blend" in group.message(basket.id).text
    assert not group.message(basket.id).buttons


async def test_baskets_of_two_people_and_two_chats_are_four(world: World) -> None:
    world.paint_nothing()
    ann, bob = world.telegram.person("Ann"), world.telegram.person("Bob")
    one, two = world.telegram.group("One", [ann, bob]), world.telegram.group("Two", [ann, bob])
    for group in (one, two):
        for person in (ann, bob):
            group.send_photo(person, picture("red"), caption="/blend")
            await world.pass_time(4)
    for group in (one, two):
        assert sum("1 of 5" in m.text for m in group.messages) == 2
    stolen = next(m for m in one.messages if "1 of 5" in m.text).button("Cancel").data or ""
    hers = next(m for m in two.messages if "1 of 5" in m.text)
    press = two.press_data(ann, hers.id, stolen)
    assert (await press.answered()).text == "That button does not belong here."


async def test_five_are_enough_and_a_basket_can_be_let_go(world: World) -> None:
    world.paint_nothing()
    ann = world.telegram.person("Ann")
    ann.private.say(ann, "/blend")
    await world.sees(ann.private, lambda m: "0 of 5" in m.text, within=2)
    for place in range(5):
        ann.private.send_photo(ann, picture(COLOURS[place]))
        full = await the_basket(world, ann.private, place + 1)
        await world.pass_time(2)
    assert "Send more" not in full.text
    sixth = ann.private.send_photo(ann, picture("orange"))
    assert "at the most" in (await world.answer(ann.private, sixth)).text
    await world.press(ann.private, ann, full, "Cancel")
    await world.pass_time(2)
    gone = ann.private.message(full.id)
    assert gone.text == "Let go. Nothing was sent."
    assert not gone.buttons
    assert not world.provider.submissions()


async def test_after_a_quarter_of_an_hour_a_basket_is_let_go_also_over_a_restart(world: World) -> None:
    ann = world.telegram.person("Ann")
    ann.private.send_photo(ann, picture("red"), caption="/blend")
    first = await the_basket(world, ann.private, 1)
    await world.pass_time(600, step=30)
    await world.restart_bot()
    ann.private.send_photo(ann, picture("green"))
    await the_basket(world, ann.private, 2)
    stale = ann.private.message(first.id).button("Blend").data or ""
    await world.pass_time(901, step=30)
    assert "15 minutes have passed" in ann.private.message(first.id).text
    assert "does not work any more" in ((await ann.private.press_data(ann, first.id, stale).answered()).text or "")
    assert not world.provider.submissions()


@pytest.mark.parametrize(("button", "dimensions"), [("Blend", "SQUARE"), ("Portrait", "PORTRAIT")])
async def test_an_album_without_a_command_offers_what_can_be_done(world: World, button: str, dimensions: str) -> None:
    world.paint_nothing()
    ann = world.telegram.person("Ann")
    parts = ann.private.send_album(ann, pictures(3), order=(2, 0, 1))
    offer = await world.sees(ann.private, lambda m: m.from_bot and m.buttons, within=5)
    assert offer.reply_to == parts[0].id
    assert "these 3 pictures" in offer.text
    assert buttons(offer) == [["Blend", "Portrait", "Landscape"], ["Describe the first", "Use as reference"]]
    taps = [ann.private.press(ann, offer.id, button) for _ in range(2)]
    assert [(await tap.answered()).text for tap in taps] == ["On its way.", "Already on it."]
    await world.sees_picture(ann.private)
    (blend,) = blends(world)
    assert blend.body["dimensions"] == dimensions
    assert colours_of(world, blend) == list(COLOURS[:3])


async def test_in_a_private_group_an_album_is_led_to_the_private_chat(world: World) -> None:
    world.paint_nothing()
    ann = world.telegram.person("Ann")
    group = world.telegram.group("Friends", [ann])
    parts = group.send_album(ann, pictures(3), caption="/blend")
    told = await world.sees(group, lambda m: "only that picture" in m.text, within=5)
    assert told.reply_to == parts[0].id
    assert told.button("Open the private chat").url == "https://t.me/imagine_bot?start=blend"
    assert not world.provider.submissions()
    group.say(ann, "/blend", reply_to=parts[1].id)  # or one by one
    second = await the_basket(world, group, 2)
    assert second.id == told.id
    await world.press(group, ann, second, "Blend")
    await world.sees_picture(group)
    assert len(world.provider.ledger.images(blends(world)[0].number)) == 2
    ann.private.say(ann, "/start blend")
    await world.sees(ann.private, lambda m: "2 to 5" in m.text, within=2)
    ann.private.send_album(ann, pictures(3))
    basket = await the_basket(world, ann.private, 3)
    await world.press(ann.private, ann, basket, "Blend")
    await world.sees_picture(ann.private)
    assert len(blends(world)) == 2


@pytest.mark.parametrize("provider", [{"dialect": "gateway"}, {"dialect": "change"}])
async def test_a_blend_works_with(provider: dict[str, str], world_with: WorldWith) -> None:
    world: World = await world_with(provider=provider)
    world.provider.set_speed(all=2.0)
    ann = world.telegram.person("Ann")
    ann.private.send_album(ann, pictures(3), caption="/blend")
    grid = await world.sees_picture(ann.private)
    await world.press(ann.private, ann, grid, "U1")
    await world.sees_picture(ann.private, after=grid.id)
    assert colours_of(world, blends(world)[0]) == list(COLOURS[:3])


async def test_a_provider_that_cannot_blend_is_said_so_and_not_asked_again(world_with: WorldWith) -> None:
    world: World = await world_with(DAILY_LIMIT_PER_USER="1")
    world.provider.lack("blend")
    ann = world.telegram.person("Ann")
    for _ in range(2):
        asked = ann.private.send_album(ann, pictures(2), caption="/blend")
        told = await world.sees(ann.private, lambda m: m.reply_to == asked[0].id and "cannot do that" in m.text)  # noqa: B023
        assert not told.photo
    assert len(blends(world)) == 1
    await world.draws(ann)  # the place of today was given back


async def test_a_blend_without_a_picture_explains_itself(world: World) -> None:
    ann = world.telegram.person("Ann")
    group = world.telegram.group("Friends", [ann])
    for words in ("/blend", "/blend portrait"):
        told = await world.answer(group, group.say(ann, words), within=3)
        assert "Reply to each of them" in told.text
    ann.private.say(ann, "/start")
    said = ann.private.say(ann, "no picture")
    asked = ann.private.say(ann, "/blend portrait", reply_to=said.id)
    assert "2 to 5 pictures" in (await world.answer(ann.private, asked)).text
    assert not world.provider.submissions()


async def test_a_stranger_collects_nothing(world_with: WorldWith) -> None:
    world: World = await world_with(ACCESS="allowlist", ALLOWED_USERS="1")
    eve = world.telegram.person("Eve")
    eve.private.send_photo(eve, picture(), caption="/blend")
    eve.private.send_photo(eve, picture())
    eve.private.send_album(eve, pictures(3))
    eve.private.send_album(eve, pictures(2), caption="/blend")
    await world.pass_time(10)
    (told,) = [m for m in eve.private.messages if m.from_bot]
    assert "operator" in told.text
    assert not world.provider.submissions()
