"""Open windows outlive a kill, and a region painted on the real page arrives as it was painted."""

import asyncio
import hashlib
import hmac
import io
import json
import math
import socket
import time
from urllib.parse import quote, urlsplit

import httpx
import pytest
from PIL import Image
from playwright.async_api import async_playwright, expect

from sandbox.telegram.town import Person
from sandbox.telegram.views import MessageView
from tests.bot.region.conftest import CHROMIUM
from tests.bot.region.doors import FakeDoor
from tests.bot.region.painter import Painter, polygon
from tests.outside import TOKEN, Outside

pytestmark = pytest.mark.process

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def signed(person: Person, *, age: float = 0, token: str = TOKEN, **more: str) -> str:
    """Init data as Telegram hands it to the page."""
    user = json.dumps({"id": person.id, "first_name": person.name, "language_code": "en"})
    fields = {"user": user, "auth_date": str(int(time.time() - age))} | more
    said = "\n".join(f"{key}={value}" for key, value in sorted(fields.items()))
    secret = hmac.digest(b"WebAppData", token.encode(), hashlib.sha256)
    fields["hash"] = hmac.new(secret, said.encode(), hashlib.sha256).hexdigest()
    return "&".join(f"{key}={quote(value, safe='')}" for key, value in fields.items())


async def single(outside: Outside, person: Person) -> MessageView:
    """One picture, enlarged."""
    outside.provider.set_speed(all=0.5)
    person.private.say(person, "/imagine a red fox --ar 3:2")
    grid = (await outside.until(lambda: outside.pictures(person.private)))[0]
    await person.private.press(person, grid.id, "U1").answered(5)
    enlarged = (await outside.until(lambda: outside.pictures(person.private)[1:]))[0]
    assert isinstance(enlarged, MessageView)
    return enlarged


async def question(outside: Outside, person: Person, picture: MessageView, button: str, wanted: str) -> MessageView:
    """What a press brings that has such a button."""
    await person.private.press(person, picture.id, button).answered(5)

    def seen() -> MessageView | None:
        return next(
            (m for m in person.private.messages if m.id > picture.id and any(b.text == wanted for b in m.buttons)), None
        )

    found = await outside.until(seen)
    assert isinstance(found, MessageView)
    return found


async def test_a_kill_between_the_answer_and_its_submit_loses_and_doubles_nothing(outside: Outside) -> None:
    await outside.start(MAX_RUNNING_PER_USER="1")
    ann = outside.telegram.person("Ann")
    picture = await single(outside, ann)
    asked = await question(outside, ann, picture, "🔍 Custom Zoom", "🔍 Zoom")
    await ann.private.press(ann, asked.id, "1.5").answered(5)
    await outside.kill()
    await outside.start(MAX_RUNNING_PER_USER="1")
    outside.provider.set_speed(all=3)
    ann.private.say(ann, "/imagine a blue whale")  # takes the only place
    await outside.until(lambda: len(outside.provider.submissions(path="imagine", accepted=True)) == 2)
    await ann.private.press(ann, asked.id, "🔍 Zoom").answered(5)
    assert not outside.provider.submissions(path="modal")
    await outside.kill()
    await outside.start(MAX_RUNNING_PER_USER="1")
    await outside.until(lambda: len(outside.pictures(ann.private)) == 4)
    await asyncio.sleep(1)
    (answer,) = outside.provider.submissions(path="modal")
    assert str(answer.body["prompt"]).endswith("--zoom 1.5")
    assert len(outside.pictures(ann.private)) == 4


@pytest.mark.browser
async def test_what_is_painted_on_the_page_is_what_the_provider_gets(outside: Outside) -> None:
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    port = free_port()
    await outside.start(PUBLIC_URL="https://bot.example", HTTP_PORT=str(port))
    ann, bob = outside.telegram.person("Ann"), outside.telegram.person("Bob")
    picture = await single(outside, ann)
    asked = await question(outside, ann, picture, "🖌️ Vary (Region)", "🎨 Paint by hand")
    address = urlsplit(asked.button("🎨 Paint by hand").raw["web_app"]["url"])
    assert f"{address.scheme}://{address.netloc}{address.path}" == "https://bot.example/app/region/"
    window = address.query.removeprefix("w=")
    here = f"http://127.0.0.1:{port}"

    async with httpx.AsyncClient(trust_env=False, base_url=f"{here}/app/region") as client:
        for init_data, key, status in (
            (signed(bob), window, 403),
            (signed(ann, age=4000), window, 401),
            (signed(ann, token="1:another-bots-token"), window, 401),
            (signed(ann)[:-1] + "g", window, 401),
            (signed(ann), window[:-1] + "g", 403),
            (signed(ann), window.partition("-")[0], 403),
            ("", window, 401),
        ):
            refused = await client.post("/open", json={"initData": init_data, "window": key})
            assert refused.status_code == status
            assert "ticket" not in refused.text
        opened = (await client.post("/open", json={"initData": signed(ann), "window": window})).json()
        ticket = opened["ticket"]
        for wrong in (ticket[:-1] + ("0" if ticket[-1] != "0" else "1"), window, "1", "x-y"):
            assert (await client.get(f"/picture/{quote(wrong)}")).status_code == 403
        shown = await client.get(f"/picture/{quote(ticket)}")
        assert shown.content == picture.photo

        assert picture.size is not None
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
            page = await (await browser.new_context(viewport={"width": 390, "height": 780})).new_page()
            painter = Painter(page, here, FakeDoor(size=picture.size))
            await painter.open(query=f"?{address.query}", init_data=signed(ann))
            await painter.tool("Lasso")
            width, height = picture.size
            corners = [(width * x, height * y) for x, y in ((0.1, 0.2), (0.6, 0.2), (0.6, 0.8), (0.1, 0.8))]
            await painter.drag(*corners, corners[0], steps=20)
            await page.locator("textarea").fill("a blue fox")
            await page.get_by_role("button", name="Paint it anew").click()
            await expect(page.get_by_text("On its way: look into the chat.")).to_be_visible()
            await browser.close()
        assert painter.complaints == []

        (answer,) = await outside.until(lambda: outside.provider.submissions(path="modal", accepted=True))
        assert answer.body["prompt"] == "a blue fox"
        mask = Image.open(io.BytesIO(outside.provider.ledger.images(answer.number)[0]))
        assert (mask.format, mask.mode, mask.size) == ("PNG", "RGB", picture.size)
        assert {colour for _count, colour in mask.getcolors(3) or ()} == {(0, 0, 0), (255, 255, 255)}
        white = mask.convert("L").histogram()[255]
        assert math.isclose(white, polygon(*corners), rel_tol=0.02)
        left, top, right, bottom = mask.convert("L").getbbox() or (0, 0, 0, 0)
        for got, meant in ((left, 0.1 * width), (right, 0.6 * width), (top, 0.2 * height), (bottom, 0.8 * height)):
            assert abs(got - meant) <= 0.02 * width

        sent = "data:image/png;base64,AAAA"
        again = await client.post("/paint", json={"ticket": ticket, "prompt": "a cow", "mask": sent})
        assert again.status_code == 403
        assert "sent already" in again.json()["error"]
        late = await client.post("/open", json={"initData": signed(ann), "window": window})
        assert "sent already" in late.json()["error"]
    await outside.until(lambda: len(outside.pictures(ann.private)) == 3)
    assert len(outside.provider.submissions(path="modal")) == 1
