"""What befalls a chat: the bot is let in, comes back, the group moves; and who may press there."""

from telegram import ChatMember, ChatMemberRestricted, Update
from telegram.ext import ChatMemberHandler, MessageHandler, filters

from domain.delivery import DeliveryKind
from domain.errors import ButtonGone
from domain.requester import ChatKind, Requester
from domain.rules import PressPolicy
from handlers.context import Context, owe_words
from handlers.filters import button, command
from messages import callback
from messages import rooms as view
from messages.words import Words
from services import approval, rights, rooms
from storage.database import Transaction

OUTSIDE = (ChatMember.LEFT, ChatMember.BANNED)


async def standing(update: Update, context: Context) -> None:
    """The bot's own place in a chat has changed."""
    change = update.my_chat_member
    if change is None:
        return
    before, now = change.old_chat_member, change.new_chat_member
    returned = before.status in OUTSIDE and now.status not in OUTSIDE

    def receive(tx: Transaction, requester: Requester) -> None:
        if now.status in OUTSIDE or (isinstance(now, ChatMemberRestricted) and not now.can_send_messages):
            return
        if returned and requester.chat_kind is not ChatKind.PRIVATE:
            approval.announce(tx, requester, context.rules, context.now, title=context.place)
        new_here = returned and requester.chat_kind is ChatKind.GROUP
        if new_here and rooms.let_in(tx, requester, context.rules, context.now):
            hello = welcome(context, hears_all=now.status == ChatMember.ADMINISTRATOR)
            owe_words(tx, requester, hello, context.now)
        offer_waiting(tx, requester, context, returned=returned)

    await context.run(receive)


def welcome(context: Context, *, hears_all: bool = False) -> Words:
    """Hello to a group."""
    hears_all = hears_all or bool(context.bot.bot.can_read_all_group_messages)
    return view.welcome(context.bot.username, context.locale, hears_all=hears_all)


def offer_waiting(tx: Transaction, requester: Requester, context: Context, *, returned: bool = False) -> None:
    """Tell how many pictures wait for this chat, if any do."""
    count = rooms.count_waiting(tx, requester.chat_id, context.now, returned=returned)
    if count:
        owe_words(tx, requester, view.waiting(count, context.locale), context.now)


async def bring_waiting(_update: Update, context: Context) -> None:
    """Bring the pictures that wait."""

    def bring(tx: Transaction, requester: Requester) -> int:
        if requester.chat_kind is ChatKind.CHANNEL:
            rights.check_press(tx, requester, requester.chat_id, context.rules)
        count = rooms.bring_waiting(tx, requester, context.now)
        if count:
            owe_words(tx, requester, view.brought(count, context.locale), context.now, in_place=DeliveryKind.WORDS)
        return count

    count = await context.run(bring)
    await context.toast(view.coming(context.own_locale) if count else view.nothing_waits(context.own_locale))


async def moved(update: Update, context: Context) -> None:
    """The group is a supergroup now; both chats tell."""
    message = update.effective_message
    if message is None:
        return
    old, new = message.migrate_from_chat_id, message.migrate_to_chat_id
    here = message.chat_id

    await context.note(lambda tx: rooms.moved(tx, old or here, new or here))


async def presses(_update: Update, context: Context) -> None:
    """Tell who may press here, and let the admins choose."""

    def tell(tx: Transaction, requester: Requester) -> None:
        if requester.chat_kind is ChatKind.PRIVATE:
            words = view.presses_in_private(context.locale)
        else:
            words = view.presses(rights.policy_of(tx, requester, context.rules), context.locale)
        owe_words(tx, requester, words, context.now)

    await context.run(tell)


async def choose(_update: Update, context: Context) -> None:
    """An admin chooses."""
    policy = _policy(context.number)

    def take(tx: Transaction, requester: Requester) -> None:
        rights.choose_policy(tx, requester, policy, context.rules)
        owe_words(tx, requester, view.presses(policy, context.locale), context.now, in_place=DeliveryKind.WORDS)

    await context.run(take)
    await context.toast(view.chosen(context.own_locale))


def _policy(place: int) -> PressPolicy:
    if place >= len(view.POLICIES):
        raise ButtonGone
    return view.POLICIES[place]


HANDLERS = (
    ChatMemberHandler(standing, ChatMemberHandler.MY_CHAT_MEMBER),
    MessageHandler(filters.StatusUpdate.MIGRATE, moved),
    command("presses", presses),
    button(callback.WAITING, bring_waiting),
    button(callback.POLICY, choose),
)
