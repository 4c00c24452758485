"""The page on which a region is painted, as its server sees it: who comes in, for how long, and how often."""

import base64
import hashlib
import hmac
import io
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import quote

import httpx
from PIL import Image

from bot.web import build_web
from sandbox.telegram.chat import Chat
from sandbox.telegram.town import Person
from sandbox.telegram.views import MessageView
from tests.windows import answers, mask_of, single
from tests.world import TOKEN, World, WorldWith

PAGE = {"PUBLIC_URL": "https://bot.example/", "HTTP_PORT": "8080"}


def signed(world: World, person: Person) -> str:
    """Init data as Telegram hands it to the page at this moment."""
    user = json.dumps({"id": person.id, "first_name": person.name, "language_code": "en"})
    fields = {"user": user, "auth_date": str(int(world.clock.now().timestamp()))}
    said = "\n".join(f"{key}={value}" for key, value in sorted(fields.items()))
    secret = hmac.digest(b"WebAppData", TOKEN.encode(), hashlib.sha256)
    fields["hash"] = hmac.new(secret, said.encode(), hashlib.sha256).hexdigest()
    return "&".join(f"{key}={quote(value, safe='')}" for key, value in fields.items())


@asynccontextmanager
async def browser(world: World) -> AsyncIterator[httpx.AsyncClient]:
    """The web app as the running bot has it."""
    transport = httpx.ASGITransport(build_web(world.app.health, world.app.door))
    async with httpx.AsyncClient(transport=transport, base_url="http://bot/app/region") as client:
        yield client


async def asked(world: World, chat: Chat, person: Person, picture: MessageView) -> MessageView:
    await world.press(chat, person, picture, "🖌️ Vary (Region)")
    return await world.sees(chat, lambda m: m.id > picture.id and any(b.text == "🖌️ Paint" for b in m.buttons), 20)


def half(size: tuple[int, int]) -> str:
    """The left half painted, as the page sends it."""
    image = Image.new("RGBA", size, (0, 0, 0, 255))
    image.paste((255, 255, 255, 255), (0, 0, size[0] // 2, size[1]))
    out = io.BytesIO()
    image.save(out, "PNG")
    return "data:image/png;base64," + base64.b64encode(out.getvalue()).decode()


async def test_who_is_blocked_meanwhile_paints_nothing_and_is_not_told_why(world_with: WorldWith) -> None:
    boss = 10_002
    world: World = await world_with(ADMIN_USERS=str(boss), **PAGE)
    ann, oda = world.telegram.person("Ann"), world.telegram.person("Oda")
    picture = await single(world, ann)
    question = await asked(world, ann.private, ann, picture)
    key = str(question.button("🎨 Paint by hand").raw["web_app"]["url"]).partition("w=")[2]
    async with browser(world) as page:
        opening = {"initData": signed(world, ann), "window": key}
        canvas = (await page.post("/open", json=opening)).json()
        oda.private.say(oda, f"/block {ann.id}")
        await world.settle()
        assert picture.size is not None
        painted = {"ticket": canvas["ticket"], "prompt": "a hat", "mask": half(picture.size)}
        for path, body in (("/open", opening), ("/paint", painted)):
            answer = await page.post(path, json=body)
            assert answer.status_code == 403, path
            assert answer.json()["error"].startswith("This page belongs to no question any more.")
    await world.pass_time(5)
    assert not answers(world)


async def test_in_a_group_a_link_leads_to_the_page_and_the_grid_is_there_as_well(world_with: WorldWith) -> None:
    world: World = await world_with(**PAGE)
    ann, bob = world.telegram.person("Ann"), world.telegram.person("Bob")
    group = world.telegram.group("Friends", [ann, bob])
    picture = await single(world, ann, group)
    await world.pass_time(20, step=1)
    question = await asked(world, group, bob, picture)
    link = question.button("🎨 Paint by hand").url or ""
    assert link.startswith("https://t.me/imagine_bot?startapp=")
    assert question.button("16")
    key = link.partition("startapp=")[2]
    assert picture.size is not None
    async with browser(world) as page:
        strange = await page.post("/open", json={"initData": signed(world, ann), "window": key})
        assert (strange.status_code, strange.json()) == (
            403,
            {"error": "Only the person who was asked can paint here."},
        )
        canvas = (await page.post("/open", json={"initData": signed(world, bob), "window": key})).json()
        assert (canvas["width"], canvas["height"]) == picture.size
        assert canvas["title"] == "Vary (Region)"
        assert "a red fox" in canvas["prompt"]
        ticket = canvas["ticket"]
        for mask, status in ((half((10, 10)), 422), ("data:image/png;base64,AAAA", 422), ("AAAA", 400)):
            refused = await page.post("/paint", json={"ticket": ticket, "prompt": "a cow", "mask": mask})
            assert refused.status_code == status
        await world.restart_bot()
    async with browser(world) as page:  # the ticket has outlived the refusals and the restart
        mine = {"ticket": ticket, "prompt": "a blue fox", "mask": half(picture.size)}
        assert (await page.post("/paint", json=mine)).json() == {"sentence": "On its way: look into the chat."}
        again = await page.post("/paint", json=mine)
        assert "sent already" in again.json()["error"]
    painted = await world.sees_picture(group, after=question.id)
    assert "Bob" in painted.text
    (answer,) = answers(world)
    assert answer.body["prompt"] == "a blue fox"
    sent = mask_of(world, answer)
    assert sent.size == picture.size
    assert sent.convert("L").getbbox() == (0, 0, picture.size[0] // 2, picture.size[1])


async def test_the_page_is_over_with_its_question(world_with: WorldWith) -> None:
    world: World = await world_with(**PAGE)
    ann = world.telegram.person("Ann")
    picture = await single(world, ann)
    question = await asked(world, ann.private, ann, picture)
    key = str(question.button("🎨 Paint by hand").raw["web_app"]["url"]).partition("?w=")[2]
    assert picture.size is not None
    async with browser(world) as page:
        ticket = (await page.post("/open", json={"initData": signed(world, ann), "window": key})).json()["ticket"]
        await world.pass_time(15 * 60, step=20)
        for path, body in (
            ("/open", {"initData": signed(world, ann), "window": key}),
            ("/paint", {"ticket": ticket, "prompt": "a cow", "mask": half(picture.size)}),
        ):
            late = await page.post(path, json=body)
            assert late.status_code == 403
            assert "time is over" in late.json()["error"]
        assert (await page.get(f"/picture/{ticket}")).status_code == 403
    assert not answers(world)
    over = ann.private.message(question.id)
    assert "Nothing was drawn, nothing was charged" in over.text


async def test_an_address_that_telegram_refuses_is_left_out_and_the_grid_comes(world_with: WorldWith) -> None:
    world: World = await world_with(**PAGE)
    ann = world.telegram.person("Ann")
    picture = await single(world, ann)
    refusal = "Bad Request: inline keyboard button Web App URL 'https://bot.example' is invalid: Wrong HTTP URL"
    body = {"ok": False, "error_code": 400, "description": refusal}
    for method in ("sendPhoto", "editMessageMedia"):
        world.telegram.faults.add(match=method, status=400, body=body)
    question = await asked(world, ann.private, ann, picture)
    assert "🎨 Paint by hand" not in [button.text for button in question.buttons]
    assert question.button("16")


async def test_without_an_address_there_is_no_page(world: World) -> None:
    async with browser(world) as page:
        assert (await page.get("/")).status_code == 404
