"""/edit and /swap: a picture changed by words, a face put into a picture; and the upscales of every version."""

import io

from PIL import Image

from tests.world import World, WorldWith


def a_picture(colour: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (96, 64), colour).save(out, "PNG")
    return out.getvalue()


def colour_of(data: bytes) -> list[int]:
    with Image.open(io.BytesIO(data)) as picture:
        return [round(value / 64) for value in picture.convert("RGB").resize((1, 1)).tobytes()]


async def test_an_edit_takes_its_picture_as_caption_or_as_answer(world: World) -> None:
    world.paint_nothing()
    ann = world.telegram.person("Ann")
    mine = ann.private.send_photo(ann, a_picture("teal"), caption="/edit make it\nsnow")
    first = await world.sees_picture(ann.private)
    assert first.reply_to == mine.id
    (edit,) = world.provider.submissions(path="edits")
    assert edit.body["prompt"] == "make it\nsnow"
    (image,) = world.provider.ledger.images(edit.number)
    assert colour_of(image) == colour_of(a_picture("teal"))
    asked = ann.private.say(ann, "/edit a hat", reply_to=first.id)
    second = await world.sees_picture(ann.private, after=first.id)
    assert second.reply_to == asked.id
    await world.press(ann.private, ann, second, "✏️ Change")
    told = await world.sees(ann.private, lambda m: "Copy, change" in m.text)
    assert "/edit@imagine_bot a hat" in told.text
    assert "as its caption" in told.text
    for alone in ("/edit", "/edit a hat"):
        asked = ann.private.say(ann, alone)
        assert "caption of a picture" in (await world.answer(ann.private, asked, within=8)).text
    assert len(world.provider.submissions()) == 2


async def test_a_swap_puts_the_face_that_answers_into_the_picture_that_is_answered(world: World) -> None:
    world.paint_nothing()
    ann = world.telegram.person("Ann")
    target = ann.private.send_photo(ann, a_picture("navy"))
    asked = ann.private.send_photo(ann, a_picture("orange"), caption="/swap", reply_to=target.id)
    result = await world.sees(ann.private, lambda m: m.from_bot and m.photo and m.buttons)
    assert result.reply_to == asked.id
    assert [button.text for button in result.buttons] == ["📎 Original", "🔁 Again", "🗑"]
    (swap,) = world.provider.submissions(path="swap")
    face, into = world.provider.ledger.images(swap.number)
    assert colour_of(face) == colour_of(a_picture("orange"))
    assert colour_of(into) == colour_of(a_picture("navy"))
    await world.press(ann.private, ann, result, "🔁 Again")
    await world.sees(ann.private, lambda m: m.photo and m.reply_to == result.id)
    assert len(world.provider.submissions(path="swap", accepted=True)) == 2


async def test_one_picture_or_three_are_no_swap_and_nothing_is_sent(world: World) -> None:
    ann = world.telegram.person("Ann")
    target = ann.private.send_photo(ann, a_picture("navy"))
    alone = ann.private.send_photo(ann, a_picture("orange"), caption="/swap")
    wordless = ann.private.say(ann, "/swap", reply_to=target.id)
    for asked in (alone, wordless):
        assert "exactly two pictures" in (await world.answer(ann.private, asked)).text
    await world.pass_time(3)
    assert not world.provider.submissions()


async def test_what_a_provider_lacks_is_said_kindly_and_the_words_come_back(world_with: WorldWith) -> None:
    world = await world_with(provider={"dialect": "gateway"})
    world.provider.lack("edits", "swap")
    ann = world.telegram.person("Ann")
    target = ann.private.send_photo(ann, a_picture("navy"), caption="/edit a hat")
    told = await world.sees(ann.private, lambda m: m.reply_to == target.id and "cannot do that" in m.text)
    assert "a hat" in told.text
    asked = ann.private.send_photo(ann, a_picture("orange"), caption="/swap", reply_to=target.id)
    await world.sees(ann.private, lambda m: m.reply_to == asked.id and "cannot do that" in m.text)


async def test_in_a_group_a_caption_with_the_bots_name_is_heard_in_its_topic(world: World) -> None:
    world.paint_nothing()
    ann = world.telegram.person("Ann")
    forum = world.telegram.group("Forum", [ann], forum=True)
    topic = forum.create_topic(ann, "Foxes")
    target = forum.send_photo(ann, a_picture("navy"), caption="/edit@imagine_bot a hat", thread=topic)
    edited = await world.sees_picture(forum)
    assert (edited.thread, edited.reply_to) == (topic, target.id)
    forum.send_photo(ann, a_picture("orange"), caption="/swap@imagine_bot", thread=topic, reply_to=target.id)
    swapped = await world.sees(forum, lambda m: m.from_bot and m.photo and m.id > edited.id and m.buttons)
    assert swapped.thread == topic


async def test_the_upscales_of_every_version_are_pressed_to_their_end(world: World) -> None:
    world.paint_nothing()
    world.provider.set_speed(all=1)
    ann = world.telegram.person("Ann")
    for version, upscales in {
        "5.2": ["Upscale (2x)", "Upscale (4x)"],
        "6.1": ["Upscale (Subtle)", "Upscale (Creative)"],
        "7": ["Upscale (Subtle)", "Upscale (Creative)"],
    }.items():
        grid = await world.draws(ann, f"a fox --v {version}")
        await world.press(ann.private, ann, grid, "U1")
        newest = single = await world.sees_picture(ann.private, after=grid.id)
        for button in upscales:
            await world.press(ann.private, ann, single, button)
            newest = await world.sees_picture(ann.private, after=newest.id)
            assert newest.reply_to == single.id
            assert button in newest.text
    assert all(entry.accepted for entry in world.provider.submissions())
    assert len({entry.body["customId"].split("::")[2] for entry in world.provider.submissions(path="action")}) == 7


async def test_in_a_channel_a_post_is_enough_and_its_admins_press(world: World) -> None:
    world.paint_nothing()
    ann = world.telegram.person("Ann")
    channel = world.telegram.channel("News", ann)
    post = channel.send_photo(ann, a_picture("navy"), caption="/edit a hat")
    edited = await world.sees_picture(channel)
    assert edited.reply_to == post.id
    await world.press(channel, ann, edited, "✂️ Four singles")
    below = await world.sees(channel, lambda m: m.buttons and "U1–U4 bring" in m.text)
    assert len([m for m in channel.messages if m.album]) == 4
    await world.press(channel, ann, below, "U1")
    await world.sees_picture(channel, after=below.id)
    await world.press(channel, ann, edited, "✏️ Change")
    await world.sees(channel, lambda m: "Copy, change" in m.text)
    await world.press(channel, ann, edited, "🔁 Again")
    await world.until(lambda: len(world.provider.submissions(path="edits")) == 2)
    channel.say(ann, "/seed", reply_to=edited.id)
    await world.sees(channel, lambda m: "seed of this picture" in m.text)
