"""What the bot does to messages and chats beside writing: delete, answer presses, react, pin, show that it is busy."""

from dataclasses import replace
from datetime import timedelta

from sandbox.telegram.entities import units
from sandbox.telegram.errors import bad_request
from sandbox.telegram.messages import Content, Message
from sandbox.telegram.methods.places import room_of, thread_in, writable_room
from sandbox.telegram.methods.reading import message_of, there
from sandbox.telegram.params import Params
from sandbox.telegram.queries import Toast
from sandbox.telegram.rooms import Room
from sandbox.telegram.updates import LIFE_OF_A_PRESS
from sandbox.telegram.world import World

DELETABLE_FOR = timedelta(hours=48)
_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
_ACTIONS = frozenset(
    (
        *("typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice", "upload_document"),
        *("choose_sticker", "find_location", "record_video_note", "upload_video_note"),
    )
)
_REACTIONS = frozenset(
    """
    ❤ 👍 👎 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤\u200d🔥 🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐
    🍓 🍾 💋 🖕 😈 😴 😭 🤓 👻 👨\u200d💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾
    🤷\u200d♂ 🤷 🤷\u200d♀ 😡
    """.split()  # noqa: SIM905 -- seventy quoted strings would read worse
)


def delete_message(world: World, params: Params) -> bool:
    """Delete one message."""
    for name, called in (("chat_id", "chat"), ("message_id", "message")):
        if params.text(name) in {"", "0"}:
            raise bad_request(f"{called} identifier is not specified")
    room = room_of(world, params)
    message = message_of(room, params, "message to delete not found")
    if not _deletable(world, room, message):
        raise bad_request("message can't be deleted")
    world.delete(room, message)
    return True


def delete_messages(world: World, params: Params) -> bool:
    """Delete up to 100 messages; those that aren't there are passed over."""
    room = room_of(world, params)
    for number in _numbers(params):
        message = room.shown(number)
        if message and _deletable(world, room, message):
            world.delete(room, message)
    return True


def _numbers(params: Params) -> list[int]:
    numbers = params.json("message_ids")
    if numbers is None or numbers == []:
        raise bad_request("message identifiers are not specified")
    if not isinstance(numbers, list):
        raise bad_request("expected an Array of message identifiers")
    if len(numbers) > 100:
        raise bad_request("too many message identifiers specified")
    if not all(isinstance(number, int) for number in numbers):
        raise bad_request("message identifier must be a Number")
    if min(numbers) <= 0:
        raise bad_request("invalid message identifier specified")
    return numbers


def answer_callback_query(world: World, params: Params) -> bool:
    """Answer a press, once and soon."""
    press = world.presses.get(params.text("callback_query_id"))
    if press is None or press.answer is not None or world.clock.now() - press.time > LIFE_OF_A_PRESS:
        raise bad_request(_TOO_OLD)
    text = params.text("text")
    if units(text) > 200:
        raise bad_request("MESSAGE_TOO_LONG")
    press.answer = Toast(text=text or None, show_alert=params.flag("show_alert"), url=params.text("url") or None)
    shown = {"text": press.answer.text, "show_alert": press.answer.show_alert, "url": press.answer.url}
    world.events.add("toast", press.chat_id, message_id=press.message_id, press=press.id, **shown)
    return True


def send_chat_action(world: World, params: Params) -> bool:
    """Show for some seconds what the bot is at."""
    room = writable_room(world, params)
    thread_in(world, room, params)
    action = params.text("action")
    if action not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    world.events.add("action", room.id, action=action)
    return True


def set_message_reaction(world: World, params: Params) -> bool:
    """Put the bot's reaction under a message, or take it away."""
    room = writable_room(world, params)
    message = message_of(room, params, "message to react not found")
    reactions = params.json("reaction") or []
    if not isinstance(reactions, list) or not all(isinstance(one, dict) for one in reactions):
        raise bad_request("can't parse reaction: expected an Array of ReactionType")
    if len(reactions) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    if (reactions and not room.reactions) or any(
        one.get("type") != "emoji" or str(one.get("emoji")).replace("\ufe0f", "") not in _REACTIONS for one in reactions
    ):
        raise bad_request("REACTION_INVALID")
    room.messages[message.id] = replace(message, reactions=tuple(reactions))
    world.events.add("reaction", room.id, message_id=message.id)
    return True


def pin_chat_message(world: World, params: Params) -> bool:
    """Pin a message; the chat says so."""
    room = _pinnable(world, params)
    message = message_of(room, params, "message to pin not found")
    if message.id not in room.pinned:
        room.pinned.append(message.id)
        world.events.add("pinned", room.id, message_id=message.id)
        service = {"pinned_message": room.message_json(message, with_reply=False)}
        world.post(room, world.bot, Content(), service=service)
    return True


def unpin_chat_message(world: World, params: Params) -> bool:
    """Unpin a message; the newest pinned one when none is named."""
    room = _pinnable(world, params)
    number = params.integer("message_id") or (room.pinned[-1] if room.pinned else None)
    message = there(room.shown(number), bad_request("message to unpin not found"))
    if message.id in room.pinned:
        room.pinned.remove(message.id)
        world.events.add("pinned", room.id, message_id=message.id)
    return True


def _pinnable(world: World, params: Params) -> Room:
    room = writable_room(world, params)
    if room.kind != "private" and not room.rules(world.bot.id):
        raise bad_request("not enough rights to manage pinned messages in the chat")
    return room


def _deletable(world: World, room: Room, message: Message) -> bool:
    if room.rules(world.bot.id):
        return True
    young = world.clock.now() - message.date < DELETABLE_FOR
    return young and (room.kind == "private" or message.sender == world.bot)
