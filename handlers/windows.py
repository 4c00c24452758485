"""What people answer to a question: its buttons, replies to it, its link into the private chat; and `/remix`."""

import re

from telegram import Message, Update
from telegram.ext import MessageHandler, filters

from domain.delivery import DeliveryKind
from domain.errors import QuestionOver
from domain.options import AS_IT_IS, ASK
from domain.question import QuestionState
from domain.requester import ChatKind, Requester
from handlers.context import Context, owe_words
from handlers.filters import FRESH, button, command, link
from handlers.imagine import suggest
from messages import callback
from messages import windows as view
from services import choices, questions, windows
from services.windows import Step
from storage import windows as rows
from storage.database import Transaction

LINK = re.compile(r"w(\d{1,15})")


class _ToUs(filters.MessageFilter):
    """A reply to a message of this bot's own."""

    def filter(self, message: Message) -> bool:
        answered = message.reply_to_message
        return answered is not None and answered.from_user is not None and answered.from_user.id == message.get_bot().id


async def press(_update: Update, context: Context) -> None:
    """A question's button."""
    question_id, choice = divmod(context.number, callback.CHOICES)
    step = await context.run(windows.press, question_id, choice, context.now)
    toasts = {
        Step.CHOSEN: view.chosen,
        Step.SENT: view.sent,
        Step.CALLED_OFF: view.called_off,
        Step.WORDS_WANTED: view.write,
    }
    await context.toast(toasts[step](context.own_locale))


async def reply(update: Update, context: Context) -> None:
    """Words in reply to a message of ours: for a question, or meant as any other words."""
    message = update.effective_message
    answered = message.reply_to_message if message else None
    if message is None or answered is None:
        return
    message_id, words = answered.message_id, message.text or ""
    here = context.requester.chat_id
    question = await context.bot_data.db.run(rows.select_by_message, here, message_id)
    if question is None:
        if context.requester.chat_kind is ChatKind.PRIVATE:
            await suggest(update, context)
        return
    if question.state is not QuestionState.OPEN and context.requester.user_id == question.user_id:
        await context.reply(view.closed(context.locale))
        return

    def take(tx: Transaction, requester: Requester) -> None:
        asked = rows.select_question(tx, question.id)
        if asked is None:
            raise QuestionOver
        windows.reply(tx, requester, asked, words, context.now)

    await context.run(take)


async def open_here(_update: Update, context: Context) -> None:
    """Bring a question into the private chat."""
    found = LINK.fullmatch(context.words_after_command.strip())
    if found is not None:
        await context.run(questions.bring_here, int(found[1]), context.now)


async def remix(_update: Update, context: Context) -> None:
    """Tell or choose whether to be asked for words."""
    said = context.words_after_command.strip().lower()

    def tell(tx: Transaction, requester: Requester) -> None:
        if said in {ASK, AS_IT_IS}:
            choices.choose_to_be_asked(tx, requester.user_id, value=said)
        ask = choices.wants_to_be_asked(tx, requester)
        owe_words(tx, requester, view.remix(context.locale, ask=ask), context.now)

    await context.run(tell)


async def choose_remix(_update: Update, context: Context) -> None:
    """The same by a button; whoever presses chooses for themselves."""
    ask = context.number == 1

    def choose(tx: Transaction, requester: Requester) -> None:
        choices.choose_to_be_asked(tx, requester.user_id, value=ASK if ask else AS_IT_IS)
        if requester.chat_kind is ChatKind.PRIVATE:
            owe_words(tx, requester, view.remix(context.locale, ask=ask), context.now, in_place=DeliveryKind.WORDS)

    await context.run(choose)
    await context.toast(view.remix_chosen(context.own_locale, ask=ask))


HANDLERS = (
    button(callback.WINDOW, press),
    button(callback.REMIX, choose_remix),
    command("remix", remix),
    link(LINK, open_here),
    MessageHandler(FRESH & filters.TEXT & ~filters.COMMAND & filters.REPLY & _ToUs(), reply),
)
"""Before the words that may be meant as a prompt, since a reply is one of them; and before the plain `/start`."""
