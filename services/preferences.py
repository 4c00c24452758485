"""What people like to have in their prompts: parameters added to every one, and styles that they call by name."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain.errors import NotFlags, PromptTooLong, StyleName, TooManyStyles
from domain.options import Layer
from domain.requester import ChatKind, Requester
from domain.rules import Rules
from services import access, rights
from services.care import expand
from services.choices import USUAL, Scope, scopes_of, usual_in
from services.parameters import Flag, flags_of
from services.prompt import prepare
from storage import preferences
from storage.database import Transaction

MOST_STYLES = 20
LONGEST_USUAL = 500
LONGEST_STYLE = 1000
LONGEST_NAME = 32

_NAME = re.compile(rf"#?([\w-]{{1,{LONGEST_NAME}}})")
_CALLED = re.compile(rf"(?<!\S)#([\w-]{{1,{LONGEST_NAME}}})(?![\w-])( ?)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Usual:
    """What is added to the prompts of somebody in some chat."""

    own: str = ""
    topics: str = ""
    chats: str = ""


def with_usual(tx: Transaction, requester: Requester, prompt: str) -> str:
    """The prompt with what this person prefers, then the topic, then the chat, where it says nothing of the kind."""
    for scope in scopes_of(requester):
        prompt = join(prompt, flags_of(usual_in(tx, scope)))
    return prompt


def with_styles(tx: Transaction, requester: Requester, prompt: str) -> str:
    """The prompt with this person's styles in place of their names; other words behind a # stay as they are."""
    if not _CALLED.search(prompt):
        return prompt
    known = styles_of(tx, requester)
    behind: list[Flag] = []

    def words(found: re.Match[str]) -> str:
        style = known.get(found[1].casefold())
        if style is None:
            return found[0]
        flags = flags_of(style)
        behind.extend(flags)
        said = style[: flags[0].start].strip() if flags else style
        return f"{said}{found[2]}" if said else ""

    changed = _CALLED.sub(words, prompt)
    return prepare(join(changed, behind)) if changed != prompt else prompt


def usual_of(tx: Transaction, requester: Requester) -> Usual:
    """What is added to this person's prompts here."""
    words = {scope.layer: usual_in(tx, scope) for scope in scopes_of(requester)}
    return Usual(own=words.get(Layer.OWN, ""), topics=words.get(Layer.TOPIC, ""), chats=words.get(Layer.CHAT, ""))


def choose_usual(tx: Transaction, requester: Requester, words: str, rules: Rules, *, for_chat: bool) -> str:
    """Add these parameters to every prompt from now on. Raises `NotFlags`, `PromptTooLong`, `AdminsOnly`."""
    access.check(tx, requester, rules)
    suffix = " ".join(prepare(words).split())
    flags = flags_of(suffix)
    if not flags or flags[0].start or "r" in {flag.family for flag in flags} or expand(suffix) != (suffix,):
        raise NotFlags  # what makes several pictures of one must be seen in the wish itself
    if len(suffix) > LONGEST_USUAL:
        raise PromptTooLong(LONGEST_USUAL)
    preferences.put(tx, _scope(tx, requester, rules, for_chat=for_chat), USUAL, suffix)
    return suffix


def forget_usual(tx: Transaction, requester: Requester, rules: Rules, *, for_chat: bool) -> None:
    """Add nothing any more. Raises `AdminsOnly`."""
    preferences.forget(tx, _scope(tx, requester, rules, for_chat=for_chat), USUAL)


def put_flag(tx: Transaction, scope: Scope, family: str, text: str | None) -> None:
    """Of all parameters of a family, add this one to every prompt, or none. Raises `PromptTooLong`."""
    others = [flag.text for flag in flags_of(usual_in(tx, scope)) if flag.family != family]
    suffix = " ".join([*others, *([text] if text else [])])
    if len(suffix) > LONGEST_USUAL:
        raise PromptTooLong(LONGEST_USUAL)
    if suffix:
        preferences.put(tx, scope.id, USUAL, suffix, scope.topic_id)
    else:
        preferences.forget(tx, scope.id, USUAL, scope.topic_id)


def styles_of(tx: Transaction, requester: Requester) -> Mapping[str, str]:
    """What this person keeps, by name."""
    found = preferences.select_all(tx, requester.user_id)
    return {name[1:]: value for name, value in found.items() if name.startswith("#")}


def keep_style(tx: Transaction, requester: Requester, name: str, words: str, rules: Rules) -> str:
    """Keep a style; its name. Raises `StyleName`, `PromptTooLong`, `TooManyStyles`."""
    access.check(tx, requester, rules)
    name = name_of(name)
    style = " ".join(prepare(words).split())
    if len(style) > LONGEST_STYLE:
        raise PromptTooLong(LONGEST_STYLE)
    kept = styles_of(tx, requester)
    if name not in kept and len(kept) >= MOST_STYLES:
        raise TooManyStyles(MOST_STYLES)
    preferences.put(tx, requester.user_id, f"#{name}", style)
    return name


def forget_style(tx: Transaction, requester: Requester, name: str) -> str:
    """Keep it no longer; its name. Raises `StyleName`."""
    name = name_of(name)
    preferences.forget(tx, requester.user_id, f"#{name}")
    return name


def name_of(word: str) -> str:
    """A style's name as it is kept. Raises `StyleName`."""
    found = _NAME.fullmatch(word)
    if found is None:
        raise StyleName
    return found[1].casefold()[:LONGEST_NAME]


def join(prompt: str, flags: Sequence[Flag]) -> str:
    """The prompt with those of the parameters behind it of which it says nothing itself."""
    for flag in flags:
        if flag.family not in {one.family for one in flags_of(prompt)}:
            prompt = f"{prompt.rstrip()} {flag.text}"
    return prompt


def _scope(tx: Transaction, requester: Requester, rules: Rules, *, for_chat: bool) -> int:
    if requester.chat_kind is ChatKind.PRIVATE:
        return requester.user_id
    if not for_chat and requester.user_id != requester.chat_id:
        return requester.user_id  # else somebody speaks as the chat, and chooses for it
    rights.check_admin(tx, requester, rules)
    return requester.chat_id
