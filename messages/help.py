"""What the bot says of itself: welcome, help, what is running, an idea to draw."""

from collections.abc import Mapping, Sequence

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from domain.task import Task, TaskId, TaskState
from messages import callback
from messages.locale import Locale
from messages.words import TEXT_LIMIT, Page, Words, bold, code, cut, one_line, quote


def commands(locale: Locale) -> Mapping[str, str]:
    """The command list that Telegram shows: what each does, in a few words."""
    return {
        "imagine": locale.say("draw a picture from your words"),
        "blend": locale.say("melt 2 to 5 pictures into one"),
        "animate": locale.say("let a picture move"),
        "edit": locale.say("change a picture with words"),
        "swap": locale.say("put a face into a picture"),
        "describe": locale.say("find words for a picture"),
        "shorten": locale.say("tell which words weigh, propose shorter ones"),
        "prefer": locale.say("parameters that your prompts get by themselves"),
        "style": locale.say("words that you call by a name"),
        "tasks": locale.say("what of yours is being drawn, or waits"),
        "balance": locale.say("what you have left today"),
        "history": locale.say("your own pictures, or those with some words"),
        "show": locale.say("bring one of them here, with its buttons"),
        "settings": locale.say("what you like, and what holds in a chat"),
        "presses": locale.say("who may use the buttons under pictures here"),
        "help": locale.say("how this works"),
    }


def example(locale: Locale, username: str = "") -> str:
    """A wish as one writes it; in groups with the bot's name."""
    return f"/imagine{f'@{username}' if username else ''} {locale.say('a lighthouse in a storm')}"


def start(locale: Locale) -> Words:
    """The first words to a person."""
    page = Page().say(locale.say("👋 Tell me what you would like to see, and I draw it:")).add("\n")
    page.add(code(example(locale)), "\n\n")
    page.say(locale.say("Under each picture are buttons to enlarge it, vary it, or draw it anew."))
    return page.words()


def help_text(locale: Locale) -> Words:
    """How the bot works."""
    page = Page()
    page.say(locale.say("{command} and your words: I draw four pictures."), command=bold("/imagine")).add("\n")
    page.add(code(f"{example(locale)} --ar 3:2"), "\n\n")
    page.say(locale.say("U1–U4 bring one of them in large, V1–V4 draw it in other ways, 🔄 draws all anew.")).add(
        "\n\n"
    )
    page.say(locale.say("Under a picture, or as an answer to one:")).add("\n")
    for name, sentence in (
        ("/imagine", locale.say("{command} draws from it")),
        ("/describe", locale.say("{command} finds words for it")),
        ("/blend", locale.say("{command} melts it with others, 2 to 5")),
        ("/animate", locale.say("{command} lets it move")),
        ("/edit", locale.say("{command} changes it with your words")),
        ("/swap", locale.say("{command} puts its face into the picture you answer")),
    ):
        page.say(sentence, command=bold(name)).add("\n")
    page.add("\n").say(locale.say("{command} weighs the words of a prompt."), command=bold("/shorten")).add("\n")
    keep = locale.say("{prefer} and {style} keep what your prompts should always have, or have by a name.")
    page.say(keep, prefer=bold("/prefer"), style=bold("/style")).add("\n")
    page.say(locale.say("{command} has what you like, by buttons."), command=bold("/settings")).add("\n")
    found = locale.say("{history} has your pictures, and {show} brings one into any chat.")
    page.say(found, history=bold("/history"), show=bold("/show")).add("\n")
    page.say(locale.say("{command} shows what of yours is being drawn, and cancels it."), command=bold("/tasks"))
    page.add("\n").say(locale.say("{command} shows what you have left today."), command=bold("/balance"))
    return page.words()


def imagine_help(locale: Locale) -> Words:
    """`/imagine` without words."""
    page = (
        Page().say(locale.say("Write what you would like to see behind the command:")).add("\n", code(example(locale)))
    )
    return page.words()


