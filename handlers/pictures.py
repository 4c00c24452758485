"""The pictures that a message is about: its own, or those of the message that it answers."""

from telegram import Message

from domain.gathering import Shown
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


def shown_in(message: Message | None, *, told_by: Message | None = None) -> Shown | None:
    """The picture of a message, as one of several. `told_by`: the message that has named it, if another."""
    picture = picture_of(message)
    if message is None or picture is None:
        return None
    unique = message.photo[-1].file_unique_id if message.photo else getattr(message.document, "file_unique_id", "")
    return Shown(message_id=(told_by or message).message_id, picture=picture, unique=unique)


def shown_meant(message: Message | None) -> Shown | None:
    """The same of a message, or else of the one that it answers."""
    if message is None:
        return None
    return shown_in(message) or shown_in(message.reply_to_message, told_by=message)


def album_answered(message: Message | None) -> str | None:
    """The album of the message that one without a picture of its own answers."""
    if message is None or message.reply_to_message is None or picture_of(message) is not None:
        return None
    return message.reply_to_message.media_group_id


def message_answered(message: Message | None) -> int | None:
    """The message whose picture is meant, where it is not the message itself."""
    if message is None or message.reply_to_message is None or picture_of(message) is not None:
        return None
    return message.reply_to_message.message_id


def is_unread(message: Message | None) -> bool:
    """Whether a message has brought something to look at that is no picture to us."""
    if message is None or picture_of(message) is not None:
        return False
    return bool(message.document or message.video or message.animation or message.video_note)
