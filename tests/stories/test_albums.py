"""Albums: their parts come one by one, in any order, and are one request all the same."""

import io
from typing import Any

from PIL import Image

from sandbox.midjourney.ledger import Entry
from sandbox.telegram.views import MessageView
from tests.world import World

COLOURS = ("red", "green", "blue", "yellow", "purple", "orange")


def picture(colour: str = "red", side: int = 64) -> bytes:
    """A picture that can be told from others after it went through a JPEG."""
    out = io.BytesIO()
    Image.new("RGB", (side, side), colour).save(out, "PNG")
    return out.getvalue()


def pictures(number: int, start: int = 0) -> list[bytes]:
    """Some that differ."""
    return [picture(colour) for colour in COLOURS[start : start + number]]


def blends(world: World) -> list[Entry]:
    """What was asked to be melted."""
    return world.provider.submissions(path="blend")


def colours_of(world: World, entry: Entry) -> list[str]:
    """Which pictures arrived, in their order."""
    return [colour_of(data) for data in world.provider.ledger.images(entry.number)]


def colour_of(data: bytes) -> str:
    """The colour of a picture, whatever a JPEG made of it."""
    with Image.open(io.BytesIO(data)) as image:
        red, green, blue = image.convert("RGB").resize((1, 1)).getpixel((0, 0))  # type: ignore[misc]
    known = {name: Image.new("RGB", (1, 1), name).getpixel((0, 0)) for name in COLOURS}

    def distance(name: str) -> int:
        seen: Any = known[name]
        return sum(abs(one - other) for one, other in zip(seen, (red, green, blue), strict=True))

    return min(known, key=distance)


def buttons(message: MessageView) -> list[list[str]]:
    """The texts of a keyboard."""
    return [[one.text for one in row] for row in message.keyboard]


async def test_an_album_in_reverse_order_blends_once_in_the_order_that_people_see(world: World) -> None:
    ann = world.telegram.person("Ann")
    parts = ann.private.send_album(ann, pictures(4), caption="/blend", order=(3, 2, 1, 0))
    result = await world.sees_picture(ann.private)
    (blend,) = blends(world)
    assert colours_of(world, blend) == list(COLOURS[:4])
    assert blend.body["dimensions"] == "SQUARE"
    assert result.reply_to == parts[0].id
    assert "/blend" in result.text
    assert buttons(result)[0] == ["U1", "U2", "U3", "U4", "🔄"]
    await world.pass_time(20)
    assert len(blends(world)) == 1
    assert not [m for m in ann.private.messages if m.from_bot and not m.photo]  # nothing but the picture is left


async def test_the_shape_is_said_behind_the_command(world: World) -> None:
    ann = world.telegram.person("Ann")
    ann.private.send_album(ann, pictures(2), captions={1: "/blend Portrait"})
    await world.sees_picture(ann.private)
    assert blends(world)[0].body["dimensions"] == "PORTRAIT"
    ann.private.send_album(ann, pictures(2), caption="/blend a cat")
    told = await world.sees(ann.private, lambda m: "no other words" in m.text, within=5)
    assert not told.photo
    assert len(blends(world)) == 1


async def test_parts_a_second_and_a_half_apart_belong_together(world: World) -> None:
    ann = world.telegram.person("Ann")
    world.paint_nothing()
    for number, data in enumerate(pictures(4)):
        caption = "/blend" if number == 0 else ""
        ann.private.send_photo(ann, data, album="slow", caption=caption)
        await world.pass_time(1.5)
        assert not blends(world)
    await world.until(lambda: blends(world), within=2)
    assert colours_of(world, blends(world)[0]) == list(COLOURS[:4])


async def test_an_album_is_not_waited_for_longer_than_ten_seconds_and_what_is_late_is_told(world: World) -> None:
    ann = world.telegram.person("Ann")
    world.paint_nothing()
    for number in range(8):
        ann.private.send_photo(ann, picture(side=64 + number), album="endless", caption="/imagine x" * (number == 0))
        await world.pass_time(1.5)
    asked = ann.private.messages[0]
    told = await world.sees(ann.private, lambda m: m.reply_to == asked.id and "these are 7" in m.text, within=2)
    late = next(m for m in ann.private.messages if "too late" in m.text)
    assert late.reply_to == ann.private.message(late.reply_to or 0).id
    assert told.id < late.id
    assert not world.provider.submissions()


async def test_two_albums_of_two_people_at_the_same_moment_do_not_mix(world: World) -> None:
    ann, bob = world.telegram.person("Ann"), world.telegram.person("Bob")
    group = world.telegram.group("Friends", [ann, bob], bot="administrator")
    world.paint_nothing()
    for number in range(3):
        caption = "/blend" if number == 0 else ""
        group.send_photo(ann, picture(COLOURS[number]), album="hers", caption=caption)
        group.send_photo(bob, picture(COLOURS[3 + number]), album="his", caption=caption)
    await world.until(lambda: len(blends(world)) == 2, within=5)
    found = sorted(tuple(colours_of(world, one)) for one in blends(world))
    assert found == sorted([COLOURS[:3], COLOURS[3:]])
    await world.until(lambda: len(world.pictures(group)) == 2)
    names = {m.text.rpartition("· ")[2] for m in world.pictures(group)}
    assert names == {"Ann", "Bob"}


