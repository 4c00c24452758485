"""`make pictures`: the pictures in the README and in docs, made anew by driving the chat page as a person does.

Needs Chromium, and fonts with emoji and Chinese for them to be seen.
"""

import asyncio
import io
import re
import shutil
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import click
from PIL import Image
from playwright.async_api import Browser, FilePayload, Page, async_playwright, expect

from messages.help import example
from messages.locale import ENGLISH, LANGUAGES, locale_for
from sandbox.demo import Demo
from sandbox.painter.picture import Picture
from sandbox.painter.rendering import render
from sandbox.process import BotProcess

FOLDER = Path(__file__).parent.parent / "docs" / "pictures"
DESK, LAPTOP, PHONE = (1440, 900), (1080, 760), (390, 780)
PATIENCE = 30_000.0
"""Milliseconds for one picture to be drawn and sent, on a busy machine."""
SPEED = 20.0


class Stage:
    """A page on which somebody types and clicks."""

    def __init__(self, page: Page, demo: Demo, language: str) -> None:
        self.page = page
        self.demo = demo
        self.language = language

    async def go(self, chat: int) -> None:
        """Into a chat."""
        await self.page.goto(f"{self.demo.address}#{chat}")
        await expect(self.page.locator("#words")).to_be_visible()

    async def write(self, text: str) -> None:
        """Type it, and Enter."""
        await self.page.locator("#words").fill(text)
        await self.page.locator("#words").press("Enter")

    async def press(self, name: str) -> None:
        """The newest button of this name, once it is there."""
        await self.page.get_by_role("button", name=name, exact=True).last.click(timeout=PATIENCE)

    async def see(self, name: str) -> None:
        """Until there is such a button."""
        await self.page.get_by_role("button", name=name, exact=True).last.wait_for(timeout=PATIENCE)

    async def attach(self, *pictures: Picture) -> None:
        """Choose photos."""
        files = [
            FilePayload(name=f"photo{number}.png", mimeType="image/png", buffer=_png(one))
            for number, one in enumerate(pictures)
        ]
        await self.page.set_input_files("#files", files)

    @property
    def club(self) -> int:
        """The group."""
        return next(chat.id for chat in self.demo.town.chats.values() if chat.kind == "supergroup")

    @property
    def you(self) -> int:
        """The first person's private chat."""
        return next(iter(self.demo.town.people))


async def the_club(stage: Stage) -> None:
    """A group at work: Ann's foxes, and all that is said behind them."""
    await stage.go(stage.club)
    await stage.page.get_by_label("Write as").select_option("Ann")
    await stage.page.get_by_role("group", name="Topics").get_by_role("button", name="Landscapes").click()
    await stage.write("/imagine a fox in a snowy forest, soft morning light --ar 3:2")
    await stage.see("U1")
    await stage.page.get_by_label("Write as").select_option("Ben")


async def a_picture_that_develops(stage: Stage) -> None:
    """A glimpse, half done."""
    await stage.demo.desk.set_speed(1)
    await stage.go(stage.you)
    await stage.write("/imagine a lighthouse in a storm")
    await stage.page.locator("#log .picture img").first.wait_for(timeout=PATIENCE)
    half = re.compile(r"[3-9]\d%")
    await expect(stage.page.locator(".item .text").last).to_contain_text(half, timeout=PATIENCE)


async def the_keyboard(stage: Stage) -> None:
    """What stands under a picture that was made larger."""
    await stage.go(stage.you)
    await stage.write("/imagine a lighthouse in a storm --ar 3:2")
    await stage.press("U2")
    await stage.see("🖌️ Vary (Region)")


async def words_for_a_photo(stage: Stage) -> None:
    """Four prompts for a photo that was dropped."""
    await stage.go(stage.you)
    await stage.attach(Picture(prompt="a desert at dusk", seed=7))
    await stage.write("/describe")
    await stage.see("🔄 Again")


async def three_become_one(stage: Stage) -> None:
    """A blend of three photos."""
    await stage.go(stage.you)
    seeds = {"mountains in the morning": 3, "the sea at night": 5, "a field of flowers": 8}
    await stage.attach(*(Picture(prompt=prompt, seed=seed) for prompt, seed in seeds.items()))
    await stage.write("/blend")
    await stage.see("U1")


async def a_painted_region(stage: Stage) -> None:
    """The page on which one paints what is to be drawn anew."""
    await the_keyboard(stage)
    await stage.press("🖌️ Vary (Region)")
    await stage.press("🎨 Paint by hand")
    frame = stage.page.frame_locator("#miniapp-frame")
    sheet = frame.locator("#stage")
    await expect(frame.get_by_label("What should be there instead?")).not_to_have_value("", timeout=PATIENCE)
    box = await sheet.bounding_box()
    if box is None:
        raise RuntimeError("the Mini App shows nothing to paint on")
    mouse = stage.page.mouse
    for row in range(3):
        x, y = box["x"] + box["width"] * 0.2, box["y"] + box["height"] * (0.58 + 0.05 * row)
        await mouse.move(x, y)
        await mouse.down()
        await mouse.move(x + box["width"] * 0.3, y, steps=8)
        await mouse.up()
    await frame.get_by_label("What should be there instead?").fill("a sailing boat in a storm")


