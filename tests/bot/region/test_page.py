"""The page in a browser: what is painted by mouse, finger or keys is what the bot gets, pixel by pixel."""

import asyncio
import io
import json
import math
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
import pytest_asyncio
from PIL import Image
from playwright.async_api import Browser, Route, async_playwright, expect

from bot.region import DoorClosed
from bot.web import WebServer, bind
from messages.locale import LANGUAGES, locale_for
from messages.painting import page_words
from tests.bot.region.doors import SIZE, FakeDoor, build, signed
from tests.bot.region.painter import HOST, Painter, polygon
from workers.mask import white_share

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]  # one browser for all of them

ARGUMENTS = [
    *("--no-sandbox", "--disable-gpu", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--no-first-run"),
]
WHOLE = SIZE[0] * SIZE[1]


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def browser(chromium: str) -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="module")
async def painter(browser: Browser) -> AsyncIterator[Painter]:
    """A phone; whatever the story was, the page complained of nothing and asked nobody else."""
    door = FakeDoor()
    listening = bind("127.0.0.1", 0)
    server = WebServer(build(door), listening)
    await server.start()
    phone: Any = {"viewport": {"width": 390, "height": 780}, "has_touch": True, "is_mobile": True}
    context = await browser.new_context(**phone, reduced_motion="reduce")
    painter = Painter(await context.new_page(), f"http://127.0.0.1:{listening.getsockname()[1]}", door)
    yield painter
    await context.close()
    await server.stop()
    assert painter.complaints == []
    assert painter.hosts == {"127.0.0.1"}


def told_no(painter: Painter, times: int = 1) -> None:
    """The browser itself notes each answer that is none; the page has shown it, so it is no complaint."""
    noted = [line for line in painter.complaints if line.startswith("Failed to load resource")]
    assert len(noted) == times
    painter.complaints = [line for line in painter.complaints if line not in noted]


def pixels(painter: Painter) -> Image.Image:
    """The one mask that was painted, of pure black and white as the page sent it; bounds and all can be asked."""
    (painted,) = painter.door.painted
    sent = Image.open(io.BytesIO(painted.sent))
    assert (sent.format, sent.size) == ("PNG", painter.door.size)
    assert not sent.has_transparency_data or sent.getchannel("A").getextrema() == (255, 255)
    colours = {colour for _count, colour in sent.convert("RGB").getcolors(10) or []}
    assert colours == {(0, 0, 0), (255, 255, 255)}
    return Image.open(io.BytesIO(painted.mask)).convert("L")


def share(painter: Painter) -> float:
    assert pixels(painter).size == painter.door.size
    return white_share(painter.door.painted[0].mask)


# painting


async def test_a_box_by_mouse_and_other_words(painter: Painter) -> None:
    await painter.open()
    await expect(painter.page.get_by_label("What should be there instead?")).to_have_value(painter.door.prompt)
    await painter.tool("Box")
    await painter.drag((200, 300), (600, 900))
    await painter.page.get_by_label("What should be there instead?").fill("  a grey wolf\n--ar 2:3 ")
    await painter.send()
    assert share(painter) == pytest.approx(400 * 600 / WHOLE, rel=0.02)
    assert pixels(painter).getbbox() == pytest.approx((200, 300, 600, 900), abs=3)
    painted = painter.door.painted[0]
    assert (painted.user_id, painted.window, painted.prompt) == (42, "w7", "a grey wolf\n--ar 2:3")


async def test_a_box_by_finger_from_the_lower_right(painter: Painter) -> None:
    await painter.open()
    await painter.tool("Box")
    await painter.swipe((700, 1000), (100, 200))
    await painter.send()
    assert share(painter) == pytest.approx(600 * 800 / WHOLE, rel=0.02)
    assert pixels(painter).getbbox() == pytest.approx((100, 200, 700, 1000), abs=3)


async def test_a_box_that_leaves_the_picture_ends_at_its_edge(painter: Painter) -> None:
    painter.door.size = (1200, 600)  # wide: there is room above and below
    await painter.open()
    await painter.tool("Box")
    await painter.drag((300, -80), (900, 300))
    await painter.send()
    assert share(painter) == pytest.approx(600 * 300 / (1200 * 600), rel=0.02)
    assert pixels(painter).getbbox() == pytest.approx((300, 0, 900, 300), abs=3)


