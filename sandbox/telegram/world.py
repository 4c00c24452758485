"""The state of this Telegram, and how it changes: what is posted, changed or pressed, and what the bot hears of it."""

from dataclasses import replace
from random import Random
from typing import Any

from sandbox.faults import Fault, Faults
from sandbox.telegram.accounts import STAND_INS, TELEGRAM, User
from sandbox.telegram.clock import Clock
from sandbox.telegram.errors import ApiError
from sandbox.telegram.events import Events
from sandbox.telegram.files import Files
from sandbox.telegram.floods import Floods
from sandbox.telegram.hearing import hears
from sandbox.telegram.journal import Journal
from sandbox.telegram.members import INSIDE, Rights, Status, member_json
from sandbox.telegram.messages import Content, Message
from sandbox.telegram.profile import Profile
from sandbox.telegram.queries import Press
from sandbox.telegram.rooms import Room, RoomKind
from sandbox.telegram.updates import Updates


class World:
    """Everything there is. Plain functions change it, one at a time, inside the event loop.

    `people` are all accounts beside the bot's, other bots' too. In the `test_environment`, as Telegram has one, Mini
    Apps may be served by plain HTTP; `main_app` is the address of the bot's main one, as its owner told BotFather.
    """

    def __init__(
        self,
        *,
        bot: User,
        privacy: bool,
        clock: Clock,
        rng: Random,
        flood_limits: bool,
        test_environment: bool = False,
        main_app: str | None = None,
    ) -> None:
        self.bot = bot
        self.privacy = privacy
        self.test_environment = test_environment
        self.main_app = main_app
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
        self.floods = Floods(on=flood_limits, now=clock.now, rng=rng)
        self.faults = Faults(sleep=clock.sleep, blank=blank_answer)

    def post(self, room: Room, sender: User, content: Content, *, told: bool = True, **more: Any) -> Message:
        """A new message, at the end of its chat; the bot hears of it at once, unless `told` is false.

        A channel's post goes on into the discussion group.
        """
        message = Message(id=room.next_id(), date=self.clock.now(), sender=sender, content=content, **more)
        if message.thread is None:
            message = replace(message, thread=room.thread_of(message.reply_to, None))
        room.messages[message.id] = message
        if sender.is_bot and sender not in STAND_INS:
            room.last_bot = sender.id
        self.events.add("message", room.id, message_id=message.id)
        if told:
            self.tell(room, message)
        if room.kind == "channel" and room.linked is not None and not message.service:
            self._forward_on(room, self.rooms[room.linked], message)
        return message

    def _forward_on(self, channel: Room, group: Room, post: Message) -> None:
        """As Telegram does by itself; buttons stay behind."""
        album = post.album and f"{post.album}1"  # the parts stay together there, but are another album
        spoken: dict[str, Any] = {"sender_chat": channel.as_json(), "origin": channel.origin_of(post)}
        self.post(group, TELEGRAM, post.content, automatic=True, album=album, **spoken)

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
        if hears(self.bot, room, message, privacy=self.privacy):
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

    def set_status(
        self, room: Room, by: User, user: User, status: Status, *, rights: Rights | None = None, said: bool = True
    ) -> None:
        """Make somebody a member, admin, guest…; the bot hears of it where it is concerned.

        A group says who came and who went, unless `said` is false.
        """
        old, old_rights = room.status(user.id), room.rights.get(user.id)
        if (old, old_rights) == (status, rights):
            return
        said = said and room.kind in {"group", "supergroup"}
        if said and old in INSIDE and status not in INSIDE:
            self.post(room, by, Content(), service={"left_chat_member": user.as_json()})
        room.members[user.id] = status
        room.rights.pop(user.id, None)
        if rights is not None:
            room.rights[user.id] = rights
        update = {
            "chat": room.as_json(),
            "from": by.as_json(),
            "date": int(self.clock.now().timestamp()),
            "old_chat_member": member_json(user, old, old_rights),
            "new_chat_member": member_json(user, status, rights),
        }
        if user.id == self.bot.id:
            self.updates.put("my_chat_member", update)
        elif room.rules(self.bot.id):
            self.updates.put("chat_member", update)
        if said and old not in INSIDE and status in INSIDE:
            self.post(room, by, Content(), service={"new_chat_members": [user.as_json()]})
        self.events.add("chats", room.id)

    def room_called(self, chat: str) -> Room | None:
        """A chat by its id or @username, as calls name it."""
        if chat.startswith("@"):
            rooms = [room for room in self.rooms.values() if room.kind != "private"]
            return next((room for room in rooms if (room.username or "").lower() == chat[1:].lower()), None)
        return self.rooms.get(int(chat)) if chat.removeprefix("-").isdecimal() else None

    def new_album(self) -> str:
        """The media_group_id of an album that is about to be sent."""
        return str(self.rng.randrange(10**16, 10**17))

    def account(self, user_id: int | None) -> User | None:
        """Anybody, by id."""
        return self.bot if user_id == self.bot.id else self.people.get(user_id or 0)

    def new_id(self, kind: RoomKind) -> int:
        """The id of a group or channel that is about to be made."""
        number = 4_001_001 + len(self.rooms)
        return -number if kind == "group" else -1_000_000_000_000 - number


def blank_answer(fault: Fault) -> Any:
    """The body of a fault that was given none: an error as the Bot API writes it."""
    words = {400: "Bad Request", 403: "Forbidden", 409: "Conflict", 502: "Bad Gateway"}
    description = words.get(fault.status, "Internal Server Error")
    if fault.retry_after is not None:
        description = f"Too Many Requests: retry after {fault.retry_after}"
        return ApiError(fault.status, description, {"retry_after": fault.retry_after}).body
    return ApiError(fault.status, description).body
