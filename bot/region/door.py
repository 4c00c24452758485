"""What the page asks of the bot."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Canvas:
    """What a person is to paint on."""

    ticket: str
    """Stands for this person and this window from now on; unguessable, and safe in an address."""
    width: int
    height: int
    """The picture's own size in pixels: the mask comes back in it."""
    prompt: str
    title: str
    language: str


class DoorClosed(Exception):  # noqa: N818 - a fact, as all our errors are
    """Not possible, or not any more. `words`: a kind sentence for the person, in their language."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


class RegionDoor(Protocol):
    """What the app does for the page.

    Besides `DoorClosed` it may let `InitDataRefused` and `MaskRefused` through: the page has words for them.
    """

    async def open(self, init_data: str, window: str) -> Canvas:
        """Whoever `init_data` proves, at the window that the page was opened for."""
        ...

    async def picture(self, ticket: str, language: str | None) -> tuple[bytes, str]:
        """The picture and its content type. `language`: which one the page speaks."""
        ...

    async def paint(self, ticket: str, prompt: str, mask_png: bytes, language: str | None) -> str:
        """Have it drawn; a sentence to show. The mask is as the page sent it: unchecked."""
        ...