@pytest.mark.parametrize("hand", ["drag", "swipe"])
async def test_a_stroke_is_as_wide_as_the_brush(painter: Painter, hand: str) -> None:
    await painter.open()
    size = await painter.size(60)
    await getattr(painter, hand)((250, 400), (600, 400), (600, 900), steps=20)
    await painter.send()
    assert size > 100
    legs = (350 + 500) * size
    ends = math.pi * size**2 / 4  # half a disc at each end
    corner = size**2 / 4 * (math.pi / 4 - 1)  # one corner is counted twice, one is round
    assert share(painter) == pytest.approx((legs + ends + corner) / WHOLE, rel=0.02)


async def test_a_tap_is_a_dot(painter: Painter) -> None:
    await painter.open()
    size = await painter.size(80)
    await painter.swipe((400, 600))
    await painter.send()
    assert share(painter) == pytest.approx(math.pi * size**2 / 4 / WHOLE, rel=0.02)


@pytest.mark.parametrize("hand", ["drag", "swipe"])
async def test_a_lasso_fills_what_it_goes_around(painter: Painter, hand: str) -> None:
    await painter.open()
    await painter.tool("Lasso")
    corners = ((150, 200), (700, 300), (600, 1000), (400, 600), (200, 1100))
    await getattr(painter, hand)(*corners)
    await painter.send()
    assert share(painter) == pytest.approx(polygon(*corners) / WHOLE, rel=0.02)


async def test_a_large_picture_keeps_its_own_pixels(painter: Painter) -> None:
    painter.door.size = (2688, 1792)
    await painter.open()
    await painter.tool("Box")
    await painter.drag((300, 300), (2400, 1500))
    await painter.send()
    assert share(painter) == pytest.approx(2100 * 1200 / (2688 * 1792), rel=0.02)


async def test_the_eraser_takes_away(painter: Painter) -> None:
    await painter.open()
    await painter.tool("Box")
    await painter.drag((100, 100), (700, 700))
    await painter.tool("Eraser")
    size = await painter.size(50)
    await painter.swipe((-20, 400), (820, 400), steps=20)
    await painter.send()
    assert share(painter) == pytest.approx((600 * 600 - 600 * size) / WHOLE, rel=0.02)


async def test_undo_goes_back_step_by_step_even_over_clear(painter: Painter) -> None:
    page = painter.page
    await painter.open()
    undo, clear = page.get_by_role("button", name="Undo"), page.get_by_role("button", name="Clear")
    await expect(undo).to_be_disabled()
    await expect(clear).to_be_disabled()
    await painter.tool("Box")
    await painter.drag((100, 100), (300, 300))
    await painter.drag((400, 100), (600, 300))
    await painter.tool("Brush")
    await painter.drag((100, 900), (700, 900))
    await painter.tool("Eraser")
    await painter.drag((200, 200), (500, 200))
    await clear.click()
    await expect(clear).to_be_disabled()
    await undo.click()
    await expect(clear).to_be_enabled()
    await undo.click()  # the eraser
    await page.keyboard.press("Control+z")  # the brush
    await undo.click()  # the second box
    await painter.send()
    assert share(painter) == pytest.approx(200 * 200 / WHOLE, rel=0.02)
    assert pixels(painter).getbbox() == pytest.approx((100, 100, 300, 300), abs=3)


async def test_a_second_finger_paints_nothing_and_a_cancelled_stroke_leaves_nothing(painter: Painter) -> None:
    await painter.open()
    await painter.tool("Box")
    await painter.swipe((100, 100), (400, 400))
    await painter.tool("Brush")
    touch = await painter.page.context.new_cdp_session(painter.page)
    (x, y), (far, low) = await painter.places([(200, 700), (600, 1000)])

    async def fingers(kind: str, *points: tuple[float, float]) -> None:
        touches = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(points)]
        await touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})

    await fingers("touchStart", (x, y))
    await fingers("touchStart", (x, y), (far, low))
    await fingers("touchMove", (x + 30, y), (far - 90, low))
    await fingers("touchCancel")
    await expect(painter.page.get_by_role("button", name="Undo")).to_be_enabled()
    await painter.send()
    assert share(painter) == pytest.approx(300 * 300 / WHOLE, rel=0.02)


