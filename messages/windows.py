"""The questions that a window puts: words, a zoom or a region; what is chosen carries a tick."""

from dataclasses import dataclass

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, MessageEntity, User, WebAppInfo

from domain.question import (
    RATIOS,
    USUAL_ZOOM,
    ZOOMS,
    Choice,
    Question,
    QuestionKind,
    QuestionState,
    zoom_in,
)
from domain.requester import ChatKind
from domain.task import Task
from messages import callback
from messages.locale import Locale
from messages.words import CAPTION_LIMIT, TEXT_LIMIT, Page, Words, bold, code, cut, one_line, utf16

Row = list[InlineKeyboardButton]


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """Where a question leads."""

    bot: str
    """The bot's name at Telegram."""
    page: str = ""
    """The address of the page on which a region is painted; empty where there is none."""

    def private(self, question: Question) -> str:
        """Opens the question in the private chat."""
        return f"https://t.me/{self.bot}?start=w{question.id}"

    def app(self, question: Question) -> str:
        """Opens the page from anywhere."""
        return f"https://t.me/{self.bot}?startapp={key_of(question)}"

    def web_app(self, question: Question) -> str:
        """Opens the page from a private chat."""
        return f"{self.page}?w={key_of(question)}"


def key_of(question: Question) -> str:
    """What stands for the question in the page's address."""
    return f"{question.id}-{question.filled.key}"


def question(
    task: Task,
    asked: Question,
    links: Links,
    locale: Locale,
    *,
    chat: ChatKind,
    picture: bool = False,
    nothing_to_see: bool = False,
) -> Words:
    """The question. `picture`: it stands under one, where there is less room."""
    page = Page().add(bold(cut(task.title, 40)), "\n") if task.title else Page()
    match asked.kind:
        case QuestionKind.ZOOM:
            page.say(locale.say("How far out, in which shape, with which words?"))
        case QuestionKind.WORDS:
            page.say(locale.say("With these words, or with others?"))
        case QuestionKind.REGION:
            page.say(locale.say("Which part shall I paint anew? Tap its numbers."))
            if nothing_to_see:
                page.add(" ").say(locale.say("I cannot get the picture just now; it follows."))
    if chat is not ChatKind.CHANNEL:
        page.add("\n").say(locale.say("For other words, reply to this message; a tap copies these:"))
    room = (CAPTION_LIMIT if picture else TEXT_LIMIT) - utf16(page.text) - 100
    page.add("\n", code(cut(asked.filled.prompt, room)), "\n")
    page.say(locale.say("Nothing is drawn or charged before you answer; I wait for 15 minutes."))
    return page.words(InlineKeyboardMarkup(_rows(asked, links, locale, chat)))


def words_wanted(task: Task, locale: Locale, *, chat: ChatKind) -> Words:
    """Asks one person for a reply; in a group Telegram opens it for that person only, who has to be named."""
    page = Page()
    if chat is not ChatKind.PRIVATE:
        name = cut(one_line(task.user_name), 60) or "•"
        user = User(task.user_id, name, is_bot=False)
        page.entities.append(MessageEntity(MessageEntity.TEXT_MENTION, 0, utf16(name), user=user))
        page.text += name
        page.add(": ")
    return page.say(locale.say("✏️ Reply to this message with the new words.")).words()


def over(asked: Question, locale: Locale) -> Words:
    """What a question says once it is none any more, where it is not the task's own message."""
    if asked.state is QuestionState.ANSWERED:
        return Page().say(locale.say("✅ Sent. The picture comes where you pressed.")).words()
    return Page().say(locale.say("This question is over. Nothing was drawn, nothing was charged for it.")).words()


def remix(locale: Locale, *, ask: bool) -> Words:
    """Whether the person is asked for words, and how to change that."""
    page = Page()
    if ask:
        page.say(
            locale.say("✏️ I ask you for words before I vary, pan, animate or draw anew, where the service takes them.")
        )
    else:
        page.say(locale.say("I vary, pan, animate and draw anew with the picture's own words, and do not ask."))
    texts = (locale.say("As it is"), locale.say("Ask me"))
    row = [
        InlineKeyboardButton(f"✓ {text}" if ask == bool(number) else text, callback_data=_data(callback.REMIX, number))
        for number, text in enumerate(texts)
    ]
    return page.words(InlineKeyboardMarkup([row]))


