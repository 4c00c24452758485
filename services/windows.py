"""Windows: a press that wants words, a zoom or a region first. Its person is asked, and has a quarter of an hour."""

import secrets
from dataclasses import replace
from datetime import datetime, timedelta
from enum import Enum, auto

from domain.delivery import DeliveryKind
from domain.errors import (
    ButtonGone,
    EverythingMarked,
    NotHere,
    NothingMarked,
    QuestionOver,
    RatioMissing,
)
from domain.options import AS_IT_IS
from domain.question import (
    MOST_CELLS,
    RATIOS,
    ZOOMS,
    Choice,
    Filled,
    Over,
    Question,
    QuestionKind,
    QuestionState,
    cells_text,
    toggled,
    zoom_in,
    zoomed,
)
from domain.requester import Requester
from domain.task import Answer, Press, RemoteId, Task, TaskState
from services import choices, questions, quota, turns
from services.prompt import prepare
from storage import deliveries, placed, statuses, submissions, tasks, windows
from storage.database import Transaction

PATIENCE = timedelta(minutes=15)
OPENED_FROM = (TaskState.RECORDED, TaskState.SENDING, TaskState.RUNNING)

REMIXED = ("::variation::", "::low_variation::", "::high_variation::", "::reroll::", "::pan_", "::animate_")
"""Parts of the ids of what can be done as it is, or with other words."""


class Step(Enum):
    """What a press on a question came to."""

    CHOSEN = auto()
    SENT = auto()
    CALLED_OFF = auto()
    WORDS_WANTED = auto()


def opened(tx: Transaction, task: Task, window: RemoteId, offered: str | None, now: datetime) -> None:
    """A press has opened a window at the provider: its person is asked, or it is answered as it is."""
    kind = _kind(tx, task)
    if kind is None:
        answer_as_it_is(tx, task, window, offered, now)
        return
    moved = tasks.move(
        tx,
        task.id,
        leave=OPENED_FROM,
        enter=TaskState.AWAITING_INPUT,
        remote_id=window,
        due_at=None,
        attempts=0,
        busy_since=None,
        changed_at=now,
    )
    if not moved:
        return
    windows.insert_question(
        tx,
        task_id=task.id,
        kind=kind,
        user_id=task.user_id,
        chat_id=task.chat_id,
        remote_id=window,
        filled=Filled(offered=(offered or "").strip() or task.prompt, key=secrets.token_hex(12)),
        ends_at=now + PATIENCE,
    )
    if not statuses.ask_in_status(tx, task.id, now):
        deliveries.owe_for(tx, DeliveryKind.STATUS, task, now)


def answer_as_it_is(tx: Transaction, task: Task, window: RemoteId, offered: str | None, now: datetime) -> None:
    """A window that wants no more than a yes: its answer goes the way of every submit."""
    _record(tx, task, OPENED_FROM, Answer(window=window, prompt=offered or task.prompt), task.prompt, now)


def press(tx: Transaction, requester: Requester, question_id: int, choice: int, now: datetime) -> Step:
    """Somebody pressed one of a question's buttons. Raises `Refusal`s."""
    question = windows.select_question(tx, question_id)
    if question is None:
        raise ButtonGone
    if not placed.is_placed(tx, question.task_id, requester.chat_id):
        raise NotHere
    questions.check(question, requester.user_id)
    match choice:
        case Choice.CANCEL:
            _end(tx, question, Over.CALLED_OFF, now)
            return Step.CALLED_OFF
        case Choice.AS_IT_IS if question.kind is QuestionKind.WORDS:
            return _send(tx, question, now)
        case Choice.ALWAYS_AS_IT_IS if question.kind is QuestionKind.WORDS:
            choices.choose_to_be_asked(tx, requester.user_id, value=AS_IT_IS)
            return _send(tx, question, now)
        case Choice.SEND if question.kind is not QuestionKind.WORDS:
            return _send(tx, question, now)
        case Choice.OTHER_WORDS:
            questions.want_words(tx, requester, question, now)
            return Step.WORDS_WANTED
        case _:
            _refill(tx, question, _chosen(question, choice), now)
            return Step.CHOSEN


def reply(tx: Transaction, requester: Requester, question: Question, words: str, now: datetime) -> Step | None:
    """Somebody replied to a question; `None` where it was not the one who was asked, which is nobody's business."""
    if requester.user_id != question.user_id:
        return None
    questions.check(question, requester.user_id)
    filled = replace(question.filled, words=prepare(words))
    _refill(tx, question, filled, now)
    if question.kind is QuestionKind.WORDS:
        return _send(tx, replace(question, filled=filled), now)
    return Step.CHOSEN


