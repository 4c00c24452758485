"""/imagine: a picture from words; and words in a private chat that may be meant so."""

from telegram import Update
from telegram.ext import filters

from domain.errors import PicturesTrouble, PicturesUnfit
from domain.requester import Requester
from handlers.context import Context, owe_words
from handlers.filters import button, command, private
from handlers.pictures import album_answered, is_unread, message_answered, shown_in, shown_meant
from handlers.rooms import offer_waiting
from handlers.wishes import owe_question
from messages import callback
from messages import help as view
from services import albums, photos, tasks, wishes
from services.prompt import prepare
from services.wishes import Asked
from storage.database import Transaction


async def imagine(update: Update, context: Context) -> None:
    """Record a wish for a picture, or say how to wish."""
    words = context.words_after_command
    message = update.effective_message
    shown, album = shown_meant(message), album_answered(message)

    def record(tx: Transaction, requester: Requester) -> None:
        pictures = albums.whole(tx, requester, shown, album) if shown else ()
        asked = photos.imagine(
            tx, requester, words, pictures, context.rules, context.now, answered=message_answered(message)
        )
        if isinstance(asked, Asked):
            owe_question(tx, requester, asked, context)
        offer_waiting(tx, requester, context)  # whoever asks here can be answered here again

    if is_unread(update.effective_message):
        raise PicturesUnfit(PicturesTrouble.NOT_A_PICTURE)
    if words or shown_in(update.effective_message):
        await context.run(record)
    else:
        await context.reply(view.imagine_help(context.locale))


async def suggest(update: Update, context: Context) -> None:
    """Offer to draw plain words."""
    words = update.effective_message.text if update.effective_message else None

    def offer(tx: Transaction, requester: Requester) -> None:
        prompt = prepare(words or "")
        if photos.has_reference(tx, requester, context.now):  # the words that were asked for
            kept: Asked | int = photos.imagine(tx, requester, prompt, (), context.rules, context.now)
            drawn = True
        else:
            kept, drawn = wishes.suggest(tx, requester, prompt, context.now), False
        if isinstance(kept, Asked):
            owe_question(tx, requester, kept, context)
        elif not drawn:
            owe_words(tx, requester, view.suggestion(prompt, kept, context.locale), context.now)

    await context.run(offer)


async def draw_this(_update: Update, context: Context) -> None:
    """Draw what was offered."""
    await context.run(tasks.draw_draft, context.number, context.rules, context.now)
    await context.toast(view.drawing(context.own_locale))


HANDLERS = (
    command("imagine", imagine),
    button(callback.DRAFT, draw_this),
    private(filters.TEXT & ~filters.COMMAND, suggest),
)
