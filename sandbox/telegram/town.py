"""The people and the chats of this Telegram, by name and id: what a test or a page has in its hands."""

from collections.abc import Iterable
from random import Random

from sandbox.telegram.accounts import User
from sandbox.telegram.chat import Chat, Someone
from sandbox.telegram.clock import Clock, SystemClock
from sandbox.telegram.members import Status
from sandbox.telegram.rooms import Room, RoomKind
from sandbox.telegram.world import World


class Person:
    """Somebody with an account, and with a private chat with the bot."""

    def __init__(self, world: World, user: User, private: Chat) -> None:
        self._world = world
        self.user = user
        self.private = private

    @property
    def id(self) -> int:
        """The id of the account, and of the private chat."""
        return self.user.id

    @property
    def name(self) -> str:
        """The first name."""
        return self.user.first_name

    def block(self) -> None:
        """Stop the bot; it hears of it and can't write any more."""
        self.private.set_bot(self, "kicked")

    def unblock(self) -> None:
        """Restart the bot."""
        self.private.set_bot(self, "member")

    def delete_account(self) -> None:
        """Be gone for good: the private chat takes nothing any more."""
        self._world.rooms[self.id].deleted = True


class OtherBot:
    """A bot that is not ours: it can be in groups and write there, and ours never hears of it."""

    def __init__(self, user: User) -> None:
        self.user = user

    @property
    def id(self) -> int:
        """The id of the account."""
        return self.user.id

    @property
    def name(self) -> str:
        """The first name."""
        return self.user.first_name


class Town:
    """All people and chats. The bot's id is the number in its token; `flood_limits` are those of `floods`.

    `test_environment` and `main_app` are told at `World`.
    """

    def __init__(
        self,
        token: str,
        *,
        clock: Clock | None = None,
        rng: Random | None = None,
        name: str = "Imagine",
        username: str = "imagine_bot",
        privacy: bool = True,
        flood_limits: bool = False,
        test_environment: bool = False,
        main_app: str | None = None,
    ) -> None:
        self.token = token
        bot = User(id=int(token.partition(":")[0]), first_name=name, username=username, is_bot=True)
        self.world = World(
            bot=bot,
            privacy=privacy,
            clock=clock or SystemClock(),
            rng=rng or Random(),
            flood_limits=flood_limits,
            test_environment=test_environment,
            main_app=main_app,
        )
        self.people: dict[int, Person] = {}
        self.chats: dict[int, Chat] = {}

    def person(self, name: str, *, language: str | None = "en", username: str | None = None) -> Person:
        """Somebody new. The bot can't write to them before they have written to it."""
        user = User(id=10_001 + len(self.people), first_name=name, username=username, language=language)
        room = Room(id=user.id, kind="private", username=username, owner=user, open=False)
        room.members = {user.id: "member", self.world.bot.id: "member"}
        self.world.people[user.id] = user
        person = Person(self.world, user, self._opened(room))
        self.people[user.id] = person
        self.world.events.add("people", person=user.id)
        return person

    def other_bot(self, name: str, username: str) -> OtherBot:
        """A bot of somebody else's."""
        user = User(id=700_001 + len(self.world.people), first_name=name, username=username, is_bot=True)
        self.world.people[user.id] = user
        return OtherBot(user)

    def group(
        self,
        title: str,
        members: Iterable[Someone],
        *,
        kind: RoomKind = "supergroup",
        username: str | None = None,
        bot: Status = "member",
        forum: bool = False,
    ) -> Chat:
        """A group of these people and the bot; the first of them owns it. A `forum` has topics."""
        if forum and kind != "supergroup":
            raise ValueError("only a supergroup can be a forum")
        owner, *others = [member.user for member in members]
        room = Room(id=self.world.new_id(kind), kind=kind, title=title, username=username, forum=forum)
        room.members.update({other.id: "member" for other in others})
        room.members[owner.id] = "creator"
        chat = self._opened(room)
        self.world.set_status(room, owner, self.world.bot, bot, said=False)
        return chat

    def channel(self, title: str, owner: Person, *, username: str | None = None, bot: Status = "administrator") -> Chat:
        """A channel where the owner posts, and the bot, if it is an administrator."""
        return self.group(title, [owner], kind="channel", username=username, bot=bot)

    def _opened(self, room: Room) -> Chat:
        chat = Chat(self.world, room, self._opened)
        self.world.rooms[room.id] = room
        self.chats[room.id] = chat
        self.world.events.add("chats", room.id)
        return chat
