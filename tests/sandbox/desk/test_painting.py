"""A region is painted in the sandbox: its Telegram opens the real bot's page, and the bot knows who that is."""

import base64
import io
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from PIL import Image

from sandbox.telegram.chat import Chat
from sandbox.telegram.views import MessageView
from tests.sandbox.desk.conftest import Desk

pytestmark = pytest.mark.process
BUTTON = "🎨 Paint by hand"


def half(size: tuple[int, int]) -> str:
    """The left half painted, as the page sends it."""
    image = Image.new("RGB", size)
    image.paste((255, 255, 255), (0, 0, size[0] // 2, size[1]))
    out = io.BytesIO()
    image.save(out, "PNG")
    return "data:image/png;base64," + base64.b64encode(out.getvalue()).decode()


async def question(live: Desk, chat: Chat) -> MessageView:
    """One picture, enlarged, and its region asked for."""
    you = live.demo.town.people[10_001]
    await live.post("speed", times=100)
    chat.say(you, "/imagine@imagine_bot a red fox")
    grid = await chat.wait_for(lambda message: any(one.text == "U1" for one in message.buttons), timeout=30)
    chat.press(you, grid.id, "U1")
    region = "🖌️ Vary (Region)"
    single = await chat.wait_for(lambda message: any(one.text == region for one in message.buttons), timeout=30)
    chat.press(you, single.id, region)
    return await chat.wait_for(lambda message: any(one.text == BUTTON for one in message.buttons), timeout=30)


async def opened(live: Desk, chat: Chat, asked: MessageView, url: str) -> str:
    body = {"person": 10_001, "message_id": asked.id, "url": url, "theme": {"bg_color": "#101010"}}
    answer = await live.client.post(f"/_/chats/{chat.id}/open", json=body)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["url"])


def init_data_of(url: str) -> str:
    return parse_qs(urlsplit(url).fragment)["tgWebAppData"][0]


async def test_in_private_what_is_signed_is_let_in_and_what_is_changed_is_not(live: Desk) -> None:
    private = live.demo.town.chats[10_001]
    asked = await question(live, private)
    app = asked.button(BUTTON).raw["web_app"]["url"]
    url = await opened(live, private, asked, app)
    bot, telegram = live.demo.bot_web, live.demo.address.rstrip("/")
    assert url.startswith(f"{bot}/app/region/?w=")
    page = await live.client.get(url)
    assert page.headers["content-security-policy"].endswith(
        f"frame-ancestors https://web.telegram.org 'self' {telegram}"
    )
    init_data, window = init_data_of(url), urlsplit(url).query.removeprefix("w=")
    async with httpx.AsyncClient(base_url=f"{bot}/app/region", trust_env=False) as client:
        for changed in (init_data.replace("10001", "10002"), init_data[:-1] + "g", ""):
            refused = await client.post("/open", json={"initData": changed, "window": window})
            assert refused.status_code == 401
        canvas = (await client.post("/open", json={"initData": init_data, "window": window})).json()
        wish = {"ticket": canvas["ticket"], "prompt": "a blue fox", "mask": half((canvas["width"], canvas["height"]))}
        assert (await client.post("/paint", json=wish)).json() == {"sentence": "On its way: look into the chat."}
    assert await private.wait_for(lambda message: message.id > asked.id and message.photo is not None, timeout=30)
    assert live.demo.provider.submissions(path="modal", accepted=True)[0].body["prompt"] == "a blue fox"


async def test_in_a_group_the_link_leads_to_the_same_page(live: Desk) -> None:
    club = next(chat for chat in live.demo.town.chats.values() if chat.kind == "supergroup")
    asked = await question(live, club)
    url = await opened(live, club, asked, str(asked.button(BUTTON).url))
    window = parse_qs(urlsplit(url).query)["tgWebAppStartParam"][0]
    async with httpx.AsyncClient(base_url=f"{live.demo.bot_web}/app/region", trust_env=False) as client:
        canvas = await client.post("/open", json={"initData": init_data_of(url), "window": window})
        assert "a red fox" in canvas.json()["prompt"]
