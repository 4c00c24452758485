"""Albums of the bot's: up to ten photos and videos, or files, sent as one. They have no keyboard."""

from typing import Any

from sandbox.telegram.errors import ApiError, bad_request
from sandbox.telegram.messages import Content
from sandbox.telegram.methods.media import input_media, media_of
from sandbox.telegram.methods.places import check_may_send, where_to
from sandbox.telegram.methods.reading import caption_of
from sandbox.telegram.params import Params
from sandbox.telegram.world import World

MOST = 10
_BY_THE_FILES = frozenset({"PHOTO_INVALID_DIMENSIONS", "IMAGE_PROCESS_FAILED"})  # found only when all is sent


async def send_media_group(world: World, params: Params) -> Any:
    """Several messages with one media_group_id; all of them, or none. A single one is sent, but is no album."""
    items = _items(params)
    where_to(world, _unmarked(params))  # a chat that can't be written to is refused before anything is fetched
    contents = [await _content(world, params, item, place) for place, item in enumerate(items, 1)]
    room, where = where_to(world, _unmarked(params))
    for content in contents:
        check_may_send(world, room, content)
    album = world.new_album() if len(contents) > 1 else None
    sent = [world.post(room, world.bot, content, album=album, **where) for content in contents]
    return [room.message_json(message) for message in sent]


async def _content(world: World, params: Params, item: dict[str, Any], place: int) -> Content:
    kind, file = input_media(item, in_album=True)
    try:
        return Content(**caption_of(item), media=await media_of(world, params, kind, file))
    except ApiError as refused:
        why = refused.description.removeprefix("Bad Request: ")
        if why not in _BY_THE_FILES:
            raise
        raise bad_request(f'failed to send message #{place} with the error message "{why}"') from None


def _items(params: Params) -> list[dict[str, Any]]:
    """The items as they were named, each of a kind that can be sent so, and together."""
    if not params.text("media"):
        raise bad_request('parameter "media" is required')
    items = params.json("media")
    if not isinstance(items, list):
        raise bad_request("expected an Array of InputMedia")
    kinds = {input_media(item, in_album=True)[0] for item in items}
    if not items:
        raise bad_request("there are no messages to send")
    if len(items) > MOST:
        raise bad_request("too many messages to send as an album")
    if "document" in kinds and len(kinds) > 1:
        raise bad_request("document can't be mixed with other media types")
    if len({Params(values=item).flag("show_caption_above_media") for item in items}) > 1:
        raise bad_request("parameter show_caption_above_media must be the same for all messages")
    return items


def _unmarked(params: Params) -> Params:
    values = {name: value for name, value in params.values.items() if name != "reply_markup"}
    return Params(values=values, uploads=params.uploads)