async def test_an_album_is_complete_though_the_bot_goes_in_its_middle(world: World) -> None:
    ann = world.telegram.person("Ann")
    world.paint_nothing()
    ann.private.send_photo(ann, picture("red"), album="cut", caption="/blend")
    ann.private.send_photo(ann, picture("green"), album="cut")
    await world.settle()
    await world.stop_bot()
    await world.pass_time(60, step=5)
    ann.private.send_photo(ann, picture("blue"), album="cut")
    await world.start_bot()
    await world.until(lambda: blends(world), within=10)
    assert colours_of(world, blends(world)[0]) == ["red", "green", "blue"]
    await world.pass_time(10)
    assert len(blends(world)) == 1


async def test_an_album_is_complete_though_telegram_is_away_in_its_middle(world: World) -> None:
    ann = world.telegram.person("Ann")
    world.paint_nothing()
    ann.private.send_photo(ann, picture("red"), album="cut", caption="/blend")
    await world.settle()
    world.telegram.faults.add(match="getUpdates", status=502, times=None)
    ann.private.send_photo(ann, picture("green"), album="cut")  # the question that is open hears it, no later one does
    await world.pass_time(20)
    assert not blends(world)
    ann.private.send_photo(ann, picture("blue"), album="cut")
    world.telegram.faults.clear()
    await world.until(lambda: blends(world), within=40)
    assert colours_of(world, blends(world)[0]) == ["red", "green", "blue"]


async def test_a_channels_basket_is_its_admins(world: World) -> None:
    ann, bob = world.telegram.person("Ann"), world.telegram.person("Bob")
    channel = world.telegram.channel("Anns news", ann)
    world.paint_nothing()
    for colour in COLOURS[:2]:
        channel.send_photo(ann, picture(colour), caption="/blend")
        await world.pass_time(4)
    basket = next(m for m in channel.messages if "2 of 5" in m.text)
    data = basket.button("Blend").data or ""
    assert "Only the person" in ((await channel.press_data(bob, basket.id, data).answered(5)).text or "")
    assert (await world.press(channel, ann, basket, "Blend")).text == "On its way."
    await world.sees_picture(channel)
    assert colours_of(world, blends(world)[0]) == ["red", "green"]


async def test_an_album_can_be_answered_with_the_command(world: World) -> None:
    world.paint_nothing()
    ann, bob = world.telegram.person("Ann"), world.telegram.person("Bob")
    group = world.telegram.group("Friends", [ann, bob], bot="administrator")  # so it knows all the parts
    parts = group.send_album(bob, pictures(3))
    await world.pass_time(5)
    asked = group.say(ann, "/blend landscape", reply_to=parts[1].id)
    result = await world.sees_picture(group)
    assert result.reply_to == asked.id
    assert "Ann" in result.text
    group.say(ann, "/imagine a fox", reply_to=parts[0].id)
    await world.until(lambda: len(world.provider.submissions()) == 2)
    assert [colours_of(world, one) for one in world.provider.submissions()] == [list(COLOURS[:3])] * 2
    assert blends(world)[0].body["dimensions"] == "LANDSCAPE"


async def test_in_a_group_albums_without_a_command_are_nobodys_business(world: World) -> None:
    ann = world.telegram.person("Ann")
    group = world.telegram.group("Friends", [ann], bot="administrator")
    await world.settle()
    before = len(group.messages)
    group.send_album(ann, pictures(3), caption="our holidays")
    await world.pass_time(5)
    assert len(group.messages) == before + 3


async def test_an_album_in_a_channel_blends(world: World) -> None:
    ann = world.telegram.person("Ann")
    channel = world.telegram.channel("Anns news", ann)
    world.paint_nothing()
    channel.send_album(ann, pictures(3), caption="/blend landscape")
    await world.sees_picture(channel)
    (blend,) = blends(world)
    assert blend.body["dimensions"] == "LANDSCAPE"
    assert len(world.provider.ledger.images(blend.number)) == 3


async def test_one_and_six_pictures_are_explained_before_anything_is_paid(world: World) -> None:
    ann = world.telegram.person("Ann")
    ann.private.send_album(ann, pictures(6), caption="/blend")
    told = await world.sees(ann.private, lambda m: m.from_bot, within=5)
    assert told.text == "I take 5 pictures at the most, and these are 6. Nothing was sent."
    ann.private.send_album(ann, pictures(6))
    await world.until(lambda: sum("these are 6" in m.text for m in ann.private.messages) == 2, within=5)
    double = pictures(2)
    ann.private.send_album(ann, [*double, double[0]], caption="/blend")
    await world.sees(ann.private, lambda m: "in there already" in m.text, within=5)
    await world.pass_time(5)
    assert not world.provider.submissions()
