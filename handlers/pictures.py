"""The pictures that a message is about: its own, or those of the message that it answers."""

from telegram import Message

from domain.task import PictureId

KINDS = ("image/jpeg", "image/png", "image/webp", "image/gif")
"""Of files; whether they really are what they claim is found out before they are used."""


def picture_of(message: Message | None) -> PictureId | None:
    """The picture that a message shows: a photo in its largest size, or a picture sent as a file."""
    if message is None:
        return None
    if message.photo:
        return PictureId(message.photo[-1].file_id)
    document = message.document
    if document is not None and document.mime_type is not None and document.mime_type.lower() in KINDS:
        return PictureId(document.file_id)
    return None


def picture_meant(message: Message | None) -> PictureId | None:
    """The picture of a message, or else of the one that it answers; also of one of the bot's own."""
    if message is None:
        return None
    return picture_of(message) or picture_of(message.reply_to_message)
