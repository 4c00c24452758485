"""What many methods read from their parameters: the message that is meant, the text, the caption."""

from collections.abc import Mapping
from typing import Any

from sandbox.telegram.entities import checked, trimmed, units
from sandbox.telegram.errors import ApiError, bad_request
from sandbox.telegram.marks import parse_html
from sandbox.telegram.messages import Content, Message
from sandbox.telegram.methods.places import writable_room
from sandbox.telegram.params import Params
from sandbox.telegram.rooms import Room
from sandbox.telegram.world import World

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024


def text_of(params: Params) -> Content:
    """What sendMessage and editMessageText say."""
    text, entities = _formatted(params.text("text"), params.text("parse_mode"), params.json("entities"))
    if not text:
        raise bad_request("message text is empty")
    if units(text) > LONGEST_TEXT:
        raise bad_request("message is too long")
    return Content(text=text, entities=entities)


def caption_of(given: Params | Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a Content that a caption fills, from parameters or from an InputMedia."""
    params = given if isinstance(given, Params) else Params(values=given)
    entities = params.json("caption_entities")
    text, marks = _formatted(params.text("caption"), params.text("parse_mode"), entities)
    if units(text) > LONGEST_CAPTION:
        raise bad_request("message caption is too long")
    flags = {"has_spoiler": "has_media_spoiler", "show_caption_above_media": "show_caption_above_media"}
    shown = tuple(field for name, field in flags.items() if params.flag(name))
    return {"text": text, "entities": marks, "shown": shown}


def own_message(world: World, params: Params) -> tuple[Room, Message]:
    """The message to edit: there, and the bot's own."""
    if not params.text("chat_id") and not params.integer("message_id"):
        words = "MESSAGE_ID_INVALID" if params.raw("inline_message_id") else "message identifier is not specified"
        raise bad_request(words)
    room = writable_room(world, params)
    message = message_of(room, params, "message to edit not found")
    if message.sender != world.bot or message.service:
        raise bad_request("message can't be edited")
    return room, message


def message_of(room: Room, params: Params, refusal: str) -> Message:
    """The message that is meant; `refusal` says what it is if it isn't there."""
    number = params.integer("message_id")
    return there(room.shown(number), bad_request(refusal))


def there(message: Message | None, refusal: ApiError) -> Message:
    """The message, or the refusal raised."""
    if message is None:
        raise refusal
    return message


def _formatted(text: str, parse_mode: str, entities: Any) -> tuple[str, tuple[dict[str, Any], ...]]:
    if "\x00" in text:
        text = text.replace("\x00", "")
    if parse_mode.lower() == "html":
        return trimmed(*parse_html(text))
    if parse_mode:
        raise bad_request("unsupported parse_mode")  # of this emulator: HTML only
    return trimmed(text, checked(text, entities) if entities else ())
