"""What can be chosen, in words: the options' names, what each is for, and what its values are called."""

from domain.options import ASK, ON, Option
from domain.rules import PressPolicy
from messages.locale import Locale
from messages.rooms import policies
from messages.words import cut

LANGUAGES = {
    "en": "🇬🇧 English",
    "vi": "🇻🇳 Tiếng Việt",
    "zh-hans": "🇨🇳 简体中文",
    "ru": "🇷🇺 Русский",
    "es": "🇪🇸 Español",
}
"""Each by its own name."""

LONGEST_VALUE = 60
"""UTF-16 units of a value that is none of the buttons'."""


def name_of(option: Option, locale: Locale) -> str:
    """What stands on its button."""
    return {
        Option.LANGUAGE: locale.say("🌐 Language"),
        Option.MODEL: locale.say("🎨 Model"),
        Option.RATIO: locale.say("📐 Aspect ratio"),
        Option.STYLIZE: locale.say("✨ Stylize"),
        Option.MODE: locale.say("🏎 Speed"),
        Option.REMIX: locale.say("✏️ Remix"),
        Option.PREVIEWS: locale.say("👁 Previews"),
        Option.PRESSES: locale.say("👆 Who presses"),
        Option.SPOILER: locale.say("🙈 Spoiler"),
        Option.QUIET: locale.say("🤫 Quiet"),
        Option.CLOSED: locale.say("🚪 Commands"),
    }[option]


def about(option: Option, locale: Locale) -> str:
    """What it is for."""
    return {
        Option.LANGUAGE: locale.say("The language in which I answer."),
        Option.MODEL: locale.say("The model that draws, and its version."),
        Option.RATIO: locale.say("The shape of fresh pictures."),
        Option.STYLIZE: locale.say("How much Midjourney adds of its own taste."),
        Option.MODE: locale.say("How fast pictures are drawn. What is faster may cost more."),
        Option.REMIX: locale.say("Whether I ask for other words before I vary, pan, animate or draw anew."),
        Option.PREVIEWS: locale.say("Whether the picture is shown while it develops."),
        Option.PRESSES: locale.say("Who may use the buttons under somebody's picture."),
        Option.SPOILER: locale.say("Whether pictures are covered until somebody taps them."),
        Option.QUIET: locale.say("Whether I keep silent but for results: no progress, no hello."),
        Option.CLOSED: locale.say("Which commands may be used here. Tap one to close it, or to open it again."),
    }[option]


def value_name(option: Option, value: str, locale: Locale) -> str:
    """What a value is called."""
    match option:
        case Option.LANGUAGE:
            return LANGUAGES.get(value, value)
        case Option.MODEL | Option.RATIO | Option.STYLIZE:
            return cut(_of_a_parameter(value), LONGEST_VALUE)
        case Option.MODE:
            modes = {"fast": locale.say("Fast"), "relax": locale.say("Relaxed"), "turbo": locale.say("Turbo")}
            return modes.get(value, value)
        case Option.REMIX:
            return locale.say("Ask me") if value == ASK else locale.say("As it is")
        case Option.PRESSES:
            return policies(locale)[PressPolicy(value)]
        case Option.PREVIEWS | Option.SPOILER | Option.QUIET:
            return locale.say("On") if value == ON else locale.say("Off")
        case Option.CLOSED:
            closed = ", ".join(f"/{name}" for name in value.split())
            return locale.say("closed: {commands}").format(commands=closed) if closed else locale.say("all open")


def unset_name(option: Option, locale: Locale) -> str:
    """What holds where nobody has chosen, and somebody else than this bot decides."""
    match option:
        case Option.LANGUAGE:
            return locale.say("as Telegram says")
        case Option.MODE:
            return locale.say("as the operator has it")
        case _:
            return locale.say("as Midjourney has it")


def _of_a_parameter(text: str) -> str:
    name, _, value = text.partition(" ")
    match name:
        case "--v":
            return f"Midjourney {value}"
        case "--niji":
            return f"Niji {value}"
        case "--ar" | "--s":
            return value
        case _:
            return text
