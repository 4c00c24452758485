"""Files that were sent: their bytes kept once, their ids as Telegram gives them.

An id is made of the kind and the bytes, so that the same picture sent twice costs its room once.
"""

import base64
import hashlib
from dataclasses import dataclass
from typing import Any, Literal

from sandbox.telegram.looks import look_of_film, look_of_photo

Kind = Literal["photo", "document", "animation", "video"]

_PREFIX: dict[str, str] = {"photo": "AgACAgI", "document": "BQACAgI", "animation": "CgACAgI", "video": "BAACAgI"}
_SIDES = (90, 320, 800)  # the smaller sizes that a photo is offered in
_ENDINGS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "GIF": "gif"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """A file on Telegram's side. `width`, `height` are 0 where none can be seen; `ending` is of its path."""

    kind: Kind
    sha256: str
    name: str
    mime: str
    size: int
    width: int = 0
    height: int = 0
    ending: str = "bin"

    def file_id(self, side: int = 0) -> str:
        """The id to send it by; of a photo, that of its size of that side (0: the whole)."""
        return _PREFIX[self.kind] + self._token(f"{self.name}|{side}")

    def unique_id(self, side: int = 0) -> str:
        """The id that is the same for all bots and sends nothing."""
        return "AQAD" + self._token(f"unique|{side}")[:12]

    def as_json(self) -> Any:
        """As a message shows it: Document, Animation, Video, or an Array of PhotoSize."""
        if self.kind == "photo":
            return [self._photo_size(side) for side in self.sides()]
        told: dict[str, Any] = {"file_id": self.file_id(), "file_unique_id": self.unique_id(), "file_size": self.size}
        told |= {"file_name": self.name, "mime_type": self.mime}
        if self.kind != "document":
            told |= {"width": self.width, "height": self.height, "duration": 0}
        return told

    def ids(self) -> list[str]:
        """Every id that finds this file."""
        return [self.file_id(side) for side in self.sides()]

    def sides(self) -> list[int]:
        """The longest sides of the sizes it comes in, the smallest first; 0 is the whole."""
        longest = max(self.width, self.height)
        smaller = [side for side in _SIDES if side == _SIDES[0] or side < longest]
        return [*smaller, 0] if self.kind == "photo" else [0]

    def _photo_size(self, side: int) -> dict[str, Any]:
        longest = max(self.width, self.height)
        scale = min(side / longest, 1) if side else 1
        return {
            "file_id": self.file_id(side),
            "file_unique_id": self.unique_id(side),
            "width": max(round(self.width * scale), 1),
            "height": max(round(self.height * scale), 1),
            "file_size": self.size,
        }

    def _token(self, of: str) -> str:
        digest = hashlib.sha256(f"{self.kind}|{self.sha256}|{of}".encode()).digest()
        return base64.urlsafe_b64encode(digest).decode().rstrip("=")


class Files:
    """Everything that was sent or uploaded."""

    def __init__(self) -> None:
        self._bytes: dict[str, bytes] = {}
        self._by_id: dict[str, Stored] = {}
        self._paths: dict[str, Stored] = {}
        self._path_of: dict[tuple[Kind, str], str] = {}
        self._looks: dict[tuple[Kind, str], tuple[str, int, int]] = {}  # by kind and hash: each is looked at once

    def keep(self, kind: Kind, data: bytes, *, name: str, mime: str) -> Stored:
        """Keep a file. ApiError for a photo that Telegram would not take."""
        sha256 = hashlib.sha256(data).hexdigest()
        look = self._look(kind, sha256, data)
        ending = _ENDINGS.get(look[0], "jpg") if kind == "photo" else name.rpartition(".")[2].lower() or "bin"
        stored = Stored(
            kind=kind,
            sha256=sha256,
            name="" if kind == "photo" else name,
            mime=mime,
            size=len(data),
            width=look[1],
            height=look[2],
            ending=ending if ending.isalnum() else "bin",
        )
        self._bytes.setdefault(sha256, data)
        self._by_id |= dict.fromkeys(stored.ids(), stored)
        return stored

    def _look(self, kind: Kind, sha256: str, data: bytes) -> tuple[str, int, int]:
        """Format, width and height; of a document none, as it is shown as a name."""
        if kind == "document":
            return "", 0, 0
        if (kind, sha256) not in self._looks:
            self._looks[kind, sha256] = (look_of_photo if kind == "photo" else look_of_film)(data)
        return self._looks[kind, sha256]

    def find(self, file_id: str) -> Stored | None:
        """The file of an id."""
        return self._by_id.get(file_id)

    def data(self, stored: Stored) -> bytes:
        """The bytes, as they came."""
        return self._bytes[stored.sha256]

    def path(self, stored: Stored) -> str:
        """Where it can be fetched, below `file/bot<token>/`."""
        key = (stored.kind, stored.sha256)
        if key not in self._path_of:
            self._path_of[key] = f"{stored.kind}s/file_{len(self._path_of)}.{stored.ending}"
            self._paths[self._path_of[key]] = stored
        return self._path_of[key]

    def at(self, path: str) -> Stored | None:
        """The file that was given out under this path."""
        return self._paths.get(path)
