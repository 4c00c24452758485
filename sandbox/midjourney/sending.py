"""Reading the bodies of submits: what comes back carries one out on the engine at a time."""

import re
from collections.abc import Callable

from sandbox.midjourney import answers, fields
from sandbox.midjourney.answers import Answer
from sandbox.midjourney.dialects import Body
from sandbox.midjourney.engine import Engine, Shot
from sandbox.midjourney.fields import RefusedError, UnreadableError
from sandbox.painter.film import Motion
from sandbox.painter.masks import holes

DIMENSIONS = {"PORTRAIT": 2 / 3, "SQUARE": 1.0, "LANDSCAPE": 1.5}
FILM_TYPES = {"": False, "vid_1.1_i2v_480": False, "vid_1.1_i2v_720": True}
Carry = Callable[[int], Answer]
Read = Callable[[Body], Carry]


class Sending:
    """The submits by name. `keep` stores an image and returns its address; with `insists` an action must carry
    `chooseSameChannel` as text."""

    def __init__(self, engine: Engine, *, keep: Callable[[bytes], str], insists: bool) -> None:
        self._engine = engine
        self._keep = keep
        self._insists = insists
        self.readers: dict[str, Read] = {
            "imagine": self._imagine,
            "blend": self._blend,
            "describe": self._describe,
            "shorten": self._shorten,
            "action": self._action,
            "change": self._change,
            "simple-change": self._simple_change,
            "modal": self._modal,
            "edits": self._edits,
            "edit": self._edits,
            "swap": self._swap,
            "video": self._video,
            "upload-discord-images": self._upload,
        }

    def _imagine(self, body: Body) -> Carry:
        ask, prompt = fields.ask_of(body), fields.text(body, "prompt")
        addresses = [self._keep(fields.readable(one)) for one in fields.images(body)]
        words = " ".join([*addresses, prompt]) if prompt.strip() else ""
        return lambda now: self._engine.imagine(words, ask, now)

    def _blend(self, body: Body) -> Carry:
        dimensions = fields.text(body, "dimensions") or "SQUARE"
        if dimensions not in DIMENSIONS:
            raise UnreadableError("dimensions")
        ask, sources = fields.ask_of(body), fields.images(body)
        if not 2 <= len(sources) <= 5:
            raise RefusedError("base64List参数错误")
        readable = tuple(fields.readable(one) for one in sources)
        return lambda now: self._engine.blend(readable, DIMENSIONS[dimensions], ask, now)

    def _describe(self, body: Body) -> Carry:
        ask = fields.ask_of(body)
        if not fields.text(body, "base64"):
            raise RefusedError("base64不能为空")
        image = fields.readable(fields.image(body["base64"]))
        known = self._engine.shelf.recall(image)
        return lambda now: self._engine.describe(image, ask, now, known=known)

    def _shorten(self, body: Body) -> Carry:
        ask, prompt = fields.ask_of(body), fields.text(body, "prompt")
        return lambda now: self._engine.shorten(prompt, ask, now)

    def _action(self, body: Body) -> Carry:
        ask, task_id, custom_id = fields.ask_of(body), fields.text(body, "taskId"), fields.text(body, "customId")
        if not task_id.strip() or not custom_id.strip():
            raise RefusedError("taskId和customId不能为空")
        if self._insists and not isinstance(body.get("chooseSameChannel"), str):
            raise UnreadableError("chooseSameChannel")
        return lambda now: self._engine.action(task_id, custom_id, ask, now)

    def _change(self, body: Body) -> Carry:
        ask, task_id = fields.ask_of(body), fields.text(body, "taskId")
        if not task_id.strip():
            raise RefusedError("taskId不能为空")
        action, index = fields.text(body, "action"), fields.index(body)
        return lambda now: self._engine.change(task_id, action, index, ask, now)

    def _simple_change(self, body: Body) -> Carry:
        found = re.fullmatch(r"(\S+) (?:([UVuv])([1-4])|([Rr]))", fields.text(body, "content"))
        if found is None:
            raise RefusedError("content参数错误")
        action = {"U": "UPSCALE", "V": "VARIATION", "R": "REROLL"}[(found[2] or found[4]).upper()]
        task_id, index, ask = found[1], int(found[3]) if found[3] else None, fields.ask_of(body)
        return lambda now: self._engine.change(task_id, action, index, ask, now)

    def _modal(self, body: Body) -> Carry:
        coded = fields.text(body, "maskBase64")
        mask = fields.image(coded, prefix=False) if coded else b""
        task_id, prompt = fields.text(body, "taskId"), fields.text(body, "prompt")
        return lambda now: self._engine.modal(task_id, prompt, mask, now)

    def _edits(self, body: Body) -> Carry:
        ask, prompt, coded = fields.ask_of(body), fields.text(body, "prompt"), fields.text(body, "image")
        if not coded:
            raise RefusedError("image不能为空")
        image = fields.picture(coded, self._engine.shelf)
        clear = None if coded.startswith("http") else holes(fields.image(coded, prefix=False))
        return lambda now: self._engine.edit(prompt, image, clear, ask, now)

    def _swap(self, body: Body) -> Carry:
        ask, coded = fields.ask_of(body), [fields.text(body, name) for name in ("sourceBase64", "targetBase64")]
        if not all(coded):
            raise RefusedError("sourceBase64和targetBase64不能为空")
        face, target = (fields.readable(fields.image(one)) for one in coded)
        return lambda now: self._engine.swap(face, target, ask, now)

    def _upload(self, body: Body) -> Carry:
        images = [fields.readable(one) for one in fields.images(body)]
        if not images:
            raise RefusedError("base64Array不能为空")
        return lambda _now: answers.uploaded(tuple(self._keep(one) for one in images))

    def _video(self, body: Body) -> Carry:
        ask, prompt = fields.ask_of(body), fields.text(body, "prompt")
        said = fields.text(body, "motion") or "low"
        if said not in {"low", "high"}:
            raise RefusedError("motion参数错误")
        motion: Motion = "high" if said == "high" else "low"
        match fields.text(body, "action"):
            case "extend":
                task_id, index = fields.text(body, "taskId"), fields.index(body)
                if not task_id.strip() or index is None:
                    raise RefusedError("taskId和index不能为空")
                return lambda now: self._engine.extend(task_id, index, prompt, motion, ask, now)
            case "":
                shot = self._shot(body, motion)
                return lambda now: self._engine.video(prompt, shot, ask, now)
            case _:
                raise RefusedError("action参数错误")

    def _shot(self, body: Body, motion: Motion) -> Shot:
        kind, count = fields.text(body, "videoType"), fields.number(body, "batchSize") or 4
        image, end = fields.text(body, "image"), fields.text(body, "endImage")
        if kind not in FILM_TYPES:
            raise RefusedError("videoType参数错误")
        if count not in {1, 2, 4}:
            raise RefusedError("batchSize参数错误")
        if not image:
            raise RefusedError("image不能为空")
        shelf = self._engine.shelf
        return Shot(
            image=fields.picture(image, shelf),
            end=fields.picture(end, shelf) if end else None,
            motion=motion,
            loops=body.get("loop") is True,
            fine=FILM_TYPES[kind],
            count=count,
        )