async def test_the_touch_that_puts_the_keyboard_away_paints_nothing(painter: Painter) -> None:
    await painter.open()
    words = painter.page.get_by_label("What should be there instead?")
    await words.focus()
    await painter.swipe((200, 300), (600, 900))
    await expect(words).not_to_be_focused()
    await expect(painter.page.get_by_role("button", name="Undo")).to_be_disabled()
    await painter.swipe((200, 300), (600, 900))
    await expect(painter.page.get_by_role("button", name="Undo")).to_be_enabled()


async def test_keys_take_tools_and_paint(painter: Painter) -> None:
    page = painter.page
    await painter.open()
    for key, name in (("l", "Lasso"), ("r", "Box"), ("E", "Eraser"), ("b", "Brush")):
        await page.keyboard.press(key)
        pressed = page.locator("[data-tool][aria-pressed=true]")
        await expect(pressed).to_have_count(1)
        await expect(pressed).to_have_text(name)
    size = await painter.size(60)
    await page.get_by_role("application").focus()
    await page.keyboard.press("Space")
    for _ in range(6):
        await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Space")
    await page.keyboard.press("Space")
    await page.keyboard.press("Meta+z")
    await painter.send()
    assert share(painter) == pytest.approx(2 * math.pi * size**2 / 4 / WHOLE, rel=0.02)  # two dots, one beside another


async def test_letters_in_the_words_are_words(painter: Painter) -> None:
    await painter.open()
    words = painter.page.get_by_label("What should be there instead?")
    await words.fill("")
    await words.press_sequentially("real blue bells")
    await expect(words).to_have_value("real blue bells")
    await expect(painter.page.get_by_role("button", name="Brush", exact=True)).to_have_attribute("aria-pressed", "true")


# refusals


async def test_nothing_and_everything_are_refused_before_anything_is_sent(painter: Painter) -> None:
    await painter.open()
    button, alert = painter.page.get_by_role("button", name="Paint it anew"), painter.page.get_by_role("alert")
    await button.click()
    await expect(alert).to_have_text("Nothing is marked yet. Paint over what should change.")
    await painter.tool("Box")
    await painter.swipe((300, 300))  # a tap with it marks nothing
    await expect(alert).to_be_hidden()
    await button.click()
    await expect(alert).to_contain_text("Nothing is marked")
    await painter.drag((-15, -15), (SIZE[0] + 15, SIZE[1] + 15))
    await button.click()
    await expect(alert).to_contain_text("Everything is marked")
    await painter.tool("Undo")
    await painter.drag((100, 100), (300, 300))
    await painter.page.get_by_label("What should be there instead?").fill("   ")
    await button.click()
    await expect(alert).to_contain_text("say in a few words")
    assert painter.door.painted == []


async def test_the_bots_no_is_shown_and_what_was_painted_stays(painter: Painter) -> None:
    painter.door.closed = DoorClosed("Your line is full: <b>wait</b> a little.")
    await painter.open()
    await painter.tool("Box")
    await painter.drag((200, 300), (600, 900))
    await painter.page.get_by_role("button", name="Paint it anew").click()
    await expect(painter.page.get_by_role("alert")).to_have_text("Your line is full: <b>wait</b> a little.")
    told_no(painter)
    painter.door.closed = None
    await painter.send()
    assert share(painter) == pytest.approx(400 * 600 / WHOLE, rel=0.02)


async def test_two_presses_send_once_and_a_dead_line_is_told(painter: Painter) -> None:
    await painter.open()
    await painter.tool("Box")
    await painter.drag((200, 300), (600, 900))
    asked, may_go_on = 0, asyncio.Event()

    async def broken(route: Route) -> None:
        nonlocal asked
        asked += 1
        await may_go_on.wait()
        await route.abort()

    await painter.page.route("**/paint", broken)
    await painter.page.evaluate("send.click(); send.click(); form.requestSubmit()")
    await expect(painter.page.get_by_role("button", name="Sending…")).to_be_disabled()
    may_go_on.set()
    await expect(painter.page.get_by_role("alert")).to_contain_text("check your connection")
    assert asked == 1
    told_no(painter)
    await painter.page.unroute("**/paint")
    await painter.send()


