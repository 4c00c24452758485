"""What the page's server says when it can't do what was asked, in English until these words are translated."""

from bot import initdata
from workers import mask

NOT_UNDERSTOOD = "That did not arrive as it should. Please close this page and open it again."
TOO_MUCH = "That is more than I can take. Please mark the region with fewer, simpler strokes."
TOO_SLOW = "That took too long to arrive. Please try again."
OUR_FAULT = "Something broke on my side. Please try again."

NOT_FROM_TELEGRAM = "I can't see who you are. Please open this page from the chat, by its button."

INIT_DATA = {
    initdata.Fault.MALFORMED: NOT_FROM_TELEGRAM,
    initdata.Fault.FORGED: NOT_FROM_TELEGRAM,
    initdata.Fault.NO_USER: NOT_FROM_TELEGRAM,
    initdata.Fault.EXPIRED: "This page is too old. Please close it and open it again from the chat.",
    initdata.Fault.FROM_THE_FUTURE: "Telegram's clock and mine do not agree. Please try again in a minute.",
}

MASK = {
    mask.Fault.UNREADABLE: NOT_UNDERSTOOD,
    mask.Fault.NOT_PNG: NOT_UNDERSTOOD,
    mask.Fault.OTHER_SIZE: NOT_UNDERSTOOD,
    mask.Fault.TOO_LARGE: TOO_MUCH,
    mask.Fault.NOTHING_MARKED: "Nothing is marked yet. Paint over what should change.",
    mask.Fault.EVERYTHING_MARKED: "Everything is marked: that would be a new picture. Leave something as it is.",
}
