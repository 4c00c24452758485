"""The engine: takes submits, keeps tasks, opens windows. No HTTP and no waiting; time is handed in with each call."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from random import Random

from sandbox.midjourney import answers, texts
from sandbox.midjourney.answers import Answer
from sandbox.midjourney.buttons import Press, read_press
from sandbox.midjourney.kinds import ACTIONS, ALWAYS_WINDOW, REMIXED, SPEED, Ask
from sandbox.midjourney.line import Line
from sandbox.midjourney.prompts import banned_word, fault_of, final_prompt, zoom_of
from sandbox.midjourney.task import Fate, Look, Task, Window, look
from sandbox.midjourney.works import Work, pressed
from sandbox.painter.gallery import SIDE
from sandbox.painter.picture import Picture


@dataclass(slots=True, kw_only=True)
class Doom:
    """A rule: the next `times` tasks whose prompt or description holds `match` meet this fate."""

    match: str
    fate: Fate
    times: int


class Engine:
    """All tasks of one provider.

    `remix` makes variation, reroll and pan ask for a prompt first; `side` is that of results, in pixels;
    `digits` is the length of ids.
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
    ) -> None:
        self.tasks: dict[str, Task] = {}
        self.speed = {**SPEED, **(speed or {})}
        self.remix = remix
        self.side = side
        self.line = Line(
            tasks=self.tasks, places=running_at_once, room=queue_size, lasts=lambda task: self.speed[task.kind]
        )
        self._dooms: list[Doom] = []
        self._chance = Random(seed)
        self._last_id = 0
        self._ids_a_millisecond = 10 ** (digits - 13)

    def imagine(self, prompt: str, ask: Ask, now: int) -> Answer:
        """Draw a prompt."""
        if refusal := self._refused_prompt(prompt):
            return refusal
        task = self._task("IMAGINE", "imagine", f"/imagine {prompt}", ask, now, prompt=prompt)
        return self._enter(replace(task, work=Work(form="grid", picture=Picture(prompt=prompt, seed=task.seed))), now)

    def blend(self, sources: tuple[bytes, ...], aspect: float, ask: Ask, now: int) -> Answer:
        """Melt images (readable, 2 to 5) into one."""
        task = self._task("BLEND", "blend", "", ask, now, prompt=None)
        task = replace(task, description=f"/blend {task.id} {len(sources)}")
        picture = Picture(prompt="", seed=task.seed, aspect=aspect, sources=sources)
        return self._enter(replace(task, work=Work(form="grid", picture=picture)), now)

    def describe(self, source: bytes, ask: Ask, now: int) -> Answer:
        """Find four prompts for an image (readable)."""
        task = self._task("DESCRIBE", "describe", "", ask, now, prompt=None)
        work = Work(form="described", source=source, texts=texts.describe(source))
        return self._enter(replace(task, description=f"/describe {task.id}.png", work=work), now)

    def shorten(self, prompt: str, ask: Ask, now: int) -> Answer:
        """Find shorter prompts."""
        if refusal := self._refused_prompt(prompt):
            return refusal
        task = self._task("SHORTEN", "shorten", f"/shorten {prompt}", ask, now, prompt=prompt)
        return self._enter(replace(task, work=Work(form="shortened", texts=texts.shorten(prompt))), now)

    def action(self, task_id: str, custom_id: str, ask: Ask, now: int) -> Answer:
        """Press a button of a finished task."""
        parent, refusal = self._parent(task_id, now)
        if parent is None:
            return refusal
        if custom_id not in {button["customId"] for button in parent.work.buttons(parent.job)}:
            return answers.missing("关联动作不存在")
        press = read_press(custom_id)
        if press is None:
            return answers.invalid("不支持的动作")
        task = self._pressed_task(parent, press, ask, now)
        if press.kind in ALWAYS_WINDOW or (self.remix and press.kind in REMIXED):
            return self._open(task, parent, press, custom_id)
        return self._enter(replace(task, work=pressed(parent.work, press, seed=task.seed)), now)

    def change(self, task_id: str, action: str, index: int | None, ask: Ask, now: int) -> Answer:
        """Press U1 to V4 the old way; a reroll is not found, since no button is labelled so (engine B)."""
        if action not in {"UPSCALE", "VARIATION", "REROLL"}:
            return answers.invalid("action参数错误")
        if action != "REROLL" and index not in {1, 2, 3, 4}:
            return answers.invalid("index参数错误")
        parent, refusal = self._parent(task_id, now)
        if parent is None:
            return refusal
        label = f"{action[0]}{index}"
        for button in parent.work.buttons(parent.job):
            if button["label"] == label and action != "REROLL":
                return self.action(task_id, button["customId"], ask, now)
        return answers.missing("关联动作不存在")

    def modal(self, task_id: str, prompt: str, mask: bytes, now: int) -> Answer:
        """Answer a window."""
        self.line.advance(now)
        task = self.tasks.get(task_id)
        if task is None:
            return answers.missing("任务不存在或已失效")
        if task.window is None or task.cancelled is not None:
            return answers.invalid("任务状态错误")
        window, words = task.window, prompt.strip() or task.window.offered or ""
        if refusal := self._refused_prompt(words):
            return refusal
        if window.press.kind == "region" and not mask:
            return answers.invalid("蒙版base64不能为空")
        zoom = zoom_of(words) if window.press.kind == "zoom" else 2.0
        try:
            work = pressed(window.parent, window.press, seed=task.seed, prompt=words, zoom=zoom or 2.0, mask=mask)
        except ValueError:
            return answers.invalid("base64格式错误")
        fate = None if zoom else Fate(reason="[Invalid parameter] `--zoom` must be between 1 and 2")
        final = final_prompt(words, task.bot)
        asked = replace(
            task, prompt=words, final=final, description=f"/{task.action.lower()} {words}", work=work, fate=fate
        )
        return self._enter(asked, now)

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
        """Tell the seed of a finished picture."""
        parent, refusal = self._parent(task_id, now)
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

    def _pressed_task(self, parent: Task, press: Press, ask: Ask, now: int) -> Task:
        action, kind = ACTIONS.get(press.kind, (parent.action, parent.kind))
        short = {"upscale": f"/up {parent.id} U{press.index}", "variation": f"/up {parent.id} V{press.index}"}
        description = short.get(press.kind, f"/up {parent.id} {press.kind}")
        carried = replace(ask, bot=parent.bot)
        task = self._task(action, kind, description, carried, now, prompt=parent.prompt)
        return replace(task, final=parent.final)

    def _open(self, task: Task, parent: Task, press: Press, custom_id: str) -> Answer:
        offered = parent.work.texts[press.index - 1] if parent.work.texts else parent.final
        window = Window(
            press=press, custom_id=custom_id, parent=parent.work, offered=offered, message=str(self._snowflake())
        )
        opened = replace(task, window=window, work=parent.work, description="Waiting for window confirm")
        self.tasks[task.id] = opened
        return answers.window(task.id, offered, remix=self.remix)

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
        reason = fault_of(task.prompt or "")
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
