"""What holds for a wish, or in a room: what was chosen by the person, for the topic, for the chat; else the bot's."""

from collections.abc import Iterable
from typing import NamedTuple

from domain.options import ASK, FAMILIES, OFF, ON, Chosen, Layer, Option, Room, Wish
from services.parameters import flags_of
from storage import preferences
from storage.database import Transaction

USUAL = "usual"
"""The name of the parameters that are added to every prompt; some options are among them."""


class Scope(NamedTuple):
    """Where a choice is kept, and whose word it is there."""

    layer: Layer
    id: int
    topic_id: int | None = None


def scopes_of(wish: Wish) -> tuple[Scope, ...]:
    """Whose words count for a wish, the strongest first."""
    alone = wish.user_id == wish.chat_id and wish.chat_id < 0  # somebody speaks as the chat
    own = () if alone else (Scope(Layer.OWN, wish.user_id),)
    return (*own, *scopes_in(wish))


def scopes_in(room: Room) -> tuple[Scope, ...]:
    """Whose words count in a room, the strongest first; a private chat has no choices but its person's."""
    if room.chat_id > 0:
        return ()
    chat = Scope(Layer.CHAT, room.chat_id)
    return (Scope(Layer.TOPIC, room.chat_id, room.topic_id), chat) if room.topic_id else (chat,)


def said(tx: Transaction, scope: Scope, option: Option) -> str | None:
    """What was chosen there."""
    family = FAMILIES.get(option)
    if family is None:
        return preferences.select_value(tx, scope.id, option, scope.topic_id)
    return next((flag.text for flag in flags_of(usual_in(tx, scope)) if flag.family == family), None)


def usual_in(tx: Transaction, scope: Scope) -> str:
    """The parameters that are added there."""
    return preferences.select_value(tx, scope.id, USUAL, scope.topic_id) or ""


def first(tx: Transaction, scopes: Iterable[Scope], option: Option) -> Chosen:
    """The strongest word."""
    for scope in scopes:
        if (value := said(tx, scope, option)) is not None:
            return Chosen(value=value, layer=scope.layer)
    return Chosen(value=None, layer=Layer.BOT)


def language_of(tx: Transaction, user_id: int) -> str | None:
    """The tag that this person has chosen; `None`: as Telegram says."""
    return said(tx, Scope(Layer.OWN, user_id), Option.LANGUAGE)


def language_in(tx: Transaction, room: Room) -> str | None:
    """The tag that was chosen for a topic, or else for its chat."""
    return first(tx, scopes_in(room), Option.LANGUAGE).value


def wants_to_be_asked(tx: Transaction, wish: Wish) -> bool:
    """Whether to be asked for words before a variation and the like; not unless somebody said so."""
    return first(tx, scopes_of(wish), Option.REMIX).value == ASK


def choose_to_be_asked(tx: Transaction, user_id: int, *, value: str) -> None:
    """The person has said."""
    preferences.put(tx, user_id, Option.REMIX, value)


def wants_previews(tx: Transaction, wish: Wish) -> bool:
    """Whether the picture is shown as it develops."""
    return first(tx, scopes_of(wish), Option.PREVIEWS).value != OFF


def is_covered(tx: Transaction, room: Room) -> bool:
    """Whether pictures are covered there until they are tapped."""
    return first(tx, scopes_in(room), Option.SPOILER).value == ON


def is_quiet(tx: Transaction, room: Room) -> bool:
    """Whether nothing but results is said there."""
    return first(tx, scopes_in(room), Option.QUIET).value == ON


def closed_in(tx: Transaction, room: Room) -> frozenset[str]:
    """The commands that nobody may use there."""
    return frozenset((first(tx, scopes_in(room), Option.CLOSED).value or "").split())
