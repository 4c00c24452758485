"""/animate, /edit and /swap: wishes about a picture, as its caption or as an answer to it."""

from telegram import Message, Update

from domain.task import PictureId
from handlers.context import Context
from handlers.filters import command
from handlers.pictures import message_answered, picture_meant, picture_of
from messages import alterations as view
from messages import films
from services import alterations


async def animate(update: Update, context: Context) -> None:
    """Let a picture move."""
    picture = picture_meant(update.effective_message)
    if picture is None:
        await context.reply(films.animate_help(context.bot.username, context.locale))
        return
    words, answered = context.words_after_command, message_answered(update.effective_message)
    await context.run(alterations.animate, picture, words, context.rules, context.now, answered=answered)


async def edit(update: Update, context: Context) -> None:
    """Change a picture."""
    picture, words = picture_meant(update.effective_message), context.words_after_command
    if picture is None or not words:
        await context.reply(view.edit_help(context.bot.username, context.locale))
        return
    answered = message_answered(update.effective_message)
    await context.run(alterations.edit, picture, words, context.rules, context.now, answered=answered)


async def swap(update: Update, context: Context) -> None:
    """Put the face of the picture that was sent into the one that it answers."""
    message = update.effective_message
    two = _face_and_target(message)
    if two is None:
        await context.reply(view.swap_help(context.bot.username, context.locale))
        return
    answered = message.reply_to_message.message_id if message and message.reply_to_message else None
    await context.run(alterations.swap, *two, context.rules, context.now, answered=answered)


def _face_and_target(message: Message | None) -> tuple[PictureId, PictureId] | None:
    """Two pictures, or none: a guess would be charged."""
    if message is None or message.media_group_id is not None:
        return None
    face, target = picture_of(message), picture_of(message.reply_to_message)
    return (face, target) if face is not None and target is not None else None


HANDLERS = (
    command("animate", animate),
    command("edit", edit),
    command("swap", swap),
)
