"""The first start on an older state of the database: what waits in it may have been done since, so nothing is repeated.

A wish that waited for its turn may have been submitted, and a second submit would be a second charge; a message may
have been sent; a question may have been answered. What the provider has can be asked about and needs no care.
"""

from datetime import datetime

from domain.gathering import Gathering
from domain.question import QuestionState
from domain.rules import Rules
from domain.task import MAYBE_SENT, TaskState
from services import albums, alerts, life
from storage import deliveries, gatherings, inbox, numbers, statuses, tasks, windows
from storage.database import Transaction
from storage.inbox import StoredUpdate


def sort(tx: Transaction, rules: Rules, now: datetime) -> tuple[tuple[StoredUpdate, ...], tuple[Gathering, ...]]:
    """Sort what waits as if a stop had cut it off. What nothing will come of, which is to be told: updates, albums."""
    numbers.skip_used(tx, now)
    deliveries.presume_sent(tx)
    for task in tasks.select_awaiting_input(tx):  # if the window is open still, its person is asked once more
        question = windows.select_of(tx, task.id)
        if question is not None:
            windows.close(tx, question.id, QuestionState.ENDED, (QuestionState.OPEN,))
        tasks.move(tx, task.id, leave=(TaskState.AWAITING_INPUT,), enter=TaskState.RUNNING, due_at=now, changed_at=now)
        statuses.refresh_status(tx, task.id, now)
    tasks.presume_sent(tx)
    life.recover(tx, now, MAYBE_SENT)
    alerts.well_again(tx, rules, alerts.OLDER, now, tell=False)
    alerts.give(tx, rules, alerts.OLDER, now)
    cut_short = tuple(album for album in gatherings.select_albums(tx) if albums.end(tx, album.id))
    return inbox.set_aside_pending(tx, MAYBE_SENT), cut_short
