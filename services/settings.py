"""What was chosen, and choosing: for oneself, for a chat, for one of its topics. The pages of `/settings` show it."""

from datetime import datetime

from domain.errors import ButtonGone, NotHere
from domain.options import AS_IT_IS, FAMILIES, OFF, ON, OWN, VALUES, Chosen, Layer, Option
from domain.requester import ChatKind, Requester
from domain.rules import Rules
from domain.sheet import Line, Sheet, Where
from services import choices, modes, preferences, rights
from services.choices import Scope
from storage import preferences as rows
from storage.database import Transaction


def sheet(tx: Transaction, requester: Requester, where: Where, rules: Rules, now: datetime) -> Sheet:
    """What holds there. Raises `Refusal`s where this person has nothing to choose."""
    scopes = _scopes(tx, requester, where, rules)
    has_topic = where is not Where.OWN and requester.topic_id is not None
    lines = []
    for option in OWN if where is Where.OWN else Option:
        if values := _values(tx, option, rules, now):
            chosen = choices.first(tx, scopes, option)
            if chosen.layer is Layer.BOT:
                chosen = Chosen(value=_bots(option, requester, rules), layer=Layer.BOT)
            lines.append(Line(option=option, values=values, chosen=chosen))
    return Sheet(where=where, lines=tuple(lines), has_topic=has_topic)


def choose(
    tx: Transaction, requester: Requester, where: Where, option: Option, value: str, rules: Rules, now: datetime
) -> None:
    """It holds from now on; of the closed commands, the one that is named changes sides. Raises `Refusal`s."""
    line = sheet(tx, requester, where, rules, now).line(option)
    if value not in line.values:
        raise ButtonGone
    scope = _scopes(tx, requester, where, rules)[0]
    if option is Option.CLOSED:
        closed = set((line.chosen.value or "").split()) ^ {value}
        value = " ".join(one for one in VALUES[option] if one in closed)
    if option in FAMILIES:
        preferences.put_flag(tx, scope, FAMILIES[option], value)
    else:
        rows.put(tx, scope.id, option, value, scope.topic_id)


def let_go(tx: Transaction, requester: Requester, where: Where, option: Option, rules: Rules) -> None:
    """Nothing is chosen there any more: what is weaker holds. Raises `Refusal`s."""
    scope = _scopes(tx, requester, where, rules)[0]
    if option in FAMILIES:
        preferences.put_flag(tx, scope, FAMILIES[option], None)
    else:
        rows.forget(tx, scope.id, option, scope.topic_id)


def _scopes(tx: Transaction, requester: Requester, where: Where, rules: Rules) -> tuple[Scope, ...]:
    """Where it is kept, and what holds if it is not."""
    private = requester.chat_kind is ChatKind.PRIVATE
    if private is not (where is Where.OWN):
        raise NotHere
    if private:
        return (Scope(Layer.OWN, requester.user_id),)
    rights.check_admin(tx, requester, rules)
    scopes = choices.scopes_in(requester)
    if where is Where.TOPIC and len(scopes) == 1:
        raise NotHere
    return scopes if where is Where.TOPIC else scopes[-1:]


def _values(tx: Transaction, option: Option, rules: Rules, now: datetime) -> tuple[str, ...]:
    """What can be chosen; nothing where the operator has decided it, or the provider cannot do it."""
    if option is Option.MODE:
        return modes.offered(tx, rules, now)
    if option is Option.PREVIEWS and not rules.previews:
        return ()
    return VALUES[option]


def _bots(option: Option, requester: Requester, rules: Rules) -> str | None:
    """What holds where nobody has chosen; `None` where others decide: Midjourney, Telegram, the provider."""
    match option:
        case Option.REMIX:
            return AS_IT_IS
        case Option.PREVIEWS:
            return ON
        case Option.PRESSES:
            return rights.usual_policy(requester, rules)
        case Option.SPOILER | Option.QUIET:
            return OFF
        case Option.CLOSED:
            return ""
        case _:
            return None
