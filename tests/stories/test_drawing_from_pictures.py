"""Pictures that go along with words: image prompts, style, character and omni references, and what was put aside."""

import pytest

from sandbox.midjourney.ledger import Entry
from tests.stories.test_albums import COLOURS, buttons, colour_of, colours_of, picture, pictures
from tests.world import World, WorldWith

UPLOADED = "/pictures/uploads/"


def wishes(world: World) -> list[Entry]:
    """What was asked to be drawn."""
    return world.provider.submissions(path="imagine")


def put_up(world: World) -> list[list[str]]:
    """The pictures that were put up at the provider, upload by upload."""
    found = world.provider.submissions(path="upload-discord-images")
    return [[colour_of(data) for data in world.provider.ledger.images(entry.number)] for entry in found]


async def test_a_photo_a_file_an_album_and_a_reply_are_drawn_from(world: World) -> None:
    world.paint_nothing()
    ann, bob = world.telegram.person("Ann"), world.telegram.person("Bob")
    group = world.telegram.group("Friends", [ann, bob])
    asked = ann.private.send_photo(ann, picture("red"), caption="/imagine a fox --iw 2")
    result = await world.sees_picture(ann.private)
    assert result.reply_to == asked.id
    assert "a fox --iw 2" in result.text
    ann.private.send_photo(ann, picture("green"), caption="/imagine a fox", as_file=True)
    await world.until(lambda: len(wishes(world)) == 2)
    ann.private.send_album(ann, pictures(5), captions={2: "/imagine a fox\n—ar 3:2"}, order=(4, 1, 2, 0, 3))
    await world.until(lambda: len(wishes(world)) == 3)
    theirs = group.send_photo(bob, picture("blue"))
    group.say(ann, "/imagine a fox", reply_to=theirs.id)
    await world.until(lambda: len(wishes(world)) == 4)
    assert [colours_of(world, one) for one in wishes(world)] == [["red"], ["green"], list(COLOURS[:5]), ["blue"]]
    assert [one.body["prompt"] for one in wishes(world)] == [
        "a fox --iw 2",
        "a fox",
        "a fox\n--ar 3:2",
        "a fox",
    ]
    assert not put_up(world)


@pytest.mark.parametrize("dialect", ["engine", "gateway"])
async def test_bare_flags_take_the_pictures(dialect: str, world_with: WorldWith) -> None:
    world: World = await world_with(provider={"dialect": dialect})
    world.paint_nothing()
    ann = world.telegram.person("Ann")
    ann.private.send_album(ann, pictures(2), caption="/imagine a fox --sref --ar 3:2")
    await world.until(lambda: len(wishes(world)) == 1)
    ann.private.send_album(ann, pictures(3), caption="/imagine a fox —cref --sref")
    await world.until(lambda: len(wishes(world)) == 2)
    ann.private.send_photo(ann, picture("purple"), caption="/imagine a fox --oref --ow 200")
    await world.until(lambda: len(wishes(world)) == 3)
    ann.private.send_photo(ann, picture("orange"), caption="/imagine a fox --sref https://a.example/b.png")
    await world.until(lambda: len(wishes(world)) == 4)
    assert put_up(world) == [["red", "green"], ["red", "green"], ["purple"]]
    assert [colours_of(world, one) for one in wishes(world)] == [[], ["blue"], [], ["orange"]]
    style, both, omni, given = (one.body["prompt"].split() for one in wishes(world))
    assert style[:3] == ["a", "fox", "--sref"]
    assert all(UPLOADED in address for address in style[3:5])
    assert style[5:] == ["--ar", "3:2"]
    assert (both[2], both[4]) == ("--cref", "--sref")
    assert both[3] != both[5]
    assert (omni[2], *omni[4:]) == ("--oref", "--ow", "200")
    assert given == ["a", "fox", "--sref", "https://a.example/b.png"]
    shown = await world.sees(ann.private, lambda m: m.photo and "a fox --sref --ar 3:2" in m.text)
    assert UPLOADED not in shown.text


async def test_a_flag_without_a_picture_and_a_picture_without_words_are_explained(world: World) -> None:
    ann = world.telegram.person("Ann")
    wanted = {
        "/imagine a fox --sref": "--sref needs a picture",
        "/imagine a fox --cref --ar 3:2": "--cref needs a picture",
    }
    for words, sentence in wanted.items():
        assert sentence in (await world.answer(ann.private, ann.private.say(ann, words))).text
        await world.pass_time(2)
    for caption, sentence in {
        "/imagine": "what shall I draw with it",
        "/imagine --sref": "what shall I draw with it",
        "/imagine a fox --sref --oref": "--oref needs a picture",
    }.items():
        asked = ann.private.send_photo(ann, picture(), caption=caption)
        assert sentence in (await world.answer(ann.private, asked)).text
        await world.pass_time(2)
    ann.private.send_album(ann, pictures(6), caption="/imagine a fox")
    await world.sees(ann.private, lambda m: "5 pictures at the most" in m.text, within=5)
    assert not world.provider.submissions()


