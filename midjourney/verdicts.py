"""What a submit came to: the table, from its most certain signs to its least, read from top to bottom.

Unclear wins over refused wherever an implementation is known to answer so after the charge: a second charge is worse
than a question.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from domain.verdict import Accepted, Reason, Refused, Verdict, Window
from midjourney.reading import text, whole
from midjourney.said import clean
from midjourney.seen import Seen, look

LONGEST_PROMPT = 8000
LONGEST_QUEUE = 1_000_000
"""A place beyond is none that anybody waits for, nor one that a database keeps."""
AFTER_THE_CHARGE = (
    "do_request_failed",
    "read_response_body_failed",
    "close_response_body_failed",
    "unmarshal_response_body_failed",
    "empty_response_body",
    "insert_midjourney_task_failed",
    "copy_response_body_failed",
)
CONFIRM = ("confirm", "窗口")
NO_CHANNEL = ("model_not_found", "no available channel", "无可用渠道")
NOT_READY = ("task_status_not_success", "关联任务状态错误")
PARENT_GONE = ("task_no_found", "task_not_found")
QUEUE_FULL = ("队列已满", "queue full", "queue is full")
UNKNOWN_ACTION = ("unknown_action", "不支持的动作", "未知的 action")
UNPAID = (
    "quota_not_enough",
    "insufficient_quota",
    "insufficient_user_quota",
    "insufficient balance",
    "额度已用尽",
    "额度不足",
    "余额不足",
    "令牌已过期",
    "无效的令牌",
)
LIMITS = ("上限", "已被临时封锁")


def read_submit(
    status: int, headers: Mapping[str, str], body: bytes, *, now: datetime, hidden: Sequence[str] = ()
) -> Verdict:
    """What this answer to a submit means. Never raises. `hidden`: texts that must not appear in `said`."""
    seen = look(status, headers, body, now, hidden)
    return next((verdict for decide in TABLE if (verdict := decide(seen)) is not None), seen.unclear())


# HTTP's own words first: they hold whatever the body says.


def _redirected(seen: Seen) -> Verdict | None:
    return seen.refused(Reason.REDIRECTED) if 300 <= seen.status < 400 else None


def _forbidden(seen: Seen) -> Verdict | None:
    if seen.status != 403:
        return seen.refused(Reason.ACCOUNT) if seen.status in {401, 402} else None
    if seen.is_html:
        return seen.busy(Reason.CHALLENGE)
    return seen.busy() if seen.is_empty else seen.refused(Reason.ACCOUNT)  # one engine limits rates by an empty 403


def _too_many(seen: Seen) -> Verdict | None:
    return seen.busy() if seen.status in {429, 425} else None


def _server_error(seen: Seen) -> Verdict | None:
    if seen.status == 501:
        return seen.unknown_path()
    if seen.status == 503 and seen.is_json and seen.says(NO_CHANNEL):
        return seen.refused(Reason.UNSUPPORTED)
    return seen.unclear() if seen.status >= 500 or seen.status == 408 else None


def _unreadable(seen: Seen) -> Verdict | None:
    return seen.unclear() if seen.fine and not seen.is_json else None


# From here on: 2xx with JSON, or 4xx.


def _exists(seen: Seen) -> Verdict | None:
    """A 21 that is no window's: polling tells what that task really is."""
    if not seen.fine or seen.denied or seen.code != 21 or not seen.ids:
        return None
    if text(seen.properties.get("status"), 50) or not _window_signs(seen):
        return Accepted(remote_ids=seen.ids, existed=True)
    return None


def _window(seen: Seen) -> Verdict | None:
    if not seen.fine or seen.denied or seen.code not in {1, 21, 22} or not seen.ids or not _window_signs(seen):
        return None
    offered = text(seen.properties.get("finalPrompt"), LONGEST_PROMPT)
    return Window(remote_id=seen.ids[0], offered=offered or None)


def _accepted(seen: Seen) -> Verdict | None:
    if not seen.fine or seen.denied or seen.code not in {1, 21, 22}:
        return None
    if not seen.ids:
        return seen.unclear()
    place = whole(seen.properties.get("numberOfQueues"))
    believable = place is not None and 0 <= place <= LONGEST_QUEUE
    return Accepted(remote_ids=seen.ids, queue_place=place if believable else None)


def _after_the_charge(seen: Seen) -> Verdict | None:
    return seen.unclear() if seen.code == 5 or seen.says(AFTER_THE_CHARGE) else None


def _banned(seen: Seen) -> Verdict | None:
    if seen.code != 24:
        return None
    banned = clean(seen.properties.get("bannedWord"))[:100]
    return Refused(reason=Reason.BANNED_WORD, said=seen.said, banned_word=banned)


def _queue_full(seen: Seen) -> Verdict | None:
    return seen.busy() if seen.code in {23, 30} or seen.says(QUEUE_FULL) else None


def _system_exception(seen: Seen) -> Verdict | None:
    return seen.unclear() if seen.code == 9 else None


def _nobody_there(seen: Seen) -> Verdict | None:
    return seen.refused(Reason.NO_ACCOUNT) if seen.code == 3 or seen.says(PARENT_GONE) else None


def _not_ready(seen: Seen) -> Verdict | None:
    return seen.busy(Reason.NOT_READY) if seen.says(NOT_READY) else None


def _unknown_action(seen: Seen) -> Verdict | None:
    return seen.refused(Reason.UNSUPPORTED) if seen.says((*UNKNOWN_ACTION, *NO_CHANNEL)) else None


def _unpaid(seen: Seen) -> Verdict | None:
    return seen.refused(Reason.ACCOUNT) if seen.says(UNPAID) else None


def _limited(seen: Seen) -> Verdict | None:
    denied = seen.fine and (seen.denied or seen.code == -1)
    return seen.refused(Reason.LIMIT) if denied or (seen.code == 4 and seen.says(LIMITS)) else None


def _invalid(seen: Seen) -> Verdict | None:
    if seen.code == 4:
        return seen.refused(Reason.INVALID)
    if seen.status in {404, 405}:
        return seen.unknown_path()
    invalid = seen.status == 413 or (seen.status in {400, 415, 422} and seen.is_json)
    return seen.refused(Reason.INVALID) if invalid else None


def _unknown_code(seen: Seen) -> Verdict | None:
    """Something was made, by all appearance. A word such as "failed" in the place of an id is none."""
    ids = tuple(part for part in seen.ids if any(char.isdigit() for char in part))
    return Accepted(remote_ids=ids) if seen.fine and ids and not seen.is_error else None


def _window_signs(seen: Seen) -> bool:
    offers = seen.code == 21 and "finalPrompt" in seen.properties
    return offers or "remix" in seen.properties or any(sign in seen.description for sign in CONFIRM)


TABLE: tuple[Callable[[Seen], Verdict | None], ...] = (
    _redirected,
    _forbidden,
    _too_many,
    _server_error,
    _unreadable,
    _exists,
    _window,
    _accepted,
    _after_the_charge,
    _banned,
    _queue_full,
    _system_exception,
    _nobody_there,
    _not_ready,
    _unknown_action,
    _unpaid,
    _limited,
    _invalid,
    _unknown_code,
)
"""In this order; what none of them decides is unclear."""
