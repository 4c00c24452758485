"""Writing on the page: photos that are dropped, pasted and chosen, answers, and who one is while doing so."""

import pytest
from playwright.async_api import FilePayload, expect

from tests.sandbox.page.browsing import Played, Watched, picture

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]


async def test_a_dropped_photo_goes_out_with_its_caption(played: Played, watched: Watched) -> None:
    await watched.page.goto(f"{played.address}#{played.you.id}")
    await watched.drop(picture("teal"))
    await expect(watched.page.get_by_role("list", name="Pictures to send").get_by_role("img")).to_have_count(1)
    await expect(watched.words).to_have_attribute("placeholder", "Add a caption")
    await watched.write("/describe")
    await watched.settled(messages=1, pictures=1)
    sent = played.you.private.last()
    assert (sent.text, sent.media_kind, sent.photo) == ("/describe", "photo", picture("teal"))
    await expect(watched.page.get_by_label("Pictures to send")).to_be_hidden()


async def test_three_photos_are_one_album_and_one_of_them_can_be_left_out_before(
    played: Played, watched: Watched
) -> None:
    page = watched.page
    await page.goto(f"{played.address}#{played.you.id}")
    await watched.drop(picture("teal"), picture("navy"))
    await watched.drop(picture("gold"), paste=True)
    await page.get_by_label("Add pictures").click()
    last = FilePayload(name="last.png", mimeType="image/png", buffer=picture("red", (64, 96)))
    await page.set_input_files("#files", last)
    await page.get_by_role("button", name="Leave out photo1.png").click()
    await watched.write("/blend")
    await expect(page.locator(".mosaic .picture img")).to_have_count(3)
    await expect(page.locator(".item")).to_have_count(1)  # one message to look at, with one caption
    await expect(page.locator(".item .text")).to_have_text("/blend")
    parts = played.you.private.messages
    assert [part.photo for part in parts] == [picture("teal"), picture("gold"), picture("red", (64, 96))]
    assert len({part.album for part in parts}) == 1


async def test_pictures_can_go_as_files_and_nothing_else_goes(played: Played, watched: Watched) -> None:
    page = watched.page
    await page.goto(f"{played.address}#{played.you.id}")
    await watched.drop(b"words", ending="txt")
    await expect(page.get_by_role("status")).to_have_text("Only pictures can be sent here.")
    await watched.drop(picture("teal"))
    await page.get_by_label("Send as file").check()
    await page.get_by_role("button", name="Send", exact=True).click()
    await expect(page.get_by_role("link", name="photo0.png")).to_be_visible()
    assert played.you.private.last().document == picture("teal")
    await watched.drop(*[picture("navy")] * 11)
    await expect(page.get_by_role("status")).to_have_text("At most 10 pictures go together.")
    await expect(page.get_by_label("Send as file")).not_to_be_checked()


async def test_a_message_is_answered_by_its_arrow_or_the_keyboard(played: Played, watched: Watched) -> None:
    page = watched.page
    first = played.club.say(played.ann, "a fox")
    second = played.club.say(played.ben, "a hare")
    await page.goto(f"{played.address}#{played.club.id}")
    await page.locator(f'.item[data-id="{first.id}"]').hover()
    await page.locator(f'.item[data-id="{first.id}"]').get_by_role("button", name="Reply").click()
    await expect(page.locator(".replying")).to_contain_text("Reply to Anna fox")
    await watched.write("in the snow")
    await expect(page.locator(".replying")).to_be_hidden()
    assert played.club.last().reply_to == first.id
    for _one in range(2):
        await watched.words.press("Control+ArrowUp")
    await expect(page.locator(".replying")).to_contain_text("Reply to Bena hare")
    await watched.words.press("Escape")
    await expect(page.locator(".replying")).to_be_hidden()
    await watched.write("no answer")
    await expect(page.locator(".item.mine:not(.service)")).to_have_count(2)
    assert played.club.last().reply_to is None
    assert second.reply_to is None


async def test_a_bot_that_asks_for_an_answer_gets_it_from_the_one_it_asked(played: Played, watched: Watched) -> None:
    page = watched.page
    asked = played.club.say(played.ann, "/imagine@imagine_bot")
    await page.goto(f"{played.address}#{played.club.id}")
    markup = {"force_reply": True, "selective": True, "input_field_placeholder": "a fox in the snow"}
    quoted = {"message_id": asked.id}
    sent = await played.call(
        "sendMessage", chat_id=played.club.id, text="What?", reply_parameters=quoted, reply_markup=markup
    )
    items = page.locator(".item:not(.service)")
    await expect(items).to_have_count(2)
    await expect(page.locator(".replying")).to_be_hidden()  # You were not asked
    await page.get_by_label("Write as").select_option("Ann")
    again = await played.call(
        "sendMessage", chat_id=played.club.id, text="Well?", reply_parameters=quoted, reply_markup=markup
    )
    await expect(page.locator(".replying")).to_contain_text("Well?")
    await expect(watched.words).to_have_attribute("placeholder", "a fox in the snow")
    await watched.write("a fox")
    await expect(items).to_have_count(4)
    assert played.club.last().reply_to == again["message_id"] != sent["message_id"]


async def test_one_can_be_somebody_else_and_sees_their_chats(played: Played, watched: Watched) -> None:
    page = watched.page
    played.ann.private.say(played.ann, "only mine")
    await page.goto(played.address)
    await expect(page.get_by_role("link", name="Ann with Imagine")).to_contain_text("only mine")
    await page.get_by_label("Who you are").select_option("Ann")
    await expect(page.locator("#chats .chat-row").first).to_contain_text("Imagine")
    await page.locator("#chats .chat-row").first.click()
    await expect(page.locator(".item.mine .text")).to_have_text("only mine")
    await watched.write("and this")
    await expect(page.locator(".item.mine")).to_have_count(2)
    assert played.ann.private.last().text == "and this"
    await page.reload()
    await expect(page.locator(".item.mine")).to_have_count(2)
    await page.get_by_role("link", name="All chats").click()
    await page.get_by_role("link", name="Gallery").click()
    await expect(page.get_by_text("Ann reads here; the owner writes.")).to_be_visible()
    await expect(watched.words).to_be_hidden()


async def test_what_was_written_in_one_chat_waits_there(played: Played, watched: Watched) -> None:
    page = watched.page
    await page.goto(f"{played.address}#{played.club.id}")
    await watched.words.fill("not yet")
    await watched.drop(picture("teal"))
    await page.goto(f"{played.address}#{played.you.id}")
    await expect(watched.words).to_have_value("")
    await expect(page.get_by_label("Pictures to send")).to_be_hidden()
    await page.go_back()
    await expect(watched.words).to_have_value("not yet")
    await expect(page.get_by_role("list", name="Pictures to send").get_by_role("img")).to_have_count(1)
    assert not [message for message in played.club.messages if not message.service]


async def test_a_message_can_be_deleted_by_whoever_may(played: Played, watched: Watched) -> None:
    page = watched.page
    played.club.say(played.you, "the owner's")
    played.club.say(played.ann, "Ann's own")
    await page.goto(f"{played.address}#{played.club.id}")
    await page.get_by_label("Write as").select_option("Ann")
    items = page.locator(".item:not(.service)")
    await items.first.hover()
    await expect(items.first.get_by_role("button", name="Delete")).to_have_count(0)
    await items.last.hover()
    await items.last.get_by_role("button", name="Delete").click()
    await expect(items).to_have_count(1)
    assert [message.text for message in played.club.messages if not message.service] == ["the owner's"]
