"""✂️ Four singles: a grid cut here, at no charge, with buttons that work as those under the grid."""

import io

from PIL import Image

from sandbox.telegram.chat import Chat
from sandbox.telegram.views import MessageView
from tests.world import World

SINGLES = "✂️ Four singles"


def album(chat: Chat) -> list[MessageView]:
    """The parts of the bot's albums."""
    return [m for m in chat.messages if m.from_bot and m.album]


async def buttons_below(world: World, chat: Chat) -> MessageView:
    return await world.sees(chat, lambda m: m.from_bot and m.buttons and "U1–U4 bring" in m.text)


def opened(data: bytes | None) -> Image.Image:
    with Image.open(io.BytesIO(data or b"")) as picture:
        return picture.convert("RGB")


async def test_the_four_come_as_an_album_and_are_the_grids_own_pixels(world: World) -> None:
    ann = world.telegram.person("Ann")
    grid = await world.draws(ann)
    sent = len(world.provider.submissions())
    taps = [ann.private.press(ann, grid.id, SINGLES) for _ in range(3)]
    assert [(await tap.answered()).text for tap in taps] == ["They are on their way.", *["Already on it."] * 2]
    below = await buttons_below(world, ann.private)
    parts = album(ann.private)
    assert len(parts) == 4
    assert len({part.album for part in parts}) == 1
    assert {part.reply_to for part in parts} <= {grid.id, None}
    assert [bool(part.text) for part in parts] == [True, False, False, False]
    assert below.reply_to == parts[0].id
    whole = opened(grid.photo)
    width, height = whole.width // 2, whole.height // 2
    for number, part in enumerate(parts):
        single = opened(part.photo)
        assert single.size == (width, height)
        corner = (number % 2 * width + width // 2, number // 2 * height + height // 2)
        middle = (corner[0], corner[1], corner[0] + 1, corner[1] + 1)
        seen = single.crop((width // 2, height // 2, width // 2 + 1, height // 2 + 1)).tobytes()
        assert all(abs(one - other) < 24 for one, other in zip(seen, whole.crop(middle).tobytes(), strict=True))
    await world.pass_time(3)
    assert len(world.provider.submissions()) == sent
    assert len(album(ann.private)) == 4
    assert not world.telegram.floods


async def test_a_press_below_works_as_under_the_grid_also_after_a_restart(world: World) -> None:
    ann = world.telegram.person("Ann")
    grid = await world.draws(ann)
    await world.press(ann.private, ann, grid, SINGLES)
    below = await buttons_below(world, ann.private)
    assert [[b.text for b in row] for row in below.keyboard] == [["U1", "U2", "U3", "U4"], ["V1", "V2", "V3", "V4"]]
    await world.restart_bot()
    await world.press(ann.private, ann, below, "U3")
    single = await world.sees_picture(ann.private, after=below.id)
    assert single.reply_to == below.id
    assert "::upsample::3::" in world.provider.submissions(path="action")[0].body["customId"]
    await world.pass_time(6)
    ticked = ann.private.message(below.id)
    assert [[b.text for b in row] for row in ticked.keyboard] == [["U1", "U2", "✓ U3", "U4"], ["V1", "V2", "V3", "V4"]]


async def test_only_grids_can_be_cut_and_strangers_cannot_have_it_done(world: World) -> None:
    ann, bob, eve = (world.telegram.person(name) for name in ("Ann", "Bob", "Eve"))
    group = world.telegram.group("Friends", [ann, bob])
    await world.restart_bot(PRESS_POLICY="owner")
    grid = await world.draws(ann, chat=group)
    await world.press(group, ann, grid, "U1")
    single = await world.sees_picture(group, after=grid.id)
    assert SINGLES not in [button.text for button in single.buttons]
    refused = await world.press(group, bob, grid, SINGLES)
    assert refused.text == "Only the person who asked for this picture can do that."
    hers = eve.private.say(eve, "/help")
    await world.settle()
    forged = await eve.private.press_data(eve, hers.id, grid.button(SINGLES).data or "").answered()
    assert forged.text == "That button does not belong here."
    task_of_single = single.button("🔁 Again").data or ""
    gone = await group.press_data(ann, single.id, task_of_single.replace("xa:", "xs:")).answered()
    assert "does not work any more" in (gone.text or "")
    await world.pass_time(3)
    assert not album(group)


async def test_in_a_topic_everything_stays_in_the_topic(world: World) -> None:
    ann = world.telegram.person("Ann")
    forum = world.telegram.group("Forum", [ann], forum=True)
    topic = forum.create_topic(ann, "Foxes")
    asked = forum.say(ann, "/imagine a red fox", thread=topic)
    grid = await world.sees(forum, lambda m: m.from_bot and m.photo and m.buttons and m.reply_to == asked.id)
    await world.press(forum, ann, grid, SINGLES)
    below = await buttons_below(world, forum)
    assert [part.thread for part in album(forum)] == [topic] * 4
    assert below.thread == topic


async def test_months_later_it_is_cut_from_telegrams_own_copy(world: World) -> None:
    ann = world.telegram.person("Ann")
    grid = await world.draws(ann)
    world.provider.faults.add(match="/pictures/*", times=None, status=404)
    await world.press(ann.private, ann, grid, SINGLES)
    await buttons_below(world, ann.private)
    assert len(album(ann.private)) == 4


async def test_an_album_whose_send_was_unclear_is_sent_once_more_and_no_third_time(world: World) -> None:
    ann = world.telegram.person("Ann")
    grid = await world.draws(ann)
    world.telegram.faults.add(match="sendMediaGroup", times=None, status=502)
    await world.press(ann.private, ann, grid, SINGLES)
    await world.pass_time(120, step=1)
    assert len(world.calls(ann.private, "sendMediaGroup")) == 2


async def test_a_picture_that_cannot_be_opened_is_told(world: World) -> None:
    ann = world.telegram.person("Ann")
    grid = await world.draws(ann)
    broken = b"\x89PNG\r\n\x1a\n" + b"nothing of the kind"
    world.provider.faults.add(match="/pictures/*", times=None, status=200, body=broken)
    world.telegram.faults.add(
        match="getFile",
        times=None,
        status=400,
        body={"ok": False, "error_code": 400, "description": "Bad Request: wrong file_id"},
    )
    await world.press(ann.private, ann, grid, SINGLES)
    told = await world.sees(ann.private, lambda m: "cannot get hold" in m.text)
    assert told.reply_to == grid.id
