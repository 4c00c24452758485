"""What the bot may ask about chats and who is in them."""

from typing import Any

from sandbox.telegram.errors import bad_request
from sandbox.telegram.members import INSIDE, RULING, Rights, member_json
from sandbox.telegram.methods.places import open_room, writable_room
from sandbox.telegram.params import Params
from sandbox.telegram.world import World

_GIFTS = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")


def get_chat(world: World, params: Params) -> Any:
    """All that is to know about a chat."""
    room = open_room(world, params)
    told = room.as_json() | {"accent_color_id": 0, "max_reaction_count": 11}
    told["accepted_gift_types"] = dict.fromkeys(_GIFTS, False)
    if room.kind in {"group", "supergroup"}:
        told["permissions"] = Rights().as_json()
    if room.linked is not None:
        told["linked_chat_id"] = room.linked
    if room.slow_mode:
        told["slow_mode_delay"] = room.slow_mode
    if not room.reactions:
        told["available_reactions"] = []
    if room.pinned and (message := room.shown(room.pinned[-1])):
        told["pinned_message"] = room.message_json(message, with_reply=False)
    return told


def get_chat_member(world: World, params: Params) -> Any:
    """What somebody is in a chat."""
    room = open_room(world, params)
    number = params.integer("user_id") or 0
    if number <= 0:
        raise bad_request("invalid user_id specified")
    user = world.account(number)
    if user is None:
        raise bad_request("PARTICIPANT_ID_INVALID")
    return member_json(user, room.status(user.id), room.rights.get(user.id))


def get_chat_member_count(world: World, params: Params) -> int:
    """How many are in a chat, the bot too."""
    room = open_room(world, params)
    return sum(status in INSIDE for status in room.members.values())


def get_chat_administrators(world: World, params: Params) -> Any:
    """Who rules a chat."""
    room = open_room(world, params)
    if room.kind == "private":
        raise bad_request("there are no administrators in the private chat")
    accounts = [*world.people.values(), world.bot]
    return [member_json(user, room.status(user.id)) for user in accounts if room.status(user.id) in RULING]


def leave_chat(world: World, params: Params) -> bool:
    """Go."""
    room = writable_room(world, params)
    if room.kind == "private":
        raise bad_request("chat member status can't be changed in private chats")
    world.set_status(room, world.bot, world.bot, "left")
    return True
