"""What the bot may ask about chats and who is in them."""

from typing import Any

from sandbox.telegram.errors import bad_request, forbidden
from sandbox.telegram.methods.reading import called, room_of
from sandbox.telegram.params import Params
from sandbox.telegram.rooms import INSIDE, RULING, Room
from sandbox.telegram.world import World, member_json

_GIFTS = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")


def get_chat(world: World, params: Params) -> Any:
    """All that is to know about a chat."""
    room = _open_room(world, params)
    told = room.as_json() | {"accent_color_id": 0, "max_reaction_count": 11}
    told["accepted_gift_types"] = dict.fromkeys(_GIFTS, False)
    if room.pinned and (message := room.shown(room.pinned[-1])):
        told["pinned_message"] = room.message_json(message, with_reply=False)
    return told


def get_chat_member(world: World, params: Params) -> Any:
    """What somebody is in a chat."""
    room = _open_room(world, params)
    user_id = params.integer("user_id")
    user = world.bot if user_id == world.bot.id else world.people.get(user_id or 0)
    if user is None:
        raise bad_request("PARTICIPANT_ID_INVALID")
    return member_json(user, room.status(user.id))


def get_chat_member_count(world: World, params: Params) -> int:
    """How many are in a chat, the bot too."""
    room = _open_room(world, params)
    return sum(status in INSIDE for status in room.members.values())


def get_chat_administrators(world: World, params: Params) -> Any:
    """Who rules a chat."""
    room = _open_room(world, params)
    if room.kind == "private":
        raise bad_request("there are no administrators in the private chat")
    accounts = [*world.people.values(), world.bot]
    return [member_json(user, room.status(user.id)) for user in accounts if room.status(user.id) in RULING]


def _open_room(world: World, params: Params) -> Room:
    room = room_of(world, params)
    status = room.status(world.bot.id)
    if room.kind != "private" and status not in INSIDE:
        was = "was kicked from" if status == "kicked" else "is not a member of"
        raise forbidden(f"bot {was} the {called(room)}")
    return room
