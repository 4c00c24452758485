"""Where a call goes to: which chat, whether the bot may write there, which topic, in reply to what."""

from math import ceil
from typing import Any

from sandbox.telegram.errors import ApiError, bad_request, forbidden
from sandbox.telegram.keyboards import Markup, read_markup
from sandbox.telegram.members import INSIDE, NO_RIGHTS, RULING
from sandbox.telegram.messages import Content
from sandbox.telegram.params import Params
from sandbox.telegram.rooms import Room
from sandbox.telegram.world import World

_CALLED = {"photo": "photos", "document": "documents", "animation": "animations", "video": "videos"}


def room_of(world: World, params: Params, name: str = "chat_id") -> Room:
    """The chat that is meant, by id or @username, if the bot may know it."""
    given = params.text(name).strip()
    if not given:
        raise bad_request(f"{name} is empty")
    found = world.room_called(given)
    if found is None or not (found.open or _met(world, found)):
        raise bad_request("chat not found")
    if found.moved_to is not None:
        words = "Bad Request: group chat was upgraded to a supergroup chat"
        raise ApiError(400, words, {"migrate_to_chat_id": found.moved_to})
    return found


def _met(world: World, private: Room) -> bool:
    """Whether the bot is in a group with the person of a private chat, and so knows that there is such a person."""
    both = {world.bot.id, private.id}
    return any(all(room.status(who) in INSIDE for who in both) for room in world.rooms.values() if room != private)


def open_room(world: World, params: Params, name: str = "chat_id") -> Room:
    """The chat that is meant, if the bot may look into it."""
    room = room_of(world, params, name)
    if room.kind == "private":
        return room
    status = "kicked" if room.deleted and room.kind != "group" else room.status(world.bot.id)
    if status not in INSIDE:
        was = "was kicked from" if status == "kicked" else "is not a member of"
        raise forbidden(f"bot {was} the {called(room)}")
    return room


def writable_room(world: World, params: Params) -> Room:
    """The chat that is meant, if the bot may act there."""
    room = room_of(world, params)
    if room.kind == "private":
        if room.deleted:
            raise forbidden("user is deactivated")
        if room.status(world.bot.id) == "kicked":
            raise forbidden("bot was blocked by the user")
        if not room.open:
            raise forbidden("bot can't initiate conversation with a user")
        return room
    if room.deleted and room.kind == "group":
        raise forbidden("the group chat was deleted")
    room = open_room(world, params)
    if room.kind == "channel" and room.status(world.bot.id) not in RULING:
        raise bad_request("need administrator rights in the channel chat")
    return room


def called(room: Room) -> str:
    """How the server calls such a chat."""
    return f"{room.kind} chat"


def where_to(world: World, params: Params) -> tuple[Room, dict[str, Any]]:
    """The chat to send to, and the fields of the new message that say where: reply, thread, keyboard."""
    room = writable_room(world, params)
    reply_to = _reply(room, params)
    thread = thread_in(world, room, params, reply_to)
    return room, {"reply_to": reply_to, "thread": thread, "markup": markup(world, room, params)}


def thread_in(world: World, room: Room, params: Params, reply_to: int | None = None) -> int | None:
    """The topic that is meant by number or by what is replied to, if the bot may write in it; None for General."""
    given = params.integer("message_thread_id")
    if given is not None and given not in room.topics:
        grown = any(message.thread == given for message in room.messages.values())
        raise bad_request(f"message thread {'is not a forum topic thread' if grown else 'not found'}")
    thread = given if given is not None else room.thread_of(reply_to, None)
    topic = room.topics.get(thread or 0)
    if topic and topic.deleted:
        raise bad_request("TOPIC_DELETED")
    if topic and topic.closed and not room.rules(world.bot.id):
        raise bad_request("TOPIC_CLOSED")
    return thread


def check_may_send(world: World, room: Room, content: Content) -> None:
    """ApiError where a bot that is no administrator may not send such a thing, or not yet."""
    status = room.status(world.bot.id)
    if room.kind == "private" or status in RULING:
        return
    kind = _CALLED[content.media.kind] if content.media else "messages"
    if status == "restricted" and not room.rights.get(world.bot.id, NO_RIGHTS).allow(kind):
        raise bad_request(f"not enough rights to send {kind.replace('messages', 'text messages')} to the chat")
    if room.slow_mode:
        mine = [message.date for message in room.messages.values() if message.sender == world.bot]
        waited = (world.clock.now() - mine[-1]).total_seconds() if mine else room.slow_mode
        if waited < room.slow_mode:
            raise bad_request(f"SLOWMODE_WAIT_{ceil(room.slow_mode - waited)}")


def markup(world: World, room: Room, params: Params, *, editing: bool = False) -> Markup | None:
    """The keyboard of a call."""
    private, only_inline = room.kind == "private", editing or room.kind == "channel"
    given = params.json("reply_markup", called="reply keyboard markup")
    apps = ("https", "http") if world.test_environment else ("https",)
    return read_markup(given, private=private, only_inline=only_inline, apps=apps)


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
