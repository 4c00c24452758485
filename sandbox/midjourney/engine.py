"""The engine: takes submits, keeps tasks, opens windows. No HTTP and no waiting; time is handed in with each call."""

from dataclasses import dataclass, replace

from sandbox.midjourney import answers, texts
from sandbox.midjourney.answers import Answer
from sandbox.midjourney.kinds import Ask
from sandbox.midjourney.presses import Presses
from sandbox.midjourney.prompts import film_prompt
from sandbox.midjourney.references import words_of
from sandbox.midjourney.works import BATCH, Work, extended, shot
from sandbox.painter.blend import shape_of
from sandbox.painter.film import Motion
from sandbox.painter.picture import Picture, Source
from sandbox.painter.reading import asked_aspect

EDITED = 0.55  # how much of a picture is left where words go over all of it


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """What a film is asked to be, apart from its words; `end` is its last picture."""

    image: Source
    end: Source | None = None
    motion: Motion = "low"
    loops: bool = False
    fine: bool = False
    count: int = BATCH


class Engine(Presses):
    """What can be asked for from nothing, or from images that were sent."""

    def imagine(self, prompt: str, ask: Ask, now: int) -> Answer:
        """Draw a prompt; pictures of ours that it refers to show in the result."""
        if refusal := self._refused_prompt(prompt):
            return refusal
        task = self._task("IMAGINE", "imagine", f"/imagine {prompt}", ask, now, prompt=prompt)
        work = Work(form="grid", picture=self._picture(prompt, task.seed, ask.bot))
        return self._enter(replace(task, work=work), now)

    def blend(self, sources: tuple[bytes, ...], aspect: float, ask: Ask, now: int) -> Answer:
        """Melt images (readable, 2 to 5) into one, in their order from left to right."""
        task = self._task("BLEND", "blend", "", ask, now, prompt=None)
        task = replace(task, description=f"/blend {task.id} {len(sources)}")
        niji = ask.bot == "NIJI_JOURNEY"
        picture = Picture(prompt="", seed=task.seed, aspect=aspect, sources=sources, niji=niji)
        return self._enter(replace(task, work=Work(form="grid", picture=picture)), now)

    def describe(self, source: bytes, ask: Ask, now: int, *, known: str | None = None) -> Answer:
        """Find four prompts for an image (readable); `known` is the prompt that it was made from here."""
        task = self._task("DESCRIBE", "describe", "", ask, now, prompt=None)
        work = Work(form="described", source=source, texts=texts.describe(source, words_of(known or "")))
        return self._enter(replace(task, description=f"/describe {task.id}.png", work=work), now)

    def shorten(self, prompt: str, ask: Ask, now: int) -> Answer:
        """Find shorter prompts."""
        if refusal := self._refused_prompt(prompt):
            return refusal
        task = self._task("SHORTEN", "shorten", f"/shorten {prompt}", ask, now, prompt=prompt)
        return self._enter(replace(task, work=Work(form="shortened", texts=texts.shorten(prompt))), now)

    def edit(self, prompt: str, image: Source, holes: bytes | None, ask: Ask, now: int) -> Answer:
        """Draw a prompt over a picture: where it is transparent (`holes`, a mask), or faintly over all of it."""
        if refusal := self._refused_prompt(prompt):
            return refusal
        task = self._task("EDIT", "edits", f"/edit {prompt}", ask, now, prompt=prompt)
        asked = replace(self._picture(prompt, task.seed, ask.bot), sources=(image,), share=EDITED)
        picture = replace(asked, aspect=asked_aspect(prompt) or shape(image))
        if holes is not None:
            whole = Picture(prompt="", seed=task.seed, sources=(image,), aspect=picture.aspect)
            picture = replace(whole.repainted(prompt, holes, task.seed), niji=picture.niji)
        return self._enter(replace(task, work=Work(form="grid", picture=picture)), now)

    def swap(self, face: bytes, target: bytes, ask: Ask, now: int) -> Answer:
        """Put a face into a picture (both readable)."""
        task = self._task("SWAP_FACE", "swap", "", replace(ask, bot="INSIGHT_FACE"), now, prompt=None)
        picture = Picture(prompt="", seed=task.seed, aspect=shape_of(target), sources=(target,), faces=(face,))
        swapped = replace(task, final=None, description=f"/swap {task.id}", work=Work(form="plain", picture=picture))
        return self._enter(swapped, now)

    def video(self, prompt: str, asked: Shot, ask: Ask, now: int) -> Answer:
        """Let a picture move."""
        if refusal := self._refused_prompt(prompt):
            return refusal
        task = self._task("VIDEO", "video", f"/video {prompt}", ask, now, prompt=prompt)
        start = _still(asked.image, task.seed)
        end = None if asked.end is None else replace(_still(asked.end, task.seed), aspect=start.shape)
        work = shot(start, asked.motion, task.seed, count=asked.count, end=end, loops=asked.loops, fine=asked.fine)
        return self._enter(replace(task, work=work, final=film_prompt(prompt, work)), now)

    def extend(self, task_id: str, index: int, prompt: str, motion: Motion, ask: Ask, now: int) -> Answer:
        """Make one (0 to 3) of a task's films longer."""
        parent, refusal = self._parent(task_id, now)
        if parent is None:
            return refusal
        if not parent.work.films:
            return answers.invalid("关联任务类型错误")
        if not 0 <= index < len(parent.work.films):
            return answers.invalid("index参数错误")
        words = prompt.strip() or parent.prompt or ""
        if prompt.strip() and (refused := self._refused_prompt(prompt)):
            return refused
        task = self._task("VIDEO_EXTEND", "video", f"/video {words}", ask, now, prompt=words)
        work = extended(parent.work.films[index], motion, task.seed)
        return self._enter(replace(task, work=work, final=film_prompt(words, work)), now)


def shape(image: Source) -> float:
    """Return the width to the height of a picture, encoded or not yet painted."""
    return image.shape if isinstance(image, Picture) else shape_of(image)


def _still(image: Source, seed: int) -> Picture:
    if isinstance(image, Picture):
        return image
    return Picture(prompt="", seed=seed, sources=(image,), aspect=shape_of(image))
