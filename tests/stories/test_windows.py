"""Windows: a press that wants words, a zoom or a region first, asked about in the chat."""

import pytest

from tests.windows import answers, asked, mask_of, send, single, texts
from tests.world import World, WorldWith

CELLS = [str(number) for number in range(1, 17)]


async def test_a_custom_zoom_is_chosen_by_buttons_and_sent(world: World) -> None:
    world.paint_nothing()
    ann = world.telegram.person("Ann")
    picture = await single(world, ann)
    question = await asked(world, ann.private, ann, picture, "🔍 Custom Zoom")
    assert texts(question) == [
        ["1.2", "1.4", "1.5", "1.6", "1.8", "✓ 2.0"],
        ["1.0 (new ratio)"],
        ["1:1", "3:2", "2:3", "16:9", "9:16", "✓ As it is"],
        ["🔍 Zoom", "✏️ Other words"],
        ["Cancel"],
    ]
    assert "a red fox" in question.text
    assert any(entity["type"] == "code" for entity in question.entities)
    await world.press(ann.private, ann, question, "1.5")
    await world.press(ann.private, ann, question, "16:9")
    await world.pass_time(2)
    shown = ann.private.message(question.id)
    assert ["✓ 1.5" in texts(shown)[0], "✓ 16:9" in texts(shown)[2]] == [True, True]
    assert not answers(world)
    assert (await world.press(ann.private, ann, shown, "🔍 Zoom")).text == "On its way."
    zoomed = await world.sees_picture(ann.private, after=question.id)
    assert zoomed.reply_to == picture.id
    (answer,) = answers(world)
    assert str(answer.body["prompt"]).endswith("--zoom 1.5 --ar 16:9")
    assert "--zoom 1.5" in zoomed.text
    await world.pass_time(5)
    assert ann.private.message(question.id).deleted


async def test_own_words_for_a_zoom_come_by_reply_and_keep_their_own_flags(world: World) -> None:
    world.paint_nothing()
    ann = world.telegram.person("Ann")
    picture = await single(world, ann)
    question = await asked(world, ann.private, ann, picture, "🔍 Custom Zoom")
    ann.private.say(ann, "a blue fox —zoom 1.3 --ar 1:1", reply_to=question.id)
    await world.sees(ann.private, lambda m: m.id == question.id and "a blue fox --zoom 1.3" in m.text, 5)
    assert not answers(world)
    await send(world, ann.private, ann, question, "🔍 Zoom")
    await world.sees_picture(ann.private, after=question.id)
    (answer,) = answers(world)
    assert answer.body["prompt"] == "a blue fox --ar 1:1 --zoom 1.3"


async def test_other_words_open_a_reply_that_counts_and_goes_away(world: World) -> None:
    world.paint_nothing()
    world.provider.engine.remix = True
    ann = world.telegram.person("Ann")
    assert "do not ask" in (await world.answer(ann.private, ann.private.say(ann, "/remix"))).text
    ann.private.say(ann, "/remix ask")
    grid = await world.draws(ann)
    question = await asked(world, ann.private, ann, grid, "V1")
    assert texts(question) == [["As it is", "✏️ Other words"], ["Always as it is"], ["Cancel"]]
    assert await send(world, ann.private, ann, question, "✏️ Other words") == "Write the new words as a reply."
    wanted = await world.sees(ann.private, lambda m: (m.markup or {}).get("force_reply") is True, 5)
    ann.private.say(ann, "a green fox", reply_to=wanted.id)
    varied = await world.sees_picture(ann.private, after=wanted.id)
    assert varied.reply_to == grid.id
    assert "a green fox" in varied.text
    (answer,) = answers(world)
    assert answer.body["prompt"] == "a green fox"
    await world.pass_time(3)
    assert ann.private.message(wanted.id).deleted
    assert "Shall I draw this" not in world.told(ann.private)


