"""Who brings which kind of news: the table of contents of the sender."""

from dataclasses import dataclass

from domain.delivery import Delivery, DeliveryKind
from domain.task import Task, TaskState
from messages import task as view
from messages.alert import alert
from messages.locale import Locale, locale_for
from messages.words import Words
from workers.original import Originals
from workers.plain import PlainMessages
from workers.questions import Questions
from workers.result import Results
from workers.seeds import Seeds
from workers.singles import Singles
from workers.status import StatusMessages
from workers.stops import Stops


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
    language: str
    """For what nobody has asked for."""

    async def bring(self, delivery: Delivery, task: Task | None) -> None:
        """Bring one piece of news; `task` is what it is about, if it is about one."""
        if delivery.kind is DeliveryKind.WORDS:
            words, locale = Words.from_body(delivery.body), locale_for(delivery.body.get("language"))
            await self.plain.bring(delivery, view.astray(words, locale) if delivery.astray else words)
        elif delivery.kind is DeliveryKind.ALERT:
            await self.plain.bring(delivery, alert(delivery.body, locale_for(self.language)))
        elif task is None:
            raise LookupError(f"delivery {delivery.id} belongs to no task")
        else:
            await self._bring_of(task, delivery, locale_for(task.language))

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
            case DeliveryKind.SEED:
                await self.seeds.bring(delivery, task)
            case DeliveryKind.STOP:
                await self.stops.bring(delivery, task)
            case DeliveryKind.PART | DeliveryKind.WORDS | DeliveryKind.ALERT:
                raise LookupError(f"delivery {delivery.id} is not brought this way")
