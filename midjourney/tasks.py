"""The provider's task objects as snapshots: every field may be missing, null, empty or of another type."""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from domain.provider import RemoteButton, RemoteStatus, Snapshot
from domain.task import RemoteId
from midjourney.reading import fields, remote_ids, text
from midjourney.said import clean

MOST_BUTTONS = 50
LONGEST_NAME = 256
LONGEST_STATE = 255
LONGEST_TEXT = 8000
LONGEST_URL = 2048
LONGEST_ACTION = 32
MOST_VIDEOS = 8

STATUSES = {
    "": RemoteStatus.WAITING,
    "NOT_START": RemoteStatus.WAITING,
    "SUBMITTED": RemoteStatus.WAITING,
    "IN_PROGRESS": RemoteStatus.RUNNING,
    "MODAL": RemoteStatus.WINDOW,
    "SUCCESS": RemoteStatus.SUCCESS,
    "FAILURE": RemoteStatus.FAILURE,
    "CANCEL": RemoteStatus.CANCEL,
}
ENDS = {RemoteStatus.SUCCESS, RemoteStatus.FAILURE, RemoteStatus.CANCEL}
TEXT_ACTIONS = {"DESCRIBE", "SHORTEN"}
ADVANCE = (
    # A gateway keeps two rows of one id only after a window was answered: the one that still shows it is stale.
    RemoteStatus.WINDOW,
    RemoteStatus.WAITING,
    RemoteStatus.RUNNING,
    RemoteStatus.CANCEL,
    RemoteStatus.FAILURE,
    RemoteStatus.SUCCESS,
)


def read_task(value: object, *, hidden: Sequence[str] = ()) -> Snapshot | None:
    """What a task object says; `None` for what is none. `hidden`: texts that must not appear in `reason`."""
    task = fields(value)
    ids = remote_ids(task.get("id"))
    if len(ids) != 1:
        return None
    progress = read_progress(task.get("progress"))
    reason = clean(task.get("failReason"), hidden) or None
    status = _status(task.get("status"))
    if status not in ENDS and progress == 100 and text(task.get("failReason"), 10):
        status = RemoteStatus.FAILURE  # a gateway that lags behind itself
    return Snapshot(
        remote_id=ids[0],
        status=status,
        progress=progress,
        image_url=_address(task.get("imageUrl")) or _address(task.get("videoUrl")),
        action=text(task.get("action"), LONGEST_ACTION).upper() or None,
        videos=_videos(task),
        reason=reason,
        final_prompt=_final_prompt(task, status),
        state=text(task.get("state"), LONGEST_STATE) or None,
        buttons=_buttons(task.get("buttons")),
    )


def read_tasks(values: Iterable[object], *, hidden: Sequence[str] = ()) -> dict[RemoteId, Snapshot]:
    """The readable ones of a list, one of each id."""
    tasks: dict[RemoteId, Snapshot] = {}
    for value in values:
        if task := read_task(value, hidden=hidden):
            seen = tasks.get(task.remote_id)
            tasks[task.remote_id] = more_advanced(seen, task) if seen else task
    return tasks


def more_advanced(one: Snapshot, other: Snapshot) -> Snapshot:
    """Of two that show the same task, the one that is further."""
    return max(one, other, key=lambda task: (ADVANCE.index(task.status), task.progress or 0))


def read_progress(value: object) -> int | None:
    """Per cent, 0 to 100, from "45%", 45 or 45.0; of anything else `None`."""
    if isinstance(value, str) and re.fullmatch(r"\s*-?[0-9]{1,9}(\.[0-9]{0,9})?\s*%?\s*", value):
        value = float(value.replace("%", ""))
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return int(min(max(value, 0), 100))


def _status(value: object) -> RemoteStatus:
    if value is None:
        return RemoteStatus.WAITING
    return (
        STATUSES.get(text(value, 50).upper(), RemoteStatus.RUNNING) if isinstance(value, str) else RemoteStatus.RUNNING
    )


def _final_prompt(task: Mapping[str, Any], status: RemoteStatus) -> str | None:
    properties = fields(task.get("properties"))
    places = [properties.get("finalPrompt"), task.get("promptEn"), task.get("prompt")]
    description = text(task.get("description"), LONGEST_TEXT)
    finished_text = status is RemoteStatus.SUCCESS and task.get("action") in TEXT_ACTIONS
    if finished_text and not description.startswith("/"):
        places.append(description)
    return next((found for place in places if (found := text(place, LONGEST_TEXT))), None)


def _address(value: object) -> str | None:
    written = value.strip() if isinstance(value, str) and len(value) <= LONGEST_URL else ""
    if not written.isprintable() or any(map(str.isspace, written)):
        return None
    try:
        address = urlsplit(written)
        usable = address.scheme in {"http", "https"} and address.hostname
    except ValueError:
        return None
    return written if usable else None


def _videos(task: Mapping[str, Any]) -> tuple[str, ...]:
    """All addresses of videos, each once: one field names one, another may list several."""
    listed = task.get("videoUrls")
    named = [fields(one).get("url", one) for one in listed] if isinstance(listed, list) else []
    found = (_address(one) for one in [*named, task.get("videoUrl")])
    return tuple(dict.fromkeys(one for one in found if one))[:MOST_VIDEOS]


def _buttons(value: object) -> tuple[RemoteButton, ...]:
    found: dict[str, RemoteButton] = {}
    for element in value if isinstance(value, list) else ():
        button = fields(element)
        custom_id = button.get("customId")
        if len(found) < MOST_BUTTONS and isinstance(custom_id, str) and _echoable(custom_id):
            label, emoji = (text(button.get(name), LONGEST_NAME) for name in ("label", "emoji"))
            found.setdefault(custom_id, RemoteButton(custom_id=custom_id, label=label, emoji=emoji))
    return tuple(found.values())


def _echoable(custom_id: str) -> bool:
    """Goes back byte for byte, or not at all."""
    return 0 < len(custom_id) <= LONGEST_NAME and custom_id.isprintable() and not custom_id.isspace()
