"""The pages of `/settings`: what holds, and the buttons that change it; one message, edited in place."""

from collections.abc import Mapping, Sequence

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from domain.options import VALUES, Layer, Option
from domain.sheet import Line, Sheet, Where
from messages import callback
from messages.locale import Locale
from messages.options import about, name_of, unset_name, value_name
from messages.words import Page, Words, bold

LINK = "settings"
"""What a link to one's own page has behind `start=`."""

LOOK, UNSET, FIRST = 0, 1, 2
"""What a button does on its page: show it, let go of what was chosen; choose the first value, and so on."""

IN_A_ROW: Mapping[Option, int] = {Option.RATIO: 3, Option.STYLIZE: 4, Option.CLOSED: 3}
USUALLY_IN_A_ROW = 2


def overview(sheet: Sheet, username: str, locale: Locale) -> Words:
    """All that holds, with a button for each."""
    page = Page().add(bold(_title(sheet.where, locale)), "\n\n")
    for line in sheet.lines:
        page.add(name_of(line.option, locale), ": ")
        _add_value(page, line, sheet, locale)
        page.add("\n")
    page.add("\n")
    if sheet.where is Where.OWN:
        page.say(locale.say("What you write in a prompt goes before this."))
    else:
        page.say(locale.say("What people choose for themselves, and what stands in a prompt, goes before this."))
    buttons = [_to_page(sheet.where, line.option, name_of(line.option, locale)) for line in sheet.lines]
    rows = _rows(buttons, USUALLY_IN_A_ROW)
    if sheet.has_topic:
        rows.append([_to_overview(where, sheet.where, locale) for where in (Where.CHAT, Where.TOPIC)])
    if sheet.where is not Where.OWN:
        rows.append([_to_own(username, locale)])
    return page.words(InlineKeyboardMarkup(rows))


def page_of(sheet: Sheet, line: Line, locale: Locale) -> Words:
    """One option: what it is for, what holds, and what can be chosen."""
    page = Page().add(bold(name_of(line.option, locale)), "\n").say(about(line.option, locale)).add("\n\n")
    page.say(locale.say("Now:")).add(" ")
    _add_value(page, line, sheet, locale)
    here = line.chosen.layer is sheet.layer
    places = VALUES[line.option]
    buttons = [
        InlineKeyboardButton(
            _on_button(line, value, locale, here=here),
            callback_data=_data(sheet.where, line.option, FIRST + places.index(value)),
        )
        for value in line.values
    ]
    rows = _rows(buttons, IN_A_ROW.get(line.option, USUALLY_IN_A_ROW))
    default = locale.say("As Telegram says") if line.option is Option.LANGUAGE else locale.say("Default")
    rows.append(
        [InlineKeyboardButton(_ticked(default, not here), callback_data=_data(sheet.where, line.option, UNSET))]
    )
    rows.append([InlineKeyboardButton(locale.say("‹ Back"), callback_data=_data(sheet.where, None, LOOK))])
    return page.words(InlineKeyboardMarkup(rows))


def for_admins(username: str, locale: Locale) -> Words:
    """To somebody in a group who rules nothing there."""
    page = Page().say(locale.say("The settings of this chat are its admins'. Your own are in our private chat."))
    return page.words(InlineKeyboardMarkup([[_to_own(username, locale)]]))


def chosen(locale: Locale) -> str:
    """A toast."""
    return locale.say("Done.")


def read(number: int) -> tuple[Where, Option | None, int] | None:
    """What a button's number says: for whom, on which page, and what; `None` for one that no button has."""
    rest, choice = divmod(number, callback.CHOICES)
    where, page = divmod(rest, callback.CHOICES)
    options = tuple(Option)
    if where >= len(Where) or page > len(options):
        return None
    return Where(where), options[page - 1] if page else None, choice


def _data(where: Where, option: Option | None, choice: int) -> str:
    page = tuple(Option).index(option) + 1 if option is not None else 0
    return callback.data(callback.SETTINGS, (where * callback.CHOICES + page) * callback.CHOICES + choice)


def _add_value(page: Page, line: Line, sheet: Sheet, locale: Locale) -> None:
    value = line.chosen.value
    name = unset_name(line.option, locale) if value is None else value_name(line.option, value, locale)
    page.add(bold(name))
    if sheet.where is Where.TOPIC and line.chosen.layer is Layer.CHAT:
        page.add(" ").say(locale.say("(from this chat)"))
    elif line.chosen.layer is Layer.BOT and value is not None:
        page.add(" ").say(locale.say("(as usual)"))


def _on_button(line: Line, value: str, locale: Locale, *, here: bool) -> str:
    if line.option is Option.CLOSED:
        closed = value in (line.chosen.value or "").split()
        return f"✗ /{value}" if closed else f"✓ /{value}"
    return _ticked(value_name(line.option, value, locale), here and value == line.chosen.value)


def _ticked(text: str, holds: bool) -> str:  # noqa: FBT001 - it is about nothing else
    return f"✓ {text}" if holds else text


def _title(where: Where, locale: Locale) -> str:
    match where:
        case Where.OWN:
            return locale.say("⚙️ Your settings")
        case Where.CHAT:
            return locale.say("⚙️ Settings of this chat")
        case Where.TOPIC:
            return locale.say("⚙️ Settings of this topic")


def _to_page(where: Where, option: Option, text: str) -> InlineKeyboardButton:
    return InlineKeyboardButton(text, callback_data=_data(where, option, LOOK))


def _to_overview(where: Where, now: Where, locale: Locale) -> InlineKeyboardButton:
    text = locale.say("This chat") if where is Where.CHAT else locale.say("This topic")
    return InlineKeyboardButton(_ticked(text, where is now), callback_data=_data(where, None, LOOK))


def _to_own(username: str, locale: Locale) -> InlineKeyboardButton:
    return InlineKeyboardButton(locale.say("👤 Your own settings"), url=f"https://t.me/{username}?start={LINK}")


def _rows(buttons: Sequence[InlineKeyboardButton], length: int) -> list[list[InlineKeyboardButton]]:
    return [list(buttons[start : start + length]) for start in range(0, len(buttons), length)]
