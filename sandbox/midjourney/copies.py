"""A gateway's own copies of tasks: one row a submit, refreshed from the engine now and then, and never looked at twice.

Two submits may share a task (an action and its window's answer): only the newer row is refreshed while it isn't over.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from sandbox.midjourney.account import Account

TOO_LONG = 3_600_000
OVERDUE = "上游任务超时（超过1小时）"
TERMINAL = frozenset({"SUCCESS", "FAILURE", "CANCEL"})
Shown = dict[str, Any]
See = Callable[[str, int], Shown | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What is known of one submit. `image` is the engine's address; `charge` the number of what it has cost."""

    task_id: str
    born: int
    shown: Shown
    image: str = ""
    charge: int | None = None

    @property
    def over(self) -> bool:
        """Whether it is never refreshed again."""
        return self.shown["status"] in TERMINAL


class Copies:
    """All rows, the oldest first. `see` shows a task as the engine has it at a time; `every` is in milliseconds."""

    def __init__(self, *, see: See, account: Account, every: int, now: int) -> None:
        self.every = every
        self._see = see
        self._account = account
        self._refreshed = now
        self._rows: list[Row] = []

    def catch_up(self, now: int) -> None:
        """Refresh as often as it should have happened until now."""
        while self._refreshed + self.every <= now:
            if all(row.over for row in self._rows):
                self._refreshed += (now - self._refreshed) // self.every * self.every
                return
            self._refreshed += self.every
            self._refresh(self._refreshed)

    def add(self, row: Row) -> None:
        """Keep a new row."""
        self._rows.append(row)

    def first(self, task_id: str) -> Row | None:
        """Return the oldest row of a task."""
        return next((row for row in self._rows if row.task_id == task_id), None)

    def all(self, ids: list[str] | None) -> list[Row]:
        """Return the rows of these tasks, the newest first; None: of all."""
        return [row for row in reversed(self._rows) if ids is None or row.task_id in ids]

    def forget(self, task_id: str) -> None:
        """Lose a task's rows."""
        self._rows = [row for row in self._rows if row.task_id != task_id]

    def _refresh(self, at: int) -> None:
        newest = {row.task_id: place for place, row in enumerate(self._rows) if not row.over}
        for task_id, place in newest.items():
            if (seen := self._see(task_id, at)) is not None:
                self._rows[place] = self._refreshed_row(self._rows[place], seen, at)

    def _refreshed_row(self, row: Row, seen: Shown, at: int) -> Row:
        fresh = replace(row, image=seen["imageUrl"] or "", shown=row.shown | told(seen))
        if not fresh.over and at - row.born > TOO_LONG:
            fresh = replace(fresh, shown=fresh.shown | {"status": "FAILURE", "progress": "100%", "failReason": OVERDUE})
        if fresh.shown["status"] == "FAILURE" and row.charge is not None:
            self._account.give_back(row.charge, at)
        return fresh


def blank(*, task_id: str, action: str, prompt: str, description: str, now: int) -> Shown:
    """Return a row's JSON as it is before the first refresh."""
    return {
        "id": task_id,
        "action": action,
        "customId": "",
        "botType": "",
        "prompt": prompt,
        "promptEn": "",
        "description": description,
        "state": "",
        "submitTime": now,
        "startTime": 0,
        "finishTime": 0,
        "imageUrl": "",
        "videoUrl": "",
        "videoUrls": None,
        "status": "",
        "progress": "0%",
        "failReason": "",
        "buttons": None,
        "maskBase64": "",
        "properties": None,
    }


def told(seen: Shown) -> Shown:
    """Return what a refresh takes over from the engine's JSON; a failure is always complete."""
    properties = seen["properties"]
    kept = {name: properties.get(name) or "" for name in ("finalPrompt", "finalZhPrompt")} if properties else None
    failed = seen["status"] == "FAILURE" or bool(seen["failReason"])
    return {
        "promptEn": seen["promptEn"] or "",
        "videoUrl": seen.get("videoUrl") or "",
        "videoUrls": [{"url": film["url"]} for film in seen.get("videoUrls") or ()] or None,
        "state": seen["state"] or "",
        "submitTime": seen["submitTime"] or 0,
        "startTime": seen["startTime"] or 0,
        "finishTime": seen["finishTime"] or 0,
        "status": seen["status"],
        "progress": "100%" if failed else seen["progress"] or "",
        "failReason": seen["failReason"] or "",
        "buttons": seen["buttons"] or None,
        "properties": kept,
    }