@pytest.mark.parametrize(
    ("init_data", "words"),
    [
        (signed(age=timedelta(hours=3)), "This page is too old. Please close it and open it again from the chat."),
        (signed().replace("42", "43"), "I can't see who you are. Please open this page from the chat, by its button."),
    ],
)
async def test_whoever_is_not_proved_reads_why(painter: Painter, init_data: str, words: str) -> None:
    await painter.page.add_init_script("window.TelegramWebviewProxy = { postEvent() {} }")
    await painter.page.goto(painter.link(init_data=init_data))
    await expect(painter.page.get_by_text(words)).to_be_visible()
    await expect(painter.page.get_by_role("button", name="Paint it anew")).to_be_hidden()
    await expect(painter.page.get_by_role("button", name="Close")).to_be_visible()
    told_no(painter)


async def test_without_telegram_the_page_says_where_to_open_it(painter: Painter) -> None:
    await painter.page.goto(f"{painter.address}/app/region/")
    await expect(painter.page.get_by_text("Please open this page from Telegram")).to_be_visible()
    await expect(painter.page.get_by_role("button")).to_have_count(0)
    assert painter.door.opened is None


async def test_a_picture_that_is_none_is_told(painter: Painter) -> None:
    painter.door.image = b"\x89PNG broken"
    await painter.page.goto(painter.link())
    await expect(painter.page.get_by_text("This picture can't be shown here.")).to_be_visible()


# Telegram's app around it


async def test_telegrams_app_hears_when_to_show_and_when_to_close(painter: Painter) -> None:
    await painter.page.clock.install()
    await painter.open()
    shown = [
        ["web_app_ready", {}],
        ["web_app_expand", {}],
        ["web_app_setup_swipe_behavior", {"allow_vertical_swipe": False}],
    ]
    assert await painter.told() == shown
    await painter.tool("Box")
    await painter.drag((200, 300), (600, 900))
    asked = ["web_app_setup_closing_behavior", {"need_confirmation": True}]
    assert await painter.told() == [*shown, asked]
    await painter.send()
    await painter.page.clock.run_for(3000)
    assert (await painter.told())[4:] == [[asked[0], {"need_confirmation": False}], ["web_app_close", {}]]
    await painter.page.get_by_role("button", name="Close").click()
    assert (await painter.told())[-1] == ["web_app_close", {}]


async def test_in_a_frame_of_its_own_origin_the_frame_hears_it(painter: Painter) -> None:
    page = painter.page
    await page.goto(f"{painter.address}/frame")
    await page.evaluate("url => { document.getElementById('app').src = url }", painter.link())
    inside = page.frame_locator("#app")
    await expect(inside.get_by_role("button", name="Paint it anew")).to_be_visible()
    heard = [(ours, json.loads(said)) for ours, said in await page.evaluate("heard")]
    assert [(ours, said["eventType"]) for ours, said in heard] == [
        (True, "web_app_ready"),
        (True, "web_app_expand"),
        (True, "web_app_setup_swipe_behavior"),
    ]


@pytest.mark.parametrize("may", [True, False])
async def test_in_a_frame_of_another_origin_it_shows_only_where_that_may_frame_it(painter: Painter, may: bool) -> None:
    around = bind("127.0.0.1", 0)
    frame = f"http://127.0.0.1:{around.getsockname()[1]}"
    app = bind("127.0.0.1", 0)
    servers = [WebServer(build(painter.door), around), WebServer(build(painter.door, [frame] if may else []), app)]
    for server in servers:
        await server.start()
    link = painter.link().replace(painter.address, f"http://127.0.0.1:{app.getsockname()[1]}")
    await painter.page.goto(f"{frame}/frame")
    await painter.page.evaluate("url => { document.getElementById('app').src = url }", link)
    shown = painter.page.frame_locator("#app").get_by_role("button", name="Paint it anew")
    if may:
        await expect(shown).to_be_visible()
        heard = [(ours, json.loads(said)["eventType"]) for ours, said in await painter.page.evaluate("heard")]
        assert heard[:2] == [(False, "web_app_ready"), (False, "web_app_expand")]
    else:
        await painter.page.wait_for_event("console", lambda line: "frame-ancestors" in line.text)
        await expect(shown).not_to_be_visible()
        painter.complaints.clear()
    await painter.page.goto("about:blank")
    for server in servers:
        await server.stop()


