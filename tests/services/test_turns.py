"""The fair line, tried with anything that can happen to it: who goes next, and what becomes of the places told."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from domain.question import Choice
from domain.rules import Rules
from domain.task import RemoteId, TaskId
from domain.verdict import Reason, Refused, Window
from services import line, tasks, turns, windows
from services.turns import laid_out, moved_up, round_behind
from storage import windows as rows
from storage.line import Rounds, Waiting
from storage.tasks import begin_sending
from tests.services.house import ANNA, BEN, OPEN, House, accepted, done

CARA = replace(ANNA, user_id=9, chat_id=9, name="Cara")


@dataclass
class Model:
    """A line in memory, with the bot's own rules for its order."""

    rules: Rules
    waiting: list[Waiting] = field(default_factory=list)
    running: list[Waiting] = field(default_factory=list)
    count: int = 0

    @property
    def places(self) -> dict[TaskId, int]:
        """The place that each one reads."""
        spots = laid_out(self.waiting, self._running(), self.rules)
        return {spot.waiting.id: spot.place or 0 for spot in spots}

    def join(self, user_id: int) -> None:
        """Somebody asks."""
        self.count += 1
        rounds: dict[int, list[int]] = {}
        for one in self.waiting:
            rounds.setdefault(one.user_id, []).append(one.turn)
        turn = round_behind({who: Rounds(first=min(all_), last=max(all_)) for who, all_ in rounds.items()}, user_id)
        self.waiting.append(Waiting(id=TaskId(self.count), user_id=user_id, turn=turn, due=True))
        self.waiting.sort(key=lambda one: (one.turn, one.id))

    def go(self) -> list[Waiting]:
        """Those whose turn it is go."""
        gone = [one for one in self.waiting if self.places[one.id] == 0]
        self.waiting = [one for one in self.waiting if one not in gone]
        self.running += gone
        return gone

    def end(self, number: int) -> None:
        """One at the provider is done."""
        if self.running:
            self.running.pop(number % len(self.running))

    def cancel(self, number: int) -> None:
        """One that waits is withdrawn; its person's others move up."""
        if not self.waiting:
            return
        self.waiting = moved_up(self.waiting, self.waiting[number % len(self.waiting)])

    def nexts(self) -> dict[int, TaskId]:
        """Each person's next one."""
        return {one.user_id: one.id for one in reversed(self.waiting)}

    def _running(self) -> dict[int, int]:
        people = {one.user_id for one in self.running}
        return {who: sum(one.user_id == who for one in self.running) for who in people}


EVENTS = st.lists(
    st.one_of(
        st.tuples(st.just("join"), st.integers(1, 4)),
        st.tuples(st.just("end"), st.integers(0, 9)),
        st.tuples(st.just("cancel"), st.integers(0, 30)),
    ),
    max_size=60,
)
RULES = st.builds(
    lambda all_, own: replace(OPEN, max_running=all_, max_running_per_user=own), st.integers(0, 4), st.integers(0, 3)
)


@given(RULES, EVENTS)
def test_a_persons_next_place_only_falls_and_nobodys_rises_but_for_who_joins(
    rules: Rules, events: Sequence[tuple[str, int]]
) -> None:
    model = Model(rules)
    for event, number in events:
        before, nexts = model.places, set(model.nexts().values())
        getattr(model, event)(number)
        for task_id, place in model.places.items():
            if task_id in before and (event != "join" or task_id in nexts):
                assert place <= before[task_id], (event, number)
        before = model.places
        model.go()
        assert all(place <= before[task_id] for task_id, place in model.places.items())


@given(st.integers(1, 4), st.lists(st.integers(1, 4), max_size=30), st.data())
def test_the_places_told_are_the_order_in_which_they_go(limit: int, asking: list[int], data: st.DataObject) -> None:
    model = Model(replace(OPEN, max_running=limit, max_running_per_user=0))
    for who in asking:
        model.join(who)
    model.go()
    told = model.places
    for place in range(1, len(told) + 1):
        model.end(data.draw(st.integers(0, 9)))
        (gone,) = model.go()
        assert told[gone.id] == place


@given(st.lists(st.integers(1, 4), min_size=1, max_size=40))
def test_between_two_turns_of_one_nobody_else_has_more_than_two(asking: list[int]) -> None:
    """Once in each round, so at most at the end of one and at the beginning of the next."""
    model = Model(replace(OPEN, max_running=1, max_running_per_user=0))
    for who in asking:
        model.join(who)
    went: list[int] = []
    while model.waiting:
        model.end(0)
        went += [one.user_id for one in model.go()]
    for who in set(went):
        turns_of = [number for number, one in enumerate(went) if one == who]
        for first, second in pairwise(turns_of):
            between = went[first + 1 : second]
            assert all(between.count(other) <= 2 for other in between)


