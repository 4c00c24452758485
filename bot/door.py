"""The door behind the page on which a region is painted: who may paint, on what, and where it goes."""

import asyncio
import hashlib
import hmac

import structlog

from bot.initdata import secret_of, verify
from bot.region import Canvas, DoorClosed
from domain import errors
from domain.clock import Clock
from domain.question import Question
from domain.rules import Rules
from domain.task import Task
from messages import error as error_view
from messages.languages import Wishes
from messages.locale import Locale
from services import access, choices, questions, windows
from storage import tasks
from storage import windows as rows
from storage.database import Database
from workers import masks
from workers.gallery import Gallery
from workers.grid import PictureUnreadable, size_of
from workers.mask import portable
from workers.rounds import Bells

log = structlog.stdlib.get_logger("bot.door")

KINDS = ((b"\x89PNG", "image/png"), (b"\xff\xd8", "image/jpeg"), (b"RIFF", "image/webp"))


class Door:
    """Keeps nothing in memory: a ticket proves itself, and holds as long as its question is open."""

    def __init__(
        self, db: Database, gallery: Gallery, rules: Rules, bells: Bells, clock: Clock, *, token: str, language: str
    ) -> None:
        self._db = db
        self._rules = rules
        self._gallery = gallery
        self._bells = bells
        self._clock = clock
        self._token = token
        self._secret = secret_of(token)
        self._language = language

    async def open(self, init_data: str, window: str) -> Canvas:
        """Whoever the init data proves, at the question that the page was opened for."""
        told = verify(init_data, token=self._token, now=self._clock.now())
        locale = self._own(told.language, await self._db.run(choices.language_of, told.user_id))
        asked, parent = await self._asked(told.user_id, window, locale)
        data = await self._data(parent, locale)
        try:
            width, height = await asyncio.to_thread(size_of, data)
        except PictureUnreadable:
            raise DoorClosed(locale.say("I cannot read that picture.")) from None
        await self._db.run(questions.note_size, asked, width, height)
        task = await self._db.run(tasks.select_task, asked.task_id)
        return Canvas(
            ticket=self._ticket(asked, told.user_id),
            width=width,
            height=height,
            prompt=asked.filled.prompt,
            title=task.title if task is not None else "",
            language=locale.tag,
        )

    async def picture(self, ticket: str, language: str | None) -> tuple[bytes, str]:
        """The picture and its content type."""
        locale = self._own(language)
        asked, user_id = await self._admitted(ticket, locale)
        _asked, parent = await self._asked(user_id, f"{asked.id}-{asked.filled.key}", locale)
        data = await self._data(parent, locale)
        return data, next((kind for start, kind in KINDS if data.startswith(start)), "application/octet-stream")

    async def paint(self, ticket: str, prompt: str, mask_png: bytes, language: str | None) -> str:
        """Have it drawn; a sentence to show."""
        locale = self._own(language)
        asked, user_id = await self._admitted(ticket, locale)
        await self._asked(user_id, f"{asked.id}-{asked.filled.key}", locale)  # before the work of the mask
        mask = await asyncio.to_thread(portable, mask_png, asked.filled.width, asked.filled.height)
        kept = await asyncio.to_thread(masks.small, mask)
        try:
            await self._db.run(windows.paint, user_id, asked.id, prompt, kept, self._clock.now())
        except errors.Refusal as refusal:
            raise self._closed(refusal, locale) from None
        self._bells.ring()
        return locale.say("On its way: look into the chat.")

    async def _asked(self, user_id: int, key: str, locale: Locale) -> tuple[Question, Task]:
        try:
            asked, parent = await self._db.run(questions.open_region, user_id, key)
        except errors.Refusal as refusal:
            raise self._closed(refusal, locale) from None
        if await self._db.run(access.is_blocked, user_id, parent.chat_id, self._rules):
            raise self._closed(errors.ButtonGone(), locale)  # whoever is blocked is not told so
        return asked, parent

    async def _data(self, parent: Task, locale: Locale) -> bytes:
        async with self._gallery.open(parent) as data:
            if data is None:
                raise DoorClosed(locale.say("The picture cannot be had just now. Please try again in a minute."))
            return data

    def _own(self, told: str | None, person: str | None = None) -> Locale:
        """The page is one person's; once it is open it tells itself which language it speaks."""
        return Wishes(person=person, told=told, default=self._language).own()

    async def _admitted(self, ticket: str, locale: Locale) -> tuple[Question, int]:
        """Who comes with this ticket, and to which question."""
        number, _, proof = ticket.partition("-")
        asked, said = None, ticket.encode(errors="replace")
        if number.isascii() and number.isdigit() and len(number) < 16:
            asked = await self._db.run(rows.select_question, int(number))
        if asked is None or not hmac.compare_digest(self._ticket(asked, asked.user_id).encode(), said):
            log.info("a ticket of nobody's", length=len(proof))
            raise self._closed(errors.ButtonGone(), locale)
        return asked, asked.user_id

    def _ticket(self, asked: Question, user_id: int) -> str:
        said = f"region ticket {asked.id} {user_id} {asked.filled.key}"
        return f"{asked.id}-{hmac.new(self._secret, said.encode(), hashlib.sha256).hexdigest()}"

    def _closed(self, refusal: errors.Refusal, locale: Locale) -> DoorClosed:
        match refusal:
            case errors.QuestionOver():
                words = locale.say("This was sent already, or its time is over. Look into the chat.")
            case errors.NotYours():
                words = locale.say("Only the person who was asked can paint here.")
            case errors.ButtonGone():
                words = locale.say("This page belongs to no question any more. Press the picture's button again.")
            case _:
                words = error_view.refusal(refusal, self._clock.now(), locale).text
        return DoorClosed(words)
