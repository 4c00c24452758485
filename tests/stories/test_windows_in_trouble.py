"""Questions that are late, lost, deleted, moved or pressed twice: none is sent twice, none is forgotten."""

from tests.windows import answers, asked, mask_of, send, single
from tests.world import World, WorldWith


async def test_what_nobody_answers_ends_kindly_and_gives_the_share_back(world_with: WorldWith) -> None:
    world: World = await world_with(DAILY_LIMIT_PER_USER="4")
    world.paint_nothing()
    ann = world.telegram.person("Ann")
    picture = await single(world, ann)
    question = await asked(world, ann.private, ann, picture, "🔍 Custom Zoom")
    await world.pass_time(14 * 60, step=20)
    assert ann.private.message(question.id).buttons
    await world.restart_bot()  # an open question outlives a restart
    await world.pass_time(90, step=5)
    over = ann.private.message(question.id)
    assert "Nothing was drawn, nothing was charged for it." in over.text
    assert not over.buttons
    told = ann.private.say(ann, "a cow", reply_to=question.id)
    assert "its time is over" in (await world.answer(ann.private, told)).text
    assert not answers(world)
    question = await asked(world, ann.private, ann, picture, "✓ 🔍 Custom Zoom")
    await world.restart_bot()
    await send(world, ann.private, ann, question, "1.2")
    await send(world, ann.private, ann, question, "🔍 Zoom")
    await world.sees_picture(ann.private, after=question.id)
    await world.draws(ann, "a blue whale")  # the fourth of the day: what was not answered does not count


async def test_double_taps_on_the_last_button_send_once(world: World) -> None:
    world.paint_nothing()
    ann = world.telegram.person("Ann")
    picture = await single(world, ann)
    question = await asked(world, ann.private, ann, picture, "🔍 Custom Zoom")
    await world.pass_time(12, step=1)
    assert await send(world, ann.private, ann, picture, "✓ 🔍 Custom Zoom") == "Already on it."
    taps = [ann.private.press(ann, question.id, "🔍 Zoom") for _ in range(4)]
    toasts = [(await tap.answered()).text or "" for tap in taps]
    assert toasts[0] == "On its way."
    assert all("answered already" in toast for toast in toasts[1:])
    await world.sees_picture(ann.private, after=question.id)
    await world.pass_time(10, step=1)
    assert len(answers(world)) == 1


async def test_an_answer_that_was_lost_is_asked_about_and_never_sent_again(world: World) -> None:
    world.paint_nothing()
    ann = world.telegram.person("Ann")
    picture = await single(world, ann)
    question = await asked(world, ann.private, ann, picture, "🔍 Custom Zoom")
    world.provider.trouble("accept then cut off", match="/mj/submit/modal")
    await send(world, ann.private, ann, question, "🔍 Zoom")
    await world.restart_bot()
    await world.sees_picture(ann.private, after=question.id)
    await world.pass_time(30, step=1)
    assert len(answers(world)) == 1


async def test_a_question_takes_no_place_at_the_provider(world_with: WorldWith) -> None:
    world: World = await world_with(MAX_RUNNING_PER_USER="1")
    world.paint_nothing()
    ann = world.telegram.person("Ann")
    picture = await single(world, ann)
    await asked(world, ann.private, ann, picture, "🔍 Custom Zoom")
    listed = await world.answer(ann.private, ann.private.say(ann, "/tasks"))
    assert "waits for your answer" in listed.text
    await world.draws(ann, "a blue whale")
    await world.pass_time(5)
    await send(world, ann.private, ann, listed, "Cancel 1")
    await world.sees(ann.private, lambda m: "Nothing was drawn, nothing was charged for it" in m.text, 10)


async def test_a_question_that_may_not_have_arrived_is_put_once_more(world: World) -> None:
    world.paint_nothing()
    ann = world.telegram.person("Ann")
    picture = await single(world, ann)
    world.telegram.faults.add(match="sendMessage", status=502)
    question = await asked(world, ann.private, ann, picture, "🔍 Custom Zoom")
    await send(world, ann.private, ann, question, "🔍 Zoom")
    await world.sees_picture(ann.private, after=picture.id)
    assert len(answers(world)) == 1


async def test_a_question_whose_edit_may_not_have_arrived_is_shown_again(world: World) -> None:
    world.paint_nothing()
    ann = world.telegram.person("Ann")
    picture = await single(world, ann)
    world.telegram.faults.add(match="editMessageText", status=502, times=2)
    question = await asked(world, ann.private, ann, picture, "🔍 Custom Zoom", within=15)
    assert [m.id for m in ann.private.messages if m.id > picture.id] == [question.id]


async def test_a_grid_whose_picture_cannot_be_had_follows_later(world: World) -> None:
    ann = world.telegram.person("Ann")
    picture = await single(world, ann)
    world.provider.faults.add(match="/pictures/*", times=None, status=500)
    await world.press(ann.private, ann, picture, "🖌️ Vary (Region)")
    question = await world.sees(ann.private, lambda m: "cannot get the picture just now" in m.text, 15)
    assert "Nothing is chosen" in await send(world, ann.private, ann, question, "🖌️ Paint")
    world.provider.faults.clear()
    grid = await world.sees(ann.private, lambda m: m.id == question.id and m.photo and m.button("16"), 60)
    await send(world, ann.private, ann, grid, "16")
    await send(world, ann.private, ann, grid, "🖌️ Paint")
    await world.sees_picture(ann.private, after=grid.id)
    assert mask_of(world, answers(world)[0]).size == picture.size


