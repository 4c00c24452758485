"""Moments at which a stop hurts most, by name: a test lets the process die, hang or fail at one of them.

Nothing happens unless `BOT_FAILPOINT` has armed one at the start. What is armed is the one global of this program:
to hand it through every room would change what is tested.
"""

import asyncio
import os
import re
import signal
import time
from dataclasses import dataclass
from enum import StrEnum

VARIABLE = "BOT_FAILPOINT"
LONG = 3.0
"""Seconds that `sleep` takes."""
_ONE = re.compile(
    r"""
    (?P<name> [a-z-]+ )
    : (?: (?P<action> kill | raise | sleep ) | sleep \( (?P<seconds> \d{1,3} (?: \.\d+ )? ) \) )
    (?: : (?P<nth> [1-9]\d{0,4} ) )?
    """,
    re.VERBOSE,
)


class Point(StrEnum):
    """The closed list. "Uncommitted" is the last moment inside a transaction, "committed" the first one after it."""

    MIGRATION_STEP = "migration-step"
    MIGRATION_UNCOMMITTED = "migration-uncommitted"
    RECOVERY_UNCOMMITTED = "recovery-uncommitted"
    RECOVERY_COMMITTED = "recovery-committed"
    UPDATES_COME = "updates-come"
    UPDATES_KEPT = "updates-kept"
    UPDATES_CONFIRMED = "updates-confirmed"
    UPDATE_TO_BE_HANDLED = "update-to-be-handled"
    WISH_UNCOMMITTED = "wish-uncommitted"
    WISH_COMMITTED = "wish-committed"
    PRESS_TO_BE_ANSWERED = "press-to-be-answered"
    PRESS_ANSWERED = "press-answered"
    ALBUM_UNCOMMITTED = "album-uncommitted"
    ALBUM_COMMITTED = "album-committed"
    PHOTO_FETCHED = "photo-fetched"
    TURN_TAKEN = "turn-taken"
    SUBMIT_OPEN = "submit-open"
    SUBMIT_TO_BE_SENT = "submit-to-be-sent"
    SUBMIT_SENT = "submit-sent"
    SUBMIT_ACCEPTED = "submit-accepted"
    SUBMIT_ANSWERED = "submit-answered"
    VERDICT_UNCOMMITTED = "verdict-uncommitted"
    VERDICT_COMMITTED = "verdict-committed"
    FOUND = "found"
    ADOPTED = "adopted"
    REPORT_READ = "report-read"
    RESULT_UNCOMMITTED = "result-uncommitted"
    REPORT_COMMITTED = "report-committed"
    STATUS_TO_BE_SENT = "status-to-be-sent"
    STATUS_SENT = "status-sent"
    WORDS_TO_BE_SENT = "words-to-be-sent"
    WORDS_SENT = "words-sent"
    PICTURE_TO_BE_FETCHED = "picture-to-be-fetched"
    PICTURE_FETCHED = "picture-fetched"
    END_CLAIMED = "end-claimed"
    END_TO_BE_SENT = "end-to-be-sent"
    END_SENT = "end-sent"
    END_COMMITTED = "end-committed"
    SEED_ANSWERED = "seed-answered"
    STOP_ANSWERED = "stop-answered"
    STOPPING = "stopping"


class Broken(Exception):  # noqa: N818 - a fact, as all our errors are
    """What an armed point raises: nobody has reckoned with it."""


class FailPointsWrong(Exception):  # noqa: N818
    """The variable can't be used. Its text names the variable and says what is right, never the value."""


class Action(StrEnum):
    """What happens there."""

    KILL = "kill"
    """At once, as a power cut does."""
    RAISE = "raise"
    SLEEP = "sleep"


@dataclass(slots=True, kw_only=True)
class _Charge:
    """What happens at a point, and after how many times."""

    action: Action
    seconds: float
    left: int


_armed: dict[Point, _Charge] = {}


def arm(text: str) -> None:
    """Read `name:action[:nth]`, several with commas; none disarms all. Raises `FailPointsWrong`.

    `action` is one of `Action`, or `sleep(SECONDS)`; it happens at the nth time only.
    """
    _armed.clear()
    if text.strip():
        _armed.update(_read(one.strip()) for one in text.split(","))


def are_armed() -> bool:
    """Whether anything may happen in this process."""
    return bool(_armed)


def passing(point: Point) -> None:
    """A plain function is at that point. To sleep here holds up the whole process."""
    if _armed and (seconds := _act(point)):
        time.sleep(seconds)


async def reached(point: Point) -> None:
    """Somebody is at that point."""
    if _armed and (seconds := _act(point)):
        await asyncio.sleep(seconds)


def _act(point: Point) -> float:
    charge = _armed.get(point)
    if charge is None:
        return 0.0
    charge.left -= 1
    if charge.left != 0:
        return 0.0
    match charge.action:
        case Action.KILL:
            os.kill(os.getpid(), signal.SIGKILL)
        case Action.RAISE:
            raise Broken(point)
        case Action.SLEEP:
            return charge.seconds
    return 0.0


def _read(text: str) -> tuple[Point, _Charge]:
    found = _ONE.fullmatch(text)
    if found is None:
        actions = "kill, raise, sleep or sleep(SECONDS)"
        raise FailPointsWrong(f"{VARIABLE}: NAME:ACTION or NAME:ACTION:NTH, several with commas; ACTION is {actions}")
    if found["name"] not in set(Point):
        raise FailPointsWrong(f"{VARIABLE}: no fail point has that name; domain/failpoints.py lists them")
    action = Action(found["action"] or Action.SLEEP)
    charge = _Charge(action=action, seconds=float(found["seconds"] or LONG), left=int(found["nth"] or 1))
    return Point(found["name"]), charge
