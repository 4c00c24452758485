"""What the people who run a chat do with it: who is in it and may do what, its topics, its links, its end."""

from collections.abc import Callable
from typing import Protocol, Self, cast

from sandbox.telegram.accounts import ANONYMOUS, User
from sandbox.telegram.members import Rights, Status
from sandbox.telegram.messages import Content
from sandbox.telegram.rooms import Room
from sandbox.telegram.topics import Topic
from sandbox.telegram.watching import Watched
from sandbox.telegram.world import World

_COLOUR = 7322096  # the blue one of the six that a topic may have


class Someone(Protocol):
    """Whoever acts in a chat."""

    @property
    def user(self) -> User:
        """The account."""
        ...


class Ruled(Watched):
    """One chat, to run. `opened` makes a chat of a new room."""

    def __init__(self, world: World, room: Room, opened: Callable[[Room], Watched]) -> None:
        super().__init__(world, room)
        self._opened = opened

    @property
    def sign_posts(self) -> bool:
        """Whether a channel's posts are signed with their writers' names."""
        return self._room.signed

    @sign_posts.setter
    def sign_posts(self, signed: bool) -> None:
        self._room.signed = signed

    def set_bot(self, by: Someone, status: Status) -> None:
        """Make the bot a member, an administrator, a guest who left, or kick it."""
        self._world.set_status(self._room, by.user, self._world.bot, status)

    def set_member(self, by: Someone, person: Someone, status: Status) -> None:
        """Let somebody in, promote or remove them."""
        self._world.set_status(self._room, by.user, person.user, status)

    def restrict_bot(
        self,
        by: Someone,
        *,
        can_send_messages: bool = True,
        can_send_photos: bool = True,
        can_send_documents: bool = True,
    ) -> None:
        """Leave the bot in the supergroup, but forbid it to send some things. `set_bot` lifts it."""
        self._check_ruler(by)
        self._check_supergroup()
        rights = Rights(messages=can_send_messages, photos=can_send_photos, documents=can_send_documents)
        self._world.set_status(self._room, by.user, self._world.bot, "restricted", rights=rights)

    def set_slow_mode(self, by: Someone, seconds: int) -> None:
        """Let everybody but administrators write only every so many seconds; 0 ends it."""
        self._check_ruler(by)
        self._check_supergroup()
        self._room.slow_mode = seconds

    def set_reactions(self, by: Someone, allowed: bool) -> None:  # noqa: FBT001 -- the one thing to say
        """Allow reactions, or none."""
        self._check_ruler(by)
        self._room.reactions = allowed

    def create_topic(self, person: Someone, name: str) -> int:
        """A new topic of a forum; its id."""
        self._check_writer(person)
        self._check_forum()
        number = self._room.next_id()
        self._room.topics[number] = Topic(id=number, name=name)
        self._say(person, "forum_topic_created", {"name": name, "icon_color": _COLOUR}, thread=number)
        return number

    def close_topic(self, person: Someone, thread: int) -> None:
        """Let nobody but administrators write in a topic."""
        self._check_ruler(person)
        self._topic(thread).closed = True
        self._say(person, "forum_topic_closed", {}, thread=thread)

    def reopen_topic(self, person: Someone, thread: int) -> None:
        """Let everybody write in a topic again."""
        self._check_ruler(person)
        self._topic(thread).closed = False
        self._say(person, "forum_topic_reopened", {}, thread=thread)

    def delete_topic(self, person: Someone, thread: int) -> None:
        """Take a topic away with all that is in it. The bot is not told."""
        self._check_ruler(person)
        self._topic(thread).deleted = True
        for message in list(self._room.messages.values()):
            if message.thread == thread and not message.deleted:
                self._world.delete(self._room, message)

    def migrate(self, person: Someone) -> Self:
        """Make a supergroup of a group; the group stays as it was, for reading."""
        self._check_ruler(person)
        old = self._room
        if old.kind != "group" or old.moved_to is not None:
            raise ValueError("only a group can become a supergroup, and once")
        new = Room(id=self._world.new_id("supergroup"), kind="supergroup", title=old.title, members=dict(old.members))
        chat = self._opened(new)
        old.moved_to = new.id
        self._say(person, "migrate_to_chat_id", new.id)
        service = {"migrate_from_chat_id": old.id}
        self._world.post(new, ANONYMOUS, Content(), sender_chat=new.as_json(), service=service)
        return cast("Self", chat)

    def link(self, group: Watched) -> None:
        """Make a group the place where this channel's posts are talked about: each later one is forwarded there."""
        if self._room.kind != "channel" or group.kind != "supergroup":
            raise ValueError("only a channel is linked, and only to a supergroup")
        self._room.linked, self._world.rooms[group.id].linked = group.id, self._room.id
        self._world.events.add("chats", self.id)

    def delete_group(self, by: Someone) -> None:
        """Delete the whole chat. The bot is not told."""
        self._check_ruler(by)
        self._room.deleted = True
        self._world.events.add("chats", self.id)

    def _say(self, person: Someone, what: str, value: object, *, thread: int | None = None) -> None:
        self._world.post(self._room, person.user, Content(), thread=thread, service={what: value})

    def _topic(self, thread: int) -> Topic:
        topic = self._room.topics.get(thread)
        if topic is None or topic.deleted:
            raise LookupError(f"there is no topic {thread} in chat {self.id}")
        return topic

    def _check_supergroup(self) -> None:
        if self._room.kind != "supergroup":
            raise ValueError(f"chat {self.id} is no supergroup")

    def _check_forum(self) -> None:
        if not self._room.forum:
            raise ValueError(f"chat {self.id} is no forum")

    def _check_ruler(self, person: Someone) -> None:
        if self._room.kind == "private" or not self._room.rules(person.user.id):
            raise ValueError(f"{person.user.first_name} is no administrator of chat {self.id}")

    def _check_writer(self, person: Someone) -> None:
        self._check_there()
        room, name = self._room, person.user.first_name
        if not self._may_write(person):
            raise ValueError(f"{name} can't write in chat {self.id}")
        if room.kind == "private" and room.status(self._world.bot.id) == "kicked":
            raise ValueError(f"{name} has blocked the bot")

    def _check_there(self) -> None:
        if self._room.moved_to is not None:
            raise ValueError(f"chat {self.id} has become the supergroup {self._room.moved_to}")
        if self._room.deleted:
            raise ValueError(f"chat {self.id} is deleted")

    def _may_write(self, person: Someone) -> bool:
        room, number = self._room, person.user.id
        if room.kind == "channel":
            return room.rules(number)
        return room.status(number) in {"creator", "administrator", "member"}
