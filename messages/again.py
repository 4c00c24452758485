"""The words of a result given back as a whole command: copied with a tap, changed, sent."""

from telegram import InlineKeyboardMarkup

from domain.task import Answer, Blend, Change, Describe, Edit, Imagine, Motion, Press, Shorten, Swap, Task, Video
from messages.locale import Locale
from messages.words import TEXT_LIMIT, Page, Words, code, cut, utf16


def has_words(task: Task) -> bool:
    """Whether there are any to change: four pictures melted into one had none."""
    return bool(task.prompt.strip()) and not isinstance(task.submission, Blend | Describe | Swap)


def change(task: Task, username: str, locale: Locale) -> Words:
    """The command that would ask for it; what else it needs is told."""
    page = Page().say(locale.say("Copy, change, send:")).add("\n")
    below = _needed(task, locale)
    room = TEXT_LIMIT - utf16(page.text) - utf16(below) - 2
    page.add(code(cut(_command(task, username), room)))
    return (page.add("\n", below) if below else page).words()


def seed(found: str | None, locale: Locale) -> Words:
    """What a picture was drawn from."""
    if not found:
        return Page().say(locale.say("😔 The image service does not tell the seed of this picture.")).words()
    page = Page().say(locale.say("🌱 The seed of this picture:")).add(" ", code(found), "\n")
    page.say(locale.say("With the same words and {flag} behind them, the next one comes out alike."), flag=_flag(found))
    return page.words()


def buttons_below(locale: Locale, keyboard: InlineKeyboardMarkup | None) -> Words:
    """Between four pictures and their buttons."""
    return Page().say(locale.say("U1–U4 bring one of them in large, V1–V4 draw it in other ways.")).words(keyboard)


def singles_above(task: Task, locale: Locale) -> Words:
    """Under four pictures that were cut out of one."""
    page = Page().say(locale.say("✂️ The four, each by itself."))
    return (page.add("\n", cut(task.prompt, 300)) if task.prompt else page).words()


def not_cut(locale: Locale) -> Words:
    """The grid is not to be had, or is none."""
    return Page().say(locale.say("😔 I cannot get hold of this picture any more to cut it.")).words()


def coming(locale: Locale) -> str:
    """A toast."""
    return locale.say("They are on their way.")


def words_come(locale: Locale) -> str:
    """A toast."""
    return locale.say("Here are the words.")


def _flag(seed: str) -> str:
    return f"--seed {seed}"


def _command(task: Task, username: str) -> str:
    match task.submission:
        case Shorten():
            name = "shorten"
        case Video(motion=motion, loop=loop):
            words = ["animate", *(["high"] if motion is Motion.HIGH else []), *(["loop"] if loop else [])]
            return f"/{words[0]}@{username} {' '.join([*words[1:], task.prompt])}"
        case Edit():
            name = "edit"
        case Imagine() | Press() | Change() | Answer() | Blend() | Describe() | Swap():
            name = "imagine"
    return f"/{name}@{username} {task.prompt}"


def _needed(task: Task, locale: Locale) -> str:
    match task.submission:
        case Video() | Edit():
            return locale.say("Send it as an answer to the picture, or as its caption.")
        case Imagine(attached=attached) if attached:
            return locale.say("Send it as an answer to the picture, or as its caption.")
        case _:
            return ""
