"""Who may do what with somebody's picture: its owner, a chat's members or admins, as the chat has it."""

from domain.errors import AdminsOnly, NotYours, RoleUnknown
from domain.options import Layer, Option
from domain.requester import ChatKind, Requester
from domain.rules import PressPolicy, Rules
from services import access, choices
from storage import preferences
from storage.database import Transaction


def policy_of(tx: Transaction, requester: Requester, rules: Rules) -> PressPolicy:
    """Who may press here: the topic's choice, or else the chat's; else as it is usual."""
    chosen = choices.first(tx, choices.scopes_in(requester), Option.PRESSES).value
    return PressPolicy(chosen) if chosen else usual_policy(requester, rules)


def usual_policy(requester: Requester, rules: Rules) -> PressPolicy:
    """Who may press where nobody has chosen: as the operator has it, and in a channel the admins."""
    return PressPolicy.ADMINS if requester.chat_kind is ChatKind.CHANNEL else rules.press_policy


def check_press(tx: Transaction, requester: Requester, owner: int, rules: Rules) -> None:
    """Raise unless this person may use the buttons under `owner`'s picture."""
    if requester.chat_kind is ChatKind.PRIVATE or access.is_operator(tx, requester.user_id, rules):
        return
    match policy_of(tx, requester, rules):
        case PressPolicy.MEMBERS:
            return
        case PressPolicy.OWNER:
            check_owner(tx, requester, owner, rules)
        case PressPolicy.ADMINS:
            if not is_admin(requester) and (requester.chat_kind is ChatKind.CHANNEL or requester.user_id != owner):
                raise AdminsOnly


def check_owner(tx: Transaction, requester: Requester, owner: int, rules: Rules) -> None:
    """Raise unless this is the owner. A chat that owns a picture (no person asked for it) acts through its admins."""
    if requester.user_id == owner or access.is_operator(tx, requester.user_id, rules):
        return
    if owner > 0 or not is_admin(requester):
        raise NotYours


def check_removal(tx: Transaction, requester: Requester, owner: int, rules: Rules) -> None:
    """Raise unless this person may take `owner`'s picture out of the chat: the owner, and whoever rules here."""
    if requester.chat_kind is ChatKind.PRIVATE or requester.user_id == owner:
        return
    if not access.is_operator(tx, requester.user_id, rules) and not is_admin(requester):
        raise NotYours


def choose_policy(tx: Transaction, requester: Requester, policy: PressPolicy, rules: Rules) -> None:
    """The chat decides who may press there, or its topic, where that has a choice of its own. Raises `AdminsOnly`."""
    check_admin(tx, requester, rules)
    own = choices.first(tx, choices.scopes_in(requester), Option.PRESSES).layer is Layer.TOPIC
    preferences.put(tx, requester.chat_id, Option.PRESSES, policy, requester.topic_id if own else None)


def check_admin(tx: Transaction, requester: Requester, rules: Rules) -> None:
    """Raise `AdminsOnly` unless this person rules the chat, or the bot."""
    if not access.is_operator(tx, requester.user_id, rules) and not is_admin(requester):
        raise AdminsOnly


def is_admin(requester: Requester) -> bool:
    """Whether this person rules the chat. Raises `RoleUnknown` where Telegram has to be asked first."""
    if requester.is_admin is None:
        raise RoleUnknown
    return requester.is_admin
