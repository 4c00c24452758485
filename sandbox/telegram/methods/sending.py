"""New messages of the bot's: texts, photos and other files."""

from typing import Any

from sandbox.telegram.files import Kind
from sandbox.telegram.messages import Content
from sandbox.telegram.methods.media import media_of
from sandbox.telegram.methods.places import check_may_send, where_to
from sandbox.telegram.methods.reading import caption_of, text_of
from sandbox.telegram.params import Params
from sandbox.telegram.world import World


def send_message(world: World, params: Params) -> Any:
    """A text."""
    content = text_of(params)
    return _sent(world, params, content)


async def send_photo(world: World, params: Params) -> Any:
    """A picture, shown as one."""
    return await _send_file(world, params, "photo")


async def send_document(world: World, params: Params) -> Any:
    """A file as it is."""
    return await _send_file(world, params, "document")


async def send_animation(world: World, params: Params) -> Any:
    """A moving picture without sound."""
    return await _send_file(world, params, "animation")


async def send_video(world: World, params: Params) -> Any:
    """A video."""
    return await _send_file(world, params, "video")


async def _send_file(world: World, params: Params, kind: Kind) -> Any:
    where_to(world, params)  # a chat that can't be written to is refused before anything is fetched
    media = await media_of(world, params, kind, params.raw(kind))
    return _sent(world, params, Content(**caption_of(params), media=media))


def _sent(world: World, params: Params, content: Content) -> Any:
    room, where = where_to(world, params)
    check_may_send(world, room, content)
    return room.message_json(world.post(room, world.bot, content, **where))