async def test_a_question_that_was_deleted_comes_again_when_something_is_chosen(world: World) -> None:
    world.paint_nothing()
    ann, bob = world.telegram.person("Ann"), world.telegram.person("Bob")
    group = world.telegram.group("Friends", [ann, bob])
    picture = await single(world, bob, group)
    await world.pass_time(30, step=1)
    question = await asked(world, group, bob, picture, "🔍 Custom Zoom")
    choice = question.button("1.5").data or ""
    group.delete(ann, question.id)
    await group.press_data(bob, question.id, choice).answered()
    again = await world.sees(
        group, lambda m: m.id > question.id and any(b.text == "✓ 1.5" for b in m.buttons), within=30
    )
    await send(world, group, bob, again, "🔍 Zoom")
    await world.sees_picture(group, after=again.id)


async def test_in_a_busy_group_the_question_comes_all_the_same(world: World) -> None:
    world.paint_nothing()
    ann, bob = world.telegram.person("Ann"), world.telegram.person("Bob")
    group = world.telegram.group("Friends", [ann, bob])
    picture = await single(world, ann, group)
    await world.pass_time(61, step=1)
    for number in range(14):
        group.say(bob, f"/help@imagine_bot {number}")
    await world.pass_time(20, step=0.5)
    world.provider.set_speed(all=60)
    group.say(ann, "/imagine a blue whale")
    question = await asked(world, group, ann, picture, "🔍 Custom Zoom", within=45)
    assert group.message(question.id).reply_to == picture.id


async def test_a_question_stays_in_its_topic(world: World) -> None:
    world.paint_nothing()
    ann = world.telegram.person("Ann")
    forum = world.telegram.group("Art", [ann], forum=True)
    topic = forum.create_topic(ann, "Foxes")
    world.provider.set_speed(all=1.0)
    forum.say(ann, "/imagine a red fox", thread=topic)
    grid = await world.sees_picture(forum)
    await world.press(forum, ann, grid, "U1")
    picture = await world.sees_picture(forum, after=grid.id)
    await world.pass_time(30, step=1)
    question = await asked(world, forum, ann, picture, "🔍 Custom Zoom")
    assert question.thread == topic
    await send(world, forum, ann, question, "✏️ Other words")
    wanted = await world.sees(forum, lambda m: (m.markup or {}).get("force_reply") is True, 30)
    assert wanted.thread == topic
    forum.say(ann, "a blue fox", reply_to=wanted.id)
    await world.sees(forum, lambda m: m.id == question.id and "a blue fox" in m.text, 30)


async def test_what_a_question_does_not_take_is_told_and_it_stays_open(world: World) -> None:
    world.paint_nothing()
    ann = world.telegram.person("Ann")
    picture = await single(world, ann)
    question = await asked(world, ann.private, ann, picture, "🔍 Custom Zoom")
    assert "choose one, too" in (
        await send(world, ann.private, ann, question, "1.0 (new ratio)")
        + await send(world, ann.private, ann, question, "🔍 Zoom")
    )
    forged = await ann.private.press_data(ann, question.id, "win:99999").answered()
    assert "does not work any more" in (forged.text or "")
    ann.private.say(ann, "a gory fox", reply_to=question.id)
    await world.pass_time(2)
    await send(world, ann.private, ann, question, "1.2")
    await send(world, ann.private, ann, question, "🔍 Zoom")
    told = await world.sees(ann.private, lambda m: m.from_bot and "does not draw" in m.text)
    assert "a gory fox --zoom 1.2" in told.text


async def test_a_window_that_a_gateway_disguises_is_asked_about_when_it_is_seen(world_with: WorldWith) -> None:
    world: World = await world_with(provider={"dialect": "gateway", "remix": True})
    world.paint_nothing()
    ann = world.telegram.person("Ann")
    ann.private.say(ann, "/remix ask")
    picture = await single(world, ann)
    question = await asked(world, ann.private, ann, picture, "⬅️", within=40)
    await world.pass_time(40, step=1)
    ann.private.say(ann, "a red fox by a lake", reply_to=question.id)
    await world.sees_picture(ann.private, after=question.id)
    await world.pass_time(60, step=2)
    (answer,) = answers(world)
    assert answer.body["prompt"] == "a red fox by a lake"
    assert len(world.pictures(ann.private)) == 3


async def test_a_question_moves_along_with_its_group(world: World) -> None:
    world.paint_nothing()
    ann = world.telegram.person("Ann")
    group = world.telegram.group("Friends", [ann], kind="group")
    picture = await single(world, ann, group)
    await world.pass_time(20, step=1)
    old = await asked(world, group, ann, picture, "🔍 Custom Zoom")
    moved = group.migrate(ann)
    question = await world.sees(moved, lambda m: any(b.text == "🔍 Zoom" for b in m.buttons), 30)
    moved.say(ann, "a blue fox", reply_to=question.id)
    await world.sees(moved, lambda m: m.id == question.id and "a blue fox" in m.text, 30)
    await send(world, group, ann, old, "🔍 Zoom")
    await world.sees_picture(moved, after=question.id)
    assert [entry.body["prompt"] for entry in answers(world)] == ["a blue fox --zoom 2"]