async def test_where_the_provider_takes_no_uploads_it_is_said_and_nothing_is_submitted(world_with: WorldWith) -> None:
    world: World = await world_with(DAILY_LIMIT_PER_USER="1")
    world.paint_nothing()
    world.provider.lack("upload")
    ann = world.telegram.person("Ann")
    for _ in range(2):  # found out; then known
        asked = ann.private.send_photo(ann, picture(), caption="/imagine a fox --sref")
        told = await world.answer(ann.private, asked, within=10)
        if "takes no pictures for" not in told.text:
            told = await world.sees(ann.private, lambda m: m.id > told.id and "takes no pictures for" in m.text)  # noqa: B023
        await world.pass_time(2)
    assert len(put_up(world)) <= 1
    assert not wishes(world)
    ann.private.send_photo(ann, picture("green"), caption="/imagine a fox")
    await world.sees_picture(ann.private)
    assert colours_of(world, wishes(world)[0]) == ["green"]


async def test_a_picture_alone_is_offered_and_goes_along_with_the_next_words(world: World) -> None:
    world.paint_nothing()
    ann, bob = world.telegram.person("Ann"), world.telegram.person("Bob")
    ann.private.send_photo(ann, picture("red"))
    offer = await world.sees(ann.private, lambda m: m.from_bot, within=2)
    assert buttons(offer) == [["Describe", "Use as reference"]]
    assert (
        await world.press(ann.private, ann, offer, "Use as reference")
    ).text == "Now write what I should draw with it."
    await world.pass_time(2)
    assert "Now write" in ann.private.message(offer.id).text
    bob.private.say(bob, "/imagine a whale")
    await world.until(lambda: len(wishes(world)) == 1)
    ann.private.say(ann, "a fox")
    await world.until(lambda: len(wishes(world)) == 2)
    ann.private.say(ann, "/imagine another fox")
    await world.until(lambda: len(wishes(world)) == 3)
    assert [colours_of(world, one) for one in wishes(world)] == [[], ["red"], []]
    assert not any("Shall I draw this" in m.text for m in ann.private.messages)


async def test_what_was_put_aside_is_for_a_quarter_of_an_hour_and_the_newest(world: World) -> None:
    world.paint_nothing()
    ann = world.telegram.person("Ann")

    async def put_aside(colour: str) -> None:
        sent = ann.private.send_photo(ann, picture(colour))
        offer = await world.answer(ann.private, sent)
        await world.press(ann.private, ann, offer, "Use as reference")
        await world.pass_time(3)

    await put_aside("red")
    await put_aside("green")
    await world.restart_bot()
    ann.private.say(ann, "/imagine a fox --sref")
    await world.until(lambda: len(wishes(world)) == 1)
    assert put_up(world) == [["green"]]
    await put_aside("blue")
    await world.pass_time(901, step=30)
    assert any("15 minutes have passed" in m.text for m in ann.private.messages)
    ann.private.say(ann, "a fox")
    await world.sees(ann.private, lambda m: "Shall I draw this" in m.text, within=2)
    await put_aside("blue")
    waiting = next(m for m in reversed(ann.private.messages) if "Now write" in m.text)
    await world.press(ann.private, ann, waiting, "Never mind")
    await world.pass_time(2)
    ann.private.say(ann, "/imagine a fox")
    await world.until(lambda: len(wishes(world)) == 2)
    assert colours_of(world, wishes(world)[1]) == []


async def test_words_under_a_picture_are_offered_to_be_drawn_with_it(world: World) -> None:
    world.paint_nothing()
    ann = world.telegram.person("Ann")
    ann.private.send_photo(ann, picture("red"), caption="a fox like this")
    offer = await world.sees(ann.private, lambda m: m.from_bot, within=2)
    assert "a fox like this" in offer.text
    await world.press(ann.private, ann, offer, "🎨 Draw these words with it")
    await world.sees_picture(ann.private)
    assert [one.body["prompt"] for one in wishes(world)] == ["a fox like this"]
    assert colours_of(world, wishes(world)[0]) == ["red"]


async def test_describe_is_offered_and_submitted_once(world: World) -> None:
    ann = world.telegram.person("Ann")
    ann.private.send_photo(ann, picture("red"))
    offer = await world.sees(ann.private, lambda m: m.from_bot, within=2)
    taps = [ann.private.press(ann, offer.id, "Describe") for _ in range(2)]
    assert [(await tap.answered()).text for tap in taps] == ["On its way.", "Already on it."]
    ann.private.send_album(ann, pictures(2, 1), caption="/describe")
    await world.until(lambda: len(world.provider.submissions(path="describe")) == 2)
    assert [colours_of(world, one) for one in world.provider.submissions(path="describe")] == [["red"], ["green"]]


async def test_an_album_in_a_group_of_which_one_picture_is_shown_is_not_drawn_from(world: World) -> None:
    ann = world.telegram.person("Ann")
    group = world.telegram.group("Friends", [ann])
    group.send_album(ann, pictures(3), caption="/imagine a fox")
    told = await world.sees(group, lambda m: "only that picture" in m.text, within=5)
    assert told.button("Open the private chat").url
    await world.pass_time(3)
    assert not world.provider.submissions()
