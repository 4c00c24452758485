"""The messages of one task: how it goes, the picture's caption, the failure, the open question."""

from datetime import datetime, timedelta

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from domain.proposals import is_words
from domain.question import Over
from domain.requester import ChatKind
from domain.task import MAYBE_SENT, Task, TaskState
from messages import callback, spans
from messages.error import failure_sentence
from messages.locale import Locale
from messages.words import (
    CAPTION_LIMIT,
    TEXT_LIMIT,
    Page,
    Styled,
    Words,
    below,
    bold,
    code,
    cut,
    fitted,
    quote,
    utf16,
)

QUOTE_IN_STATUS = 300
"""UTF-16 units of the prompt in a status message: enough to know which one it is."""


def status(
    task: Task,
    *,
    place: int | None,
    now: datetime,
    locale: Locale,
    can_stop: bool = False,
    ready_in: timedelta | None = None,
) -> Words:
    """How it goes. `place`: where it stands in line, from 1; `None` where it need not wait.

    `can_stop`: whether it can be stopped, now or in a moment. `ready_in`: how long it may take, where that is known.
    """
    page = Page()
    keyboard = _cancel(task, locale) if can_stop else None
    match task.state:
        case TaskState.CANCELLED if task.reason == Over.NOT_ANSWERED:
            page.say(locale.say("⌛ No answer came in time. Nothing was drawn, nothing was charged for it."))
        case TaskState.CANCELLED if task.reason == Over.CALLED_OFF:
            page.say(locale.say("✖️ Cancelled. Nothing was drawn, nothing was charged for it."))
        case TaskState.CANCELLED:
            page.say(locale.say("✖️ Cancelled. Nothing was sent, so nothing was charged."))
        case TaskState.RECORDED if task.busy_since and now - task.busy_since >= timedelta(seconds=10):
            page.say(locale.say("⏳ The image service is busy. I keep asking for a few minutes."))
            keyboard = _cancel(task, locale)
        case TaskState.RECORDED if place is not None:
            page.say(locale.say("⏳ Waiting in line: place {place}."), place=place)
            if ready_in is not None:
                page.add(" ", spans.ready_in(ready_in, locale))
            keyboard = _cancel(task, locale)
        case TaskState.RUNNING if task.progress and is_words(task):
            page.say(locale.say("🔎 At it… {percent}%"), percent=task.progress)
        case TaskState.RUNNING if task.progress:
            page.say(locale.say("🎨 Drawing… {percent}%"), percent=task.progress)
        case TaskState.RUNNING if task.queue_place:
            before = locale.count("{n} picture is before it.", "{n} pictures are before it.", task.queue_place)
            page.say(locale.say("🎨 The image service has it.")).add(" ").say(before, n=task.queue_place)
        case _:
            page.say(locale.say("🎨 On its way…"))
    _name(page.add("\n"), task)
    return page.words(keyboard)


def caption(task: Task, *, mode: str, late: bool, locale: Locale, astray: bool = False) -> Words:
    """What stands under the finished picture: the prompt, who asked, what was pressed, the mode if one is set.

    In a channel nobody is named: its readers do not see who runs it.
    """
    foot = Page()
    if astray:
        foot.add(_astray(locale), "\n")
    if late:
        foot.say(locale.say("It arrived after all.")).add("\n")
    who = "" if task.chat_kind == ChatKind.CHANNEL else cut(task.user_name, 60)
    foot.add(" · ".join(filter(None, (cut(task.title, 40), who, mode))))
    page = Page()
    if task.prompt:
        page.add(quote(cut(task.prompt, CAPTION_LIMIT - utf16(foot.text) - 2)), "\n")
    return page.add(foot.text).words()


def astray(words: Words, locale: Locale) -> Words:
    """The same, where the topic that it was asked in takes nothing."""
    return fitted(below(_astray(locale), words), TEXT_LIMIT)


