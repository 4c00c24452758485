"""What a handler is handed: who asks, with which words, what time it is, and one way to write it down."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Concatenate, ParamSpec, Self, TypeVar

import structlog
from telegram import Chat, Message, Update
from telegram.error import TelegramError
from telegram.ext import Application, CallbackContext, ExtBot

from domain.delivery import DeliveryKind
from domain.errors import ButtonGone, RoleUnknown
from domain.failpoints import Point, passing, reached
from domain.requester import ChatKind, Requester
from domain.rules import Rules
from handlers.members import Members
from messages.languages import Wishes
from messages.locale import Locale, locale_for
from messages.words import Words, one_line
from services import access, choices, rooms, tasks
from storage import deliveries, inbox, placed
from storage.database import Database, Transaction

log = structlog.stdlib.get_logger("bot.handlers")

P = ParamSpec("P")
R = TypeVar("R")

NOBODY = frozenset({1087968824, 136817688, 777000})
"""Telegram's stand-ins for an anonymous admin, a channel that writes in a group, and itself: never a person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Workshop:
    """What all handlers share; the application's `bot_data`."""

    db: Database
    rules: Rules
    now: Callable[[], datetime]
    ring: Callable[[], None]
    """Wakes the workers."""
    members: Members
    default_language: str


class Context(CallbackContext[ExtBot[None], dict[Any, Any], dict[Any, Any], Workshop]):
    """One update's view of the workshop."""

    incoming: Update
    requester: Requester
    """Whoever asks; their `language` is that of what stands in the chat."""
    own_locale: Locale
    """The person's own: for toasts and alerts."""
    command: str | None = None
    """The command that is being handled, where a room's admins may close it."""

    @classmethod
    def from_update(cls, update: object, application: Application[Any, Any, Any, Any, Any, Any]) -> Self:
        """Fill in who asks, besides what the library fills in."""
        context = super().from_update(update, application)
        if isinstance(update, Update):
            context.incoming = update
            context.requester = requester_of(update)
            context.speak()
        return context

    async def refresh_data(self) -> None:
        """Which languages were chosen; the library waits for this before any handler."""
        await self.bot_data.db.run(self.look_up_languages)

    def look_up_languages(self, tx: Transaction) -> None:
        """What was chosen, by whoever asks and for the place; once more where it has just been changed."""
        place = tasks.in_topic(tx, self.requester)
        self.speak(person=choices.language_of(tx, place.user_id), chat=choices.language_in(tx, place))

    def speak(self, *, person: str | None = None, chat: str | None = None) -> None:
        """Settle which languages are spoken: what the person and the chat have chosen goes before what is told."""
        user = self.incoming.effective_user
        wishes = Wishes(
            person=person,
            chat=chat,
            told=user.language_code if user is not None else None,
            default=self.bot_data.default_language,
        )
        self.own_locale = wishes.own()
        self.requester = replace(self.requester, language=wishes.everybodys(self.requester.chat_kind).tag)

    @property
    def now(self) -> datetime:
        """The time, aware."""
        return self.bot_data.now()

    @property
    def rules(self) -> Rules:
        """The operator's."""
        return self.bot_data.rules

    @property
    def locale(self) -> Locale:
        """The language of what stands in the chat."""
        return locale_for(self.requester.language)

    @property
    def place(self) -> str:
        """What the chat is called: a group's title, in private the person's name."""
        chat = self.incoming.effective_chat
        return (chat.title if chat else None) or self.requester.name

    @property
    def words_after_command(self) -> str:
        """The text behind the command, as written."""
        message = self.incoming.effective_message
        text = (message.text or message.caption or "") if message else ""
        _command, *rest = text.split(maxsplit=1)
        return rest[0] if rest else ""

    @property
    def number(self) -> int:
        """What the pressed button's data names. Raises `ButtonGone` where it names nothing."""
        match self.matches:
            case [re.Match() as found]:
                return int(found.group(1))
            case _:  # a press without any data fits every pattern of the library's
                raise ButtonGone

    async def run(
        self, work: Callable[Concatenate[Transaction, Requester, P], R], *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """Run `work` for whoever asks and mark the update as handled, in one transaction: both happen, or neither.

        Raises `Blocked` where an operator has blocked the person or the chat.
        Where it depends on whether the person is an admin of the chat, Telegram is asked, and `work` run again.
        """

        asking = self.requester

        def handled(tx: Transaction) -> R:
            nonlocal asking
            inbox.mark_done(tx, self.incoming.update_id)
            asking = rooms.arrived(tx, asking)
            access.check_not_blocked(tx, asking, self.rules)
            if self.command is not None:
                rooms.check_open(tx, asking, self.command)
            done = work(tx, asking, *args, **kwargs)
            passing(Point.WISH_UNCOMMITTED)
            return done

        try:
            result = await self.bot_data.db.run(handled)
        except RoleUnknown:
            asking = replace(asking, is_admin=await self.bot_data.members.is_admin(self.bot, asking))
            result = await self.bot_data.db.run(handled)
        await reached(Point.WISH_COMMITTED)
        self.bot_data.ring()
        return result

    async def note(self, work: Callable[[Transaction], None]) -> None:
        """Write down what is nobody's wish, such as a group's move: it holds whoever is blocked."""

        def handled(tx: Transaction) -> None:
            inbox.mark_done(tx, self.incoming.update_id)
            work(tx)

        await self.bot_data.db.run(handled)
        self.bot_data.ring()

    async def reply(self, words: Words) -> None:
        """Owe an answer to the message; it arrives though we may stop before."""
        await self.run(owe_words, words, self.now)

    async def toast(self, text: str, *, alert: bool = False) -> None:
        """Answer a press. A press that is too old to be answered was done all the same."""
        if self.incoming.callback_query is None:
            return
        await reached(Point.PRESS_TO_BE_ANSWERED)
        try:
            await self.incoming.callback_query.answer(text[:200], show_alert=alert)
            await reached(Point.PRESS_ANSWERED)
        except TelegramError as error:
            log.info("a press could not be answered", error=type(error).__name__)


def owe_words(
    tx: Transaction, requester: Requester, words: Words, now: datetime, *, in_place: DeliveryKind | None = None
) -> None:
    """Promise words to whoever asked; `in_place`: the message that the request is about gets them, if it is such a one.

    A client can press any button under any message, so that it could turn a picture into words.
    """
    pressed = requester.message_id
    known = in_place is not None and pressed is not None and placed.is_a(tx, in_place, requester.chat_id, pressed)
    deliveries.owe(
        tx,
        DeliveryKind.WORDS,
        chat_id=requester.chat_id,
        topic_id=requester.topic_id,
        reply_to=None if known else pressed,
        now=now,
        body=words.to_body() | {"language": requester.language},
        message_id=pressed if known else None,
    )


def requester_of(update: Update) -> Requester:
    """Who asks, and where. Nobody's ids are replaced by the chat's that stands behind them."""
    chat, message, user = update.effective_chat, update.effective_message, update.effective_user
    if chat is None:
        return Requester(user_id=user.id if user else 0, chat_id=user.id if user else 0, chat_kind=ChatKind.PRIVATE)
    posted = update.channel_post is not None
    whoever = Requester(
        user_id=chat.id,
        chat_id=chat.id,
        chat_kind=_kind(chat),
        message_id=_message_id(update),
        topic_id=message.message_thread_id if isinstance(message, Message) and message.is_topic_message else None,
        name=(one_line(message.author_signature or "") if posted and isinstance(message, Message) else None)
        or one_line(chat.title or ""),
        is_admin=True if posted else None,  # nobody else writes there
    )
    if user is not None and user.id not in NOBODY:
        return replace(whoever, user_id=user.id, name=one_line(user.full_name))
    if isinstance(message, Message) and message.sender_chat is not None:
        sender = message.sender_chat
        return replace(whoever, user_id=sender.id, name=one_line(sender.title or ""), is_admin=sender.id == chat.id)
    return whoever


def _message_id(update: Update) -> int | None:
    if update.callback_query is not None and update.callback_query.message is not None:
        return update.callback_query.message.message_id  # known of old messages, too, of which nothing else is
    return update.effective_message.message_id if update.effective_message else None


def _kind(chat: Chat) -> ChatKind:
    match chat.type:
        case Chat.PRIVATE:
            return ChatKind.PRIVATE
        case Chat.CHANNEL:
            return ChatKind.CHANNEL
        case _:
            return ChatKind.GROUP


BotApplication = Application[ExtBot[None], Context, dict[Any, Any], dict[Any, Any], Workshop, Any]
