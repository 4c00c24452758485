"""The heart of the engine: tasks in their line, how they look, how they end. No HTTP and no waiting."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from random import Random

from sandbox.midjourney import answers
from sandbox.midjourney.answers import Answer
from sandbox.midjourney.kinds import SPEED, Ask
from sandbox.midjourney.line import Line
from sandbox.midjourney.prompts import banned_word, fault_of, final_prompt
from sandbox.midjourney.references import references
from sandbox.midjourney.shelf import Shelf
from sandbox.midjourney.task import Fate, Look, Task, look
from sandbox.midjourney.works import Work
from sandbox.painter.gallery import SIDE
from sandbox.painter.memory import Memory
from sandbox.painter.picture import Picture, Source

INVALID_LINK = "Invalid link"


@dataclass(slots=True, kw_only=True)
class Doom:
    """A rule: the next `times` tasks whose prompt or description holds `match` meet this fate."""

    match: str
    fate: Fate
    times: int


class Core:
    """All tasks of one provider.

    `remix` makes variation, reroll, pan and animation ask for a prompt first; `side` is that of results, in pixels;
    `digits` is the length of ids. `lacking` are the names of what it can't do (`kinds.ABILITIES`).
    """

    def __init__(
        self,
        *,
        seed: int = 1,
        running_at_once: int = 3,
        queue_size: int = 10,
        remix: bool = False,
        side: int = SIDE,
        digits: int = 16,
        speed: Mapping[str, float] | None = None,
        memory: Memory | None = None,
    ) -> None:
        self.tasks: dict[str, Task] = {}
        self.shelf = Shelf(tasks=self.tasks, memory=memory or Memory())
        self.speed = {**SPEED, **(speed or {})}
        self.remix = remix
        self.side = side
        self.lacking: frozenset[str] = frozenset()
        self.line = Line(
            tasks=self.tasks, places=running_at_once, room=queue_size, lasts=lambda task: self.speed[task.kind]
        )
        self._dooms: list[Doom] = []
        self._chance = Random(seed)
        self._last_id = 0
        self._ids_a_millisecond = 10 ** (digits - 13)

    def cancel(self, task_id: str, now: int) -> Answer:
        """Stop a task that isn't over."""
        self.line.advance(now)
        task = self.tasks.get(task_id)
        if task is None:
            return answers.missing("任务不存在或已失效")
        if look(task, now).status in {"SUCCESS", "FAILURE", "CANCEL"}:
            return answers.invalid("任务状态错误")
        self.tasks[task_id] = replace(task, cancelled=now)
        self.line.leave(task_id, now)
        return answers.done(task_id)

    def image_seed(self, task_id: str, now: int) -> Answer:
        """Tell the seed of a finished picture; a text has none."""
        parent, refusal = self._parent(task_id, now)
        if parent is not None and parent.work.texts:
            return answers.invalid("任务类型错误")
        return refusal if parent is None else answers.done(str(parent.seed))

    def see(self, task_id: str, now: int) -> tuple[Task, Look] | None:
        """Return a task and how it looks now; None if it is unknown."""
        self.line.advance(now)
        task = self.tasks.get(task_id)
        return None if task is None else (task, look(task, now))

    def doom(self, match: str, fate: Fate, *, times: int = 1) -> None:
        """Let the next tasks whose prompt or description holds `match` end badly."""
        self._dooms.append(Doom(match=match, fate=fate, times=times))

    def forget(self, task_id: str, now: int) -> None:
        """Lose a task, as an engine does that keeps them in memory only."""
        self.line.leave(task_id, now)
        self.tasks.pop(task_id, None)

    def _refused_prompt(self, prompt: str) -> Answer | None:
        if not prompt.strip():
            return answers.invalid("prompt不能为空")
        word = banned_word(prompt)
        return answers.banned(prompt, word) if word else None

    def _parent(self, task_id: str, now: int) -> tuple[Task | None, Answer]:
        seen = self.see(task_id, now)
        if seen is None:
            return None, answers.missing("关联任务不存在或已失效")
        task, seen_as = seen
        if seen_as.status != "SUCCESS":
            return None, answers.invalid("关联任务状态错误")
        return task, answers.done(task_id)

    def _picture(self, prompt: str, seed: int, bot: str) -> Picture:
        """Return what a prompt asks for, with the pictures that it refers to and that are ours."""
        told = references(prompt)
        images = self._found(told.images)
        return Picture(
            prompt=prompt,
            seed=seed,
            niji=bot == "NIJI_JOURNEY" or "--niji" in prompt,
            sources=images,
            share=told.weight / (told.weight + 1) if images else 1.0,
            styles=self._found(told.styles),
            faces=self._found(told.faces),
        )

    def _found(self, addresses: tuple[str, ...]) -> tuple[Source, ...]:
        return tuple(found for one in addresses if (found := self.shelf.find(one)) is not None)

    def _enter(self, task: Task, now: int) -> Answer:
        self.line.advance(now)
        if self.line.full:
            return answers.full()
        fate = task.fate or self._fate(task)
        self.tasks[task.id] = replace(task, fate=fate, window=None)
        ahead = self.line.join(task.id, now)
        return answers.queued(task.id, ahead) if ahead else answers.accepted(task.id)

    def _fate(self, task: Task) -> Fate | None:
        for doom in self._dooms:
            if doom.match in f"{task.prompt or ''}\n{task.description}":
                doom.times -= 1
                if doom.times <= 0:
                    self._dooms.remove(doom)
                return doom.fate
        prompt = task.prompt or ""
        if any(self.shelf.lost(address) for address in references(prompt).all):
            return Fate(reason=INVALID_LINK)
        reason = fault_of(prompt)
        return Fate(reason=reason) if reason else None

    def _task(self, action: str, kind: str, description: str, ask: Ask, now: int, *, prompt: str | None) -> Task:
        each = self._ids_a_millisecond
        self._last_id = max(self._last_id + 1, now * each + self._chance.randrange(each))
        return Task(
            id=str(self._last_id),
            action=action,
            kind=kind,
            prompt=prompt,
            final=final_prompt(prompt or "", ask.bot),
            description=description,
            state=ask.state,
            hook=ask.hook,
            bot=ask.bot,
            job=str(uuid.UUID(int=self._chance.getrandbits(128), version=4)),
            seed=self._chance.randrange(2**32),
            nonce=str(self._snowflake()),
            message=str(self._snowflake()),
            progress_message=str(self._snowflake()),
            work=Work(form="grid"),
            submitted=now,
        )

    def _snowflake(self) -> int:
        return 1_393_210_000_000_000_000 + self._chance.randrange(10**15)
