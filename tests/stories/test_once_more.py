"""🔁 Again, ✏️ Change and /seed: the same once more, the words back, what it was drawn from."""

from sandbox.telegram.chat import Chat
from sandbox.telegram.views import MessageView
from tests.world import World, WorldWith


async def test_again_submits_the_same_wish_once_for_any_taps_and_charges_once(world: World) -> None:
    ann = world.telegram.person("Ann")
    grid = await world.draws(ann, "a red fox --ar 3:2")
    taps = [ann.private.press(ann, grid.id, "🔁 Again") for _ in range(4)]
    toasts = [(await tap.answered()).text for tap in taps]
    assert toasts == ["On its way.", *["Already on it."] * 3]
    second = await world.sees_picture(ann.private, after=grid.id)
    assert second.reply_to == grid.id
    first, again = world.provider.submissions(path="imagine")
    assert again.body["prompt"] == first.body["prompt"]
    assert again.body["state"] != first.body["state"]
    await world.pass_time(11)
    await world.press(ann.private, ann, grid, "🔁 Again")
    await world.sees_picture(ann.private, after=second.id)
    assert len(world.provider.submissions()) == 3


async def test_again_works_after_a_restart_and_months_and_counts_for_who_presses(world_with: WorldWith) -> None:
    world = await world_with(DAILY_LIMIT_PER_USER="1")
    ann, bob = world.telegram.person("Ann"), world.telegram.person("Bob")
    group = world.telegram.group("Friends", [ann, bob])
    grid = await world.draws(ann, chat=group)
    refused = await world.press(group, ann, grid, "🔁 Again")
    assert "picture of today is used" in (refused.text or "")
    await world.press(group, bob, grid, "🔁 Again")
    his = await world.sees_picture(group, after=grid.id)
    assert "Bob" in his.text
    await world.stop_bot()
    world.clock.advance(90 * 86400)
    await world.start_bot()
    await world.press(group, ann, grid, "🔁 Again")
    await world.sees_picture(group, after=his.id)
    assert len(world.provider.submissions()) == 3


async def test_again_under_a_pressed_picture_presses_the_same_button_of_its_parent(world: World) -> None:
    ann = world.telegram.person("Ann")
    grid = await world.draws(ann)
    await world.press(ann.private, ann, grid, "V2")
    varied = await world.sees_picture(ann.private, after=grid.id)
    await world.pass_time(11)
    taps = [ann.private.press(ann, varied.id, "🔁 Again") for _ in range(3)]
    assert [(await tap.answered()).text for tap in taps] == ["V2: on its way.", *["Already on it."] * 2]
    again = await world.sees_picture(ann.private, after=varied.id)
    assert again.reply_to == varied.id
    one, other = world.provider.submissions(path="action")
    assert (one.body["taskId"], one.body["customId"]) == (other.body["taskId"], other.body["customId"])


async def test_again_after_a_window_that_was_answered_opens_it_anew(world: World) -> None:
    ann = world.telegram.person("Ann")
    grid = await world.draws(ann)
    world.provider.engine.remix = True
    await world.press(ann.private, ann, grid, "V1")
    varied = await world.sees_picture(ann.private, after=grid.id)
    world.provider.engine.remix = False
    await world.pass_time(11)
    await world.press(ann.private, ann, varied, "🔁 Again")
    await world.sees_picture(ann.private, after=varied.id)
    one, other = world.provider.submissions(path="action")
    assert one.body["customId"] == other.body["customId"]


async def test_who_may_not_press_can_neither_repeat_nor_have_the_words(world: World) -> None:
    ann, bob, eve = (world.telegram.person(name) for name in ("Ann", "Bob", "Eve"))
    group = world.telegram.group("Friends", [ann, bob])
    await world.restart_bot(PRESS_POLICY="owner")
    grid = await world.draws(ann, chat=group)
    hers = eve.private.say(eve, "/help")
    await world.settle()
    for button in ("🔁 Again", "✏️ Change"):
        toast = await world.press(group, bob, grid, button)
        assert toast.text == "Only the person who asked for this picture can do that."
        forged = await eve.private.press_data(eve, hers.id, grid.button(button).data or "").answered()
        assert forged.text == "That button does not belong here."
    await world.pass_time(3)
    assert len(world.provider.submissions()) == 1