def suggestion(prompt: str, draft_id: int, locale: Locale) -> Words:
    """Plain words in a private chat may be meant as a prompt."""
    page = Page().say(locale.say("Shall I draw this?")).add("\n")
    page.add(quote(cut(prompt, TEXT_LIMIT - 200)))
    button = InlineKeyboardButton(locale.say("🎨 Draw this"), callback_data=callback.data(callback.DRAFT, draft_id))
    return page.words(InlineKeyboardMarkup([[button]]))


def welcome_operator(locale: Locale) -> Words:
    """To whoever has opened the claim link first."""
    return Page().say(locale.say("🔑 You run this bot now. Try it:")).add("\n", code(example(locale))).words()


def claim_used(locale: Locale) -> Words:
    """To whoever opened it later."""
    return Page().say(locale.say("This link has been used, or a newer one was made.")).words()


def task_list(tasks: Sequence[Task], locale: Locale) -> Words:
    """What of a person waits or runs; what still waits can be cancelled."""
    if not tasks:
        return (
            Page()
            .say(locale.say("Nothing of yours is being drawn. Ask for something:"))
            .add("\n", code(example(locale)))
            .words()
        )
    page = Page()
    rows = []
    for number, task in enumerate(tasks[:20], start=1):
        page.add(
            f"{number}. ",
            bold(_how(task, locale)),
            " ",
            cut(one_line(" · ".join(filter(None, (task.title, task.prompt)))), 120),
        )
        page.add("\n")
        if task.state in {TaskState.RECORDED, TaskState.AWAITING_INPUT}:
            rows.append([_cancel(number, task.id, locale)])
    if len(tasks) > 20:
        page.say(locale.count("… and {n} more.", "… and {n} more.", len(tasks) - 20), n=len(tasks) - 20)
    return page.words(InlineKeyboardMarkup(rows) if rows else None)


def unclear_list(tasks: Sequence[Task], locale: Locale) -> Words:
    """For the operator: what may have been charged without a result."""
    if not tasks:
        return Page().say(locale.say("Nothing is unclear: every request has a known end.")).words()
    page = Page().say(locale.say("These may have been charged at the image service, though no answer came:")).add("\n")
    for task in tasks[-30:]:
        asked = f"{task.recorded_at:%Y-%m-%d %H:%M} UTC"
        what = cut(one_line(" · ".join(filter(None, (task.user_name, task.title, task.prompt)))), 80)
        page.add(bold(f"{task.id}"), f" {asked} · {what}\n")
    return page.words()


def original_comes(locale: Locale) -> str:
    """A toast."""
    return locale.say("The file is on its way.")


def removing(locale: Locale) -> str:
    """A toast."""
    return locale.say("It goes.")


def cancelled(locale: Locale) -> str:
    """A toast."""
    return locale.say("Cancelled. Nothing was charged.")


def stopping(locale: Locale) -> str:
    """A toast. Whether it helps, and what it saves, nobody knows yet."""
    return locale.say("It is with the image service already. I ask it to stop.")


def on_it(title: str, locale: Locale) -> str:
    """A toast."""
    return locale.say("{button}: on its way.").format(button=title)


def question_first(locale: Locale) -> str:
    """A toast."""
    return locale.say("A question first: see below.")


def drawing(locale: Locale) -> str:
    """A toast."""
    return locale.say("On its way.")


def _how(task: Task, locale: Locale) -> str:
    match task.state:
        case TaskState.RECORDED:
            return locale.say("waiting")
        case TaskState.RUNNING if task.progress:
            return f"{task.progress}%"
        case TaskState.AWAITING_INPUT:
            return locale.say("waits for your answer")
        case TaskState.UNCLEAR:
            return locale.say("unclear")
        case _:
            return locale.say("being drawn")


def _cancel(number: int, task_id: TaskId, locale: Locale) -> InlineKeyboardButton:
    text = locale.say("Cancel {number}").format(number=number)
    return InlineKeyboardButton(text, callback_data=callback.data(callback.CANCEL_LISTED, task_id))
