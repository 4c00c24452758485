"""What is done with a result: its buttons are pressed, the windows that open are answered."""

from dataclasses import replace

from sandbox.midjourney import answers
from sandbox.midjourney.answers import Answer
from sandbox.midjourney.buttons import Press, read_press
from sandbox.midjourney.core import Core
from sandbox.midjourney.kinds import ACTIONS, ALWAYS_WINDOW, FILMED, REMIXED, Ask
from sandbox.midjourney.prompts import film_prompt, final_prompt, zoom_of
from sandbox.midjourney.task import Fate, Task, Window
from sandbox.midjourney.works import Answered, Work, pressed
from sandbox.painter.masks import blank, plain

UNKNOWN_BUTTON = "关联动作不存在"
NO_ZOOM = Fate(reason="[Invalid parameter] `--zoom` must be between 1 and 2")
NOTHING_CHOSEN = Fate(reason="[Internal Server Error] something went wrong")


class Presses(Core):
    """The engine as far as it goes on from finished tasks."""

    def action(self, task_id: str, custom_id: str, ask: Ask, now: int) -> Answer:
        """Press a button of a finished task."""
        parent, refusal = self._parent(task_id, now)
        if parent is None:
            return refusal
        if custom_id not in {button["customId"] for button in parent.work.buttons(parent.job)}:
            return answers.missing(UNKNOWN_BUTTON)
        press = read_press(custom_id)
        if press is None or (press.kind in FILMED and "video" in self.lacking):
            return answers.invalid("不支持的动作")
        if press.kind == "all":
            return self._all(parent, ask, now)
        task = self._pressed_task(parent, press, ask, now)
        if self._asks(parent, press):
            return self._open(task, parent, press, custom_id)
        work = pressed(parent.work, press, seed=task.seed)
        final = film_prompt(parent.prompt or "", work) if work.films else task.final
        return self._enter(replace(task, work=work, final=final), now)

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
        return answers.missing(UNKNOWN_BUTTON)

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
        fate = None if zoom else NO_ZOOM
        try:
            if window.press.kind == "region" and blank(plain(mask)):
                fate = NOTHING_CHOSEN
            work = self._answered(task, window, Answered(prompt=words, zoom=zoom or 2.0, mask=mask))
        except ValueError:
            return answers.invalid("base64格式错误")
        final = film_prompt(words, work) if work.films else final_prompt(words, task.bot)
        asked = replace(
            task, prompt=words, final=final, description=f"/{task.action.lower()} {words}", work=work, fate=fate
        )
        return self._enter(asked, now)

    def _asks(self, parent: Task, press: Press) -> bool:
        """Whether a press opens a window; a region that was painted anew is rerolled as it is."""
        if press.kind in ALWAYS_WINDOW:
            return True
        return self.remix and press.kind in REMIXED and not (press.kind == "reroll" and parent.kind == "region")

    def _answered(self, task: Task, window: Window, told: Answered) -> Work:
        if window.press.kind in {"described", "shortened"}:
            return Work(form="grid", picture=self._picture(told.prompt, task.seed, task.bot))
        return pressed(window.parent, window.press, seed=task.seed, answered=told)

    def _all(self, parent: Task, ask: Ask, now: int) -> Answer:
        """Draw all that was found: as many tasks, their ids in one text; what finds no room is left out."""
        made = []
        for number, prompt in enumerate(parent.work.texts, 1):
            own = replace(ask, state=f"{ask.state}::{number}", bot=parent.bot)
            task = self._task("IMAGINE", "imagine", f"/imagine {prompt}", own, now, prompt=prompt)
            work = Work(form="grid", picture=self._picture(prompt, task.seed, task.bot))
            answer = self._enter(replace(task, work=work), now)
            made += [task.id] if answer.accepted else []
        return answers.done(",".join(made)) if made else answers.full()

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
