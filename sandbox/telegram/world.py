"""The state of this Telegram, and how it changes: what is posted, changed or pressed, and what the bot hears of it."""

from dataclasses import replace
from random import Random
from typing import Any

from sandbox.faults import Fault, Faults
from sandbox.telegram.accounts import User
from sandbox.telegram.clock import Clock
from sandbox.telegram.entities import cut
from sandbox.telegram.errors import ApiError
from sandbox.telegram.events import Events
from sandbox.telegram.files import Files
from sandbox.telegram.journal import Journal
from sandbox.telegram.messages import Content, Message
from sandbox.telegram.profile import Profile
from sandbox.telegram.queries import Press
from sandbox.telegram.rooms import INSIDE, RULING, Room, Status
from sandbox.telegram.updates import Updates


class World:
    """Everything there is. Plain functions change it, one at a time, inside the event loop."""

    def __init__(self, *, bot: User, privacy: bool, clock: Clock, rng: Random) -> None:
        self.bot = bot
        self.privacy = privacy
        self.clock = clock
        self.rng = rng
        self.people: dict[int, User] = {}
        self.rooms: dict[int, Room] = {}
        self.presses: dict[str, Press] = {}
        self.files = Files()
        self.profile = Profile()
        self.updates = Updates(clock=clock, rng=rng)
        self.events = Events(now=clock.now)
        self.journal = Journal(now=clock.now)
        self.faults = Faults(sleep=clock.sleep, blank=blank_answer)

    def post(self, room: Room, sender: User, content: Content, **more: Any) -> Message:
        """A new message, at the end of its chat; `tell` lets the bot hear of it."""
        message = Message(id=room.next_id(), date=self.clock.now(), sender=sender, content=content, **more)
        room.messages[message.id] = message
        self.events.add("message", room.id, message_id=message.id)
        return message

    def change(self, room: Room, message: Message, **changes: Any) -> Message:
        """Edit a message; what is not among the changes stays."""
        edited = replace(message, **changes, edit_date=self.clock.now(), edits=message.edits + 1)
        room.messages[message.id] = edited
        self.events.add("edited", room.id, message_id=message.id)
        return edited

    def delete(self, room: Room, message: Message) -> None:
        """Take a message away; `room.messages` keeps it as deleted."""
        room.messages[message.id] = replace(message, deleted=True)
        if message.id in room.pinned:
            room.pinned.remove(message.id)
        self.events.add("deleted", room.id, message_id=message.id)

    def tell(self, room: Room, message: Message, *, edited: bool = False) -> None:
        """Let the bot hear of a message or an edit, if it hears such things there."""
        if self._hears(room, message):
            what = "channel_post" if room.kind == "channel" else "message"
            self.updates.put(f"edited_{what}" if edited else what, room.message_json(message))

    def press(self, room: Room, person: User, message: Message, data: str) -> Press:
        """A button under a message is pressed; the data may be forged."""
        number = str(self.rng.randrange(10**17, 10**18))
        press = Press(
            id=number,
            chat_id=room.id,
            message_id=message.id,
            data=data,
            time=self.clock.now(),
            pulse=self.events.pulse,
        )
        self.presses[number] = press
        told = {"chat": room.as_json(), "message_id": message.id, "date": 0}
        shown = told if message.deleted else room.message_json(message)
        query = {"id": number, "from": person.as_json(), "message": shown, "data": data}
        self.updates.put("callback_query", query | {"chat_instance": str(-room.id * 7_919)})
        return press

    def set_status(self, room: Room, by: User, user: User, status: Status) -> None:
        """Make somebody a member, admin, guest…; the bot hears of it where it is concerned."""
        old = room.status(user.id)
        if old == status:
            return
        room.members[user.id] = status
        update = {
            "chat": room.as_json(),
            "from": by.as_json(),
            "date": int(self.clock.now().timestamp()),
            "old_chat_member": member_json(user, old),
            "new_chat_member": member_json(user, status),
        }
        if user.id == self.bot.id:
            self.updates.put("my_chat_member", update)
        elif room.status(self.bot.id) in RULING:
            self.updates.put("chat_member", update)
        self.events.add("chats", room.id)

    def _hears(self, room: Room, message: Message) -> bool:
        status = room.status(self.bot.id)
        if status not in INSIDE or message.sender == self.bot:
            return False
        if room.kind in {"private", "channel"} or status in RULING or not self.privacy or message.service:
            return True
        target = room.shown(message.reply_to)
        return (target is not None and target.sender == self.bot) or self._is_commanded(message.content)

    def _is_commanded(self, content: Content) -> bool:
        for entity in content.entities:
            if entity["type"] == "bot_command":
                _, _, name = cut(content.text, entity["offset"], entity["length"]).partition("@")
                if not name or name.lower() == (self.bot.username or "").lower():
                    return True
        return False


def member_json(user: User, status: Status) -> dict[str, Any]:
    """A ChatMember."""
    told: dict[str, Any] = {"status": status, "user": user.as_json()}
    if status == "creator":
        told["is_anonymous"] = False
    if status == "kicked":
        told["until_date"] = 0
    if status == "administrator":
        told |= {"can_be_edited": False, "is_anonymous": False}
        told |= dict.fromkeys(_RIGHTS, True) | {"can_promote_members": False}
    return told


def blank_answer(fault: Fault) -> Any:
    """The body of a fault that was given none: an error as the Bot API writes it."""
    words = {400: "Bad Request", 403: "Forbidden", 409: "Conflict", 502: "Bad Gateway"}
    description = words.get(fault.status, "Internal Server Error")
    if fault.retry_after is not None:
        description = f"Too Many Requests: retry after {fault.retry_after}"
        return ApiError(fault.status, description, {"retry_after": fault.retry_after}).body
    return ApiError(fault.status, description).body


_RIGHTS = (
    *("can_manage_chat", "can_delete_messages", "can_manage_video_chats", "can_restrict_members"),
    *("can_promote_members", "can_change_info", "can_invite_users", "can_post_stories", "can_edit_stories"),
    *("can_delete_stories", "can_send_welcome_messages"),
)
