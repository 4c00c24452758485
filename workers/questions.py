"""Puts questions: in the status message of their task, and in private for whoever comes by the link."""

import asyncio
from datetime import timedelta

import structlog
from telegram import Bot, ForceReply

from domain.clock import Clock
from domain.delivery import Delivery, DeliveryKind, DeliveryState, Form
from domain.question import Question, QuestionKind, QuestionState
from domain.requester import ChatKind
from domain.task import Task
from messages import windows as view
from messages.locale import Locale
from messages.words import Words
from services import news, questions
from storage import deliveries
from storage import windows as rows
from storage.database import Database
from workers import post
from workers.dispatch import Dispatch
from workers.gallery import Gallery
from workers.grid import PictureUnreadable, draw_grid, size_of
from workers.outcome import Arrived, No
from workers.picture import Fitted
from workers.post import Came, Plan, Sent, plan_for
from workers.status import digest

log = structlog.stdlib.get_logger("bot.questions")

FETCH_DELAYS = (1, 3)
"""Seconds between the tries to fetch the picture; after the last one the question comes without."""
PICTURE_FOLLOWS = timedelta(seconds=1.5)
"""After the last tap: a picture is heavy, and the buttons show already what is chosen."""
PICTURE_TRIED_AGAIN = timedelta(seconds=30)
MARK = 24
"""Characters of a digest that are kept: two of them fit where one lies usually."""


