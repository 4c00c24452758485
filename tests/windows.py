"""What the stories of windows share: a picture, the question that a press brings, and what comes of it."""

import io

from PIL import Image

from sandbox.midjourney.ledger import Entry
from sandbox.telegram.chat import Chat
from sandbox.telegram.town import Person
from sandbox.telegram.views import MessageView
from tests.world import World


def answers(world: World) -> list[Entry]:
    """What reached the provider as the answer to a window."""
    return world.provider.submissions(path="modal")


async def single(world: World, person: Person, chat: Chat | None = None, words: str = "a red fox") -> MessageView:
    """One picture, enlarged."""
    world.provider.set_speed(all=1.0)
    room = chat or person.private
    grid = await world.draws(person, words, room)
    await world.press(room, person, grid, "U1")
    picture = await world.sees_picture(room, after=grid.id)
    await world.pass_time(3)
    return picture


async def asked(
    world: World, chat: Chat, person: Person, picture: MessageView, button: str, within: float = 10
) -> MessageView:
    """The question that a press brings."""
    await world.press(chat, person, picture, button)
    return await world.sees(
        chat, lambda m: m.id > picture.id and m.from_bot and any(b.text == "Cancel" for b in m.buttons), within
    )


def texts(message: MessageView) -> list[list[str]]:
    """The texts of a keyboard, row by row."""
    return [[button.text for button in row] for row in message.keyboard]


async def send(world: World, chat: Chat, person: Person, message: MessageView, button: str) -> str:
    """Press, and let what follows happen."""
    toast = await world.press(chat, person, message, button)
    await world.pass_time(1)
    return toast.text or ""


def mask_of(world: World, entry: Entry) -> Image.Image:
    """The mask that the provider got: an opaque RGB PNG of pure black and white."""
    (sent,) = world.provider.ledger.images(entry.number)
    assert str(entry.body["maskBase64"]).startswith("data:image/png;base64,")
    image = Image.open(io.BytesIO(sent))
    assert (image.format, image.mode) == ("PNG", "RGB")
    assert {colour for _count, colour in image.getcolors(3) or ()} == {(0, 0, 0), (255, 255, 255)}
    return image
