"""Everything that the bot says, once each, with the longest that may stand in it: the list that every language is held
against. A function of `messages` that is not here fails `test_every_screen.py`: give it a line."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import product

from telegram import InlineKeyboardMarkup
from telegram.constants import CallbackQueryLimit, MessageLimit

from domain import errors
from domain.doubt import BadRatio, Doubt, NoValue, OutOfRange, UnknownFlag, UnknownVersion
from domain.figures import Overview, Share, Stats, Tally
from domain.gathering import GatheringKind, Use
from domain.guest import Guest, Standing
from domain.options import VALUES, Layer, Option
from domain.question import Over, QuestionKind, QuestionState
from domain.requester import ChatKind
from domain.rules import PressPolicy
from domain.sheet import Where
from domain.task import Attached, Blend, Ending, Imagine, PictureId, Role, Submission, Task, TaskId, TaskState
from domain.verdict import PictureTrouble, Reason
from messages import (
    again,
    alert,
    alterations,
    care,
    error,
    films,
    guests,
    help,  # noqa: A004 - the room calls it so
    keyboard,
    limits,
    memories,
    operators,
    options,
    painting,
    pictures,
    points,
    preferences,
    proposals,
    rooms,
    settings,
    spans,
    task,
    windows,
)
from messages.locale import Locale
from messages.words import Page, Words
from tests.messages.samples import NOON, a_task
from tests.messages.test_films import REROLL, U1
from tests.messages.test_memories import a_leaf
from tests.messages.test_operators import DECIDED, GUEST
from tests.messages.test_pictures import gathering
from tests.messages.test_questions import ASKED, LINKS
from tests.messages.test_questions_and_words import a_row, described, shortened
from tests.messages.test_refusals import REFUSALS
from tests.messages.test_settings import a_sheet

Shown = Words | Page | InlineKeyboardMarkup | Mapping[str, str] | str | None
Says = Callable[[Locale], Iterable[Shown]]

MESSAGE, CAPTION, TOAST = (
    int(MessageLimit.MAX_TEXT_LENGTH),
    int(MessageLimit.CAPTION_LENGTH),
    int(CallbackQueryLimit.ANSWER_CALLBACK_QUERY_TEXT_LENGTH),
)
COMMAND, LABEL = 256, 64
"""What Telegram takes of a command's description; and what is still read on a button."""