async def test_remix_asks_for_pan_and_variation_until_always_as_it_is(world: World) -> None:
    world.paint_nothing()
    world.provider.engine.remix = True
    ann = world.telegram.person("Ann")
    told = await world.answer(ann.private, ann.private.say(ann, "/remix"))
    assert await send(world, ann.private, ann, told, "Ask me") == "From now on I ask you for words."
    picture = await single(world, ann)
    question = await asked(world, ann.private, ann, picture, "⬅️")
    ann.private.say(ann, "a red fox by a lake", reply_to=question.id)
    panned = await world.sees_picture(ann.private, after=question.id)
    await world.pass_time(5)
    question = await asked(world, ann.private, ann, panned, "V1")
    await send(world, ann.private, ann, question, "Always as it is")
    last = await world.sees_picture(ann.private, after=question.id)
    await world.pass_time(5)
    await world.press(ann.private, ann, last, "🔄")
    await world.sees_picture(ann.private, after=last.id)  # unasked
    prompts = [str(entry.body["prompt"]) for entry in answers(world)]
    assert prompts[0] == "a red fox by a lake"
    assert all("a red fox by a lake" in prompt for prompt in prompts)
    assert len(prompts) == 3


@pytest.mark.parametrize("dialect", ["engine", "gateway"])
async def test_a_zoom_and_a_region_in_either_dialect_each_sent_once(world_with: WorldWith, dialect: str) -> None:
    world: World = await world_with(provider={"dialect": dialect})
    ann = world.telegram.person("Ann")
    picture = await single(world, ann, words="a red fox --ar 3:2")
    question = await asked(world, ann.private, ann, picture, "🔍 Custom Zoom")
    await send(world, ann.private, ann, question, "1.4")
    await send(world, ann.private, ann, question, "🔍 Zoom")
    zoomed = await world.sees_picture(ann.private, after=question.id)
    await world.pass_time(5)

    await world.press(ann.private, ann, picture, "🖌️ Vary (Region)")
    grid = await world.sees(ann.private, lambda m: m.id > zoomed.id and m.photo and m.button("🖌️ Paint"), 15)
    assert texts(grid)[:3] == [CELLS[:5], CELLS[5:10], CELLS[10:15]]
    for cell in ("1", "2", "6", "7"):
        await send(world, ann.private, ann, grid, cell)
    await send(world, ann.private, ann, grid, "🖌️ Paint")
    painted = await world.sees_picture(ann.private, after=grid.id)
    assert painted.reply_to == picture.id
    await world.pass_time(60, step=1)

    zoom, region = answers(world)
    assert str(zoom.body["prompt"]).endswith("--zoom 1.4")
    mask = mask_of(world, region)
    assert mask.size == picture.size
    width, height = mask.size
    assert mask.convert("L").getbbox() == (0, 0, width * 2 // 5, height * 2 // 3)
    assert len(world.provider.submissions(path="action", accepted=True)) == 3
    assert len(world.pictures(ann.private)) == 4


async def test_a_grid_shows_ticks_at_once_and_the_picture_follows(world: World) -> None:
    ann = world.telegram.person("Ann")
    picture = await single(world, ann)
    await world.press(ann.private, ann, picture, "🖌️ Vary (Region)")
    grid = await world.sees(ann.private, lambda m: m.id > picture.id and m.photo and m.button("🖌️ Paint"), 15)
    assert [len(row) for row in grid.keyboard][:4] == [4, 4, 4, 4]
    assert "a red fox" in grid.text
    before = len(world.calls(ann.private, "editMessageMedia"))
    assert "Nothing is chosen" in await send(world, ann.private, ann, grid, "🖌️ Paint")
    for cell in ("1", "2", "3"):
        await world.press(ann.private, ann, grid, cell)
    await world.pass_time(1)
    ticked = ann.private.message(grid.id)
    assert texts(ticked)[0] == ["✓ 1", "✓ 2", "✓ 3", "4"]
    assert ticked.photo == grid.photo
    await world.pass_time(4)
    assert ann.private.message(grid.id).photo != grid.photo
    assert len(world.calls(ann.private, "editMessageMedia")) == before + 1  # the newest alone
    await world.press(ann.private, ann, ann.private.message(grid.id), "✓ 2")
    for number in range(4, 17):
        await world.press(ann.private, ann, grid, str(number))
        await world.pass_time(0.5)
    await world.press(ann.private, ann, grid, "2")
    await world.pass_time(2)
    assert "Everything is chosen" in await send(world, ann.private, ann, grid, "🖌️ Paint")
    assert not answers(world)


async def test_in_a_group_the_question_is_its_persons_alone(world: World) -> None:
    world.paint_nothing()
    ann, bob = world.telegram.person("Ann"), world.telegram.person("Bob")
    group = world.telegram.group("Friends", [ann, bob])
    picture = await single(world, ann, group)
    await world.pass_time(30, step=1)
    question = await asked(world, group, bob, picture, "🔍 Custom Zoom")
    for button in ("1.5", "🔍 Zoom", "Cancel", "✏️ Other words"):
        assert await send(world, group, ann, question, button) == (
            "Only the person who asked for this picture can do that."
        )
    group.say(ann, "a cow", reply_to=question.id)
    await world.pass_time(20, step=1)
    assert "a cow" not in group.message(question.id).text
    assert await send(world, group, bob, question, "✏️ Other words") == "Write the new words as a reply."
    wanted = await world.sees(group, lambda m: (m.markup or {}).get("force_reply") is True, 30)
    assert (wanted.markup or {})["selective"] is True
    assert any(entity["type"] == "text_mention" for entity in wanted.entities)
    group.say(ann, "a cow", reply_to=wanted.id)
    group.say(bob, "a blue fox", reply_to=wanted.id)
    await world.sees(group, lambda m: m.id == question.id and "a blue fox" in m.text, 30)
    await world.press(group, bob, question, "🔍 Zoom")
    zoomed = await world.sees_picture(group, after=question.id)
    assert "Bob" in zoomed.text
    (answer,) = answers(world)
    assert answer.body["prompt"] == "a blue fox --zoom 2"
    assert not any("a cow" in m.text for m in group.messages if m.from_bot)


async def test_in_a_channel_the_words_come_from_the_private_chat_and_the_picture_to_the_channel(world: World) -> None:
    world.paint_nothing()
    ann, bob = world.telegram.person("Ann"), world.telegram.person("Bob")
    channel = world.telegram.channel("Gallery", ann)
    picture = await single(world, ann, channel)
    question = await asked(world, channel, ann, picture, "🔍 Custom Zoom")
    assert "✏️ Other words" not in [button.text for button in question.buttons]
    link = question.button("💬 In private").url or ""
    assert link.startswith("https://t.me/imagine_bot?start=w")
    payload = link.partition("start=")[2]
    refused = await world.answer(bob.private, bob.private.say(bob, f"/start {payload}"))
    assert "Only the person" in refused.text
    ann.private.say(ann, f"/start {payload}")
    copy = await world.sees(ann.private, lambda m: any(b.text == "🔍 Zoom" for b in m.buttons), 5)
    ann.private.say(ann, "a blue fox", reply_to=copy.id)
    await world.sees(ann.private, lambda m: m.id == copy.id and "a blue fox" in m.text, 5)
    await send(world, ann.private, ann, copy, "1.8")
    await world.sees(channel, lambda m: m.id == question.id and any(b.text == "✓ 1.8" for b in m.buttons), 30)
    await send(world, ann.private, ann, copy, "🔍 Zoom")
    await world.sees(ann.private, lambda m: m.id == copy.id and "The picture comes where you pressed" in m.text, 5)
    zoomed = await world.sees_picture(channel, after=question.id)
    assert zoomed.reply_to == picture.id
    (answer,) = answers(world)
    assert answer.body["prompt"] == "a blue fox --zoom 1.8"
    assert not world.pictures(ann.private)


async def test_an_anonymous_admin_answers_by_buttons_or_in_private(world: World) -> None:
    world.paint_nothing()
    ann = world.telegram.person("Ann")
    group = world.telegram.group("Friends", [ann])
    wish = group.say(ann, "/imagine a red fox", anonymous=True)
    grid = await world.sees(group, lambda m: m.from_bot and m.photo and m.buttons and m.reply_to == wish.id)
    await world.press(group, ann, grid, "U1")
    picture = await world.sees_picture(group, after=grid.id)
    await world.pass_time(20, step=1)
    question = await asked(world, group, ann, picture, "🔍 Custom Zoom")
    group.say(ann, "a cow", reply_to=question.id, anonymous=True)
    await world.pass_time(15, step=1)
    assert "a cow" not in group.message(question.id).text  # nobody can tell whose words these are
    payload = (question.button("💬 In private").url or "").partition("start=")[2]
    ann.private.say(ann, f"/start {payload}")
    copy = await world.sees(ann.private, lambda m: any(b.text == "🔍 Zoom" for b in m.buttons), 5)
    await send(world, ann.private, ann, copy, "🔍 Zoom")
    await world.sees_picture(group, after=question.id)