class Questions:
    """Sends and edits questions."""

    def __init__(
        self, db: Database, bot: Bot, dispatch: Dispatch, gallery: Gallery, clock: Clock, *, page: str = ""
    ) -> None:
        self._db = db
        self._bot = bot
        self._dispatch = dispatch
        self._gallery = gallery
        self._clock = clock
        self._page = page
        self._drawing = asyncio.Semaphore(1)

    async def bring(self, delivery: Delivery, task: Task, locale: Locale) -> None:
        """Put the question, show what was chosen, or say that it is over."""
        asked = await self._db.run(rows.select_of, task.id)
        if asked is None:
            await self._db.run(deliveries.end, delivery.id, DeliveryState.DROPPED)
        elif delivery.kind is DeliveryKind.WINDOW and asked.state is not QuestionState.OPEN:
            await self._close(delivery, asked, locale)
        elif delivery.body.get("words"):
            await self._want_words(delivery, task, locale)
        elif asked.kind is QuestionKind.REGION:
            await self._region(delivery, task, asked, locale)
        else:
            await self._put_words(delivery, asked, self._words(delivery, task, asked, locale))

    def _words(
        self, delivery: Delivery, task: Task, asked: Question, locale: Locale, *, picture: bool = False
    ) -> Words:
        links = view.Links(bot=self._bot.username, page=self._page)
        nothing = not picture and asked.kind is QuestionKind.REGION
        chat = kind_of(delivery, task)
        return view.question(task, asked, links, locale, chat=chat, picture=picture, nothing_to_see=nothing)

    async def _put_words(
        self, delivery: Delivery, asked: Question, words: Words, *, again: timedelta | None = None
    ) -> None:
        mark = digest(words, None)
        if delivery.message_id is not None and mark == delivery.shown:
            await self._shown(delivery, asked, delivery.message_id, delivery.shows or "text", mark, again=again)
            return
        message_id = delivery.message_id

        async def call(plan: Plan) -> Sent:
            if message_id is None:
                return await post.send_words(self._bot, delivery.chat_id, words, plan)
            shows = delivery.shows or "text"
            return await post.put_words_in_place(self._bot, delivery.chat_id, message_id, words, shows=shows)

        outcome = await self._dispatch.attempt(delivery, plan_for(delivery), call)
        await self._conclude(delivery, asked, outcome, delivery.shows or "text", mark, again=again)

    async def _region(self, delivery: Delivery, task: Task, asked: Question, locale: Locale) -> None:
        """The buttons show a choice at once; the picture follows when the person pauses."""
        words = self._words(delivery, task, asked, locale, picture=True)
        keys, cells = digest(words, None)[:MARK], digest(Words(text=repr(asked.filled.cells)), None)[:MARK]
        keys_shown, _, cells_shown = (delivery.shown or "").partition(".")
        if delivery.message_id is not None and cells_shown and keys_shown != keys:
            message_id = delivery.message_id

            async def call(_plan: Plan) -> Sent:
                return await post.put_words_in_place(self._bot, delivery.chat_id, message_id, words, shows="photo")

            outcome = await self._dispatch.attempt(delivery, plan_for(delivery), call)
            again = PICTURE_FOLLOWS if cells != cells_shown else None
            await self._conclude(delivery, asked, outcome, "photo", f"{keys}.{cells_shown}", again=again)
        elif delivery.message_id is not None and cells_shown == cells:
            await self._shown(delivery, asked, delivery.message_id, "photo", f"{keys}.{cells}")
        else:
            await self._put_grid(delivery, task, asked, locale)

    async def _put_grid(self, delivery: Delivery, task: Task, asked: Question, locale: Locale) -> None:
        parent = await self._db.run(questions.picture_of, asked)
        picture: Fitted | None = None
        async with self._gallery.open(parent) as data:
            if data is None and delivery.attempts < len(FETCH_DELAYS):
                again = self._clock.now() + timedelta(seconds=FETCH_DELAYS[delivery.attempts])
                await self._db.run(deliveries.put_back, delivery.id, again, attempts=delivery.attempts + 1)
                return
            if data is not None:
                try:
                    async with self._drawing:
                        width, height = await asyncio.to_thread(size_of, data)
                        asked = await self._db.run(questions.note_size, asked, width, height)
                        columns, lines = asked.filled.layout
                        drawn = await asyncio.to_thread(draw_grid, data, columns, lines, asked.filled.cells)
                    picture = Fitted(form=Form.PHOTO, data=drawn, filename="grid.jpg")
                except PictureUnreadable:
                    picture = None
        if picture is None:
            plain = self._words(delivery, task, asked, locale)
            await self._put_words(delivery, asked, plain, again=PICTURE_TRIED_AGAIN)
            return
        words = self._words(delivery, task, asked, locale, picture=True)
        keys, cells = digest(words, None)[:MARK], digest(Words(text=repr(asked.filled.cells)), None)[:MARK]
        shown, message_id = picture, delivery.message_id

        async def call(plan: Plan) -> Sent:
            if message_id is None:
                return await post.send_picture(self._bot, delivery.chat_id, shown, words, words.keyboard, plan)
            return await post.put_picture_in_place(
                self._bot, delivery.chat_id, message_id, shown, words, words.keyboard, plan
            )

        outcome = await self._dispatch.attempt(delivery, plan_for(delivery), call)
        await self._conclude(delivery, asked, outcome, "photo", f"{keys}.{cells}")

    async def _want_words(self, delivery: Delivery, task: Task, locale: Locale) -> None:
        """A message that opens the reply for its person; sent once."""
        if delivery.message_id is not None:
            await self._db.run(deliveries.settle, delivery.id, now=self._clock.now())
            return
        words = view.words_wanted(task, locale, chat=kind_of(delivery, task))

        async def call(plan: Plan) -> Sent:
            reply_to, topic_id = plan.reply_to, plan.topic_id
            markup = ForceReply(selective=True)
            return await post.send_asking(
                self._bot, delivery.chat_id, words, markup, reply_to=reply_to, topic_id=topic_id
            )

        outcome = await self._dispatch.attempt(delivery, plan_for(delivery), call)
        if isinstance(outcome, Sent):
            await self._db.run(news.arrived, delivery, self._clock.now(), message_id=outcome.message_id)
        else:
            await self._dispatch.write_down(delivery, outcome)

    async def _close(self, delivery: Delivery, asked: Question, locale: Locale) -> None:
        """It is over: the copy in private says so, the request for words goes."""
        message_id = delivery.message_id
        if message_id is None:
            await self._db.run(deliveries.end, delivery.id, DeliveryState.DROPPED)
            return

        async def call(_plan: Plan) -> Sent:
            if delivery.body.get("words"):
                await self._bot.delete_message(delivery.chat_id, message_id)
                return Sent(None)
            words, shows = view.over(asked, locale), delivery.shows or "text"
            return await post.put_words_in_place(self._bot, delivery.chat_id, message_id, words, shows=shows)

        outcome = await self._dispatch.attempt(delivery, plan_for(delivery), call)
        if isinstance(outcome, Sent | Arrived):
            await self._db.run(deliveries.settle, delivery.id, now=self._clock.now())
        else:
            await self._dispatch.write_down(delivery, outcome)

    async def _conclude(
        self,
        delivery: Delivery,
        asked: Question,
        outcome: Came,
        shows: str,
        mark: str,
        *,
        again: timedelta | None = None,
    ) -> None:
        if isinstance(outcome, Sent):
            await self._shown(delivery, asked, outcome.message_id, shows, mark, again=again)
        elif isinstance(outcome, Arrived):
            await self._shown(delivery, asked, delivery.message_id, shows, mark, again=again)
        elif outcome in {No.BUTTON, No.OTHER} and asked.kind is QuestionKind.REGION and self._page:
            log.error("Telegram refuses a question with the page's address; it is left out: PUBLIC_URL")
            self._page = ""
            await self._db.run(deliveries.put_back, delivery.id, self._clock.now())
        elif outcome is No.MESSAGE:
            await self._db.run(questions.lost, delivery, self._clock.now())
        else:
            await self._dispatch.write_down(delivery, outcome)

    async def _shown(
        self,
        delivery: Delivery,
        asked: Question,
        message_id: int | None,
        shows: str,
        mark: str,
        *,
        again: timedelta | None = None,
    ) -> None:
        now = self._clock.now()
        await self._db.run(
            questions.shown, delivery, asked, now, message_id=message_id, shows=shows, shown=mark, again=again
        )


def kind_of(delivery: Delivery, task: Task) -> ChatKind:
    """What kind of chat the question goes to: its task's, or a person's own."""
    return ChatKind(task.chat_kind) if delivery.chat_id == task.chat_id else ChatKind.PRIVATE
