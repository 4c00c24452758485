"""The calls to Telegram that bring news to a chat: each one message, sent, edited or removed."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from typing import IO, Any

from telegram import (
    Bot,
    ForceReply,
    InlineKeyboardMarkup,
    InputFile,
    InputMediaAnimation,
    InputMediaDocument,
    InputMediaPhoto,
    InputMediaVideo,
    LinkPreviewOptions,
    Message,
    ReplyParameters,
)
from telegram.error import BadRequest

from domain.delivery import Delivery, DeliveryKind, Form, Kept
from messages.words import CAPTION_LIMIT, Words, fitted
from workers.outcome import No, Outcome
from workers.picture import Fitted, next_form


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How a message is to be sent; made plainer step by step as Telegram refuses parts of it."""

    topic_id: int | None
    reply_to: int | None
    entities: bool = True
    buttons: bool = True
    form: Form | None = Form.PHOTO
    """Of a picture; `None` for all that has no other form."""
    covered: bool = False
    """Whether a picture is covered until it is tapped; a file has no cover."""


@dataclass(frozen=True, slots=True)
class Sent:
    """It is in the chat."""

    message_id: int | None
    kept: tuple[Kept, ...] = ()
    """Telegram's copies of what was sent, in their order."""
    others: tuple[int, ...] = ()
    """The other messages, where it is an album."""
    links: tuple[str, ...] = ()
    """The addresses of what the album lacks."""


SEEN = "👀"

OTHER_KIND = ("there is no text in the message", "there is no caption in the message")

Call = Callable[[Plan], Awaitable[Sent]]
Came = Sent | Outcome
"""What a call came to."""


def plan_for(delivery: Delivery) -> Plan:
    """The best that is worth trying."""
    form = Form.PHOTO if delivery.kind is DeliveryKind.RESULT else None
    return Plan(topic_id=delivery.topic_id, reply_to=delivery.reply_to, form=form, covered=delivery.covered)


def plainer(plan: Plan, refused: No) -> Plan | None:
    """The plan without what was refused; `None` where there is nothing to leave out."""
    match refused:
        case No.REPLY if plan.reply_to is not None:
            return replace(plan, reply_to=None)
        case No.ENTITIES if plan.entities:
            return replace(plan, entities=False)
        case No.BUTTON if plan.buttons:
            return replace(plan, buttons=False)
        case No.MEDIA | No.OTHER if plan.form is not None and (form := next_form(plan.form)) is not None:
            return replace(plan, form=form)
        case _:
            return None


async def send_words(bot: Bot, chat_id: int, words: Words, plan: Plan) -> Sent:
    """A message of text."""
    message = await bot.send_message(
        chat_id,
        words.text,
        entities=words.entities if plan.entities else None,
        reply_markup=words.keyboard if plan.buttons else None,
        reply_parameters=_reply(plan),
        message_thread_id=plan.topic_id,
        link_preview_options=LinkPreviewOptions(is_disabled=True),
    )
    return Sent(message.message_id)


async def send_asking(
    bot: Bot, chat_id: int, words: Words, markup: ForceReply, *, reply_to: int | None, topic_id: int | None
) -> Sent:
    """A message that opens a reply to itself."""
    message = await bot.send_message(
        chat_id,
        words.text,
        entities=words.entities,
        reply_markup=markup,
        reply_parameters=ReplyParameters(reply_to, allow_sending_without_reply=True) if reply_to else None,
        message_thread_id=topic_id,
    )
    return Sent(message.message_id)


async def send_picture(
    bot: Bot, chat_id: int, picture: Fitted, words: Words, keyboard: InlineKeyboardMarkup | None, plan: Plan
) -> Sent:
    """A picture with its caption and buttons."""
    file = InputFile(picture.data, filename=picture.filename)
    return await _send_medium(bot, chat_id, file, picture.form, words, keyboard, plan)


