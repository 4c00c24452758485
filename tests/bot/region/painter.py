"""A person at the page: paints by mouse, finger and keys, and knows what should have come of it."""

import json
import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Any
from urllib.parse import quote, urlsplit

from playwright.async_api import CDPSession, ConsoleMessage, Page, expect

from tests.bot.region.doors import FakeDoor, signed

Point = tuple[float, float]
"""In the picture's own pixels."""

HOST = """
window.told = [];
window.TelegramWebviewProxy = { postEvent: (name, json) => window.told.push([name, JSON.parse(json)]) };
"""


class Painter:
    """A page whose console and requests are kept, and whose host app is played."""

    def __init__(self, page: Page, address: str, door: FakeDoor) -> None:
        self.page = page
        self.door = door
        self.address = address
        self.complaints: list[str] = []
        self.hosts: set[str | None] = set()
        self._touch: CDPSession | None = None
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", self._asked)

    def _heard(self, said: ConsoleMessage) -> None:
        if said.type in {"error", "warning"}:
            self.complaints.append(said.text)

    def _asked(self, request: Any) -> None:
        if not request.url.startswith(("data:", "blob:")):
            self.hosts.add(urlsplit(request.url).hostname)

    def link(self, *, query: str = "?w=w7", init_data: str | None = None, theme: object = None) -> str:
        """Where Telegram would send the person."""
        launch = {"tgWebAppData": signed() if init_data is None else init_data, "tgWebAppVersion": "9.1"}
        if theme is not None:
            launch["tgWebAppThemeParams"] = json.dumps(theme)
        told = "&".join(f"{name}={quote(value, safe='')}" for name, value in launch.items())
        return f"{self.address}/app/region/{query}#{told}"

    async def open(self, **how: Any) -> None:
        """Open the page and wait for the picture."""
        await self.page.add_init_script(HOST)
        await self.page.goto(self.link(**how))
        await expect(self.page.get_by_role("button", name="Paint it anew")).to_be_visible()
        await expect(self.page.locator("#sheet")).to_be_visible()

    async def tool(self, name: str) -> None:
        """Take a tool."""
        await self.page.get_by_role("button", name=name, exact=True).click()

    async def size(self, value: int) -> float:
        """Set the slider; the brush's width in pixels of the picture, as the page means it."""
        slider = self.page.get_by_label("Brush size")
        await slider.fill(str(value))
        return float(min(self.door.size) * (0.015 + 0.35 * (value / 100) ** 1.7))

    async def places(self, points: Sequence[Point]) -> list[Point]:
        """Where these are on the screen."""
        box = await self.page.locator("#sheet").bounding_box()
        assert box is not None
        scale = box["width"] / self.door.size[0]
        assert math.isclose(box["height"] / self.door.size[1], scale, rel_tol=0.01)
        return [(box["x"] + x * scale, box["y"] + y * scale) for x, y in points]

    async def drag(self, *points: Point, steps: int = 8) -> None:
        """By mouse from point to point."""
        first, *others = await self.places(points)
        await self.page.mouse.move(*first)
        await self.page.mouse.down()
        for place in others:
            await self.page.mouse.move(*place, steps=steps)
        await self.page.mouse.up()

    async def swipe(self, *points: Point, steps: int = 8) -> None:
        """By finger from point to point."""
        self._touch = self._touch or await self.page.context.new_cdp_session(self.page)
        places = await self.places(points)
        way = [places[0]]
        for start, end in pairwise(places):
            part = [n / steps for n in range(1, steps + 1)]
            way += [(start[0] + (end[0] - start[0]) * n, start[1] + (end[1] - start[1]) * n) for n in part]
        for number, (x, y) in enumerate(way):
            kind = "touchMove" if number else "touchStart"
            await self._touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
        await self._touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    async def send(self) -> None:
        """Press the button, and wait for the bot's word."""
        await self.page.get_by_role("button", name="Paint it anew").click()
        await expect(self.page.get_by_text("On its way: look into the chat.")).to_be_visible()

    async def told(self) -> list[Any]:
        """What the page said to Telegram's app."""
        return list(await self.page.evaluate("window.told"))


def polygon(*points: Point) -> float:
    """Its area."""
    turned = zip(points, (*points[1:], points[0]), strict=True)
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in turned)) / 2