def text_result(task: Task, *, locale: Locale) -> Words:
    """A result that is no picture: the service's own text, or the honest word that there was none."""
    page = Page()
    if task.reason:
        page.add(cut(task.reason, TEXT_LIMIT - 600)).add("\n")
    else:
        page.say(locale.say("The image service says that it is done, but gave no picture.")).add("\n")
    return _name(page, task).words()


def link(task: Task, *, mode: str, late: bool, locale: Locale) -> Words:
    """The last way to bring a picture: its address."""
    video = locale.say("Telegram did not take this video. Here it is:")
    page = Page().say(video if task.videos else locale.say("Telegram did not take this picture. Here it is:"))
    page.add("\n", cut(task.image_url or "", 2048), "\n\n")
    return Words(text=page.text + caption(task, mode=mode, late=late, locale=locale).text)


def failure(task: Task, locale: Locale) -> Words:
    """Why nothing came of it, and the words back, so that a tap copies them for another try."""
    page = Page()
    if task.title:
        page.add(bold(cut(task.title, 40)), ": ")
    failure_sentence(page, task, locale)
    if task.prompt:
        page.add("\n\n")
        page.add(code(cut(task.prompt, TEXT_LIMIT - utf16(page.text) - 2)))
    return page.words()


def unclear(task: Task, locale: Locale, *, asked_again: bool = False) -> Words:
    """No clear answer came: the person decides whether it is worth a possible second charge; once."""
    if task.reason == MAYBE_SENT:
        sentence = locale.say(
            "❔ My records were set back to an older copy, and I may have sent this since. It may have been charged, "
            "so I do not send it again by myself. If it turns up, you get it here."
        )
    else:
        sentence = locale.say(
            "❔ I sent this, but got no clear answer. It may have been charged, so I do not send it again by myself. "
            "If it turns up, you get it here."
        )
    page = Page().say(sentence)
    page.add("\n\n", code(cut(task.prompt or task.title, TEXT_LIMIT - 1000)), "\n\n")
    page.say(locale.say("For the operator: task {number}."), number=task.id)
    if asked_again:
        return page.add("\n").say(locale.say("Submitted again.")).words()
    again = InlineKeyboardButton(
        locale.say("Submit again (may cost twice)"), callback_data=callback.data(callback.AGAIN, task.id)
    )
    return page.words(InlineKeyboardMarkup([[again]]))


def turned_up(task: Task, locale: Locale) -> Words:
    """What was unclear has been found at the provider."""
    page = Page().say(locale.say("✅ It turned up: the image service has it after all. The picture comes here."))
    return _name(page.add("\n"), task).words()


def original_gone(locale: Locale) -> Words:
    """The untouched file is wanted too late."""
    return Page().say(locale.say("The image service does not keep the original of this picture any more.")).words()


def goes_on(locale: Locale) -> Words:
    """The service did not stop it."""
    sentence = locale.say("Too late to stop it: the image service is at it and will charge it, so it comes anyway.")
    return Page().say(sentence).words()


def not_removed(locale: Locale) -> Words:
    """Telegram does not let a bot delete what is old."""
    sentence = locale.say("I cannot remove that one: Telegram lets me for 48 hours only. An admin of this chat can.")
    return Page().say(sentence).words()


def _astray(locale: Locale) -> str:
    return locale.say("↪️ The topic it was asked in takes nothing, so it comes here.")


def _cancel(task: Task, locale: Locale) -> InlineKeyboardMarkup:
    button = InlineKeyboardButton(locale.say("Cancel"), callback_data=callback.data(callback.CANCEL, task.id))
    return InlineKeyboardMarkup([[button]])


def _name(page: Page, task: Task) -> Page:
    """Which one it is: what was pressed, and the beginning of the prompt."""
    if task.title:
        page.add(Styled(cut(task.title, 40), "bold"), "\n")
    return page.add(quote(cut(task.prompt, QUOTE_IN_STATUS))) if task.prompt else page
