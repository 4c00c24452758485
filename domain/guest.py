"""A guest: a person or chat that has asked to be let in, or that an operator has decided about."""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum

from domain.requester import ChatKind


class Standing(StrEnum):
    """What has been decided."""

    UNASKED = "unasked"
    """Nothing: there is a row because an operator has blocked them before they asked."""
    ASKING = "asking"
    APPROVED = "approved"
    REFUSED = "refused"


class Choice(IntEnum):
    """What an operator can press under a card; the numbers travel in the buttons, so they never change."""

    APPROVE = 0
    REFUSE = 1
    BLOCK = 2
    UNBLOCK = 3
    CHANGE = 4
    """Offer the choices again, though it was decided."""
    LIMITED = 10
    """Approve with a daily limit: this, and the place in `LIMITS`."""


LIMITS = (5, 20, 50)
"""Daily limits that a card offers."""

ANEW = 20
"""Added to a choice that is offered under a decided card. Without it, it is meant for a guest who still waits: what
two operators press at the same moment is then decided by the first of them."""

CHOICES = 50
"""A button's number is the guest's times this, plus the choice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Guest:
    """One of them. In private the chat is the person."""

    id: int
    chat_id: int
    kind: ChatKind
    name: str
    """The person's name, the chat's title; empty where nobody has told it yet."""
    standing: Standing
    daily_limit: int
    """Pictures a day, this guest's own; 0 = the general rule."""
    blocked_at: datetime | None
    """Since when nothing of this guest's is answered; `standing` is what holds again once the block ends."""
    members: int | None
    asked_by: int | None
    asked_name: str
    asked_words: str
    """The message that asked, to be given back."""
    topic_id: int | None
    reply_to: int | None
    language: str | None
    asked_at: datetime | None
    told_at: datetime | None
    """When the guest was told that the operator is asked; `None` where nobody has wished for anything there."""
    decided_at: datetime | None
    decided_by: int | None
    decided_name: str

    @property
    def blocked(self) -> bool:
        """Whether nothing of this guest's is answered."""
        return self.blocked_at is not None

    @property
    def waits(self) -> bool:
        """Whether an operator has yet to decide."""
        return self.standing is Standing.ASKING and not self.blocked
