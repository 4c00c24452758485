"""What a submission came to. Matched exhaustively: whoever adds an end is shown every place that must know it."""

from dataclasses import dataclass
from enum import StrEnum

from domain.task import RemoteId


class Reason(StrEnum):
    """Why a provider refused, sorted by what a person or an operator can do about it."""

    UNREACHABLE = "unreachable"
    """No connection: nothing left this machine."""
    BUSY = "busy"
    """Queue full, saturated, rate limit."""
    CHALLENGE = "challenge"
    """A web page that wants to see a browser."""
    NOT_READY = "not_ready"
    """The gateway has not seen yet that the parent is done."""
    NO_ACCOUNT = "no_account"
    """No Midjourney account is free at the provider, or the parent is gone."""
    BANNED_WORD = "banned_word"
    INVALID = "invalid"
    """A parameter or field is not accepted."""
    LIMIT = "limit"
    """A limit or lock at the provider."""
    ACCOUNT = "account"
    """The operator's key or balance."""
    PICTURE = "picture"
    """A picture that was sent along cannot be used; `said` is a `PictureTrouble`, and nothing was submitted."""
    UNSUPPORTED = "unsupported"
    """This provider cannot do that."""
    REDIRECTED = "redirected"
    """The address answers with another address, which we do not follow with the key in hand."""


class PictureTrouble(StrEnum):
    """Why a person's picture cannot be used."""

    NO_PICTURE = "no_picture"
    """Not one of the kinds that can be read, or broken."""
    TOO_LARGE = "too_large"
    GONE = "gone"
    """Telegram does not have it any more."""
    TWICE = "twice"
    """Two of one request are the same: some providers refuse that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """The provider has it, under these ids (several when one request makes several tasks)."""

    remote_ids: tuple[RemoteId, ...]
    queue_place: int | None = None
    """How many are before it in the provider's own queue."""
    existed: bool = False
    """The same thing was asked before: these are that task's ids, and nothing was charged now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """Certainly not taken, certainly not charged."""

    reason: Reason
    said: str = ""
    """The provider's own words, cleaned: no markup, no key, at most 300 characters."""
    busy: bool = False
    """The same again a little later may well be taken."""
    retry_after: float | None = None
    """Seconds, where the provider names them; at most 600."""
    banned_word: str = ""
    endpoint: bool = False
    """UNSUPPORTED only: the provider does not know the whole endpoint, not just this use of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The press opened a window that wants a prompt (or a mask) before anything is drawn."""

    remote_id: RemoteId
    offered: str | None
    """The prompt that the provider would put into it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unclear:
    """Perhaps taken and charged, perhaps not. Never submitted again by itself."""

    what: str
    """What was seen, for the operator: an exception's class or a status, never a body or an address."""


Verdict = Accepted | Refused | Window | Unclear
