"""Every button that Midjourney puts under a result, pressed once: each reaches the provider, and something comes."""

import pytest

from sandbox.telegram.town import Person
from sandbox.telegram.views import MessageView
from tests.world import World, WorldWith

OURS = ("📎", "✂️", "🔁", "✏️", "🗑")
QUESTIONS = {"Custom Zoom": ["🔍 Zoom"], "Vary (Region)": ["1", "🖌️ Paint"]}
"""What is pressed after a button that asks first."""


def theirs(message: MessageView) -> list[str]:
    """The provider's own buttons under a result."""
    return [button.text for button in message.buttons if not button.text.startswith((*OURS, "✓"))]


async def result_of(world: World, person: Person, message: MessageView, button: str) -> MessageView:
    """Press a button, answer what is asked, and wait for what comes: something to look at, with buttons."""
    sent = len(world.provider.submissions(path="action"))
    chat = person.private
    newest = chat.last().id
    await world.press(chat, person, chat.message(message.id), message.button(button).data or "")
    for name, answers in QUESTIONS.items():
        if name in button:
            question = await world.sees(
                chat, lambda m: m.id > newest and any(b.text == "Cancel" for b in m.buttons), 30
            )
            for answer in answers:
                await world.until(lambda a=answer, q=question: a in [b.text for b in chat.message(q.id).buttons], 30)  # type: ignore[misc]
                await world.press(chat, person, chat.message(question.id), answer)
    found = await world.sees(
        chat,
        lambda m: m.id > newest and m.from_bot and "🗑" in "".join(b.text for b in m.buttons),
        within=120,
    )
    assert len(world.provider.submissions(path="action")) == sent + 1, button
    await world.pass_time(8, step=1)  # one message a second is all that a chat takes
    return found


@pytest.mark.parametrize("version", ["--v 7", "--v 6", "--v 6.1", "--v 5.2"])
async def test_every_button_of_a_grid_and_a_single_brings_something(version: str, world_with: WorldWith) -> None:
    world = await world_with(PREVIEWS="off")
    world.paint_nothing()
    world.provider.set_speed(all=1)
    ann = world.telegram.person("Ann")
    grid = await world.draws(ann, f"a red fox --ar 3:2 {version}")
    if version == "--v 7":
        assert theirs(grid) == ["U1", "U2", "U3", "U4", "🔄", "V1", "V2", "V3", "V4"]
        for button in theirs(grid)[1:]:
            await result_of(world, ann, grid, button)
    single = await result_of(world, ann, grid, "U1")
    offered = theirs(single)
    upscales = [text for text in offered if text.startswith("Upscale")]
    assert len(upscales) == 2
    wanted = offered if version == "--v 7" else upscales
    if version == "--v 7":
        for part in ("Subtle", "Strong", "Region", "2x", "1.5x", "Custom", "Square", "⬅️", "➡️", "⬆️", "⬇️", "Animate"):
            assert any(part in text for text in offered), part
    for button in wanted:
        if "Animate" not in button:
            await result_of(world, ann, single, button)


async def test_every_button_of_a_video_brings_something(world_with: WorldWith) -> None:
    world = await world_with(PREVIEWS="off")
    world.provider.set_speed(all=1)
    ann = world.telegram.person("Ann")
    single = await result_of(world, ann, await world.draws(ann), "U1")
    for motion in ("High", "Low"):
        (button,) = (text for text in theirs(single) if f"{motion} motion" in text)
        films = await result_of(world, ann, single, button)
        assert theirs(films)[:4] == ["U1", "U2", "U3", "U4"]
    for button in theirs(films):
        film = await result_of(world, ann, films, button)
        if button == "U1":
            one = film
    for button in theirs(one):
        await result_of(world, ann, one, button)
