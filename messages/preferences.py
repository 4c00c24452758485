"""What people prefer: the parameters that are added to their prompts, and the styles that they call by name."""

from collections.abc import Mapping

from domain.doubt import Doubt
from messages.care import concerns
from messages.locale import Locale
from messages.words import Page, Styled, Words, bold, code, cut

STYLE_SHOWN = 120
"""UTF-16 units of each style in the list."""


def usual(own: str, topics: str, chats: str, locale: Locale) -> Words:
    """What is added, and how to change it."""
    page = Page()
    if own:
        page.say(locale.say("Your prompts get this, unless they say it themselves:")).add("\n", code(own), "\n\n")
    if topics:
        page.say(locale.say("In this topic all prompts get this:")).add("\n", code(topics), "\n\n")
    if chats:
        page.say(locale.say("In this chat all prompts get this:")).add("\n", code(chats), "\n\n")
    if own or chats:
        page.say(locale.say("{command} clears it."), command=code("/prefer off" if own else "/prefer chat off"))
    elif topics:
        page.say(locale.say("{command} changes it."), command="/settings")
    else:
        page.say(locale.say("I can add parameters to each of your prompts:")).add(
            "\n", code("/prefer --ar 3:2 --s 200")
        )
    return page.words()


def usual_kept(suffix: str, doubt: Doubt | None, locale: Locale, *, for_chat: bool) -> Words:
    """It is kept; what seems wrong with it is told."""
    page = Page()
    if for_chat:
        page.say(locale.say("All prompts in this chat get this, unless they say it themselves:"))
    else:
        page.say(locale.say("Your prompts get this, unless they say it themselves:"))
    page.add("\n", code(suffix))
    return concerns(page, doubt, locale).words() if doubt else page.words()


def usual_cleared(locale: Locale) -> Words:
    """Nothing is added."""
    return Page().say(locale.say("Nothing is added any more.")).words()


def styles(kept: Mapping[str, str], locale: Locale) -> Words:
    """What is kept, and how to use it."""
    page = Page()
    if not kept:
        page.say(locale.say("I can keep words under a name, and a # before the name calls them:")).add("\n")
        words = locale.say("black and white, film grain")
        return page.add(code(f"/style noir {words} --s 300"), "\n", _use("noir", locale)).words()
    for name, words in kept.items():
        page.add(bold(f"#{name}"), " ", cut(words, STYLE_SHOWN), "\n")
    first = next(iter(kept))
    page.add("\n").say(locale.say("{command} removes one."), command=code(f"/style {first} off"))
    return page.words()


def style_kept(name: str, words: str, locale: Locale) -> Words:
    """It is kept."""
    page = Page().say(locale.say("Kept. Use it so:")).add("\n", _use(name, locale), "\n\n")
    return page.add(bold(f"#{name}"), " ", words).words()


def style(name: str, words: str | None, locale: Locale) -> Words:
    """One of them."""
    if words is None:
        return Page().say(locale.say("You keep no style {name}."), name=bold(f"#{name}")).words()
    return Page().add(bold(f"#{name}"), " ", code(words)).words()


def style_removed(name: str, locale: Locale) -> Words:
    """It is kept no longer."""
    return Page().say(locale.say("{name} is gone."), name=bold(f"#{name}")).words()


def _use(name: str, locale: Locale) -> Styled:
    return code(f"/imagine {locale.say('a cat')} #{name}")