async def a_question_in_ones_own_language(stage: Stage) -> None:
    """A picture that was made larger, and what the bot asks before it zooms out."""
    locale = locale_for(stage.language)
    await stage.go(stage.you)
    await stage.write(f"{example(locale)} --ar 3:2")
    await stage.press("U2")
    await stage.press("🔍 Custom Zoom")
    await stage.see(locale.say("🔍 Zoom"))


async def the_settings_in_ones_own_language(stage: Stage) -> None:
    """What one likes, by buttons."""
    await stage.go(stage.you)
    await stage.write("/settings")
    await stage.see(locale_for(stage.language).say("🌐 Language"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What is played, and how it is looked at."""

    play: Callable[[Stage], Awaitable[None]]
    size: tuple[int, int]
    """The window's."""
    colours: Literal["light", "dark"]
    language: str = "en"
    sharpness: float = 1.5
    """Pixels of the picture for one of the window's."""


SCENES: dict[str, Scene] = {
    "club": Scene(play=the_club, size=DESK, colours="light"),
    "develops": Scene(play=a_picture_that_develops, size=PHONE, colours="light"),
    "keyboard": Scene(play=the_keyboard, size=PHONE, colours="dark"),
    "describe": Scene(play=words_for_a_photo, size=PHONE, colours="light"),
    "blend": Scene(play=three_become_one, size=LAPTOP, colours="dark"),
    "region": Scene(play=a_painted_region, size=LAPTOP, colours="light"),
    "settings": Scene(play=the_settings_in_ones_own_language, size=PHONE, colours="dark"),
    **{
        f"{name}.{language}": Scene(play=play, size=PHONE, colours="light", language=language, sharpness=1)
        for name, play in {
            "settings": the_settings_in_ones_own_language,
            "zoom": a_question_in_ones_own_language,
        }.items()
        for language in LANGUAGES
        if language != ENGLISH
    },
}
"""By the name of the file."""


async def make(folder: Path, *names: str) -> list[Path]:
    """Play these scenes (all, if none is named), each in a world of its own; the pictures that were made.

    The folder must be there.
    """
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        raise click.ClickException("There is no Chromium on this machine.")
    made = []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for name in names or SCENES:
            path = folder / f"{name}.webp"
            path.write_bytes(await _played(browser, SCENES[name]))
            made.append(path)
        await browser.close()
    return made


async def _played(browser: Browser, scene: Scene) -> bytes:
    context = await browser.new_context(
        viewport={"width": scene.size[0], "height": scene.size[1]},
        color_scheme=scene.colours,
        device_scale_factor=scene.sharpness,
        reduced_motion="reduce",
    )
    async with _world(scene.language) as demo:
        stage = Stage(await context.new_page(), demo, scene.language)
        await scene.play(stage)
        await stage.page.mouse.move(1, 1)
        await stage.page.wait_for_timeout(700)  # the last picture is decoded and has faded in
        shot = await stage.page.screenshot()
    await context.close()
    return _webp(shot)


@asynccontextmanager
async def _world(language: str) -> AsyncIterator[Demo]:
    """The sandbox with the real bot in it."""
    with tempfile.TemporaryDirectory(prefix="imagine-bot-") as empty:
        data, cwd = Path(empty) / "data", Path(empty) / "cwd"
        data.mkdir()
        cwd.mkdir()
        async with Demo(port=0, speed=SPEED, language=language) as demo:
            with (data / "bot.log").open("ab") as log:

                async def launch() -> BotProcess:
                    return await BotProcess.start(demo.settings(data), folder=cwd, log=log)

                try:
                    await demo.desk.bot.begin(launch)
                    await demo.bot_came(60)
                    yield demo
                finally:
                    await demo.desk.close()


def _png(picture: Picture) -> bytes:
    written = io.BytesIO()
    render(picture, (640, 640)).save(written, "PNG")
    return written.getvalue()


def _webp(shot: bytes) -> bytes:
    written = io.BytesIO()
    with Image.open(io.BytesIO(shot)) as image:
        image.save(written, "WEBP", quality=82, method=6)
    return written.getvalue()


@click.command()
@click.option("--folder", type=click.Path(path_type=Path, file_okay=False), default=FOLDER, help="Where to put them.")
@click.argument("names", nargs=-1, type=click.Choice(list(SCENES)))
def main(folder: Path, names: tuple[str, ...]) -> None:
    """Make the pictures of README and docs anew: all, or those that are named."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in asyncio.run(make(folder, *names)):
        click.echo(f"{path.name}, {path.stat().st_size // 1000} KB")


if __name__ == "__main__":
    main(prog_name="python -m sandbox.pictures")
