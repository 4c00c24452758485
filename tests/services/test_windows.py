"""Questions: who is asked what, who may answer, and what comes of it."""

from dataclasses import replace

import pytest

from domain import errors
from domain.delivery import DeliveryKind, DeliveryState, Priority
from domain.options import ASK
from domain.question import Choice, Over, Question, QuestionKind, QuestionState
from domain.requester import Requester
from domain.task import Answer, RemoteId, Task, TaskState
from domain.verdict import Reason, Refused, Window
from services import choices, life, questions, windows
from services.windows import Step
from storage import placed
from storage import windows as rows
from tests.services.house import ANNA, BEN, GROUP, House, accepted, in_group

WINDOW = Window(remote_id=RemoteId("w1"), offered="a fox, finely drawn")


async def opened(house: House, part: str = "CustomZoom", offered: str | None = WINDOW.offered) -> tuple[Task, Question]:
    """A press has opened a window."""
    child = await house.press(await house.button(await house.picture(), part))
    task = await house.submit(child.id, replace(WINDOW, offered=offered))
    question = await house.run(rows.select_of, task.id)
    assert question is not None
    return task, question


async def press(house: House, question: Question, choice: int, who: Requester = ANNA) -> Step:
    return await house.run(windows.press, who, question.id, choice, house.now)


async def test_a_zoom_is_asked_about_and_takes_no_place_meanwhile(house: House) -> None:
    task, question = await opened(house)
    assert (task.state, task.due_at, task.remote_id) == (TaskState.AWAITING_INPUT, None, "w1")
    assert (question.kind, question.state, question.user_id) == (QuestionKind.ZOOM, QuestionState.OPEN, ANNA.user_id)
    assert question.filled.prompt == "a fox, finely drawn"
    assert question.ends_at == house.now + windows.PATIENCE
    assert await house.take() == []
    assert task.id not in await house.asked()
    assert await house.counted(task.id) == "held"
    status = await house.one(task.id, DeliveryKind.STATUS)
    assert (status.state, status.priority) == (DeliveryState.DUE, Priority.ANSWER)


async def test_what_was_chosen_goes_out_as_an_answer(house: House) -> None:
    task, question = await opened(house)
    assert await press(house, question, Choice.ZOOM + 2) is Step.CHOSEN
    assert await press(house, question, Choice.RATIO + 3) is Step.CHOSEN
    assert await press(house, question, Choice.SEND) is Step.SENT
    task = await house.task(task.id)
    assert task.submission == Answer(window=RemoteId("w1"), prompt="a fox, finely drawn --zoom 1.5 --ar 16:9")
    assert (task.state, task.prompt) == (TaskState.RECORDED, task.submission.prompt)
    for again in (Choice.SEND, Choice.CANCEL, Choice.ZOOM):
        with pytest.raises(errors.QuestionOver):
            await press(house, question, again)
    task = await house.submit(task.id, accepted("w1"))
    assert task.state is TaskState.RUNNING


async def test_as_large_and_of_the_same_shape_is_no_zoom(house: House) -> None:
    _task, question = await opened(house)
    await press(house, question, Choice.ZOOM + 6)
    with pytest.raises(errors.RatioMissing):
        await press(house, question, Choice.SEND)
    await press(house, question, Choice.RATIO)
    assert await press(house, question, Choice.SEND) is Step.SENT


async def test_nobody_else_answers_and_nobody_answers_elsewhere(house: House) -> None:
    task, question = await opened(house)
    with pytest.raises(errors.NotHere):
        await press(house, question, Choice.SEND, BEN)
    with pytest.raises(errors.NotHere):
        await press(house, question, Choice.SEND, in_group(ANNA))
    ben_here = replace(BEN, chat_id=ANNA.chat_id)
    with pytest.raises(errors.NotYours):
        await press(house, question, Choice.SEND, ben_here)
    assert await house.run(windows.reply, ben_here, question, "a cow", house.now) is None
    with pytest.raises(errors.NotYours):
        await house.run(questions.bring_here, BEN, question.id, house.now)
    with pytest.raises(errors.ButtonGone):
        await press(house, replace(question, id=999), Choice.SEND)
    assert (await house.task(task.id)).state is TaskState.AWAITING_INPUT


@pytest.mark.parametrize("choice", [Choice.AS_IT_IS, Choice.ALWAYS_AS_IT_IS, 9, 17, 26, Choice.CELL + 1, 99])
async def test_a_button_that_the_question_does_not_have_is_nothing(house: House, choice: int) -> None:
    _task, question = await opened(house)
    with pytest.raises(errors.ButtonGone):
        await press(house, question, choice)


async def test_calling_off_gives_the_share_back(house: House) -> None:
    task, question = await opened(house)
    assert await press(house, question, Choice.CANCEL) is Step.CALLED_OFF
    task = await house.task(task.id)
    assert (task.state, task.reason) == (TaskState.CANCELLED, Over.CALLED_OFF)
    assert await house.counted(task.id) == "returned"