LONG, SHORT = "слово 🦊 " * 900, "x"
NAME = "a_bot_with_a_name_of_thirty_two_b"
DOUBT = Doubt(
    concerns=(
        UnknownFlag(flag="--" + "x" * 90, nearest=""),
        UnknownFlag(flag="--" + "x" * 90, nearest="--" + "y" * 90),
        UnknownVersion(flag="--niji", value="9" * 90, nearest="6"),
        BadRatio(value="9" * 90, nearest=""),
        BadRatio(value="9" * 90, nearest="16:9"),
        OutOfRange(flag="--stylize", value="9" * 90, low="0", high="1000", nearest="1000"),
        NoValue(flag="--" + "x" * 90),
    ),
    repair="--ar 16:9 --stylize 1000 --version 6.1 --chaos 100 --weird 3000",
    repaired=("a",) * 10,
    expanded=("a",) * 10,
)
LONG_TASK = a_task(prompt=LONG, title="Upscale (Creative) " * 9, user_name="Анна 🦊 " * 40)
DONE = replace(LONG_TASK, state=TaskState.SUCCEEDED, image_url="https://cdn.example/" + "x" * 2000)
FILMS = replace(DONE, videos=tuple("https://cdn.example/" + "x" * 2000 for _ in range(4)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """What one function says."""

    limit: int
    says: Says


def _each(*functions: Callable[[Locale], Shown]) -> Says:
    return lambda locale: [function(locale) for function in functions]


def _message(says: Says) -> Screen:
    return Screen(limit=MESSAGE, says=says)


def _toast(says: Says) -> Screen:
    return Screen(limit=TOAST, says=says)


def _reasons(locale: Locale) -> Iterable[Words]:
    troubles = (f"{Reason.PICTURE}\n{trouble}" for trouble in PictureTrouble)
    endings = (said for one in (*Reason, *Ending) for said in (str(one), f"{one}\n{LONG}"))
    submissions: tuple[Submission, ...] = (
        Imagine(prompt="a fox"),
        Imagine(prompt="a fox --sref", attached=(Attached(picture=PictureId("a"), role=Role.STYLE),)),
        Blend(pictures=(PictureId("a"), PictureId("b"))),
    )
    for reason, submission in product((*troubles, *endings), submissions):
        yield task.failure(replace(LONG_TASK, reason=reason, submission=submission), locale)


def _failures(locale: Locale) -> Iterable[Page]:
    for reason in (*Reason, *Ending):
        page = Page()
        error.failure_sentence(page, replace(LONG_TASK, reason=f"{reason}\n{LONG}"), locale)
        yield page


def _statuses(locale: Locale) -> Iterable[Words]:
    states: tuple[Task, ...] = (
        LONG_TASK,
        replace(LONG_TASK, busy_since=NOON - timedelta(minutes=1)),
        replace(LONG_TASK, state=TaskState.SENDING),
        *(replace(LONG_TASK, state=TaskState.RUNNING, queue_place=n) for n in (None, 1, 3, 5, 21, 999)),
        replace(LONG_TASK, state=TaskState.RUNNING, progress=99),
        replace(described(""), state=TaskState.RUNNING, progress=99),
        *(replace(LONG_TASK, state=TaskState.CANCELLED, reason=reason) for reason in (None, *Over)),
    )
    for one, place in product(states, (None, 1000)):
        yield task.status(one, place=place, now=NOON, locale=locale, can_stop=True, ready_in=timedelta(minutes=119))


def _gatherings(locale: Locale) -> Iterable[Words]:
    for kind, number, chat in product(GatheringKind, range(6), ChatKind):
        for words, invite in ((LONG, None), ("", NAME)):
            yield pictures.gathering(gathering(kind, number, chat=chat, words=words), locale, invite=invite)


def _questions(locale: Locale) -> Iterable[Words]:
    for kind, chat, nothing in product(QuestionKind, ChatKind, (False, True)):
        asked = replace(ASKED, kind=kind, filled=replace(ASKED.filled, offered=LONG))
        yield windows.question(LONG_TASK, asked, LINKS, locale, chat=chat, nothing_to_see=nothing)


def _small_questions(locale: Locale) -> Iterable[Words]:
    for kind, chat, nothing in product(QuestionKind, ChatKind, (False, True)):
        asked = replace(ASKED, kind=kind, filled=replace(ASKED.filled, offered=LONG))
        yield windows.question(LONG_TASK, asked, LINKS, locale, chat=chat, picture=True, nothing_to_see=nothing)


def _lists(locale: Locale) -> Iterable[Words]:
    yield help.task_list((), locale)
    for state in TaskState:
        yield help.task_list([replace(LONG_TASK, state=state)] * 45, locale)


def _offers(locale: Locale) -> Iterable[Words]:
    for doubt in (DOUBT, replace(DOUBT, too_many=True), Doubt(expanded=("a",)), replace(DOUBT, expanded=("a",))):
        yield care.question(LONG, 10**12, doubt, locale)


def _guests() -> Iterable[Guest]:
    for kind, standing, limit, blocked in product(ChatKind, Standing, (0, 1, 5), (None, NOON)):
        yield replace(
            GUEST,
            name=LONG,
            asked_name=LONG,
            kind=kind,
            standing=standing,
            daily_limit=limit,
            blocked_at=blocked,
            **DECIDED,  # type: ignore[arg-type]  # one value for several columns
        )


def _balances(locale: Locale) -> Iterable[Words]:
    for pictures_left, points_left, chat, given in product(
        ((0, None), (10**6, 21)), ((0, None), (10**6, 21)), ((), ((10**6, 3), (10**6, 3))), (0, 1, 2, 5)
    ):
        yield points.balance(
            pictures_left,
            points_left,
            chat,
            given=given,
            prices=(10**6, 10**6, 10**6),
            opens_in=timedelta(hours=23, minutes=59),
            locale=locale,
        )


def _sheets(locale: Locale) -> Iterable[Words]:
    for where, layer, topic in product(Where, Layer, (False, True)):
        yield settings.overview(a_sheet(where, layer, longest=True, has_topic=topic), NAME, locale)


def _settings(locale: Locale) -> Iterable[Words]:
    for where, layer in product(Where, Layer):
        sheet = a_sheet(where, layer)
        yield from (settings.page_of(sheet, line, locale) for line in sheet.lines)


ALERTS = tuple(
    {"alert": what, "provider": LONG, "what": LONG, "said": LONG, "count": count, "megabytes": 999, "over": over}
    for what, count, over in product(
        ("account", "redirected", "older", "unclear", "disk", "set aside", "other"), (1, 2, 5), (False, True)
    )
)
SHARES = tuple(Share(id=-(10**13), name=LONG, count=10**6) for _time in range(5))
STATS = Stats(days=((date(2026, 11, 21), 3),) * 366, tally=Tally(asked=10**6), people=SHARES, chats=SHARES)
OVERVIEW = Overview(
    provider=LONG,
    mode="relax",
    paused_since=NOON,
    key_refused=True,
    lacks={f"action {number} {'x' * 100}": NOON for number in range(100)},
    running=10**6,
    waiting=10**6,
    today=Tally(asked=10**6),
    unclear=2,
    oldest=LONG_TASK,
    guests_waiting=5,
)
DAY = timedelta(hours=23, minutes=59)
QUOTAS = tuple(
    errors.QuotaExceeded(limit=limit, whose=whose, opens_at=NOON + timedelta(hours=23, minutes=59))
    for limit, whose in product((1, 2, 5, 100_000), ("user", "chat"))
)
POINTS = tuple(
    errors.PointsMissing(wanted=wanted, rest=10**5, given=given, limit=limit, whose=whose, opens_at=NOON + DAY)
    for wanted, given, limit, whose in product((10**6 + 1, 10**6), (0, 10**4), (1, 10**7), ("user", "chat"))
)
LINES = tuple(errors.LineFull(10, wanted=wanted) for wanted in (1, 4))
REST = tuple(
    errors.QuotaExceeded(limit=10**5, whose=whose, opens_at=NOON + DAY, rest=rest, wanted=10**5)
    for whose, rest in product(("user", "chat"), (1, 99))
)
UNFIT = tuple(errors.PicturesUnfit(why, count=17, word="--sref") for why in errors.PicturesTrouble)
USED_UP: tuple[errors.QuotaExceeded | errors.PointsMissing | errors.LineFull, ...] = (*QUOTAS, *POINTS, *LINES, *REST)
ALL_REFUSALS = (*REFUSALS, *USED_UP, *UNFIT)
TASK_ID = TaskId(17)

SCREENS: Mapping[str, Screen] = {
    "again.change": _message(lambda locale: [again.change(DONE, NAME, locale)]),
    "again.seed": _message(lambda locale: [again.seed(found, locale) for found in (None, "9" * 20)]),
    "again.buttons_below": _message(lambda locale: [again.buttons_below(locale, None)]),
    "again.singles_above": Screen(limit=CAPTION, says=lambda locale: [again.singles_above(DONE, locale)]),
    "again.not_cut": _message(_each(again.not_cut)),
    "again.coming": _toast(_each(again.coming)),
    "again.words_come": _toast(_each(again.words_come)),
    "alert.alert": _message(lambda locale: [alert.alert(body, locale) for body in ALERTS]),
    "alert.let_go": _message(lambda locale: [alert.let_go(n, locale) for n in (1, 2, 5)]),
    "alterations.edit_help": _message(lambda locale: [alterations.edit_help(NAME, locale)]),
    "alterations.swap_help": _message(lambda locale: [alterations.swap_help(NAME, locale)]),
    "care.question": _message(_offers),
    "care.concerns": _message(lambda locale: [care.concerns(Page(), DOUBT, locale)]),
    "error.refusal": _toast(lambda locale: [error.refusal(one, NOON, locale) for one in ALL_REFUSALS]),
    "error.our_fault": _toast(_each(error.our_fault)),
    "error.perhaps_done": _message(_each(error.perhaps_done)),
    "error.failure_sentence": Screen(limit=CAPTION, says=_failures),
    "films.below": _message(
        lambda locale: [
            films.below(FILMS.videos[:number], locale, keyboard.keyboard([one], locale))
            for number, one in product((0, 1, 2, 4), (U1, REROLL))
        ]
    ),
    "films.links": _message(
        lambda locale: [
            films.links(FILMS, mode="turbo", late=True, locale=locale, keyboard=None, astray=True, unclear=unclear)
            for unclear in (False, True)
        ]
    ),
    "films.animate_help": _message(lambda locale: [films.animate_help(NAME, locale)]),
    "guests.card": _message(
        lambda locale: [guests.card(one, locale, choosing=anew) for one in _guests() for anew in (False, True)]
    ),
    "guests.card_comes": _toast(_each(guests.card_comes)),
    "guests.decided": _message(lambda locale: [guests.decided(one, locale) for one in _guests()]),
    "guests.done": _toast(_each(guests.done)),
    "guests.let_in": _message(
        lambda locale: [
            guests.let_in(replace(one, asked_words=words), NAME, locale)
            for one in _guests()
            for words in ("", "word " * 200)
        ]
    ),
    "guests.name_of": _toast(lambda locale: [guests.name_of(replace(GUEST, name=name), locale) for name in ("", LONG)]),
    "guests.not_let_in": _toast(lambda locale: [guests.not_let_in(one, locale) for one in (None, *Standing)]),
    "guests.number_wanted": _message(lambda locale: [guests.number_wanted("unblock", locale)]),
    "guests.people": _message(
        lambda locale: [
            guests.people([], 0, 0, locale),
            *(guests.people([one] * guests.PAGE, guests.PAGE, 100, locale) for one in _guests()),
        ]
    ),
    "help.commands": Screen(limit=COMMAND, says=_each(help.commands)),
    "help.example": Screen(limit=TOAST, says=_each(help.example, lambda locale: help.example(locale, NAME))),
    "help.start": _message(_each(help.start)),
    "help.help_text": _message(_each(help.help_text)),
    "help.imagine_help": _message(_each(help.imagine_help)),
    "help.suggestion": _message(lambda locale: [help.suggestion(LONG, 10**12, locale)]),
    "help.welcome_operator": _message(_each(help.welcome_operator)),
    "help.claim_used": _message(_each(help.claim_used)),
    "help.task_list": _message(_lists),
    "help.unclear_list": _message(lambda locale: [help.unclear_list([LONG_TASK] * n, locale) for n in (0, 40)]),
    "help.original_comes": _toast(_each(help.original_comes)),
    "help.removing": _toast(_each(help.removing)),
    "help.cancelled": _toast(_each(help.cancelled)),
    "help.stopping": _toast(_each(help.stopping)),
    "help.on_it": _toast(lambda locale: [help.on_it("x" * 80, locale)]),
    "help.question_first": _toast(_each(help.question_first)),
    "help.drawing": _toast(_each(help.drawing)),
    "keyboard.keyboard": _message(
        lambda locale: [
            keyboard.keyboard(
                [U1], locale, original=TASK_ID, singles=TASK_ID, repeat=TASK_ID, change=TASK_ID, remove=TASK_ID
            )
        ]
    ),
    "keyboard.short_keyboard": _message(lambda locale: [keyboard.short_keyboard([U1], locale)]),
    "limits.why": _toast(lambda locale: [limits.why(one, NOON, locale) for one in USED_UP]),
    "memories.coming": _toast(_each(memories.coming)),
    "memories.in_private": _message(lambda locale: [memories.in_private(NAME, locale)]),
    "memories.leaf": _message(
        lambda locale: [
            memories.leaf(a_leaf(LONG, LONG, "word " * 60), locale),
            *(
                memories.leaf(replace(a_leaf(""), memories=(), words=words, older=older), locale)
                for words, older in product(("", "fox"), (None, TASK_ID))
            ),
        ]
    ),
    "memories.show_help": _message(_each(memories.show_help)),
    "operators.commands": Screen(limit=COMMAND, says=_each(operators.commands)),
    "operators.days_wanted": _message(
        lambda locale: [operators.days_wanted(command, 366, locale) for command in ("stats", "usage")]
    ),
    "operators.stats": Screen(limit=CAPTION, says=lambda locale: [operators.stats(STATS, locale)]),
    "operators.status": _message(
        lambda locale: [
            operators.status(one, NOON + timedelta(minutes=5), locale)
            for one in (
                OVERVIEW,
                replace(OVERVIEW, key_refused=False),
                replace(OVERVIEW, paused_since=None, oldest=None),
            )
        ]
    ),
    "operators.usage": Screen(
        limit=CAPTION,
        says=lambda locale: [
            operators.usage(n, NOON, NOON + timedelta(days=3), locale, whole=whole)
            for n, whole in product((0, 1, 2, 5), (False, True))
        ],
    ),
    "options.about": _message(lambda locale: [options.about(one, locale) for one in Option]),
    "options.name_of": Screen(limit=LABEL, says=lambda locale: [options.name_of(one, locale) for one in Option]),
    "options.unset_name": Screen(limit=LABEL, says=lambda locale: [options.unset_name(one, locale) for one in Option]),
    "options.value_name": _toast(
        lambda locale: [
            options.value_name(one, value, locale)
            for one, values in VALUES.items()
            for value in (values if one is not Option.CLOSED else ("", " ".join(values)))
        ]
    ),
    "painting.trouble": _toast(lambda locale: [painting.trouble(one, locale) for one in painting.Trouble]),
    "painting.page_words": _toast(_each(painting.page_words)),
    "pictures.gathering": _message(_gatherings),
    "pictures.used": _message(
        lambda locale: [
            pictures.used(gathering(GatheringKind.BASKET, number), how, locale)
            for number, how in product((1, 2, 5), Use)
        ]
    ),
    "pictures.chosen": _toast(lambda locale: [pictures.chosen(how, locale) for how in Use]),
    "pictures.let_go": _message(_each(pictures.let_go)),
    "pictures.hidden": _message(lambda locale: [pictures.hidden(NAME, locale)]),
    "pictures.blend_help": _message(
        lambda locale: [pictures.blend_help(locale, alone=alone) for alone in (False, True)]
    ),
    "pictures.unread": _message(_each(pictures.unread)),
    "pictures.why": _toast(lambda locale: [pictures.why(one, locale) for one in UNFIT]),
    "points.balance": _message(_balances),
    "points.gave": _message(
        lambda locale: [
            points.gave(LONG, given, 50, balance, locale)
            for given, balance in product((-5, -2, -1, 0, 1, 2, 5), (0, 1, 2, 5))
        ]
    ),
    "points.give_help": _message(_each(points.give_help)),
    "preferences.usual": _message(
        lambda locale: [
            preferences.usual(own, topics, chats, locale)
            for own, topics, chats in product(("", "--ar 3:2 " * 60), repeat=3)
        ]
    ),
    "preferences.usual_kept": _message(
        lambda locale: [
            preferences.usual_kept("--ar 3:2 " * 60, DOUBT, locale, for_chat=for_chat) for for_chat in (False, True)
        ]
    ),
    "preferences.usual_cleared": _message(_each(preferences.usual_cleared)),
    "preferences.styles": _message(
        lambda locale: [preferences.styles({f"{n}{'x' * 20}": LONG for n in range(n)}, locale) for n in (0, 20)]
    ),
    "preferences.style_kept": _message(lambda locale: [preferences.style_kept("x" * 20, "word " * 100, locale)]),
    "preferences.style": _message(lambda locale: [preferences.style("x" * 20, said, locale) for said in (None, "a b")]),
    "preferences.style_removed": _message(lambda locale: [preferences.style_removed("x" * 20, locale)]),
    "proposals.result": _message(
        lambda locale: [
            proposals.result(make(text), locale)
            for make, text in product((described, shortened), ("", f"1️⃣ {LONG}", f"**a** {LONG}\n1️⃣ {LONG}"))
        ]
    ),
    "proposals.keyboard": _message(lambda locale: [proposals.keyboard(described(""), a_row(pressed=2), locale)]),
    "proposals.describe_help": _message(_each(proposals.describe_help)),
    "proposals.shorten_help": _message(_each(proposals.shorten_help)),
    "rooms.welcome": _message(
        lambda locale: [rooms.welcome(NAME, locale, hears_all=hears_all) for hears_all in (False, True)]
    ),
    "rooms.waiting": _message(lambda locale: [rooms.waiting(n, locale) for n in (1, 2, 5, 21, 100)]),
    "rooms.brought": _message(lambda locale: [rooms.brought(n, locale) for n in (1, 2, 5, 21, 100)]),
    "rooms.policies": Screen(limit=LABEL, says=lambda locale: [*rooms.policies(locale).values()]),
    "rooms.presses": _message(lambda locale: [rooms.presses(policy, locale) for policy in PressPolicy]),
    "rooms.presses_in_private": _message(_each(rooms.presses_in_private)),
    "rooms.chosen": _toast(_each(rooms.chosen)),
    "rooms.nothing_waits": _toast(_each(rooms.nothing_waits)),
    "rooms.coming": _toast(_each(rooms.coming)),
    "settings.chosen": _toast(_each(settings.chosen)),
    "settings.for_admins": _message(lambda locale: [settings.for_admins(NAME, locale)]),
    "settings.overview": _message(_sheets),
    "settings.page_of": _message(_settings),
    "spans.opens_in": _toast(lambda locale: [spans.opens_in(timedelta(hours=23, minutes=59), locale)]),
    "spans.ready_in": _toast(
        lambda locale: [spans.ready_in(timedelta(minutes=n), locale) for n in (0.5, 1, 2, 5, 119, 120, 300, 1300)]
    ),
    "task.status": Screen(limit=CAPTION, says=_statuses),
    "task.caption": Screen(
        limit=CAPTION, says=lambda locale: [task.caption(DONE, mode="turbo", late=True, locale=locale, astray=True)]
    ),
    "task.astray": _message(lambda locale: [task.astray(help.suggestion(LONG, 1, locale), locale)]),
    "task.text_result": _message(
        lambda locale: [task.text_result(replace(DONE, reason=reason), locale=locale) for reason in (None, LONG)]
    ),
    "task.link": _message(
        lambda locale: [task.link(one, mode="turbo", late=True, locale=locale) for one in (DONE, FILMS)]
    ),
    "task.failure": _message(_reasons),
    "task.unclear": _message(lambda locale: [task.unclear(DONE, locale, asked_again=asked) for asked in (False, True)]),
    "task.turned_up": _message(lambda locale: [task.turned_up(DONE, locale)]),
    "task.original_gone": _message(_each(task.original_gone)),
    "task.goes_on": _message(_each(task.goes_on)),
    "task.not_removed": _message(_each(task.not_removed)),
    "windows.question": _message(_questions),
    "windows.question, under a picture": Screen(limit=CAPTION, says=_small_questions),
    "windows.words_wanted": _message(
        lambda locale: [windows.words_wanted(LONG_TASK, locale, chat=chat) for chat in ChatKind]
    ),
    "windows.over": _message(
        lambda locale: [windows.over(replace(ASKED, state=state), locale) for state in QuestionState]
    ),
    "windows.remix": _message(lambda locale: [windows.remix(locale, ask=ask) for ask in (False, True)]),
    "windows.remix_chosen": _toast(lambda locale: [windows.remix_chosen(locale, ask=ask) for ask in (False, True)]),
    "windows.closed": _message(_each(windows.closed)),
    "windows.sent": _toast(_each(windows.sent)),
    "windows.called_off": _toast(_each(windows.called_off)),
    "windows.chosen": _toast(_each(windows.chosen)),
    "windows.write": _toast(_each(windows.write)),
}
"""By module and function, with the limit that holds where it is shown."""
