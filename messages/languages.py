"""Whose language counts: what one person sees is in theirs, what stands in a chat is the chat's."""

from dataclasses import dataclass

from domain.requester import ChatKind
from messages.locale import ENGLISH, Locale, chosen


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """All that is known of a person and a place; tags of languages, and none of them need be there or be ours."""

    person: str | None = None
    """What the person has chosen."""
    chat: str | None = None
    """What was chosen for the chat."""
    told: str | None = None
    """What Telegram says that the person's app speaks."""
    default: str = ENGLISH
    """The operator's `DEFAULT_LANGUAGE`."""

    def own(self) -> Locale:
        """For what one person alone sees: toasts, alerts, the page on which a region is painted, a private chat."""
        return chosen(self.person, self.chat, self.told, self.default)

    def everybodys(self, kind: ChatKind) -> Locale:
        """For what stands in a chat: the chat's if one is chosen, else the asking person's.

        A channel's readers do not see who asks, so that nobody's own language counts there.
        """
        match kind:
            case ChatKind.PRIVATE:
                return self.own()
            case ChatKind.GROUP:
                return chosen(self.chat, self.person, self.told, self.default)
            case ChatKind.CHANNEL:
                return chosen(self.chat, self.default)
