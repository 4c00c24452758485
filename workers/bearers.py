"""Who brings which kind of news: the table of contents of the sender."""

from dataclasses import dataclass

from domain.delivery import Delivery, DeliveryKind
from domain.task import Task, TaskState
from messages import task as view
from messages.alert import alert
from messages.locale import Locale, chosen, locale_for
from messages.words import Words
from storage import tongues
from storage.database import Database
from workers.cards import Cards
from workers.original import Originals
from workers.plain import PlainMessages
from workers.questions import Questions
from workers.reports import Reports
from workers.result import Results
from workers.seeds import Seeds
from workers.showing import Showing
from workers.singles import Singles
from workers.status import StatusMessages
from workers.stops import Stops

FOR_OPERATORS = (
    DeliveryKind.ALERT,
    DeliveryKind.CARD,
    DeliveryKind.MENU,
    DeliveryKind.STATS,
    DeliveryKind.USAGE,
)
"""About no task; in the language that the operator was last heard in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearers:
    """All of them."""

    status: StatusMessages
    results: Results
    originals: Originals
    plain: PlainMessages
    questions: Questions
    singles: Singles
    seeds: Seeds
    stops: Stops
    showing: Showing
    cards: Cards
    reports: Reports
    db: Database
    language: str
    """For what nobody has asked for."""

    async def bring(self, delivery: Delivery, task: Task | None) -> None:
        """Bring one piece of news; `task` is what it is about, if it is about one."""
        if delivery.kind is DeliveryKind.WORDS:
            words, locale = Words.from_body(delivery.body), locale_for(delivery.body.get("language"))
            await self.plain.bring(delivery, view.astray(words, locale) if delivery.astray else words)
        elif delivery.kind in FOR_OPERATORS:
            heard = await self.db.run(tongues.language_of, delivery.chat_id)
            await self._bring_to_operator(delivery, chosen(heard, self.language))
        elif task is None:
            raise LookupError(f"delivery {delivery.id} belongs to no task")
        else:
            await self._bring_of(task, delivery, locale_for(task.language))

    async def _bring_to_operator(self, delivery: Delivery, locale: Locale) -> None:
        match delivery.kind:
            case DeliveryKind.CARD:
                await self.cards.bring(delivery, locale)
            case DeliveryKind.MENU:
                await self.cards.bring_menu(delivery, locale)
            case DeliveryKind.STATS:
                await self.reports.bring_stats(delivery, locale)
            case DeliveryKind.USAGE:
                await self.reports.bring_usage(delivery, locale)
            case _:
                await self.plain.bring(delivery, alert(delivery.body, locale))

    async def _bring_of(self, task: Task, delivery: Delivery, locale: Locale) -> None:
        match delivery.kind:
            case DeliveryKind.STATUS if task.state is TaskState.AWAITING_INPUT:
                await self.questions.bring(delivery, task, locale)
            case DeliveryKind.WINDOW:
                await self.questions.bring(delivery, task, locale)
            case DeliveryKind.STATUS:
                await self.status.bring(delivery, task, locale)
            case DeliveryKind.RESULT:
                await self.results.bring(delivery, task, locale)
            case DeliveryKind.FAILURE:
                await self.plain.bring_end(delivery, task, view.failure(task, locale))
            case DeliveryKind.UNCLEAR:
                await self.plain.bring_unclear(delivery, task, locale)
            case DeliveryKind.ORIGINAL:
                await self.originals.bring(delivery, task, locale)
            case DeliveryKind.KEYBOARD:
                await self.plain.bring_keyboard(delivery, task)
            case DeliveryKind.REMOVAL:
                await self.plain.remove(delivery, locale)
            case DeliveryKind.SINGLES:
                await self.singles.bring(delivery, task, locale)
            case DeliveryKind.BUTTONS:
                await self.singles.bring_buttons(delivery, task, locale)
            case DeliveryKind.SHOWN:
                await self.showing.bring(delivery, task)
            case DeliveryKind.SEED:
                await self.seeds.bring(delivery, task)
            case DeliveryKind.STOP:
                await self.stops.bring(delivery, task)
            case (
                DeliveryKind.PART
                | DeliveryKind.WORDS
                | DeliveryKind.ALERT
                | DeliveryKind.CARD
                | DeliveryKind.MENU
                | DeliveryKind.STATS
                | DeliveryKind.USAGE
            ):
                raise LookupError(f"delivery {delivery.id} is not brought this way")
