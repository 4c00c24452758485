"""Changes of the bot's own messages. A change that doesn't name the keyboard again takes it away."""

from dataclasses import replace
from typing import Any

from sandbox.telegram.errors import bad_request
from sandbox.telegram.keyboards import Markup, is_inline
from sandbox.telegram.messages import Content, Message
from sandbox.telegram.methods.media import input_media, media_of
from sandbox.telegram.methods.places import markup
from sandbox.telegram.methods.reading import caption_of, own_message, text_of
from sandbox.telegram.params import Params
from sandbox.telegram.rooms import Room
from sandbox.telegram.world import World

_SAME = (
    "message is not modified: specified new message content and reply markup are exactly the same"
    " as a current content and reply markup of the message"
)


def edit_message_text(world: World, params: Params) -> Any:
    """Another text."""
    room, message = own_message(world, params)
    content = text_of(params)
    if message.content.media:
        raise bad_request("there is no text in the message to edit")
    return _edited(world, room, message, content, markup(world, room, params, editing=True))


def edit_message_caption(world: World, params: Params) -> Any:
    """Another caption, or none."""
    room, message = own_message(world, params)
    if not message.content.media:
        raise bad_request("there is no caption in the message to edit")
    spoiler = tuple(flag for flag in message.content.shown if flag == "has_media_spoiler")
    caption = caption_of(params)
    content = replace(message.content, **caption | {"shown": caption["shown"] + spoiler})
    return _edited(world, room, message, content, markup(world, room, params, editing=True))


async def edit_message_media(world: World, params: Params) -> Any:
    """Another file with its caption; a text may become one."""
    own_message(world, params)  # refused before anything is fetched
    if not params.text("media"):
        raise bad_request('parameter "media" is required')
    given = params.json("media", called="input media")
    kind, file = input_media(given)
    media = await media_of(world, params, kind, file)
    room, message = own_message(world, params)  # again: it may have gone meanwhile
    content = Content(**caption_of(given), media=media)
    return _edited(world, room, message, content, markup(world, room, params, editing=True))


def edit_message_reply_markup(world: World, params: Params) -> Any:
    """Another keyboard, or none."""
    room, message = own_message(world, params)
    return _edited(world, room, message, message.content, markup(world, room, params, editing=True))


def _edited(world: World, room: Room, message: Message, content: Content, keyboard: Markup | None) -> Any:
    if message.markup and not is_inline(message.markup):
        raise bad_request("message can't be edited")
    if content == message.content and keyboard == message.markup:
        raise bad_request(_SAME)
    return room.message_json(world.change(room, message, content=content, markup=keyboard))