async def test_nobody_is_waited_for_longer_than_a_quarter_of_an_hour(house: House) -> None:
    task, question = await opened(house)
    assert await house.run(windows.end_expired, house.now) == question.ends_at
    house.pass_time(15 * 60 - 1)
    await house.run(life.recover, house.now)  # a restart changes nothing
    await house.run(windows.end_expired, house.now)
    assert (await house.task(task.id)).state is TaskState.AWAITING_INPUT
    house.pass_time(1)
    assert await house.run(windows.end_expired, house.now) is None
    task = await house.task(task.id)
    assert (task.state, task.reason) == (TaskState.CANCELLED, Over.NOT_ANSWERED)
    assert await house.counted(task.id) == "returned"
    with pytest.raises(errors.QuestionOver):
        await press(house, question, Choice.SEND)


async def test_a_region_needs_some_cells_but_not_all(house: House) -> None:
    task, question = await opened(house, "Inpaint", offered="")
    assert question.filled.prompt == "a fox"  # the picture's own: the provider offers none
    with pytest.raises(errors.ButtonGone):
        await press(house, question, Choice.CELL + 1)  # nobody has seen the grid yet
    await house.run(questions.note_size, question, 1024, 1024)
    with pytest.raises(errors.NothingMarked):
        await press(house, question, Choice.SEND)
    for cell in range(1, 17):
        await press(house, question, Choice.CELL + cell)
    with pytest.raises(errors.ButtonGone):
        await press(house, question, Choice.CELL + 17)
    with pytest.raises(errors.EverythingMarked):
        await press(house, question, Choice.SEND)
    for cell in range(4, 17):
        await press(house, question, Choice.CELL + cell)
    newest = await house.run(rows.select_of, task.id)
    assert newest is not None
    assert await house.run(windows.reply, ANNA, newest, "a red cow", house.now) is Step.CHOSEN
    await press(house, question, Choice.SEND)
    task = await house.task(task.id)
    assert task.submission == Answer(window=RemoteId("w1"), prompt="a red cow", mask="cells:1024x1024:4x4:1,2,3")


async def test_words_are_asked_for_by_those_who_want_that(house: House) -> None:
    await house.run(choices.choose_to_be_asked, ANNA.user_id, value=ASK)
    task, question = await opened(house, "reroll")
    assert question.kind is QuestionKind.WORDS
    assert await house.run(windows.reply, ANNA, question, "a cow —ar 3:2", house.now) is Step.SENT
    task = await house.task(task.id)
    assert task.submission == Answer(window=RemoteId("w1"), prompt="a cow --ar 3:2")


async def test_always_as_it_is_is_remembered(house: House) -> None:
    await house.run(choices.choose_to_be_asked, ANNA.user_id, value=ASK)
    task, question = await opened(house, "reroll")
    assert await press(house, question, Choice.ALWAYS_AS_IT_IS) is Step.SENT
    assert (await house.task(task.id)).submission == Answer(window=RemoteId("w1"), prompt="a fox, finely drawn")
    assert not await house.run(choices.wants_to_be_asked, ANNA)


async def test_an_answer_that_is_refused_is_told_and_one_that_finds_no_room_waits(house: House) -> None:
    task, question = await opened(house)
    await press(house, question, Choice.SEND)
    task = await house.submit(task.id, Refused(reason=Reason.BUSY, busy=True))
    assert task.state is TaskState.RECORDED
    house.pass_time(5)
    task = await house.submit(task.id, Refused(reason=Reason.BANNED_WORD, banned_word="gory"))
    assert task.state is TaskState.FAILED
    assert await house.counted(task.id) == "returned"


async def test_an_open_question_can_be_brought_into_the_private_chat(house: House) -> None:
    task, question = await opened(house)
    await house.run(questions.bring_here, ANNA, question.id, house.now)
    await house.run(questions.bring_here, ANNA, question.id, house.now)
    copy = await house.one(task.id, DeliveryKind.WINDOW)
    assert (copy.chat_id, copy.state) == (ANNA.chat_id, DeliveryState.DUE)
    assert await house.run(placed.is_placed, task.id, ANNA.chat_id)
    assert copy.chat_id != GROUP


@pytest.mark.parametrize("key", ["", "1", "x-y", "1-", "１-x", "-", "99999999999999999999-a", "1-\udcff"])
async def test_a_page_is_opened_by_its_whole_key_alone(house: House, key: str) -> None:
    _task, question = await opened(house, "Inpaint")
    with pytest.raises(errors.ButtonGone):
        await house.run(questions.open_region, ANNA.user_id, key)
    right = f"{question.id}-{question.filled.key}"
    with pytest.raises(errors.NotYours):
        await house.run(questions.open_region, BEN.user_id, right)
    found, picture = await house.run(questions.open_region, ANNA.user_id, right)
    assert (found.id, picture.prompt) == (question.id, "a fox")
    await house.run(windows.paint, ANNA.user_id, question.id, "", "AAAA", house.now)
    with pytest.raises(errors.QuestionOver):
        await house.run(questions.open_region, ANNA.user_id, right)
    with pytest.raises(errors.QuestionOver):
        await house.run(windows.paint, ANNA.user_id, question.id, "", "AAAA", house.now)
