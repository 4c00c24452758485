"""Buttons under a picture: where they stand, what a press does, and what it never does."""

from sandbox.midjourney.ledger import Entry
from sandbox.telegram.views import MessageView
from tests.world import World


def rows(message: MessageView) -> list[list[str]]:
    """The texts of a keyboard."""
    return [[button.text for button in row] for row in message.keyboard]


def presses(world: World) -> list[Entry]:
    """The actions that reached the provider."""
    return world.provider.submissions(path="action")


async def test_the_picture_brings_its_buttons_in_rows_and_untouched_bytes(world: World) -> None:
    ann = world.telegram.person("Ann")
    grid = await world.draws(ann)
    assert rows(grid) == [
        ["U1", "U2", "U3", "U4", "🔄"],
        ["V1", "V2", "V3", "V4"],
        ["📎 Original", "✂️ Four singles"],
        ["🔁 Again", "✏️ Change", "🗑"],
    ]
    toast = await world.press(ann.private, ann, grid, "U2")
    assert toast.text == "U2: on its way."
    single = await world.sees_picture(ann.private, after=grid.id)
    assert single.reply_to == grid.id
    assert "U2" in single.text
    assert rows(single) == [
        ["Upscale (Subtle)", "Upscale (Creative)"],
        ["🪄 Vary (Subtle)", "🪄 Vary (Strong)"],
        ["🖌️ Vary (Region)"],
        ["🔍 Zoom Out 2x", "🔍 Zoom Out 1.5x"],
        ["🔍 Custom Zoom"],
        ["⬅️", "➡️", "⬆️", "⬇️"],
        ["🎞️ Animate (High motion)"],
        ["🎞️ Animate (Low motion)"],
        ["📎 Original", "🔁 Again", "✏️ Change", "🗑"],
    ]
    large = await world.press(ann.private, ann, single, "Upscale (Subtle)")
    assert large.text
    last = await world.sees_picture(ann.private, after=single.id)
    ours = ["📎 Original", "🔁 Again", "✏️ Change", "🗑"]
    assert rows(last) == [["⬅️", "➡️", "⬆️", "⬇️"], ours]  # what only saves a favourite is left out
    sizes = [message.size for message in (grid, single, last)]
    assert len(set(sizes)) > 1


async def test_double_taps_are_one_press_and_the_same_later_is_another(world: World) -> None:
    world.provider.set_speed(upscale=30)
    ann = world.telegram.person("Ann")
    grid = await world.draws(ann)
    before = world.clock.now()
    taps = [ann.private.press(ann, grid.id, "U1") for _ in range(4)]
    toasts = [(await tap.answered()).text for tap in taps]
    assert world.clock.now() == before  # answered at once, by the clock of the story
    assert toasts == ["U1: on its way.", *["Already on it."] * 3]
    await world.pass_time(12)
    marked = ann.private.message(grid.id)
    assert rows(marked)[0] == ["✓ U1", "U2", "U3", "U4", "🔄"]
    assert (await world.press(ann.private, ann, marked, "✓ U1")).text == "Already on it."  # it still runs
    await world.sees_picture(ann.private, after=grid.id)
    assert len(presses(world)) == 1
    world.provider.set_speed(all=1)
    assert (await world.press(ann.private, ann, marked, "✓ U1")).text == "U1: on its way."
    await world.until(lambda: len(world.pictures(ann.private)) == 3)
    assert len(presses(world)) == 2


async def test_a_fast_result_does_not_turn_a_double_tap_into_a_second_charge(world: World) -> None:
    ann = world.telegram.person("Ann")
    grid = await world.draws(ann)
    world.provider.set_speed(all=0.5)
    await world.press(ann.private, ann, grid, "V3")
    await world.sees_picture(ann.private, after=grid.id, within=8)
    again = grid.button("V3").data or ""  # whether it carries its tick by now or not
    assert (await world.press(ann.private, ann, grid, again)).text == "Already on it."
    await world.pass_time(2)
    assert len(presses(world)) == 1


async def test_a_button_from_another_chat_or_from_nowhere_submits_nothing(world: World) -> None:
    ann, eve = world.telegram.person("Ann"), world.telegram.person("Eve")
    grid = await world.draws(ann)
    hers = eve.private.say(eve, "/help")
    await world.settle()
    stolen = grid.button("U1").data or ""
    assert await _answer(world, eve.private.press_data(eve, hers.id, stolen)) == "That button does not belong here."
    gone = await _answer(world, ann.private.press_data(ann, grid.id, "b:424242"))
    assert gone == "This button does not work any more. A new picture has new buttons."
    for forged in ("b:0", "d:1", "c:77", "a:1", "a:999", "l:5"):
        assert await _answer(world, eve.private.press_data(eve, hers.id, forged))
    for nonsense in (
        "",
        "x",
        "b:",
        "b:-1",
        "b:1;drop",
        "b:99999999999999999999",
        "MJ::JOB::upsample::1::abc",
        "ü" * 32,
    ):
        assert await _answer(world, eve.private.press_data(eve, hers.id, nonsense)), nonsense
    await world.pass_time(3)
    assert not presses(world)
    assert len(world.provider.submissions()) == 1
    assert len(eve.private.messages) == 2