def remix_chosen(locale: Locale, *, ask: bool) -> str:
    """A toast."""
    return locale.say("From now on I ask you for words.") if ask else locale.say("From now on I do not ask.")


def closed(locale: Locale) -> Words:
    """Somebody answers what is no question any more."""
    sentence = locale.say("That question is answered, or its time is over. Press the picture's button again.")
    return Page().say(sentence).words()


def sent(locale: Locale) -> str:
    """A toast."""
    return locale.say("On its way.")


def called_off(locale: Locale) -> str:
    """A toast."""
    return locale.say("Cancelled. Nothing was drawn, nothing was charged.")


def chosen(locale: Locale) -> str:
    """A toast: what has changed shows on the buttons."""
    return locale.say("Chosen.")


def write(locale: Locale) -> str:
    """A toast."""
    return locale.say("Write the new words as a reply.")


def _rows(asked: Question, links: Links, locale: Locale, chat: ChatKind) -> list[Row]:
    rows: list[Row] = []
    filled = asked.filled
    send = ""
    match asked.kind:
        case QuestionKind.ZOOM:
            rows += _zooms(asked, locale)
            send = locale.say("🔍 Zoom")
        case QuestionKind.REGION:
            if filled.width:
                rows += _cells(asked)
            send = locale.say("🖌️ Paint")
            if links.page:
                rows.append([_page(asked, links, locale, chat)])
        case QuestionKind.WORDS:
            pass
    say = (locale.say("As it is"), Choice.AS_IT_IS) if asked.kind is QuestionKind.WORDS else (send, Choice.SEND)
    last = [_button(say[0], asked, say[1])]
    if chat is not ChatKind.CHANNEL:
        last.append(_button(locale.say("✏️ Other words"), asked, Choice.OTHER_WORDS))
    rows.append(last)
    if asked.kind is QuestionKind.WORDS:
        rows.append([_button(locale.say("Always as it is"), asked, Choice.ALWAYS_AS_IT_IS)])
    if chat is not ChatKind.PRIVATE:
        rows.append([InlineKeyboardButton(locale.say("💬 In private"), url=links.private(asked))])
    rows.append([_button(locale.say("Cancel"), asked, Choice.CANCEL)])
    return rows


def _zooms(asked: Question, locale: Locale) -> list[Row]:
    filled = asked.filled
    zoom = filled.zoom or zoom_in(filled.prompt) or USUAL_ZOOM
    rows: list[Row] = [[], [], []]
    for place, value in enumerate(ZOOMS):
        text = locale.say("1.0 (new ratio)") if value == "1" else f"{float(value):.1f}"
        button = _button(_ticked(text, on=float(zoom) == float(value)), asked, Choice.ZOOM + place)
        rows[1 if value == "1" else 0].append(button)
    for place, value in enumerate(RATIOS):
        text = value or locale.say("As it is")
        rows[2].append(_button(_ticked(text, on=value == (filled.ratio or "")), asked, Choice.RATIO + place))
    return rows


def _cells(asked: Question) -> list[Row]:
    columns, rows = asked.filled.layout
    return [
        [
            _button(_ticked(str(cell), on=cell in asked.filled.cells), asked, Choice.CELL + cell)
            for cell in range(row * columns + 1, (row + 1) * columns + 1)
        ]
        for row in range(rows)
    ]


def _page(asked: Question, links: Links, locale: Locale, chat: ChatKind) -> InlineKeyboardButton:
    """Telegram opens a page from a button in private chats only; elsewhere a link leads to it."""
    text = locale.say("🎨 Paint by hand")
    if chat is ChatKind.PRIVATE:
        return InlineKeyboardButton(text, web_app=WebAppInfo(links.web_app(asked)))
    return InlineKeyboardButton(text, url=links.app(asked))


def _ticked(text: str, *, on: bool) -> str:
    return f"✓ {text}" if on else text


def _button(text: str, asked: Question, choice: int) -> InlineKeyboardButton:
    number = asked.id * callback.CHOICES + choice
    return InlineKeyboardButton(text, callback_data=_data(callback.WINDOW, number))


def _data(letter: str, number: int) -> str:
    return callback.data(letter, number)