async def test_three_who_ask_six_each_go_by_turns(house: House) -> None:
    house.rules = replace(OPEN, max_running=3, max_running_per_user=0)
    ids = {who.user_id: [await house.imagine(who) for _ in range(6)] for who in (ANNA, BEN, CARA)}
    went = []
    for number in range(6):
        taken = await house.take()
        went.append([next(who for who, own in ids.items() if one in own) for one in taken])
        for one in taken:
            await _accept(house, one, f"r{number}-{one}")
        for one in taken:
            await house.observe(one, done(f"r{number}-{one}"))
    assert went == [[7, 8, 9]] * 6


async def test_the_database_keeps_the_same_order_as_the_model(house: House) -> None:
    house.rules = replace(OPEN, max_running=1, max_running_per_user=0)
    model = Model(house.rules)
    for who in (ANNA, ANNA, BEN, ANNA, CARA, BEN, CARA, CARA, ANNA):
        await house.imagine(who)
        model.join(who.user_id)
    await house.run(tasks.cancel, ANNA, TaskId(2), house.rules, house.now)
    model.cancel([one.id for one in model.waiting].index(TaskId(2)))
    spots = await house.run(turns.as_it_is, house.rules, house.now)
    assert [(spot.waiting.id, spot.waiting.turn) for spot in spots] == [(one.id, one.turn) for one in model.waiting]
    assert {spot.waiting.id: spot.place or 0 for spot in spots} == model.places


async def test_whoever_comes_new_waits_for_everybodys_next_one_only(house: House) -> None:
    house.rules = replace(OPEN, max_running=1, max_running_per_user=0)
    first, second, third = [await house.imagine() for _ in range(3)]
    assert await house.take() == [first]
    ben = await house.imagine(BEN)
    places = {one: await _place(house, one) for one in (second, third, ben)}
    assert places == {second: 1, ben: 2, third: 3}


async def test_what_the_provider_sends_back_keeps_its_turn_and_nobodys_place_rises(house: House) -> None:
    house.rules = replace(OPEN, max_running=1, max_running_per_user=0)
    first, second, third = [await house.imagine() for _ in range(3)]
    turn = await house.send(first)
    before = [await _place(house, one) for one in (second, third)]
    await house.write_down(turn, Refused(reason=Reason.BUSY, busy=True, retry_after=60))
    after = [await _place(house, one) for one in (second, third)]
    assert (before, after) == ([1, 2], [None, 2])
    house.pass_time(60)
    assert await house.take() == [first]


async def test_an_answer_to_a_question_comes_behind_everybodys_next(house: House) -> None:
    house.rules = replace(OPEN, max_running=1, max_running_per_user=0)
    grid = await house.picture()
    pressed = await house.press(await house.button(grid, "CustomZoom"))
    await house.submit(pressed.id, Window(remote_id=RemoteId("w1"), offered="a fox --zoom 2"))
    running = await house.imagine(BEN)
    await house.take()
    bens = await house.imagine(BEN)
    question = await house.run(rows.select_of, pressed.id)
    assert question is not None
    await house.run(windows.press, ANNA, question.id, Choice.SEND, house.now)
    assert [await _place(house, one) for one in (running, bens, pressed.id)] == [None, 1, 2]


async def test_an_estimate_is_learned_from_what_is_done(house: House) -> None:
    house.rules = replace(OPEN, max_running=1, max_running_per_user=0)
    for number, seconds in enumerate((30, 40, 900)):
        running, waiting = await house.imagine(), await house.imagine()
        await _finish(house, running, seconds)
        assert await _ready_in(house, waiting) is None or number == 2
        await house.run(tasks.cancel, ANNA, waiting, house.rules, house.now)
    await house.imagine()
    await house.take()
    second, third = await house.imagine(BEN), await house.imagine(BEN)
    assert await _ready_in(house, second) == timedelta(seconds=80)
    assert await _ready_in(house, third) == timedelta(seconds=120)
    faster = await house.imagine(BEN, "a fox --turbo")
    assert await _ready_in(house, faster) is None  # nobody knows yet


async def _finish(house: House, task_id: TaskId, seconds: float) -> None:
    (taken,) = await house.take()
    assert taken == task_id
    await _accept(house, task_id, f"r{task_id}")
    house.pass_time(seconds)
    await house.observe(task_id, done(f"r{task_id}"))


async def _accept(house: House, task_id: TaskId, remote_id: str) -> None:
    task = await house.task(task_id)
    assert await house.run(begin_sending, task_id)
    await house.write_down(line.Turn(task, task.submission), accepted(remote_id))


async def _place(house: House, task_id: TaskId) -> int | None:
    return await house.run(line.place_of, await house.task(task_id), house.rules, house.now)


async def _ready_in(house: House, task_id: TaskId) -> timedelta | None:
    outlook = await house.run(line.outlook_of, await house.task(task_id), house.rules, house.now)
    return outlook.ready_in if outlook else None
