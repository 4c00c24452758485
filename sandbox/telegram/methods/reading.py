"""What many methods read from their parameters: the chat, the message, the text, what is replied to."""

from collections.abc import Mapping
from typing import Any

from sandbox.telegram.entities import checked, trimmed, units
from sandbox.telegram.errors import ApiError, bad_request, forbidden
from sandbox.telegram.keyboards import Markup, read_markup
from sandbox.telegram.marks import parse_html
from sandbox.telegram.messages import Content, Message
from sandbox.telegram.params import Params
from sandbox.telegram.rooms import RULING, Room
from sandbox.telegram.world import World

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024


def room_of(world: World, params: Params, name: str = "chat_id") -> Room:
    """The chat that is meant, by id or @username, if the bot may know it."""
    given = params.text(name).strip()
    if not given:
        raise bad_request(f"{name} is empty")
    if given.startswith("@"):
        rooms = [room for room in world.rooms.values() if room.kind != "private"]
        found = next((room for room in rooms if (room.username or "").lower() == given[1:].lower()), None)
    else:
        found = world.rooms.get(int(given)) if given.removeprefix("-").isdecimal() else None
    if found is None or not found.open:
        raise bad_request("chat not found")
    return found


def writable_room(world: World, params: Params) -> Room:
    """The chat that is meant, if the bot may write there."""
    room = room_of(world, params)
    status = room.status(world.bot.id)
    if room.kind == "private":
        if status == "kicked":
            raise forbidden("bot was blocked by the user")
        return room
    if status == "kicked":
        raise forbidden(f"bot was kicked from the {called(room)}")
    if status == "left":
        raise forbidden(f"bot is not a member of the {called(room)}")
    if room.kind == "channel" and status not in RULING:
        raise bad_request("need administrator rights in the channel chat")
    return room


def called(room: Room) -> str:
    """How the server calls such a chat."""
    return f"{room.kind} chat"


def where_to(world: World, params: Params) -> tuple[Room, dict[str, Any]]:
    """The chat to send to, and the fields of the new message that say where: reply, thread, keyboard."""
    room = writable_room(world, params)
    if params.integer("message_thread_id") is not None:
        raise bad_request("message thread not found")  # chats with topics are not of this world yet
    return room, {"reply_to": _reply(room, params), "markup": markup(room, params)}


def markup(room: Room, params: Params, *, editing: bool = False) -> Markup | None:
    """The keyboard of a call."""
    private, only_inline = room.kind == "private", editing or room.kind == "channel"
    return read_markup(params.json("reply_markup"), private=private, only_inline=only_inline)


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
    if params.raw("inline_message_id"):
        raise bad_request("MESSAGE_ID_INVALID")
    room = writable_room(world, params)
    message = message_of(room, params, "message to edit not found")
    if message.sender != world.bot or message.service:
        raise bad_request("message can't be edited")
    return room, message


def message_of(room: Room, params: Params, refusal: str) -> Message:
    """The message that is meant; `refusal` says what it is if it isn't there."""
    number = params.integer("message_id")
    if number is None:
        raise bad_request("message identifier is not specified")
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


def _reply(room: Room, params: Params) -> int | None:
    given = params.json("reply_parameters")
    if not isinstance(given, dict):
        return None
    reply = Params(values=given)
    number = reply.integer("message_id")
    if number is None or room.shown(number):
        return number
    if reply.flag("allow_sending_without_reply"):
        return None
    raise bad_request("message to be replied not found")