async def _answer(world: World, press: object) -> str | None:
    await world.settle()
    answer = getattr(press, "answer", None)
    assert answer is not None, f"{press} was not answered"
    text: str | None = answer.text
    return text


async def test_a_zoom_and_a_region_of_ones_own_are_asked_about_and_called_off(world: World) -> None:
    ann = world.telegram.person("Ann")
    grid = await world.draws(ann)
    await world.press(ann.private, ann, grid, "U1")
    single = await world.sees_picture(ann.private, after=grid.id)
    for button in ("🔍 Custom Zoom", "🖌️ Vary (Region)"):
        toast = await world.press(ann.private, ann, single, button)
        assert "on its way" in (toast.text or "")
        question = await world.sees(ann.private, lambda m: any(one.text == "Cancel" for one in m.buttons))
        assert (await world.press(ann.private, ann, question, "Cancel")).text == (
            "Cancelled. Nothing was drawn, nothing was charged."
        )
        await world.pass_time(6)
    assert not world.provider.submissions(path="modal")
    assert [row[0].removeprefix("✓ ") for row in rows(ann.private.message(single.id))] == [
        row[0] for row in rows(single)
    ]


async def test_buttons_work_after_a_restart_and_two_alike_pictures_stay_apart(world: World) -> None:
    ann, bob = world.telegram.person("Ann"), world.telegram.person("Bob")
    first = await world.draws(ann, "a red fox")
    second = await world.draws(bob, "a red fox")
    assert first.photo != second.photo
    tasks = [entry.task_id for entry in world.provider.submissions()]
    await world.restart_bot()
    await world.press(bob.private, bob, second, "U4")
    await world.press(ann.private, ann, first, "🔄")
    assert (await world.sees_picture(bob.private, after=second.id)).reply_to == second.id
    assert (await world.sees_picture(ann.private, after=first.id)).reply_to == first.id
    assert [entry.body["taskId"] for entry in presses(world)] == [tasks[1], tasks[0]]


async def test_a_window_that_wants_no_more_than_a_yes_is_answered_once(world: World) -> None:
    ann = world.telegram.person("Ann")
    grid = await world.draws(ann, "a red fox --ar 3:2")
    world.provider.engine.remix = True
    taps = [ann.private.press(ann, grid.id, "V1") for _ in range(3)]
    for tap in taps:
        await tap.answered()
    varied = await world.sees_picture(ann.private, after=grid.id)
    assert varied.reply_to == grid.id
    await world.pass_time(20, step=1)
    assert len(presses(world)) == 1
    (answer,) = world.provider.submissions(path="modal")
    assert "a red fox --ar 3:2" in answer.body["prompt"]
    assert len(world.pictures(ann.private)) == 2


async def test_a_gateway_that_has_not_seen_the_success_yet_is_asked_again_quietly(world: World) -> None:
    ann = world.telegram.person("Ann")
    grid = await world.draws(ann)
    body = {"code": 4, "description": "task_status_not_success ", "type": "upstream_error"}
    world.provider.faults.add(match="/mj/submit/action", status=400, body=body, times=2)
    await world.press(ann.private, ann, grid, "U1")
    await world.sees_picture(ann.private, after=grid.id, within=30)
    assert [entry.accepted for entry in presses(world)] == [None, None, True]
    assert "task_status" not in world.told(ann.private)


async def test_in_a_group_everybody_may_press_unless_the_operator_says_otherwise(world: World) -> None:
    ann, bob = world.telegram.person("Ann"), world.telegram.person("Bob")
    group = world.telegram.group("Friends", [ann, bob])
    grid = await world.draws(ann, chat=group)
    await world.press(group, bob, grid, "U1")
    upscale = await world.sees_picture(group, after=grid.id)
    assert "Bob" in upscale.text
    await world.restart_bot(PRESS_POLICY="owner")
    toast = await world.press(group, bob, grid, "U2")
    assert toast.text == "Only the person who asked for this picture can do that."
    await world.pass_time(2)
    assert len(presses(world)) == 1
    await world.press(group, ann, grid, "U2")
    await world.sees_picture(group, after=upscale.id)
