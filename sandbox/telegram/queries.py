"""Button presses that wait for an answer."""

from dataclasses import dataclass
from datetime import datetime

from sandbox.telegram.pulse import Pulse


@dataclass(frozen=True, slots=True, kw_only=True)
class Toast:
    """What a press was answered: perhaps a text, as a short notice or as an alert; perhaps an address to open."""

    text: str | None = None
    show_alert: bool = False
    url: str | None = None


@dataclass(slots=True, kw_only=True, eq=False)
class Press:
    """A press; `answer` is None until the bot answers."""

    id: str
    chat_id: int
    message_id: int
    data: str
    time: datetime
    pulse: Pulse
    answer: Toast | None = None

    async def answered(self, timeout: float = 5.0) -> Toast:  # noqa: ASYNC109 -- a guard for who waits, in real seconds
        """The answer, as soon as it is there. TimeoutError after `timeout` real seconds."""
        return await self.pulse.until(lambda: self.answer, timeout)
