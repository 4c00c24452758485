"""The operator's rules: who may spend, and how much at once and a day."""

from dataclasses import dataclass
from enum import StrEnum

from domain.price import USUAL_PRICES, Mode, Prices


class Access(StrEnum):
    """Who may spend."""

    OPEN = "open"
    APPROVAL = "approval"
    ALLOWLIST = "allowlist"


class PressPolicy(StrEnum):
    """Who may press the buttons of somebody's picture in a group."""

    OWNER = "owner"
    MEMBERS = "members"
    ADMINS = "admins"


LINE_LENGTH = 10
"""How many tasks of one person may wait beyond those at the provider."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What the operator has set; a limit of 0 means none."""

    provider: str
    """Who is asked for new pictures."""
    access: Access = Access.APPROVAL
    allowed_users: frozenset[int] = frozenset()
    allowed_chats: frozenset[int] = frozenset()
    admins: frozenset[int] = frozenset()
    max_running_per_user: int = 3
    max_running: int = 0
    daily_per_user: int = 0
    daily_per_chat: int = 0
    points_per_user: int = 0
    points_per_chat: int = 0
    prices: Prices = USUAL_PRICES
    mode: Mode = Mode.DEFAULT
    """How fast the provider works unless a prompt says otherwise."""
    press_policy: PressPolicy = PressPolicy.MEMBERS
    modes: tuple[str, ...] = ()
    """What people may choose themselves; none where the operator has chosen for all."""
    previews: bool = True
