"""The words of the page on which a region is painted, and what its server says where it can't do what was asked."""

from collections.abc import Mapping
from enum import StrEnum

from messages.locale import Locale


class Trouble(StrEnum):
    """What may be wrong with what the page has sent."""

    NOT_UNDERSTOOD = "not understood"
    TOO_MUCH = "too much"
    TOO_SLOW = "too slow"
    OUR_FAULT = "our fault"
    NOT_FROM_TELEGRAM = "not from Telegram"
    TOO_OLD = "too old"
    TOO_YOUNG = "too young"
    """It says that it is from the future."""
    NOTHING_MARKED = "nothing marked"
    EVERYTHING_MARKED = "everything marked"


def trouble(what: Trouble, locale: Locale) -> str:
    """A sentence that the page shows."""
    match what:
        case Trouble.NOT_UNDERSTOOD:
            return locale.say("That did not arrive as it should. Please close this page and open it again.")
        case Trouble.TOO_MUCH:
            return locale.say("That is more than I can take. Please mark the region with fewer, simpler strokes.")
        case Trouble.TOO_SLOW:
            return locale.say("That took too long to arrive. Please try again.")
        case Trouble.OUR_FAULT:
            return locale.say("Something broke on my side. Please try again.")
        case Trouble.NOT_FROM_TELEGRAM:
            return locale.say("I can't see who you are. Please open this page from the chat, by its button.")
        case Trouble.TOO_OLD:
            return locale.say("This page is too old. Please close it and open it again from the chat.")
        case Trouble.TOO_YOUNG:
            return locale.say("Telegram's clock and mine do not agree. Please try again in a minute.")
        case Trouble.NOTHING_MARKED:
            return locale.say("Nothing is marked yet. Paint over what should change.")
        case Trouble.EVERYTHING_MARKED:
            return locale.say("Everything is marked: that would be a new picture. Leave something as it is.")


def page_words(locale: Locale) -> Mapping[str, str]:
    """The page's own words, by the names that `app.js` knows."""
    return {
        "title": "Vary (Region)",  # Midjourney's name for it
        "hint": locale.say("Paint over what should change."),
        "stage": locale.say("The picture. Arrow keys move the brush, the space bar paints."),
        "tools": locale.say("Tools"),
        "brush": locale.say("Brush"),
        "eraser": locale.say("Eraser"),
        "rectangle": locale.say("Box"),
        "lasso": locale.say("Lasso"),
        "undo": locale.say("Undo"),
        "clear": locale.say("Clear"),
        "size": locale.say("Brush size"),
        "prompt": locale.say("What should be there instead?"),
        "send": locale.say("Paint it anew"),
        "sending": locale.say("Sending…"),
        "close": locale.say("Close"),
        "opening": locale.say("Opening the picture…"),
        "notFromTelegram": locale.say("Please open this page from Telegram, by the button under your picture."),
        "nothingMarked": trouble(Trouble.NOTHING_MARKED, locale),
        "allMarked": trouble(Trouble.EVERYTHING_MARKED, locale),
        "noWords": locale.say("Please say in a few words what should be there."),
        "offline": locale.say("I can't reach the bot. Please check your connection and try again."),
        "notAPicture": locale.say("This picture can't be shown here. Please try again."),
    }
