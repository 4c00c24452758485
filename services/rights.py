"""Who may do what with somebody's picture: its owner, a chat's members or admins, as the chat has it."""

from domain.errors import AdminsOnly, NotYours, RoleUnknown
from domain.requester import ChatKind, Requester
from domain.rules import PressPolicy, Rules
from services import access
from storage import chats
from storage.database import Transaction


def policy_of(tx: Transaction, requester: Requester, rules: Rules) -> PressPolicy:
    """Who may press in this chat: its own choice; else the operator's, and in a channel the admins."""
    usual = PressPolicy.ADMINS if requester.chat_kind is ChatKind.CHANNEL else rules.press_policy
    return chats.press_policy(tx, requester.chat_id) or usual


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
    """The chat decides who may press there. Raises `AdminsOnly`."""
    if not access.is_operator(tx, requester.user_id, rules) and not is_admin(requester):
        raise AdminsOnly
    chats.choose_press_policy(tx, requester.chat_id, policy)


def is_admin(requester: Requester) -> bool:
    """Whether this person rules the chat. Raises `RoleUnknown` where Telegram has to be asked first."""
    if requester.is_admin is None:
        raise RoleUnknown
    return requester.is_admin
