"""Words for a picture: asked for in every way, shown as four, drawn by their buttons for as long as they stand."""

import io
from typing import Any

import pytest
from PIL import Image

from sandbox.midjourney.ledger import Entry
from sandbox.telegram.entities import cut
from sandbox.telegram.views import MessageView
from tests.world import World, WorldWith

DIALECTS = {"engine": {}, "gateway": {"dialect": "gateway"}, "change": {"dialect": "change"}}
NUMBERS = ["1️⃣", "2️⃣", "3️⃣", "4️⃣"]
ALL, AGAIN = "🎉 All (4 charges)", "🔄 Again"


def a_picture(colour: str = "teal") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (90, 60), colour).save(out, "PNG")
    return out.getvalue()


def copied(message: MessageView) -> list[str]:
    """What a tap copies."""
    return [cut(message.text, one["offset"], one["length"]) for one in message.entities if one["type"] == "code"]


def texts(message: MessageView) -> list[list[str]]:
    return [[button.text for button in row] for row in message.keyboard]


def drawn(world: World) -> list[str]:
    return [entry.body["prompt"] for entry in world.provider.submissions(path="imagine")]


def described(world: World) -> list[Entry]:
    return world.provider.submissions(path="describe")


async def the_words(world: World, chat: Any, asked: MessageView) -> MessageView:
    return await world.sees(chat, lambda m: m.from_bot and m.reply_to == asked.id and len(m.buttons) > 1, 60)


@pytest.mark.parametrize("dialect", DIALECTS)
async def test_a_caption_brings_four_prompts_that_are_drawn_by_their_numbers(
    dialect: str, world_with: WorldWith
) -> None:
    world = await world_with(provider=DIALECTS[dialect])
    world.paint_nothing()
    ann = world.telegram.person("Ann")
    asked = ann.private.send_photo(ann, a_picture(), caption="/describe")
    words = await the_words(world, ann.private, asked)
    assert texts(words) == [NUMBERS, [ALL], [AGAIN, "🗑"]]
    prompts = copied(words)
    assert len(prompts) == 4
    assert all("--ar 3:2" in prompt and "️⃣" not in prompt for prompt in prompts)
    (entry,) = described(world)
    (sent,) = world.provider.ledger.images(entry.number)
    assert sent.startswith(b"\xff\xd8")

    await world.restart_bot()
    taps = [ann.private.press(ann, words.id, NUMBERS[1]) for _ in range(3)]
    assert [(await tap.answered()).text for tap in taps] == ["2️⃣: on its way.", *["Already on it."] * 2]
    picture = await world.sees_picture(ann.private, after=words.id)
    assert picture.reply_to == words.id
    assert prompts[1] in picture.text
    assert "2️⃣" in picture.text
    assert drawn(world) == [prompts[1]]
    await world.pass_time(8)
    assert texts(ann.private.message(words.id))[0] == ["1️⃣", "✓ 2️⃣", "3️⃣", "4️⃣"]
    assert [message.text for message in ann.private.messages if "describe" in message.text.lower()] == ["/describe"]


async def test_any_picture_can_be_answered_also_the_bots_own_and_files(world: World) -> None:
    ann = world.telegram.person("Ann")
    grid = await world.draws(ann)
    file = ann.private.send_photo(ann, a_picture("pink"), as_file=True)
    for number, meant in enumerate((grid, file), start=1):
        asked = ann.private.say(ann, "/describe", reply_to=meant.id)
        await the_words(world, ann.private, asked)
        assert len(described(world)) == number
    await world.press(ann.private, ann, grid, "📎 Original")
    original = await world.sees(ann.private, lambda m: m.from_bot and m.document)
    await the_words(world, ann.private, ann.private.say(ann, "/describe", reply_to=original.id))
    assert len({world.provider.ledger.images(entry.number)[0] for entry in described(world)}) == 2


async def test_without_a_picture_it_explains_itself_and_costs_nothing(world: World) -> None:
    ann = world.telegram.person("Ann")
    said = ann.private.say(ann, "no picture")
    for asked in (ann.private.say(ann, "/describe"), ann.private.say(ann, "/describe", reply_to=said.id)):
        told = await world.answer(ann.private, asked, within=4)
        assert "Answer a picture with /describe" in told.text
    assert not world.provider.submissions()


async def test_all_is_four_pictures_each_once_and_again_finds_other_words(world: World) -> None:
    world.paint_nothing()
    ann = world.telegram.person("Ann")
    words = await the_words(world, ann.private, ann.private.send_photo(ann, a_picture(), caption="/describe"))
    taps = [ann.private.press(ann, words.id, ALL) for _ in range(4)]
    assert [(await tap.answered()).text for tap in taps] == ["🎉: on its way.", *["Already on it."] * 3]
    await world.until(lambda: len(world.pictures(ann.private)) == 4)
    assert drawn(world) == copied(words)
    assert {picture.reply_to for picture in world.pictures(ann.private)} == {words.id}
    taps = [ann.private.press(ann, words.id, AGAIN) for _ in range(3)]
    for tap in taps:
        await tap.answered()
    again = await world.sees(ann.private, lambda m: m.reply_to == words.id and AGAIN in [b.text for b in m.buttons])
    assert again.id != words.id
    first, second = described(world)
    assert world.provider.ledger.images(first.number) == world.provider.ledger.images(second.number)
    assert len(drawn(world)) == 4


