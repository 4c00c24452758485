"""What a bot can send beside words and single photos, and where its buttons and links lead."""

import pytest
from playwright.async_api import expect

from sandbox.painter.film import Film, mp4
from sandbox.painter.picture import Picture
from tests.sandbox.page.browsing import Played, Watched, picture

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]


async def test_an_album_stands_together_and_each_part_can_be_enlarged(played: Played, watched: Watched) -> None:
    page = watched.page
    played.you.private.say(played.you, "/start")
    files = {f"part{number}": picture("navy", (64 + number, 64)) for number in range(4)}
    media = [{"type": "photo", "media": f"attach://{name}"} for name in files]
    media[0]["caption"] = "Four singles"
    sent = await played.call("sendMediaGroup", files, chat_id=played.you.id, media=media)
    await page.goto(f"{played.address}#{played.you.id}")
    await expect(page.locator(".item")).to_have_count(2)
    parts = page.locator(".mosaic .picture")
    await expect(parts).to_have_count(4)
    await expect(page.locator(".item .text").last).to_have_text("Four singles")
    await parts.nth(3).click()
    dialog = page.get_by_role("dialog", name="Picture")
    await expect(dialog).to_be_visible()
    assert await dialog.locator("img").evaluate("node => node.naturalWidth") == 67
    await dialog.get_by_role("button", name="Close").click()
    await played.call("deleteMessage", chat_id=played.you.id, message_id=sent[1]["message_id"])
    await expect(parts).to_have_count(3)


async def test_films_play_and_files_can_be_taken_away(played: Played, watched: Watched) -> None:
    page = watched.page
    played.you.private.say(played.you, "/start")
    film = mp4(Film(picture=Picture(prompt="the sea", seed=4), parts=("low",)), 96)
    for method, kind in (("sendVideo", "video"), ("sendAnimation", "animation")):
        await played.call(method, {kind: film}, chat_id=played.you.id, caption=kind)
    await played.call("sendDocument", {"document": b"x" * 2_340_000}, chat_id=played.you.id)
    await page.goto(f"{played.address}#{played.you.id}")
    shown = page.locator("video")
    await expect(shown).to_have_count(2)
    await expect(shown.last).to_have_js_property("autoplay", True)
    for one in (shown.first, shown.last):
        await expect(one).not_to_have_js_property("readyState", 0)
        assert await one.evaluate("node => node.videoWidth") > 0
    await expect(page.locator(".file")).to_contain_text("2.3 MB")
    async with page.expect_download() as download:
        await page.locator(".file").click()
    assert (await (await download.value).path()).stat().st_size == 2_340_000


async def test_a_link_to_the_bot_leads_to_the_private_chat_and_presses_start(played: Played, watched: Watched) -> None:
    page = watched.page
    keys = [
        [{"text": "Answer in private", "url": "https://t.me/imagine_bot?start=w17"}],
        [{"text": "Elsewhere", "url": "https://elsewhere.example/"}],
    ]
    await played.call("sendMessage", chat_id=played.club.id, text="Which?", reply_markup={"inline_keyboard": keys})
    await page.goto(f"{played.address}#{played.club.id}")
    await page.get_by_label("Write as").select_option("Ben")
    outward = page.get_by_role("link", name="Elsewhere")
    assert await outward.get_attribute("rel") == "noopener noreferrer"
    assert await outward.get_attribute("target") == "_blank"
    await page.get_by_role("link", name="Answer in private").click()
    await expect(page.locator("#subtitle")).to_have_text("bot")
    await expect(page.locator(".item.mine .text")).to_have_text("/start w17")
    assert played.ben.private.last().text == "/start w17"
    assert played.you.private.messages == []


