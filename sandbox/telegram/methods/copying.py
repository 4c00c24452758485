"""Messages that are sent on: forwards, which tell where they come from, and copies, which don't."""

from dataclasses import replace
from typing import Any

from sandbox.telegram.errors import bad_request
from sandbox.telegram.messages import Content
from sandbox.telegram.methods.places import check_may_send, open_room, where_to
from sandbox.telegram.methods.reading import caption_of, message_of
from sandbox.telegram.params import Params
from sandbox.telegram.world import World


def forward_message(world: World, params: Params) -> Any:
    """The message again, with its origin."""
    room, where = where_to(world, params)
    source = open_room(world, params, "from_chat_id")
    message = message_of(source, params, "message to forward not found")
    if message.service:
        raise bad_request("message can't be forwarded")
    check_may_send(world, room, message.content)
    sent = world.post(room, world.bot, message.content, **where, origin=source.origin_of(message))
    return room.message_json(sent)


def copy_message(world: World, params: Params) -> Any:
    """The message again, as the bot's own; a caption of a file may be another."""
    room, where = where_to(world, params)
    source = open_room(world, params, "from_chat_id")
    message = message_of(source, params, "message to copy not found")
    if message.service:
        raise bad_request("message can't be copied")
    check_may_send(world, room, message.content)
    sent = world.post(room, world.bot, _content(message.content, params), **where)
    return {"message_id": sent.id}


def _content(content: Content, params: Params) -> Content:
    if content.media is None or params.raw("caption") is None:
        return content
    return replace(content, **caption_of(params))