async def _given_back(world: World, chat: Chat, before: int) -> list[MessageView]:
    """The messages with words to copy, but for so many."""
    found = await world.until(lambda: [m for m in chat.messages if "Copy" in m.text][before:])
    assert isinstance(found, list)
    return found


async def test_change_gives_back_a_whole_command_that_a_tap_copies(world: World) -> None:
    ann = world.telegram.person("Ann")
    words = "a “red” fox\nin <b>snow</b> 🦊 --ar 3:2"
    grid = await world.draws(ann, words)
    await world.press(ann.private, ann, grid, "U1")
    single = await world.sees_picture(ann.private, after=grid.id)
    for number, picture in enumerate((grid, single)):
        await world.press(ann.private, ann, picture, "✏️ Change")
        (told,) = await _given_back(world, ann.private, number)
        assert told.reply_to == picture.id
        assert told.text == f"Copy, change, send:\n/imagine@imagine_bot {words}"
        (copied,) = told.entities
        assert copied["type"] == "code"
    assert len(world.provider.submissions()) == 2
    asked = ann.private.say(ann, told.text.partition("\n")[2])
    await world.sees(ann.private, lambda m: m.photo and m.reply_to == asked.id)
    assert world.provider.submissions(path="imagine")[-1].body["prompt"] == words


async def test_change_stays_in_its_topic(world: World) -> None:
    ann = world.telegram.person("Ann")
    forum = world.telegram.group("Forum", [ann], forum=True)
    topic = forum.create_topic(ann, "Foxes")
    asked = forum.say(ann, "/imagine a red fox", thread=topic)
    grid = await world.sees(forum, lambda m: m.from_bot and m.photo and m.buttons and m.reply_to == asked.id)
    await world.press(forum, ann, grid, "✏️ Change")
    told = await world.sees(forum, lambda m: "Copy" in m.text)
    assert (told.thread, told.reply_to) == (topic, grid.id)
    await world.press(forum, ann, grid, "🔁 Again")
    again = await world.sees_picture(forum, after=grid.id)
    assert again.thread == topic


async def test_the_seed_of_a_result_is_asked_for_by_an_answer_to_it(world: World) -> None:
    ann = world.telegram.person("Ann")
    grid = await world.draws(ann)
    asked = ann.private.say(ann, "/seed", reply_to=grid.id)
    told = await world.answer(ann.private, asked, within=5)
    (copied,) = [entity for entity in told.entities if entity["type"] == "code"]
    assert "seed of this picture" in told.text
    seed = told.text[copied["offset"] - 1 :][: copied["length"]]
    assert seed.isdigit()
    nothing = ann.private.say(ann, "/seed")
    assert "answer to a picture" in (await world.answer(ann.private, nothing)).text
    assert len(world.provider.submissions()) == 1


async def test_a_provider_that_tells_no_seed_is_said_to_and_a_restart_loses_no_question(world: World) -> None:
    ann = world.telegram.person("Ann")
    grid = await world.draws(ann)
    world.provider.faults.add(match="/mj/task/*/image-seed", end="hang")
    asked = ann.private.say(ann, "/seed", reply_to=grid.id)
    await world.pass_time(2)
    help_ = ann.private.say(ann, "/help")  # the chat is not held up meanwhile
    await world.answer(ann.private, help_)
    await world.restart_bot()
    assert "seed of this picture" in (await world.answer(ann.private, asked, within=5)).text
    world.provider.lack("seed")
    await world.pass_time(11)
    again = ann.private.say(ann, "/seed", reply_to=grid.id)
    assert "does not tell the seed" in (await world.answer(ann.private, again, within=5)).text