async def test_topics_are_shown_apart_and_one_writes_into_the_one_that_is_open(
    played: Played, watched: Watched
) -> None:
    page = watched.page
    topics = page.get_by_role("group", name="Topics")
    await page.goto(f"{played.address}#{played.club.id}")
    await topics.get_by_role("button", name="Landscapes").click()
    await expect(watched.words).to_have_attribute("placeholder", "Message in Landscapes")
    await watched.write("/imagine hills")
    items = page.locator(".item:not(.service)")
    await expect(items).to_have_count(1)
    landscapes = played.club.last().thread
    assert landscapes is not None
    await played.call("sendMessage", chat_id=played.club.id, text="On its way", message_thread_id=landscapes)
    await expect(items).to_have_count(2)
    await topics.get_by_role("button", name="General").click()
    await expect(page.get_by_role("heading", name="What shall I draw?")).to_be_visible()
    await watched.write("and here")
    await expect(items).to_have_count(1)
    assert played.club.last().thread is None
    await topics.get_by_role("button", name="All").click()
    await expect(items).to_have_count(3)
    await expect(items.first.locator(".topic-tag")).to_have_text("Landscapes")
    await expect(items.last.locator(".topic-tag")).to_have_text("General")


async def test_colours_are_the_systems_or_the_persons_own(played: Played, watched: Watched) -> None:
    page = watched.page
    await page.goto(played.address)
    ground = "() => getComputedStyle(document.body).backgroundColor"
    light = await page.evaluate(ground)
    await page.emulate_media(color_scheme="dark")
    dark = await page.evaluate(ground)
    assert light != dark
    await page.get_by_role("button", name="Colours: As the system has it").click()
    assert await page.evaluate(ground) == light
    await page.reload()
    assert await page.evaluate(ground) == light
    await page.get_by_role("button", name="Colours: Light").click()
    assert await page.evaluate(ground) == dark
    # whatever stands on the ground can be read: the words' contrast is 4.5 or more in both
    for _one in range(2):
        contrast = await page.evaluate(CONTRAST)
        assert min(contrast.values()) >= 4.5, contrast
        await page.get_by_role("button", name="Colours").click()


CONTRAST = """() => {
    const sheet = Object.assign(document.createElement("canvas"), { width: 1, height: 1 });
    const pen = sheet.getContext("2d", { willReadFrequently: true });
    const linear = (part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    const probe = document.body.appendChild(document.createElement("i"));
    const light = (name) => {
        probe.style.color = `var(${name})`;
        pen.fillStyle = getComputedStyle(probe).color;
        pen.fillRect(0, 0, 1, 1);
        const [red, green, blue] = [...pen.getImageData(0, 0, 1, 1).data].map((part) => linear(part / 255));
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const pairs = [["--ink", "--ground"], ["--faint", "--ground"], ["--faint", "--hover"], ["--accent", "--ground"],
        ["--accent-ink", "--accent"], ["--ink", "--bubble"], ["--faint", "--bubble"], ["--ink", "--bubble-mine"],
        ["--mine-faint", "--bubble-mine"], ["--good", "--ground"], ["--bad", "--ground"], ["--accent", "--chosen"],
        ...[0, 1, 2, 3, 4, 5].map((hue) => [`--hue-${hue}`, "--bubble"])];
    const contrast = pairs.map(([one, other]) => {
        const [low, high] = [light(one), light(other)].sort((first, second) => first - second);
        return [`${one} on ${other}`, (high + 0.05) / (low + 0.05)];
    });
    probe.remove();
    return Object.fromEntries(contrast);
}"""


async def test_whoever_cannot_see_the_page_hears_what_comes_and_finds_every_control_named(
    played: Played, desktop: Watched
) -> None:
    page = desktop.page
    played.you.private.say(played.you, "/start")
    await page.goto(played.address)
    await played.call("sendMessage", chat_id=played.you.id, text="Your heron is ready")
    await expect(page.locator("#heard")).to_have_text("Imagine: Your heron is ready")
    nameless = await page.evaluate(
        """() => [...document.querySelectorAll("button, a, select, input, textarea, iframe, img")]
            .filter((node) => node.checkVisibility())
            .filter((node) => !(node.ariaLabel || node.innerText?.trim() || node.labels?.length))
            .filter((node) => !(node.title || node.alt))
            .map((node) => node.outerHTML)"""
    )
    assert nameless == []
