"""Everybody is spoken to in their own language, and no English sentence is left anywhere."""

import json
import re
from collections.abc import Iterator
from functools import cache
from string import Formatter
from typing import Any

import pytest

from messages.locale import LANGUAGES, Locale, locale_for
from messages.options import LANGUAGES as VALUE_NAMES
from sandbox.telegram.chat import Chat
from sandbox.telegram.journal import Call
from sandbox.telegram.town import Person
from sandbox.telegram.views import MessageView
from sandbox.words import gathered
from tests.world import World, WorldWith

WISHES = {
    "ru": "рыжая лиса в снегу",
    "vi": "con cáo đỏ trong tuyết",
    "zh-hans": "雪中的红狐狸",
    "es": "zorro rojo en la nieve",
}


@cache
def english(language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """All that the bot says in English, as it would look; without what is the same in this language."""
    locale, found = locale_for(language), []
    for one in gathered():
        for sentence in one.words:
            parts = [literal for literal, *_ in Formatter().parse(sentence)]
            if locale.say(sentence) != sentence and any(len(part) > 3 for part in parts):
                pattern = "(.+)".join(map(re.escape, parts))
                short = len(sentence.split()) < 3  # else "Zoom" would be found in Midjourney's own names
                found.append((sentence, re.compile(rf"^(✓ )?{pattern}$" if short else pattern)))
    return tuple(found)


def shown(calls: list[Call]) -> Iterator[str]:
    """Every text that the bot has sent: words, captions, buttons, toasts."""
    for call in calls:
        given = call.params
        yield from (str(given[name]) for name in ("text", "caption") if given.get(name))
        for name in ("media", "reply_markup"):
            if given.get(name):
                yield from _texts(json.loads(given[name]) if isinstance(given[name], str) else given[name])


def _texts(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        yield from (str(part[name]) for name in ("text", "caption", "input_field_placeholder") if part.get(name))
        part = list(part.values())
    for one in part if isinstance(part, list) else ():
        yield from _texts(one)


def is_without_english(language: str, calls: list[Call]) -> None:
    texts = set(shown(calls))
    assert len(texts) > 1
    left = {(text, sentence) for text in texts for sentence, looks in english(language) if looks.search(text)}
    assert not left


def said(language: str, sentence: str, **holes: object) -> str:
    return locale_for(language).say(sentence).format(**holes)


async def a_pictures_life(world: World, chat: Chat, person: Person, locale: Locale, wish: str) -> MessageView:
    """From the wish over its glimpses to the picture, its follow-ups, its file, and its end; all by its buttons."""

    async def press(message: MessageView, button: str) -> None:
        assert (await world.press(chat, person, message, button)).text
        await world.pass_time(2)

    grid = await world.draws(person, wish, chat)
    for button in ("✂️ Four singles", "📎 Original", "✏️ Change", "🔁 Again"):
        await press(grid, locale.say(button))
    await press(grid, "U1")
    single = await world.sees(chat, lambda m: m.from_bot and m.photo and any("Zoom Out" in b.text for b in m.buttons))
    await press(single, "🔍 Custom Zoom")
    zoom = await world.sees(chat, lambda m: m.from_bot and any(b.text == locale.say("🔍 Zoom") for b in m.buttons))
    await press(zoom, "1.5")
    await press(zoom, locale.say("✏️ Other words"))
    await press(zoom, locale.say("Cancel"))
    await press(single, "🖌️ Vary (Region)")
    region = await world.sees(chat, lambda m: m.from_bot and any(b.text == locale.say("🖌️ Paint") for b in m.buttons))
    await press(region, locale.say("🖌️ Paint"))  # nothing is marked
    await press(region, locale.say("Cancel"))
    await press(single, "🗑")
    await world.pass_time(30, step=1)
    return single


async def chats_along(world: World, person: Person, wish: str) -> None:
    """All that one can ask for, and get wrong."""
    chat = person.private
    for line in (
        *("/start", "/help", "/imagine", f"/imagine {wish} --ar 16x9", f"/imagine {wish} --aspct 3:2", "/tasks"),
        *("/blend", "/describe", "/shorten", f"/shorten {wish}", "/animate", "/edit", "/swap", "/seed", "/remix"),
        *(
            "/prefer",
            "/prefer --ar 3:2",
            "/balance",
            "/history",
            "/show",
            "/show 999",
            "/settings",
            "/style",
            f"/style noir {wish}",
            "/style noir off",
            "/presses",
            "/nonsense",
        ),
        *(f"/imagine {{{wish}, a}} {wish}", "/imagine a gory battle", wish),
    ):
        chat.say(person, line)
        await world.pass_time(6, step=1)


@pytest.mark.parametrize("language", WISHES)
async def test_a_whole_pictures_life_in_ones_own_language(world_with: WorldWith, language: str) -> None:
    world: World = await world_with()
    world.paint_nothing()
    world.provider.set_speed(all=3.0)
    person = world.telegram.person("Ли", language=language)
    await a_pictures_life(world, person.private, person, locale_for(language), WISHES[language])
    calls = world.calls(person.private) + world.telegram.journal.calls("answerCallbackQuery")
    assert any(said(language, "🎨 On its way…") in text for text in shown(calls))
    is_without_english(language, calls)


@pytest.mark.parametrize("language", WISHES)
async def test_whatever_one_says_the_answer_is_in_ones_own_language(world_with: WorldWith, language: str) -> None:
    world: World = await world_with()
    world.paint_nothing()
    person = world.telegram.person("Ли", language=language)
    await chats_along(world, person, WISHES[language])
    assert said(language, "Shall I draw this?") in world.told(person.private)
    is_without_english(language, world.calls(person.private))


async def test_who_speaks_something_else_reads_the_default(world_with: WorldWith) -> None:
    world: World = await world_with(DEFAULT_LANGUAGE="vi")
    ann = world.telegram.person("Ann", language="de")
    answer = await world.answer(ann.private, ann.private.say(ann, "/help"))
    assert said("vi", "Under a picture, or as an answer to one:") in answer.text
    bob = world.telegram.person("Bob", language="en")
    assert "as an answer to one" in (await world.answer(bob.private, bob.private.say(bob, "/help"))).text


async def test_in_a_group_each_is_answered_and_toasted_in_their_own(world_with: WorldWith) -> None:
    world: World = await world_with()
    world.paint_nothing()
    ru, es = world.telegram.person("Аня", language="ru"), world.telegram.person("Ana", language="es-419")
    group = world.telegram.group("Art", [ru, es])
    hello = said("ru", "👋 I draw pictures from words. Ask like this:")
    await world.sees(group, lambda m: hello in m.text, within=5)  # in the language of who has let it in
    picture = await world.draws(ru, WISHES["ru"], group)
    assert said("ru", "🔁 Again") in [button.text for button in picture.buttons]
    toast = await world.press(group, es, picture, "U1")
    assert toast.text == said("es", "{button}: on its way.", button="U1")
    toast = await world.press(group, es, picture, "🗑")
    assert toast.text == said("es", "Only the person who asked for this picture can do that.")


async def test_a_channel_is_spoken_to_in_the_default_language(world_with: WorldWith) -> None:
    world: World = await world_with(DEFAULT_LANGUAGE="zh-hans")
    world.paint_nothing()
    ann = world.telegram.person("Ann", language="ru")
    channel = world.telegram.channel("News", ann)
    channel.say(ann, f"/imagine {WISHES['zh-hans']}")
    picture = await world.sees(channel, lambda m: m.from_bot and m.photo and m.buttons)
    assert said("zh-hans", "🔁 Again") in [button.text for button in picture.buttons]
    toast = await world.press(channel, ann, picture, "U1")
    assert toast.text == said("ru", "{button}: on its way.", button="U1")
    await world.pass_time(40, step=1)
    is_without_english("zh-hans", world.calls(channel))


async def test_the_commands_are_listed_in_every_language_and_told_only_when_they_changed(world: World) -> None:
    listed = world.telegram.world.profile.commands
    await world.until(lambda: len(listed) == 1 + len(LANGUAGES), within=1)
    by_language = {
        code: {one["command"]: one["description"] for one in commands} for (_, code), commands in listed.items()
    }
    assert set(by_language) == {"", "en", "vi", "zh", "ru", "es"}
    assert by_language[""] == by_language["en"]
    assert by_language["ru"]["help"] == said("ru", "how this works")
    assert len({descriptions["help"] for descriptions in by_language.values()}) == 5
    told = len(world.telegram.journal.calls("setMyCommands"))
    await world.restart_bot()
    await world.until(lambda: len(world.telegram.journal.calls("getMyCommands")) == 2 * len(listed), within=1)
    assert len(world.telegram.journal.calls("setMyCommands")) == told
    await world.restart_bot(DEFAULT_LANGUAGE="ru")
    await world.until(lambda: len(world.telegram.journal.calls("setMyCommands")) == told + 1, within=1)


async def choose(world: World, chat: Chat, person: Person, language: str, *, now: str = "en") -> MessageView:
    """Choose a language in /settings; the page as it is then."""
    await world.pass_time(3)
    page = await world.answer(chat, chat.say(person, "/settings"), within=10)
    for button in (locale_for(now).say("🌐 Language"), VALUE_NAMES[language]):
        seen = chat.message(page.id).edits
        await world.press(chat, person, chat.message(page.id), button)
        await world.until(lambda: chat.message(page.id).edits > seen, 10)  # noqa: B023
    return chat.message(page.id)


async def test_a_chosen_language_holds_at_once_and_after_a_restart(world: World) -> None:
    ann = world.telegram.person("Ann", language="en")
    page = await choose(world, ann.private, ann, "ru")
    assert said("ru", "The language in which I answer.") in page.text
    await world.restart_bot()
    asked = ann.private.say(ann, "/imagine")
    answer = await world.answer(ann.private, asked, within=5)
    assert said("ru", "Write what you would like to see behind the command:") in answer.text


async def test_a_chats_language_is_for_what_stands_there_and_ones_own_for_toasts_and_refusals(world: World) -> None:
    world.paint_nothing()
    ana, linh = world.telegram.person("Ana", language="es"), world.telegram.person("Linh", language="en")
    group = world.telegram.group("Art", [ana, linh])
    await choose(world, group, ana, "ru", now="es")
    await choose(world, linh.private, linh, "vi")
    picture = await world.draws(linh, WISHES["vi"], group)
    assert said("ru", "🔁 Again") in [button.text for button in picture.buttons]
    assert said("ru", "🎨 On its way…") in "".join(shown(world.calls(group)))
    toast = await world.press(group, linh, picture, "U1")
    assert toast.text == said("vi", "{button}: on its way.", button="U1")
    toast = await world.press(group, linh, picture, "U1")
    assert toast.text == said("vi", "Already on it.")  # a refusal is toasted, too
    await world.pass_time(3)
    own = await world.answer(linh.private, linh.private.say(linh, "/help"))
    assert said("vi", "Under a picture, or as an answer to one:") in own.text


async def test_an_operator_reads_cards_and_commands_in_their_own_language(world_with: WorldWith) -> None:
    world: World = await world_with(ACCESS="approval", ADMIN_USERS="10001")
    boss, ann = world.telegram.person("Шеф", language="ru"), world.telegram.person("Ann", language="es")
    await world.answer(boss.private, boss.private.say(boss, "/status"))
    await world.pass_time(3)
    ann.private.say(ann, "/imagine zorro")
    card = await world.sees(boss.private, lambda m: any(b.text == said("ru", "✅ Approve") for b in m.buttons), 20)
    await world.press(boss.private, boss, card, said("ru", "✅ Approve"))
    let_in = said("es", "✅ The operator has let you in: from now on I draw for you.")
    await world.sees(ann.private, lambda m: let_in in m.text, within=20)
    is_without_english("ru", world.calls(boss.private))
    is_without_english("es", world.calls(ann.private))