async def send_album(bot: Bot, chat_id: int, files: Sequence[Fitted], words: Words, plan: Plan) -> Sent:
    """Two to ten pictures or videos as one; the first carries the caption. An album takes no buttons."""
    media = [
        _part_of(one)(
            one.data,
            filename=one.filename,
            caption=words.text if place == 0 else None,
            caption_entities=words.entities if place == 0 and plan.entities else None,
            **_cover(one.form, plan),
        )
        for place, one in enumerate(files)
    ]
    messages = await bot.send_media_group(
        chat_id, media, reply_parameters=_reply(plan), message_thread_id=plan.topic_id
    )
    return _album(messages)


async def react(bot: Bot, chat_id: int, message_id: int) -> Sent:
    """Show under somebody's message that it was seen."""
    await bot.set_message_reaction(chat_id, message_id, SEEN)
    return Sent(None)


async def send_file(bot: Bot, chat_id: int, file: Fitted, plan: Plan) -> Sent:
    """The file as it is."""
    message = await bot.send_document(
        chat_id,
        InputFile(file.data, filename=file.filename),
        reply_parameters=_reply(plan),
        message_thread_id=plan.topic_id,
        disable_content_type_detection=True,
    )
    return Sent(message.message_id, _kept(message))


async def send_table(bot: Bot, chat_id: int, file: IO[bytes], name: str, words: Words, plan: Plan) -> Sent:
    """A file on disk, sent piece by piece, with words under it."""
    message = await bot.send_document(
        chat_id,
        InputFile(file, filename=name, read_file_handle=False),
        caption=words.text,
        caption_entities=words.entities if plan.entities else None,
        reply_parameters=_reply(plan),
        message_thread_id=plan.topic_id,
        disable_content_type_detection=True,
    )
    return Sent(message.message_id, _kept(message))


async def send_known_file(bot: Bot, chat_id: int, file_id: str, plan: Plan) -> Sent:
    """A file that Telegram has already."""
    message = await bot.send_document(chat_id, file_id, reply_parameters=_reply(plan), message_thread_id=plan.topic_id)
    return Sent(message.message_id, _kept(message))


async def send_known(
    bot: Bot, chat_id: int, file: Kept, words: Words, keyboard: InlineKeyboardMarkup | None, plan: Plan
) -> Sent:
    """A picture that Telegram has already, as it has it, with its caption and buttons."""
    return await _send_medium(bot, chat_id, file.file_id, file.form, words, keyboard, plan)


async def send_known_album(bot: Bot, chat_id: int, files: Sequence[Kept], words: Words, plan: Plan) -> Sent:
    """The same for several at once."""
    media = [
        (InputMediaVideo if file.form is Form.VIDEO else InputMediaDocument)(
            file.file_id,
            caption=words.text if place == 0 else None,
            caption_entities=words.entities if place == 0 and plan.entities else None,
            **_cover(file.form, plan),
        )
        for place, file in enumerate(files)
    ]
    messages = await bot.send_media_group(
        chat_id, media, reply_parameters=_reply(plan), message_thread_id=plan.topic_id
    )
    return _album(messages)


async def put_picture_in_place(
    bot: Bot,
    chat_id: int,
    message_id: int,
    picture: Fitted,
    words: Words,
    keyboard: InlineKeyboardMarkup | None,
    plan: Plan,
) -> Sent:
    """Turn a message of ours into a picture; the same again does no harm."""
    message = await bot.edit_message_media(
        _media_of(picture)(
            picture.data,
            filename=picture.filename,
            caption=words.text,
            caption_entities=words.entities if plan.entities else None,
            **_cover(picture.form, plan),
        ),
        chat_id=chat_id,
        message_id=message_id,
        reply_markup=keyboard if plan.buttons else None,
    )
    return Sent(message_id, _kept(message) if isinstance(message, Message) else ())


