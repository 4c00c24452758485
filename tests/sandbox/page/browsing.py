"""The page as somebody has it in a browser, and a test that plays the bot behind it."""

import asyncio
import base64
import io
import json
from typing import Any
from urllib.parse import SplitResult, urlsplit

import httpx
from PIL import Image
from playwright.async_api import ConsoleMessage, Locator, Page, expect

from sandbox.demo import TOKEN, Demo

ARGUMENTS = [
    *("--no-sandbox", "--disable-gpu", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--no-first-run"),
]

CARRY = """files => {
    const carried = new DataTransfer();
    for (const [name, data] of files) {
        const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
        carried.items.add(new File([bytes], name, { type: name.endsWith(".png") ? "image/png" : "text/plain" }));
    }
    return carried;
}"""


class Watched:
    """A page whose console and requests are kept."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.words = page.get_by_label("Message", exact=True)
        self.complaints: list[str] = []
        self.hosts: set[str | None] = set()
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda request: self._asked(urlsplit(request.url)))

    def _heard(self, said: ConsoleMessage) -> None:
        if said.type in {"error", "warning"}:
            self.complaints.append(said.text)

    def _asked(self, address: SplitResult) -> None:
        if address.scheme not in {"blob", "data"}:  # those are of the page itself
            self.hosts.add(address.hostname)

    def button(self, name: str) -> Locator:
        """The newest button of this name."""
        return self.page.get_by_role("button", name=name, exact=True).last

    async def open(self, chat: str) -> None:
        """Click on a chat of the list."""
        await self.page.get_by_role("link", name=chat).first.click()

    async def write(self, text: str) -> None:
        """Type it, and Enter."""
        await self.words.fill(text)
        await self.words.press("Enter")

    async def drop(self, *files: bytes, ending: str = "png", paste: bool = False) -> None:
        """Let go of files over the conversation, or paste them."""
        named = [[f"photo{number}.{ending}", base64.b64encode(data).decode()] for number, data in enumerate(files)]
        await expect(self.words).to_be_visible()
        carried = await self.page.evaluate_handle(CARRY, named)
        if paste:
            script = "(node, clipboardData) => node.dispatchEvent(new ClipboardEvent('paste', { clipboardData }))"
            await self.words.evaluate(script, carried)
        else:
            for event in ("dragenter", "dragover", "drop"):
                await self.page.dispatch_event("#scroll", event, {"dataTransfer": carried})

    async def settled(self, *, messages: int, pictures: int) -> None:
        """Until so many are there."""
        await expect(self.page.locator("#log .item")).to_have_count(messages)
        await expect(self.page.locator("#log .picture img")).to_have_count(pictures)

    async def shown(self) -> list[str]:
        """The words of each message that is there."""
        return await self.page.locator("#log .item").all_inner_texts()


class Played:
    """The demo's servers, with the test in the place of the bot."""

    def __init__(self, demo: Demo, client: httpx.AsyncClient) -> None:
        self.address = demo.address
        self.town = demo.town
        self.you, self.ann, self.ben = demo.town.people.values()
        self.club = next(chat for chat in demo.town.chats.values() if chat.kind == "supergroup")
        self.gallery = next(chat for chat in demo.town.chats.values() if chat.kind == "channel")
        self._client = client

    async def call(self, method: str, files: dict[str, bytes] | None = None, **params: Any) -> Any:
        """What the Bot API answers."""
        return (await self._answer(method, files, params)).raise_for_status().json()["result"]

    async def refused(self, method: str, **params: Any) -> Any:
        """What the Bot API says to a call that it does not take."""
        answer = await self._answer(method, None, params)
        assert answer.is_error, answer.text
        return answer.json()

    async def _answer(self, method: str, files: dict[str, bytes] | None, params: dict[str, Any]) -> httpx.Response:
        told = {name: value if isinstance(value, str) else json.dumps(value) for name, value in params.items()}
        return await self._client.post(f"/bot{TOKEN}/{method}", data=told, files=files)

    async def answer(self, text: str, *, show_alert: bool) -> None:
        """Answer the press that comes next."""
        presses = self.town.world.presses
        async with asyncio.timeout(5):
            while not (waiting := [number for number, press in presses.items() if press.answer is None]):  # noqa: ASYNC110 - a press tells nobody but the bot
                await asyncio.sleep(0.01)
        await self.call("answerCallbackQuery", callback_query_id=waiting[0], text=text, show_alert=show_alert)


def picture(colour: str, size: tuple[int, int] = (96, 64)) -> bytes:
    """A PNG of one colour."""
    written = io.BytesIO()
    Image.new("RGB", size, colour).save(written, "PNG")
    return written.getvalue()
