"""The status message: one message a task, edited as it goes on, gone when the end is there."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from telegram import Bot, InputMediaPhoto

from domain.clock import Clock
from domain.delivery import Delivery, DeliveryState, Priority
from domain.requester import ChatKind
from domain.rules import Rules
from domain.task import Task, TaskState
from messages import task as view
from messages.locale import Locale
from messages.words import Words
from services import choices, line, news, stops
from storage import deliveries, placed, statuses, tasks
from storage.database import Database, Transaction
from workers import post
from workers.budget import Budget
from workers.dispatch import Dispatch
from workers.outcome import Arrived, No, Perhaps, Wait
from workers.post import Plan, Sent, plan_for
from workers.previews import Previews


@dataclass(frozen=True, slots=True, kw_only=True)
class _Look:
    """What is to be known besides the task."""

    outlook: line.Outlook | None
    """In line."""
    can_stop: bool
    previews: bool
    quiet: bool


class StatusMessages:
    """Shows how tasks go."""

    def __init__(
        self,
        db: Database,
        bot: Bot,
        dispatch: Dispatch,
        budget: Budget,
        previews: Previews | None,
        rules: Rules,
        clock: Clock,
    ) -> None:
        self._db = db
        self._bot = bot
        self._dispatch = dispatch
        self._budget = budget
        self._previews = previews
        self._rules = rules
        self._clock = clock

    async def bring(self, delivery: Delivery, task: Task, locale: Locale) -> None:
        """Send it, edit it or take it away, whichever the task's state wants."""
        if task.state in news.ENDED:
            await self._take_away(delivery, task)
            return
        now = self._clock.now()
        look = await self._db.run(self._look, task, now)
        seen = delivery.shows == "photo" or (look.previews and task.preview_url is not None)
        can_stop = look.can_stop and not seen  # what can be seen is paid for: to stop it would save nothing
        place, ready_in = (look.outlook.place, look.outlook.ready_in) if look.outlook else (None, None)
        words = view.status(task, place=place, now=now, locale=locale, can_stop=can_stop, ready_in=ready_in)
        if delivery.message_id is None:
            if look.quiet:
                await self._nod(delivery, task, None)
                return
            if delivery.chat_id < 0 and not await self._has_room(delivery.chat_id):
                await self._nod(delivery, task, words)
                return
            await self._send(delivery, task, view.astray(words, locale) if delivery.astray else words)
        else:
            await self._edit(delivery, delivery.message_id, task, words, previews=look.previews)

    def _look(self, tx: Transaction, task: Task, now: datetime) -> "_Look":
        return _Look(
            outlook=line.outlook_of(tx, task, self._rules, now) if task.state is TaskState.RECORDED else None,
            can_stop=stops.is_of_use(tx, task, self._rules.provider, now),
            previews=self._previews is not None and choices.wants_previews(tx, task),
            quiet=choices.is_quiet(tx, task),
        )

    async def _has_room(self, chat_id: int) -> bool:
        expected = (await self._db.run(tasks.count_open_in_groups)).get(chat_id, 0)
        return not self._budget.is_short(chat_id, self._clock.now(), expected=expected)

    async def _nod(self, delivery: Delivery, task: Task, words: Words | None) -> None:
        """In a busy group: a reaction under the request; a press has had its toast, which is enough.

        `words`: for where reactions are not to be had; none in a quiet room, where a channel's readers see none either.
        """
        asked = delivery.reply_to
        unseen = words is None and task.chat_kind == ChatKind.CHANNEL
        if asked is None or unseen or await self._db.run(placed.task_at, task.chat_id, asked) is not None:
            await self._db.run(news.status_seen, delivery, self._clock.now())
            return
        message_id = asked
        outcome = await self._dispatch.attempt(
            delivery, plan_for(delivery), lambda _plan: post.react(self._bot, delivery.chat_id, message_id)
        )
        refused = isinstance(outcome, No) and outcome not in {No.NOW, No.TOKEN, No.CHAT}
        if refused and words is not None:
            await self._send_when_there_is_room(delivery, task, words)  # no reactions here
        elif refused or isinstance(outcome, Sent | Perhaps):  # the same again would change nothing
            await self._db.run(news.status_seen, delivery, self._clock.now())
        elif not isinstance(outcome, Arrived):
            await self._dispatch.write_down(delivery, outcome)

    async def _send_when_there_is_room(self, delivery: Delivery, task: Task, words: Words) -> None:
        now = self._clock.now()
        if (at := self._budget.ready_at(delivery.chat_id, Priority.ANSWER, now)) > now:
            await self._db.run(deliveries.put_back, delivery.id, at)
        else:
            await self._send(delivery, task, words)

    async def _send(self, delivery: Delivery, task: Task, words: Words) -> None:
        sent = await self._dispatch.attempt(
            delivery, plan_for(delivery), lambda plan: post.send_words(self._bot, delivery.chat_id, words, plan)
        )
        if isinstance(sent, Sent) and sent.message_id is not None:
            await self._shown(delivery, task, words, sent.message_id, shows="text")
        elif not isinstance(sent, Sent):
            await self._dispatch.write_down(delivery, sent)

    async def _edit(self, delivery: Delivery, message_id: int, task: Task, words: Words, *, previews: bool) -> None:
        shows = delivery.shows or "text"
        picture = None
        if self._previews and previews and task.state is TaskState.RUNNING and task.preview_url:
            picture = await self._previews.fetch(task.preview_url, task.remote_id)
        if digest(words, task.preview_url if picture else None) == delivery.shown:
            await self._db.run(news.status_unchanged, delivery, task, self._clock.now())
            return

        async def call(plan: Plan) -> Sent:
            if picture is None:
                return await post.put_words_in_place(self._bot, delivery.chat_id, message_id, words, shows=shows)
            media = InputMediaPhoto(
                picture, caption=words.text, caption_entities=words.entities, has_spoiler=plan.covered or None
            )
            await self._bot.edit_message_media(
                media, chat_id=delivery.chat_id, message_id=message_id, reply_markup=words.keyboard
            )
            return Sent(message_id)

        outcome = await self._dispatch.attempt(delivery, plan_for(delivery), call)
        if isinstance(outcome, Sent | Arrived):
            now_shows = "photo" if picture else shows
            await self._shown(delivery, task, words, message_id, shows=now_shows, preview=picture is not None)
        elif outcome is No.MESSAGE:
            await self._db.run(statuses.forget_status, task.id)
        elif isinstance(outcome, No) and outcome not in {No.NOW, No.TOKEN}:
            await self._db.run(news.status_refused, delivery, self._clock.now())
        else:
            await self._dispatch.write_down(delivery, outcome)

    async def _shown(
        self, delivery: Delivery, task: Task, words: Words, message_id: int, *, shows: str, preview: bool = False
    ) -> None:
        await self._db.run(
            news.status_shown,
            delivery,
            task,
            self._clock.now(),
            message_id=message_id,
            shows=shows,
            shown=digest(words, task.preview_url if preview else None),
        )

    async def _take_away(self, delivery: Delivery, task: Task) -> None:
        if delivery.message_id is None:
            await self._db.run(deliveries.end, delivery.id, DeliveryState.DROPPED)
            return
        if await self._db.run(placed.has_unsettled_end, task.id):  # it may yet be needed to repair a send
            await self._db.run(deliveries.settle, delivery.id, now=self._clock.now())
            return
        message_id = delivery.message_id

        async def call(_plan: Plan) -> Sent:
            await self._bot.delete_message(delivery.chat_id, message_id)
            return Sent(None)

        outcome = await self._dispatch.attempt(delivery, plan_for(delivery), call)
        if isinstance(outcome, Wait | Perhaps) or outcome in {No.NOW, No.TOKEN}:
            await self._dispatch.write_down(delivery, outcome)
        else:
            await self._db.run(statuses.forget_status, task.id)


def digest(words: Words, preview: str | None) -> str:
    """What a message shows, short enough to be kept: an edit that changes nothing is not made."""
    return hashlib.sha256(f"{words.text}\0{words.keyboard}\0{preview}".encode()).hexdigest()
