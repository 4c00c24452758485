"""What a submit is answered with: the proxy's envelope, and each refusal in the engine's own words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

INSTANCE = "1572398367386955776"
CHANNEL = "1300842676874379336"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The envelope. HTTP status is always 200; the code says how it went. What makes no task may list addresses."""

    code: int
    description: str
    result: str | None = None
    properties: Mapping[str, Any] = field(default_factory=dict)
    listed: tuple[str, ...] | None = None

    @property
    def accepted(self) -> bool:
        """Whether a task was made or goes on."""
        return self.code in {1, 21, 22}

    def json(self) -> dict[str, Any]:
        """The envelope as it travels."""
        return {
            "code": self.code,
            "description": self.description,
            "result": self.result if self.listed is None else list(self.listed),
            "properties": dict(self.properties),
        }


def accepted(task_id: str) -> Answer:
    """It starts at once."""
    where = {"discordChannelId": CHANNEL, "discordInstanceId": INSTANCE}
    return Answer(code=1, description="提交成功", result=task_id, properties=where)


def queued(task_id: str, ahead: int) -> Answer:
    """It has to wait for so many others."""
    told = {"numberOfQueues": ahead, "discordInstanceId": INSTANCE}
    return Answer(code=22, description=f"排队中，前面还有{ahead}个任务", result=task_id, properties=told)


def window(task_id: str, offered: str | None, *, remix: bool) -> Answer:
    """A window is open: the task waits for more words (or a mask)."""
    told = {"finalPrompt": offered, "remix": remix}
    return Answer(code=21, description="等待窗口确认", result=task_id, properties=told)


def done(result: str) -> Answer:
    """A plain success with a value (a seed, a cancelled task's id)."""
    return Answer(code=1, description="成功", result=result)


def uploaded(addresses: tuple[str, ...]) -> Answer:
    """Images are kept; no task was made."""
    return Answer(code=1, description="success", listed=addresses)


def banned(prompt: str, word: str) -> Answer:
    """A word of the prompt is not allowed."""
    return Answer(code=24, description="可能包含敏感词", properties={"promptEn": prompt, "bannedWord": word})


def invalid(description: str) -> Answer:
    """A field, a state or an action is not as it must be."""
    return Answer(code=4, description=description)


def missing(description: str) -> Answer:
    """What the submit names is not there."""
    return Answer(code=3, description=description)


def full() -> Answer:
    """Nothing can be taken on at the moment."""
    return Answer(code=23, description="队列已满，请稍后尝试", properties={"discordInstanceId": INSTANCE})