async def put_words_in_place(bot: Bot, chat_id: int, message_id: int, words: Words, *, shows: str) -> Sent:
    """Give a message of ours other words: its text, or the caption where it shows a photo.

    What it shows may be other than we know, where an earlier edit arrived without a word: then the other way.
    """
    try:
        await _put_words(bot, chat_id, message_id, words, shows=shows)
    except BadRequest as error:
        if not any(sign in error.message.lower() for sign in OTHER_KIND):
            raise
        await _put_words(bot, chat_id, message_id, words, shows="text" if shows == "photo" else "photo")
    return Sent(message_id)


async def _put_words(bot: Bot, chat_id: int, message_id: int, words: Words, *, shows: str) -> None:
    if shows == "photo":
        words = fitted(words, CAPTION_LIMIT)
        await bot.edit_message_caption(
            chat_id,
            message_id,
            caption=words.text,
            caption_entities=words.entities,
            reply_markup=words.keyboard,
        )
    else:
        await bot.edit_message_text(
            words.text,
            chat_id=chat_id,
            message_id=message_id,
            entities=words.entities,
            reply_markup=words.keyboard,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        )


async def _send_medium(
    bot: Bot,
    chat_id: int,
    file: InputFile | str,
    form: Form,
    words: Words,
    keyboard: InlineKeyboardMarkup | None,
    plan: Plan,
) -> Sent:
    """A file, or the id of one that Telegram has, as what it is."""
    senders: dict[Form, Callable[..., Awaitable[Message]]] = {
        Form.VIDEO: bot.send_video,
        Form.ANIMATION: bot.send_animation,
        Form.DOCUMENT: bot.send_document,
    }
    message = await senders.get(form, bot.send_photo)(
        chat_id,
        file,
        caption=words.text,
        caption_entities=words.entities if plan.entities else None,
        reply_markup=keyboard if plan.buttons else None,
        reply_parameters=_reply(plan),
        message_thread_id=plan.topic_id,
        **({"supports_streaming": True} if form is Form.VIDEO else {}),
        **_cover(form, plan),
    )
    return Sent(message.message_id, _kept(message))


def _part_of(file: Fitted) -> type[InputMediaPhoto] | type[InputMediaVideo] | type[InputMediaDocument]:
    if file.form is Form.VIDEO:
        return InputMediaVideo
    return InputMediaDocument if file.form in {Form.DOCUMENT, Form.ANIMATION} else InputMediaPhoto


def _media_of(
    file: Fitted,
) -> type[InputMediaPhoto] | type[InputMediaVideo] | type[InputMediaAnimation] | type[InputMediaDocument]:
    match file.form:
        case Form.DOCUMENT:
            return InputMediaDocument
        case Form.VIDEO:
            return InputMediaVideo
        case Form.ANIMATION:
            return InputMediaAnimation
        case _:
            return InputMediaPhoto


def _cover(form: Form, plan: Plan) -> dict[str, Any]:
    """Only what is shown in the chat can be covered; the type of a file knows no such word."""
    return {"has_spoiler": True} if plan.covered and form is not Form.DOCUMENT else {}


def _reply(plan: Plan) -> ReplyParameters | None:
    if plan.reply_to is None:
        return None
    return ReplyParameters(plan.reply_to, allow_sending_without_reply=True)


def _album(messages: Sequence[Message]) -> Sent:
    first, *others = messages
    kept = tuple(copy for message in messages for copy in _kept(message))
    return Sent(first.message_id, kept, tuple(message.message_id for message in others))


def _kept(message: Message) -> tuple[Kept, ...]:
    if message.photo:
        return (Kept(message.photo[-1].file_id, Form.PHOTO),)
    if message.video:
        return (Kept(message.video.file_id, Form.VIDEO),)
    if message.animation:  # before the document, which Telegram names as well
        return (Kept(message.animation.file_id, Form.ANIMATION),)
    return (Kept(message.document.file_id, Form.DOCUMENT),) if message.document else ()
