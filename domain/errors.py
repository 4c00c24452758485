"""Reasons to say no to a person, as facts. `messages.error` puts them into words."""

from datetime import datetime
from enum import StrEnum


class Refusal(Exception):  # noqa: N818 - a fact, as all that follow
    """Something asked for is not done, and nothing of it is kept."""


class NotAllowed(Refusal):
    """This person or chat may not spend."""


class Blocked(Refusal):
    """An operator has blocked this person or chat: nothing is answered, not even this."""


class OperatorsOnly(Refusal):
    """Only an operator can do that, in the private chat."""


class DecidedAlready(Refusal):
    """Another operator was quicker."""


class OperatorMeant(Refusal):
    """An operator cannot be blocked or refused."""


class PromptEmpty(Refusal):
    """There are no words to draw."""


class PromptTooLong(Refusal):
    """More words than any provider takes."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self.limit = limit


class AccountInTrouble(Refusal):
    """The provider does not take anything from the operator's account at present."""


class QuotaExceeded(Refusal):
    """The day's share is used up."""

    def __init__(self, *, limit: int, whose: str, opens_at: datetime, rest: int = 0, wanted: int = 1) -> None:
        super().__init__()
        self.limit = limit
        self.whose = whose
        """"user" or "chat"."""
        self.opens_at = opens_at
        self.rest = rest
        self.wanted = wanted


class PointsMissing(Refusal):
    """The day's points, and those that were given, do not suffice."""

    def __init__(self, *, wanted: int, rest: int, given: int, limit: int, whose: str, opens_at: datetime) -> None:
        super().__init__()
        self.wanted = wanted
        self.rest = rest
        """Of the day's."""
        self.given = given
        self.limit = limit
        """What a day brings."""
        self.whose = whose
        """Whose day it is: "user" or "chat"."""
        self.opens_at = opens_at


class LineFull(Refusal):
    """This person has as many waiting as may wait, or would."""

    def __init__(self, waiting: int, wanted: int = 1) -> None:
        super().__init__()
        self.waiting = waiting
        self.wanted = wanted


class ButtonGone(Refusal):
    """The button is not known here any more."""


class NotHere(Refusal):
    """The bot never placed that button in this chat."""


class NotYours(Refusal):
    """The button belongs to somebody else."""


class AdminsOnly(Refusal):
    """In this chat the admins alone may do that."""


class RoleHidden(Refusal):
    """It depends on who is an admin here, and Telegram does not tell just now."""


class CommandClosed(Refusal):
    """The admins have closed this command in the chat, or in the topic."""

    def __init__(self, command: str) -> None:
        super().__init__()
        self.command = command


class NoSuchPicture(Refusal):
    """This person has no picture of that number, and none stands in this chat."""


class AlreadyPressed(Refusal):
    """That press is being worked on."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.title = title


class QuestionOver(Refusal):
    """It was answered already, or its time is over."""


class NothingMarked(Refusal):
    """No part of the picture is chosen."""


class EverythingMarked(Refusal):
    """All of the picture is chosen."""


class RatioMissing(Refusal):
    """Not zoomed at all and of the same shape, it would be the same picture."""


class PicturesTrouble(StrEnum):
    """Why nothing can be made of pictures that were sent along, or of their want."""

    TOO_FEW = "too_few"
    TOO_MANY = "too_many"
    SAME = "same"
    """One of them twice: a blend is of different ones."""
    NOT_A_PICTURE = "not_a_picture"
    NONE = "none"
    """There is none here, and none in the message that is answered."""
    NO_WORDS = "no_words"
    """A picture alone says not what is to be drawn."""
    WORDS = "words"
    """A blend takes no words."""
    FLAG = "flag"
    """A flag names no address, and there is no picture for it."""
    NO_UPLOADS = "no_uploads"
    """The provider takes no pictures for flags."""
    HIDDEN = "hidden"
    """Of an album in a group, Telegram shows the bot only the part with the command."""
    ALBUM_COMMAND = "album_command"
    """This command takes no album."""
    LATE = "late"
    """A part of an album came when the others had been used."""


class PicturesUnfit(Refusal):
    """Nothing can be made of these pictures; nothing was sent."""

    def __init__(self, why: PicturesTrouble, *, count: int = 0, word: str = "") -> None:
        super().__init__(why)
        self.why = why
        self.count = count
        self.word = word
        """The flag or command that it is about."""


class TooLateToCancel(Refusal):
    """The provider has it already."""


class NothingToCancel(Refusal):
    """It has ended, or was never there."""


class NotAPicture(Refusal):
    """The message that was answered shows nothing that the bot has drawn."""


class TwoPicturesWanted(Refusal):
    """A face and where it goes: neither fewer pictures nor more."""


class OneAtATime(Refusal):
    """Words that make several pictures, where nobody can be asked whether they are meant."""


class NotFlags(Refusal):
    """What is to be added to every prompt must be parameters, and must not make several pictures of one."""


class StyleName(Refusal):
    """A style's name is one word of letters, digits and hyphens."""


class TooManyStyles(Refusal):
    """This person keeps as many as may be kept."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self.limit = limit


class RoleUnknown(Exception):  # noqa: N818
    """It depends on whether the person is an admin of the chat: to be found out, then asked again."""


class DatabaseUnusable(Exception):  # noqa: N818
    """The database cannot be opened, read or written, or is newer than this program."""


class DatabaseHeld(Exception):  # noqa: N818
    """Another instance works on this database."""
