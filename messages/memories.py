"""A person's own pictures in words: the pages of `/history`, each line with what brings its picture."""

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from domain.memory import Leaf, Memory
from domain.task import Answer, Blend, Change, Describe, Edit, Imagine, Press, Shorten, Swap, Task, Video
from messages import callback
from messages.help import example
from messages.locale import Locale
from messages.words import Page, Words, bold, code, cut

LINK = "history"
"""What a link to it has behind `start=`."""
PROMPT_SHOWN = 120
TITLE_SHOWN = 30
SEARCH_SHOWN = 100
"""UTF-16 units."""


def leaf(shown: Leaf, locale: Locale) -> Words:
    """One page."""
    page = Page()
    if shown.words:
        page.add("🔎 ", bold(cut(shown.words, SEARCH_SHOWN)), "\n\n")
    if not shown.memories:
        _say_none(page, shown, locale)
    for number, memory in enumerate(shown.memories, start=1):
        _add_line(page, number, memory, locale)
    rows = [_to_bring(shown)] if shown.memories else []
    if turns := _turns(shown, locale):
        rows.append(turns)
    return page.words(InlineKeyboardMarkup(rows) if rows else None)


def in_private(username: str, locale: Locale) -> Words:
    """In a group nobody reads what a person has asked for elsewhere."""
    page = Page().say(locale.say("Your pictures are in our private chat."))
    url = f"https://t.me/{username}?start={LINK}"
    return page.words(InlineKeyboardMarkup([[InlineKeyboardButton(locale.say("🗂 Your pictures"), url=url)]]))


def show_help(locale: Locale) -> Words:
    """`/show` without a number."""
    page = Page().say(locale.say("I bring a picture of yours here, with its buttons:")).add(" ", code("/show 17"), "\n")
    return page.say(locale.say("/history in our private chat has the numbers.")).words()


def coming(locale: Locale) -> str:
    """A toast."""
    return locale.say("It comes.")


def _say_none(page: Page, shown: Leaf, locale: Locale) -> None:
    if shown.older is not None:
        page.say(locale.say("None among these. I can look further back."))
    elif shown.words:
        page.say(locale.say("No picture of yours has these words."))
    else:
        page.say(locale.say("You have no pictures yet. Ask for one:")).add("\n", code(example(locale)))


def _add_line(page: Page, number: int, memory: Memory, locale: Locale) -> None:
    task = memory.task
    page.add(bold(f"{number}."), " ")
    if task.prompt:
        page.add(cut(" ".join(task.prompt.split()), PROMPT_SHOWN), "\n")
    page.add(f"{task.recorded_at:%Y-%m-%d} · {_kind(task)} · ", code(f"/show {task.id}"), "\n")
    if memory.origin:
        page.say(locale.say("🧬 Made from:")).add(" ")
        if not memory.is_whole:
            page.add("… › ")
        for source in memory.origin:
            page.add(code(f"/show {source.id}"), f" {_kind(source)} › ")
        page.add(f"{_kind(task)}\n")
    page.add("\n")


def _kind(task: Task) -> str:
    """What it was asked for by: a button, or a command."""
    if task.title:
        return cut(" ".join(task.title.split()), TITLE_SHOWN)
    match task.submission:
        case Video():
            return "/animate"
        case Imagine() | Press() | Change() | Answer():
            return "/imagine"
        case Blend() | Describe() | Shorten() | Edit() | Swap():
            return f"/{type(task.submission).__name__.lower()}"


def _to_bring(shown: Leaf) -> list[InlineKeyboardButton]:
    return [
        InlineKeyboardButton(str(number), callback_data=callback.data(callback.BRING, memory.task.id))
        for number, memory in enumerate(shown.memories, start=1)
    ]


def _turns(shown: Leaf, locale: Locale) -> list[InlineKeyboardButton]:
    turns = ((callback.NEWER, shown.newer, locale.say("‹ Newer")), (callback.OLDER, shown.older, locale.say("Older ›")))
    return [
        InlineKeyboardButton(text, callback_data=callback.data(letter, anchor * callback.WORDS_BELOW + shown.words_id))
        for letter, anchor, text in turns
        if anchor is not None
    ]
