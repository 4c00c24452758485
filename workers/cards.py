"""The cards that operators get about strangers who knock; and the list of commands in operators' chats."""

from dataclasses import replace

import structlog
from telegram import Bot, BotCommand, BotCommandScopeChat
from telegram.error import TelegramError

from domain.clock import Clock
from domain.delivery import Delivery, DeliveryState
from domain.guest import Guest
from domain.requester import ChatKind
from messages import guests as view
from messages import operators
from messages.help import commands
from messages.locale import Locale
from services import approval
from storage import cards, deliveries, guests
from storage.database import Database
from workers import post
from workers.dispatch import Dispatch
from workers.post import Plan, Sent, plan_for

log = structlog.stdlib.get_logger("bot.cards")


class Cards:
    """Writes cards as their guests are at that moment, and writes them anew when something was decided."""

    def __init__(self, db: Database, bot: Bot, dispatch: Dispatch, clock: Clock) -> None:
        self._db = db
        self._bot = bot
        self._dispatch = dispatch
        self._clock = clock

    async def bring(self, delivery: Delivery, locale: Locale) -> None:
        """A card, or what has become of it."""
        guest_id = await self._db.run(cards.select_guest_id, delivery.id)
        guest = await self._db.run(guests.select_guest, guest_id) if guest_id is not None else None
        if guest is None:
            await self._db.run(deliveries.end, delivery.id, DeliveryState.DROPPED, "no guest")
            return
        guest = await self._looked_at(guest)
        words = view.card(guest, locale, choosing=bool(delivery.body.get("choosing")))

        async def call(plan: Plan) -> Sent:
            if delivery.message_id is None:
                return await post.send_words(self._bot, delivery.chat_id, words, plan)
            return await post.put_words_in_place(self._bot, delivery.chat_id, delivery.message_id, words, shows="text")

        outcome = await self._dispatch.attempt(delivery, plan_for(delivery), call)
        if isinstance(outcome, Sent):
            now = self._clock.now()
            await self._db.run(approval.card_arrived, delivery, guest, now, message_id=outcome.message_id)
        else:
            await self._dispatch.write_down(delivery, outcome)

    async def bring_menu(self, delivery: Delivery, locale: Locale) -> None:
        """The operators' commands beside everybody's, where Telegram shows commands."""
        shown = {**commands(locale), **operators.commands(locale)}
        listed = [BotCommand(name, text) for name, text in shown.items()]

        async def call(_plan: Plan) -> Sent:
            await self._bot.set_my_commands(listed, scope=BotCommandScopeChat(delivery.chat_id))
            return Sent(None)

        outcome = await self._dispatch.attempt(delivery, plan_for(delivery), call)
        if isinstance(outcome, Sent):
            await self._db.run(deliveries.settle, delivery.id, now=self._clock.now())
        else:
            await self._dispatch.write_down(delivery, outcome)

    async def _looked_at(self, guest: Guest) -> Guest:
        """With what only Telegram knows: how many they are, and their name where nobody has told it yet."""
        learned: dict[str, int | str] = {}
        try:
            if guest.kind is not ChatKind.PRIVATE and guest.members is None:
                learned["members"] = await self._bot.get_chat_member_count(guest.chat_id)
            if not guest.name:
                chat = await self._bot.get_chat(guest.chat_id)
                learned["name"] = chat.effective_name or ""
        except TelegramError as error:
            log.info("Telegram does not tell about a guest", chat=guest.chat_id, error=type(error).__name__)
        if learned:
            await self._db.run(guests.note, guest.id, **learned)
        return replace(guest, **learned)  # type: ignore[arg-type]
