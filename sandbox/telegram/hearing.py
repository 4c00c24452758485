"""What the bot is told of: in groups with privacy mode little more than what is meant for it."""

from sandbox.telegram.accounts import STAND_INS, User
from sandbox.telegram.entities import cut
from sandbox.telegram.members import INSIDE, RULING
from sandbox.telegram.messages import Content, Message
from sandbox.telegram.rooms import Room


def hears(bot: User, room: Room, message: Message, *, privacy: bool) -> bool:
    """Whether the bot hears of a message."""
    status = room.status(bot.id)
    if status not in INSIDE or (message.sender.is_bot and message.sender not in STAND_INS):
        return False
    if room.kind in {"private", "channel"} or status in RULING or not privacy or message.service:
        return True
    target = room.shown(message.reply_to)
    return (target is not None and target.sender == bot) or _commanded(bot, room, message.content)


def _commanded(bot: User, room: Room, content: Content) -> bool:
    """Whether there is a command for the bot; one without a name is for the bot that wrote last."""
    for entity in content.entities:
        if entity["type"] == "bot_command":
            _, _, name = cut(content.text, entity["offset"], entity["length"]).partition("@")
            if name.lower() == (bot.username or "").lower() if name else room.last_bot in {None, bot.id}:
                return True
    return False
