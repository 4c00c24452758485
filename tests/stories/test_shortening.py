"""Shorter words for a prompt: which of them weigh, and proposals that a button draws."""

import pytest

from sandbox.telegram.entities import cut
from sandbox.telegram.views import MessageView
from tests.world import World, WorldWith

DIALECTS = {"engine": {}, "gateway": {"dialect": "gateway"}}
LONG = "a very beautiful lighthouse, stunning storm, waves, epic, trending"


def marked(message: MessageView, kind: str) -> list[str]:
    return [cut(message.text, one["offset"], one["length"]) for one in message.entities if one["type"] == kind]


def drawn(world: World) -> list[str]:
    return [entry.body["prompt"] for entry in world.provider.submissions(path="imagine")]


@pytest.mark.parametrize("dialect", DIALECTS)
async def test_the_weighed_words_and_shorter_prompts_come_and_are_drawn(dialect: str, world_with: WorldWith) -> None:
    world = await world_with(provider=DIALECTS[dialect])
    world.paint_nothing()
    ann = world.telegram.person("Ann")
    asked = ann.private.say(ann, f"/shorten {LONG}")
    words = await world.sees(ann.private, lambda m: m.from_bot and m.reply_to == asked.id and len(m.buttons) > 1, 60)
    assert "lighthouse" in marked(words, "bold")
    assert "stunning" in marked(words, "strikethrough")
    assert LONG in words.text
    assert not {"*", "~", "#"} & set(words.text)
    proposals = marked(words, "code")
    numbers = [button.text for button in words.keyboard[0]]
    assert numbers == ["1️⃣", "2️⃣", "3️⃣", "4️⃣", "5️⃣"][: len(proposals)]
    assert [button.text for button in words.buttons[len(numbers) :]] == ["🗑"]
    await world.restart_bot()
    taps = [ann.private.press(ann, words.id, numbers[-1]) for _ in range(3)]
    for tap in taps:
        await tap.answered()
    picture = await world.sees_picture(ann.private, after=words.id)
    assert drawn(world) == [proposals[-1]]
    assert proposals[-1] in picture.text
    assert [entry.body["prompt"] for entry in world.provider.submissions(path="shorten")] == [LONG]
    await world.press(ann.private, ann, words, "🗑")
    await world.until(lambda: ann.private.message(words.id).deleted)


async def test_without_words_it_explains_itself(world: World) -> None:
    ann = world.telegram.person("Ann")
    told = await world.answer(ann.private, ann.private.say(ann, "/shorten"))
    assert "/shorten a very beautiful" in told.text
    assert not world.provider.submissions()


@pytest.mark.parametrize("dialect", DIALECTS)
async def test_a_provider_that_cannot_shorten_says_so_kindly_and_gives_the_words_back(
    dialect: str, world_with: WorldWith
) -> None:
    world = await world_with(provider=DIALECTS[dialect])
    world.provider.lack("shorten")
    ann = world.telegram.person("Ann")
    for _time in range(2):
        seen = ann.private.say(ann, f"/shorten {LONG}").id
        await world.until(lambda: any(m.id > seen and "cannot" in m.text for m in ann.private.messages))  # noqa: B023
        told = ann.private.last()
        assert "This image service cannot do that." in told.text
        assert marked(told, "code") == [LONG]
    assert len(world.provider.submissions(path="shorten")) == 1
    await world.draws(ann)  # and draws as ever


@pytest.mark.parametrize(
    "text",
    [
        "## Important tokens\n" + "**🦊** ~~x~~ " * 800,
        "## Important tokens\n" + "w" * 10_000 + "\n## Shortened prompts\n" + "one\n\ntwo\n\nthree",
        "\n\n".join(f"{n}\ufe0f\u20e3 " + "<i>**&</i> 👨‍👩‍👧‍👦" * 100 for n in range(1, 6)),
    ],
)
async def test_hostile_words_never_break_a_message(text: str, world: World) -> None:
    ann = world.telegram.person("Ann")
    asked = ann.private.say(ann, f"/shorten {LONG}")
    await world.until(world.provider.tasks)
    (task,) = world.provider.tasks()
    task |= {"status": "SUCCESS", "progress": "100%", "properties": {"finalPrompt": text}}
    world.provider.faults.add(match="*/list-by-condition", status=200, body=[task], times=None)
    words = await world.sees(ann.private, lambda m: m.from_bot and m.reply_to == asked.id and len(m.buttons) > 1, 60)
    assert len(words.entities) <= 100
    refused = [call for call in world.calls(ann.private) if call.status and call.status >= 400]
    assert not refused