async def test_the_old_desktop_bridge_hears_it_as_one_text(painter: Painter) -> None:
    await painter.page.add_init_script("window.told = []; window.external.notify = (text) => window.told.push(text)")
    await painter.page.goto(painter.link(init_data=""))
    told = [json.loads(text) for text in await painter.told()]
    assert told[0] == {"eventType": "web_app_ready", "eventData": {}}


@pytest.mark.parametrize(
    ("query", "more", "window"),
    [("?w=w7", {"start_param": "s9"}, "w7"), ("", {"start_param": "s9"}, "s9"), ("", {}, "")],
)
async def test_the_window_is_the_addresss_or_the_links(painter: Painter, query: str, more: Any, window: str) -> None:
    await painter.open(query=query, init_data=signed(**more))
    assert painter.door.opened == (42, window)


@pytest.mark.parametrize("ground", ["#1c1c1d", "#fdf6e3"])
async def test_its_colours_are_telegrams_whatever_the_system_prefers(painter: Painter, ground: str) -> None:
    is_dark = ground == "#1c1c1d"
    await painter.page.emulate_media(color_scheme="light" if is_dark else "dark")
    theme = {"bg_color": ground, "button_color": "#ff8800", "text_color": "url(//evil.example)", "hint_color": 7}
    await painter.open(theme=theme)
    root = painter.page.locator("html")
    await expect(root).to_have_attribute("data-theme", "dark" if is_dark else "light")
    red, green, blue = bytes.fromhex(ground[1:])
    await expect(painter.page.locator("body")).to_have_css("background-color", f"rgb({red}, {green}, {blue})")
    await expect(painter.page.locator("#send")).to_have_css("background-color", "rgb(255, 136, 0)")
    assert await root.evaluate("root => root.style.getPropertyValue('--ink')") == ""


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_without_telegrams_colours_the_systems_count(painter: Painter, scheme: Any) -> None:
    await painter.page.emulate_media(color_scheme=scheme)
    await painter.open()
    await expect(painter.page.locator("html")).to_have_attribute("data-theme", scheme)


@pytest.mark.parametrize("size", [(320, 568), (390, 780), (844, 390), (1280, 800)])
@pytest.mark.parametrize("picture", [(832, 1216), (1456, 816)])
async def test_all_is_in_sight_on_any_screen(painter: Painter, size: tuple[int, int], picture: tuple[int, int]) -> None:
    page = painter.page
    painter.door.size, painter.door.title = picture, "Vary (Region) of " + "a very long title " * 5
    painter.door.prompt = "many words " * 60
    await page.set_viewport_size({"width": size[0], "height": size[1]})
    await painter.open()
    for part in ("html", ".editor", ".tools"):
        assert await page.locator(part).evaluate("node => node.scrollWidth <= node.clientWidth"), part
    await expect(page.get_by_role("button", name="Paint it anew")).to_be_in_viewport(ratio=1)
    sheet = page.locator("#sheet")
    await expect(sheet).to_be_in_viewport(ratio=0.99)
    box = await sheet.bounding_box()
    assert box is not None
    assert box["width"] / box["height"] == pytest.approx(picture[0] / picture[1], rel=0.02)
    assert min(box["width"], box["height"]) >= 100


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_page_speaks_the_persons_language_and_all_its_words_have_room(
    painter: Painter, language: str
) -> None:
    painter.door.language = language
    locale = locale_for(language)
    await painter.page.add_init_script(HOST)
    await painter.page.goto(painter.link())
    await expect(painter.page.get_by_role("button", name=locale.say("Paint it anew"))).to_be_visible()
    await expect(painter.page.locator("html")).to_have_attribute("lang", language)
    words = page_words(locale)
    for name in ("brush", "eraser", "rectangle", "lasso", "undo", "clear"):
        await expect(painter.page.get_by_role("button", name=words[name], exact=True)).to_be_visible()
    await expect(painter.page.get_by_label(words["prompt"])).to_be_visible()
    cut = await painter.page.evaluate(
        "[...document.querySelectorAll('.tools button, #send, label, .head p')]"
        ".filter((node) => node.scrollWidth > node.clientWidth + 1 || node.getBoundingClientRect().right > innerWidth)"
        ".map((node) => node.textContent.trim())"
    )
    assert cut == []
    assert painter.door.spoken == language
