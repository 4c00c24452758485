"""/prefer: parameters for every prompt; /style: words that are called by a name."""

from telegram import Update

from domain.requester import ChatKind, Requester
from handlers.context import Context, owe_words
from handlers.filters import command
from messages import preferences as view
from messages.words import Words
from services import care, preferences
from storage.database import Transaction

CHAT = "chat"
OFF = "off"


async def prefer(_update: Update, context: Context) -> None:
    """Show, choose or clear what is added to prompts."""
    words = context.words_after_command.strip()
    first, _, rest = words.partition(" ")
    for_chat = first.casefold() == CHAT
    words = rest.strip() if for_chat else words

    def choose(tx: Transaction, requester: Requester) -> None:
        owe_words(tx, requester, _choose(tx, requester, words, context, for_chat=for_chat), context.now)

    await context.run(choose)


def _choose(tx: Transaction, requester: Requester, words: str, context: Context, *, for_chat: bool) -> Words:
    if not words:
        usual = preferences.usual_of(tx, requester)
        return view.usual(usual.own, usual.topics, usual.chats, context.locale)
    if words.casefold() == OFF:
        preferences.forget_usual(tx, requester, context.rules, for_chat=for_chat)
        return view.usual_cleared(context.locale)
    suffix = preferences.choose_usual(tx, requester, words, context.rules, for_chat=for_chat)
    everybodys = for_chat and requester.chat_kind is not ChatKind.PRIVATE
    return view.usual_kept(suffix, care.look(suffix), context.locale, for_chat=everybodys)


async def style(_update: Update, context: Context) -> None:
    """Show, keep or remove styles."""
    name, *rest = context.words_after_command.split(maxsplit=1) or [""]
    words = rest[0].strip() if rest else ""

    def change(tx: Transaction, requester: Requester) -> None:
        owe_words(tx, requester, _style(tx, requester, name, words, context), context.now)

    await context.run(change)


def _style(tx: Transaction, requester: Requester, name: str, words: str, context: Context) -> Words:
    if not name:
        return view.styles(preferences.styles_of(tx, requester), context.locale)
    if not words:
        name = preferences.name_of(name)
        return view.style(name, preferences.styles_of(tx, requester).get(name), context.locale)
    if words.casefold() == OFF:
        return view.style_removed(preferences.forget_style(tx, requester, name), context.locale)
    name = preferences.keep_style(tx, requester, name, words, context.rules)
    return view.style_kept(name, preferences.styles_of(tx, requester)[name], context.locale)


HANDLERS = (
    command("prefer", prefer),
    command("style", style),
)
