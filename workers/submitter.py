"""Hands recorded tasks to the provider: each once, over a connection of its own, as soon as there is a place."""

from datetime import datetime

import structlog

from domain.clock import Clock
from domain.failpoints import Point, reached
from domain.provider import Provider, Withdrawn
from domain.rules import Rules
from domain.task import Submission, Task, TaskState, pictures_of
from domain.verdict import Reason, Refused, Unclear, Verdict
from services import life, line
from storage import tasks
from storage.database import Database
from workers import masks
from workers.mask import MaskRefused
from workers.photo import PictureUnfit
from workers.photos import Photos, PicturesNotNow
from workers.rounds import Bells, Jobs, until_written

log = structlog.stdlib.get_logger("bot.submitter")


class Submitter:
    """A worker; `round` claims whatever may go now."""

    def __init__(
        self, db: Database, provider: Provider, photos: Photos, rules: Rules, bells: Bells, clock: Clock
    ) -> None:
        self.jobs = Jobs("submitter")
        self._db = db
        self._provider = provider
        self._photos = photos
        self._rules = rules
        self._bells = bells
        self._clock = clock

    async def round(self) -> datetime | None:
        """Start all submits that may go; when the next one is due."""
        now = self._clock.now()
        for turn in await self._db.run(line.take_turns, self._rules, now):
            self.jobs.start(self._submit(turn.task, turn.way))
        self._bells.sender.set()  # a turn may have ended at once, where there is no way, or places have changed
        return await self._db.run(tasks.next_due, (TaskState.RECORDED,), now)

    async def _submit(self, task: Task, way: Submission) -> None:
        begun = False

        async def about_to_send() -> None:
            nonlocal begun
            await reached(Point.SUBMIT_OPEN)
            if not await self._db.run(tasks.begin_sending, task.id):
                raise Withdrawn
            begun = True
            await reached(Point.SUBMIT_TO_BE_SENT)

        verdict: Verdict
        try:
            await reached(Point.TURN_TAKEN)
            async with self._photos.open(pictures_of(way)) as pictures:
                verdict = await self._provider.submit(
                    await masks.ready(way),
                    state=task.nonce,
                    about_to_send=about_to_send,
                    pictures=pictures,
                    mode=task.mode,
                )
            await reached(Point.SUBMIT_ANSWERED)
        except Withdrawn:
            return
        except PictureUnfit as unfit:
            verdict = Refused(reason=Reason.PICTURE, said=unfit.why)
        except MaskRefused as refused:
            verdict = Refused(reason=Reason.INVALID, said=str(refused))
        except PicturesNotNow:
            verdict = Refused(reason=Reason.UNREACHABLE, busy=True)
        except Exception as error:  # nothing of the kind is known to happen; but a charge must not go untold
            log.exception("a submit broke", task=task.id)
            verdict = Unclear(what=type(error).__name__) if begun else Refused(reason=Reason.UNREACHABLE, busy=True)
        log.info("submitted", task=task.id, chat=task.chat_id, verdict=type(verdict).__name__, **_details(verdict))
        await until_written(
            lambda: self._db.run(life.submitted, task, way, verdict, self._rules, self._clock.now()),
            self._clock,
            task=task.id,
        )
        await reached(Point.VERDICT_COMMITTED)
        self._bells.ring()


def _details(verdict: Verdict) -> dict[str, str]:
    match verdict:
        case Unclear(what=what):
            return {"what": what}
        case _:
            return {name: str(getattr(verdict, name)) for name in ("reason", "said") if getattr(verdict, name, "")}