async def test_all_is_counted_by_the_limits_and_all_or_nothing(world_with: WorldWith) -> None:
    world = await world_with(DAILY_LIMIT_PER_USER="4")
    world.paint_nothing()
    ann = world.telegram.person("Ann")
    words = await the_words(world, ann.private, ann.private.send_photo(ann, a_picture(), caption="/describe"))
    assert "That makes 4 pictures, and 3 of yours are left today" in (
        (await world.press(ann.private, ann, words, ALL)).text or ""
    )
    await world.pass_time(3)
    assert not drawn(world)
    await world.press(ann.private, ann, words, NUMBERS[0])
    await world.sees_picture(ann.private)
    await world.pass_time(10)
    assert "That makes 4 pictures, and 2 of yours are left today" in (
        (await world.press(ann.private, ann, words, ALL)).text or ""
    )
    assert len(drawn(world)) == 1


async def test_in_a_group_the_press_policy_holds_and_old_words_work_for_months(world_with: WorldWith) -> None:
    world = await world_with(PRESS_POLICY="owner")
    world.paint_nothing()
    ann, bob = world.telegram.person("Ann"), world.telegram.person("Bob")
    group = world.telegram.group("Friends", [ann, bob])
    shown = group.send_photo(bob, a_picture())
    words = await the_words(world, group, group.say(ann, "/describe", reply_to=shown.id))
    for button in (NUMBERS[0], ALL, AGAIN):
        toast = await world.press(group, bob, words, button)
        assert toast.text == "Only the person who asked for this picture can do that."
    elsewhere = bob.private.say(bob, "/help")
    data = words.button(NUMBERS[0]).data or ""
    await world.settle()
    assert (
        await bob.private.press_data(bob, elsewhere.id, data).answered()
    ).text == "That button does not belong here."
    forged = await group.press_data(ann, words.id, "b" + data[1:]).answered()
    assert "does not work" in (forged.text or "")
    await world.pass_time(3600 * 24 * 90, step=3600 * 24 * 15)
    assert not drawn(world)
    await world.press(group, ann, words, NUMBERS[3])
    await world.sees_picture(group, after=words.id)
    assert drawn(world) == [copied(words)[3]]


@pytest.mark.parametrize("dialect", ["engine", "gateway"])
async def test_a_provider_that_cannot_describe_says_so_and_gets_nothing_more(
    dialect: str, world_with: WorldWith
) -> None:
    world = await world_with(provider=DIALECTS[dialect])
    world.provider.lack("describe")
    ann = world.telegram.person("Ann")
    for _time in range(2):
        seen = ann.private.send_photo(ann, a_picture(), caption="/describe").id
        await world.until(lambda: any(m.id > seen and "cannot" in m.text for m in ann.private.messages))  # noqa: B023
        told = ann.private.last()
        assert "This image service cannot do that." in told.text
        assert not told.buttons
    assert len(described(world)) == 1


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("x" * 10_000, 1),
        ("🦊" * 5000, 1),
        ("\r\n".join(f"<b>*line* {n}</b> & [a](https://x.example/a_(b)?c)" for n in range(4)), 4),
        ("\n\n".join(f"{n}️⃣ " + "👨‍👩‍👧‍👦" * 200 for n in range(1, 5)), 4),
        ("1️⃣1️⃣\n\n2️⃣ \n\n3️⃣ {a, b} --ar 0:1 --v 99", 1),
    ],
)
async def test_hostile_words_fit_into_a_message_and_their_buttons_draw_them(
    text: str, count: int, world: World
) -> None:
    world.paint_nothing()
    ann = world.telegram.person("Ann")
    asked = ann.private.send_photo(ann, a_picture(), caption="/describe")
    await world.until(lambda: described(world))
    (task,) = world.provider.tasks()
    task |= {"status": "SUCCESS", "progress": "100%", "promptEn": text, "properties": {"finalPrompt": text}}
    world.provider.faults.add(match="*/list-by-condition", status=200, body=[task], times=None)
    words = await the_words(world, ann.private, asked)
    assert len(copied(words)) == count
    world.provider.faults.clear()
    world.paint_nothing()
    await world.press(ann.private, ann, words, NUMBERS[0])
    await world.pass_time(3)
    if "--ar 0:1" in text:
        question = ann.private.last()
        assert "is no shape" in question.text
        assert not drawn(world)
        await world.press(ann.private, ann, question, "Send anyway")
        await world.until(lambda: drawn(world) == ["(a, b) --ar 0:1 --v 99"])
    else:
        assert len(drawn(world)) == 1
