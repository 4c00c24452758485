"""python-telegram-bot as the client: what it sends is understood, what it gets it can read."""

import asyncio
import json

import pytest
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, InputMediaPhoto, ReplyParameters, Update, error
from telegram.ext import Application, CallbackQueryHandler, CommandHandler

from tests.sandbox.telegram.conftest import TOKEN


async def test_texts_photos_and_documents(bot, ann, picture):
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("U1", callback_data="u1")]])
    sent = await bot.send_message(ann.id, "<b>a</b>", "HTML", reply_markup=keyboard)
    assert sent.text_html == "<b>a</b>"
    photo = await bot.send_photo(ann.id, picture(), caption="p", reply_parameters=ReplyParameters(sent.message_id))
    assert photo.reply_to_message.message_id == sent.message_id
    again = await bot.send_photo(ann.id, photo.photo[-1].file_id)
    assert again.photo == photo.photo
    document = await bot.send_document(ann.id, picture(), filename="a.png")
    file = await bot.get_file(document.document.file_id)
    assert bytes(await file.download_as_bytearray()) == picture()


async def test_a_status_text_becomes_the_result(bot, ann, picture):
    sent = await bot.send_message(ann.id, "working")
    edited = await sent.edit_media(InputMediaPhoto(picture(), caption="done"))
    assert edited.caption == "done"
    assert ann.private.last().photo == picture()


async def test_refusals_are_the_exceptions_that_it_knows(bot, telegram, ann, monkeypatch):
    monkeypatch.setenv("PTB_TIMEDELTA", "1")  # or reading `retry_after` warns
    with pytest.raises(error.BadRequest, match="Chat not found"):
        await bot.send_message(5, "x")
    sent = await bot.send_message(ann.id, "x")
    with pytest.raises(error.BadRequest, match="Message is not modified"):
        await sent.edit_text("x")
    ann.block()
    with pytest.raises(error.Forbidden, match="bot was blocked by the user"):
        await bot.send_message(ann.id, "x")
    telegram.faults.add(match="sendMessage", status=429, retry_after=7)
    with pytest.raises(error.RetryAfter) as later:
        await bot.send_message(ann.id, "x")
    assert later.value.retry_after.total_seconds() == 7
    telegram.faults.add(match="sendMessage", end="drop")
    with pytest.raises(error.NetworkError):
        await bot.send_message(ann.id, "x")


async def test_what_happens_in_groups_can_be_read(bot, telegram, ann, picture):
    bob = telegram.person("Bob")
    group, channel = telegram.group("Friends", [ann, bob], bot="administrator"), telegram.channel("News", ann)
    channel.link(group)
    channel.sign_posts = True
    channel.say(ann, "news")
    group.say(ann, "hello", anonymous=True)
    group.say(ann, "hello", as_channel=channel)
    group.send_album(bob, [picture(), picture(50)])
    group.restrict_bot(ann, can_send_photos=False)
    forum = telegram.group("Forum", [ann], forum=True)
    topic = forum.create_topic(ann, "Foxes")
    forum.say(ann, "/imagine", thread=topic)
    forum.close_topic(ann, topic)
    updates = await bot.get_updates(allowed_updates=Update.ALL_TYPES)
    _, post, forward, anonymous, as_channel, first, second, made, said, closed = [
        update.effective_message for update in updates if update.my_chat_member is None
    ]
    assert (post.author_signature, post.from_user) == ("Ann", None)
    assert forward.is_automatic_forward
    assert forward.forward_origin.chat.id == forward.sender_chat.id == channel.id
    assert (anonymous.sender_chat.id, as_channel.sender_chat.id) == (group.id, channel.id)
    assert first.media_group_id == second.media_group_id
    assert made.forum_topic_created.name == "Foxes"
    assert (said.message_thread_id, said.is_topic_message, said.chat.is_forum) == (topic, True, True)
    assert closed.forum_topic_closed
    restricted = [update.my_chat_member for update in updates if update.my_chat_member][-2].new_chat_member
    assert (restricted.can_send_messages, restricted.can_send_photos) == (True, False)


async def test_a_chat_that_moved_is_an_exception_of_its_own(bot, telegram, ann):
    old = telegram.group("Friends", [ann], kind="group")
    new = old.migrate(ann)
    with pytest.raises(error.ChatMigrated) as moved:
        await bot.send_message(old.id, "x")
    assert moved.value.new_chat_id == new.id


async def test_profile_calls(bot):
    await bot.set_my_commands([("imagine", "Draw")])
    assert (await bot.get_my_commands())[0].command == "imagine"
    await bot.set_my_description("d")
    assert (await bot.get_my_description()).description == "d"
    assert (await bot.get_me()).username == "imagine_bot"
    assert (await bot.get_webhook_info()).url == ""


async def test_reactions_actions_and_deletions(bot, ann):
    await bot.set_message_reaction(ann.id, 1, "👀")
    await bot.set_message_reaction(ann.id, 1, "❤️‍🔥")
    await bot.send_chat_action(ann.id, "typing")
    sent = await bot.send_message(ann.id, "x")
    await bot.delete_messages(ann.id, [sent.message_id])
    assert len(ann.private.messages) == 1
    assert (await bot.get_chat(ann.id)).first_name == "Ann"
    assert (await bot.get_chat_member(ann.id, ann.id)).status == "member"


async def test_a_whole_bot_polls_and_answers(telegram, ann):
    async def hello(update, context):
        markup = InlineKeyboardMarkup.from_button(InlineKeyboardButton("go", callback_data="go"))
        await update.message.reply_text(json.dumps(context.args), reply_markup=markup)

    async def pressed(update, _context):
        await update.callback_query.answer("gone")

    application = Application.builder().token(TOKEN).base_url(f"{telegram.root}/bot").build()
    application.add_handlers([CommandHandler("hello", hello), CallbackQueryHandler(pressed)])
    async with application:
        await application.start()
        await application.updater.start_polling(timeout=50)
        ann.private.say(ann, "/hello you")
        answer = await ann.private.wait_for(lambda message: message.from_bot)
        assert answer.text == '["you"]'
        press = ann.private.press(ann, answer.id, "go")
        assert (await press.answered()).text == "gone"
        await application.updater.stop()
        await application.stop()
    assert telegram.updates.pending == []


async def test_two_hundred_sends_at_once_are_borne(bot, telegram, ann):
    await asyncio.gather(*(bot.send_message(ann.id, str(number), pool_timeout=30) for number in range(200)))
    assert sorted(int(message.text) for message in ann.private.messages[1:]) == list(range(200))