def paint(tx: Transaction, user_id: int, question_id: int, words: str, mask: str, now: datetime) -> None:
    """A region was painted on the page; `mask` as it is to lie in the row. Raises `Refusal`s."""
    question = windows.select_question(tx, question_id)
    if question is None:
        raise ButtonGone
    questions.check(question, user_id)
    prompt = prepare(words or question.filled.prompt)
    _answer(tx, question, prompt, mask, now)


def end_expired(tx: Transaction, now: datetime) -> datetime | None:
    """End what nobody has answered in time; when the next one ends."""
    for question in windows.select_expired(tx, now):
        _end(tx, question, Over.NOT_ANSWERED, now)
    return windows.next_end(tx)


def call_off(tx: Transaction, task: Task, now: datetime) -> bool:
    """The person wants it no more; false where it is no open question."""
    question = windows.select_of(tx, task.id)
    if question is None or question.state is not QuestionState.OPEN:
        return False
    _end(tx, question, Over.CALLED_OFF, now)
    return True


def _kind(tx: Transaction, task: Task) -> QuestionKind | None:
    """`None` where the person is not asked."""
    if not isinstance(task.submission, Press):
        return None
    custom_id = f"{task.submission.custom_id}::"
    if custom_id.startswith("MJ::CustomZoom::"):
        return QuestionKind.ZOOM
    if custom_id.startswith("MJ::Inpaint::"):
        return QuestionKind.REGION
    remixed = any(part in custom_id for part in REMIXED)
    return QuestionKind.WORDS if remixed and choices.wants_to_be_asked(tx, task) else None


def _chosen(question: Question, choice: int) -> Filled:
    filled = question.filled
    zoom, ratio, cell = choice - Choice.ZOOM, choice - Choice.RATIO, choice - Choice.CELL
    if question.kind is QuestionKind.ZOOM and 0 <= zoom < len(ZOOMS):
        return replace(filled, zoom=ZOOMS[zoom])
    if question.kind is QuestionKind.ZOOM and 0 <= ratio < len(RATIOS):
        return replace(filled, ratio=RATIOS[ratio])
    columns, rows = filled.layout
    if question.kind is QuestionKind.REGION and filled.width and 1 <= cell <= min(columns * rows, MOST_CELLS):
        return replace(filled, cells=toggled(filled.cells, cell))
    raise ButtonGone


def _refill(tx: Transaction, question: Question, filled: Filled, now: datetime) -> None:
    if filled != question.filled:
        windows.fill(tx, question.id, filled)
        questions.show(tx, question, now)


def _send(tx: Transaction, question: Question, now: datetime) -> Step:
    filled = question.filled
    prompt, mask = prepare(filled.prompt), ""
    if question.kind is QuestionKind.ZOOM:
        if float(filled.zoom or zoom_in(prompt) or 2) == 1 and not filled.ratio and filled.words is None:
            raise RatioMissing
        prompt = zoomed(prompt, filled.zoom, filled.ratio)
    elif question.kind is QuestionKind.REGION:
        columns, rows = filled.layout
        if not filled.cells:
            raise NothingMarked
        if len(filled.cells) == columns * rows:
            raise EverythingMarked
        mask = cells_text(filled)
    _answer(tx, question, prompt, mask, now)
    return Step.SENT


def _answer(tx: Transaction, question: Question, prompt: str, mask: str, now: datetime) -> None:
    task = tasks.select_task(tx, question.task_id)
    if task is None or not windows.close(tx, question.id, QuestionState.ANSWERED, (QuestionState.OPEN,)):
        raise QuestionOver
    answer = Answer(window=question.remote_id, prompt=prompt, mask=mask)
    turn = turns.join(tx, task.provider, task.user_id, now, asked_now=False)
    if not _record(tx, task, (TaskState.AWAITING_INPUT,), answer, prompt, now, turn=turn):
        raise QuestionOver
    questions.show(tx, question, now)


def _record(
    tx: Transaction,
    task: Task,
    leave: tuple[TaskState, ...],
    answer: Answer,
    prompt: str,
    now: datetime,
    **columns: int,
) -> bool:
    return tasks.move(
        tx,
        task.id,
        leave=leave,
        enter=TaskState.RECORDED,
        submission=submissions.to_text(answer),
        prompt=prompt,
        remote_id=answer.window,
        due_at=now,
        attempts=0,
        busy_since=None,
        **columns,
    )


def _end(tx: Transaction, question: Question, ending: Over, now: datetime) -> None:
    if not windows.close(tx, question.id, QuestionState.ENDED, (QuestionState.OPEN,)):
        raise QuestionOver
    ended = tasks.move(
        tx,
        question.task_id,
        leave=(TaskState.AWAITING_INPUT,),
        enter=TaskState.CANCELLED,
        due_at=None,
        ended_at=now,
        reason=ending,
    )
    if ended:
        quota.give_back(tx, question.task_id, now)
    questions.show(tx, question, now)
