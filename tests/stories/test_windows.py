"""Windows: a press that wants words, a zoom or a region first, asked about in the chat."""

from sandbox.midjourney.ledger import Entry
from sandbox.telegram.chat import Chat
from sandbox.telegram.town import Person
from sandbox.telegram.views import MessageView
from tests.world import World, WorldWith


def answers(world: World) -> list[Entry]:
    """What reached the provider as the answer to a window."""
    return world.provider.submissions(path="modal")


async def single(world: World, person: Person, chat: Chat | None = None, words: str = "a red fox") -> MessageView:
    """One picture, enlarged."""
    room = chat or person.private
    grid = await world.draws(person, words, room)
    await world.press(room, person, grid, "U1")
    picture = await world.sees_picture(room, after=grid.id)
    await world.pass_time(3)
    return picture


async def asked(world: World, chat: Chat, person: Person, picture: MessageView, button: str) -> MessageView:
    """The question that a press brings."""
    await world.press(chat, person, picture, button)
    return await world.sees(
        chat, lambda m: m.id > picture.id and m.from_bot and any(b.text == "Cancel" for b in m.buttons), 10
    )


def texts(message: MessageView) -> list[list[str]]:
    return [[button.text for button in row] for row in message.keyboard]


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
