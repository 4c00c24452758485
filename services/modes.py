"""How fast a wish is drawn: what can be chosen, what holds, and what is learned where a provider does not know it."""

from datetime import datetime, timedelta

from domain.options import Option, Wish
from domain.rules import Rules
from services import choices
from services.parameters import flags_of
from storage import providers
from storage.database import Transaction

OFF_FOR = timedelta(hours=1)
FAMILY = "fast"
"""Of the parameters that say the same in a prompt."""


def offered(tx: Transaction, rules: Rules, now: datetime) -> tuple[str, ...]:
    """The modes that can be asked for by a wish of its own."""
    off = providers.noted(tx, rules.provider, now)
    return tuple(mode for mode in rules.modes if _name(mode) not in off)


def mode_of(tx: Transaction, wish: Wish, prompt: str, rules: Rules, now: datetime) -> str | None:
    """The mode of a wish; `None` where it goes as the provider is set up, or says itself how fast."""
    chosen = choices.first(tx, choices.scopes_of(wish), Option.MODE).value
    if chosen not in offered(tx, rules, now) or FAMILY in {flag.family for flag in flags_of(prompt)}:
        return None
    return chosen


def learn_none(tx: Transaction, provider: str, mode: str, now: datetime) -> None:
    """The provider does not draw in this mode: it is not offered for a while."""
    providers.note(tx, provider, _name(mode), now + OFF_FOR)


def _name(mode: str) -> str:
    return f"mode {mode}"
