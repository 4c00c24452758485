"""The rules of the promises, each a plain function from the evidence to what is wrong; `test_auditor` breaks each."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from tests.fire.evidence import Evidence, Kind, Request, Row, Shown

Rule = Callable[[Evidence], Iterable[str]]
ENDS: tuple[Kind, ...] = ("picture", "link", "unclear", "failure", "word")
MOST_NEW_HANDLES = 6
"""Connections that are kept for a moment."""


def nobody_is_lost(evidence: Evidence) -> Iterable[str]:
    """Promises 1 and 2: who asked was told an end."""
    for request in evidence.requests:
        if not _ends(evidence, request):
            yield f"{request.mark}: lost; its chat shows {[one.kind for one in _answers(evidence, request)]}"


def nothing_is_told_twice(evidence: Evidence) -> Iterable[str]:
    """Promise 5: one end; an extra copy only where Telegram was unclear about sending it, and at most one."""
    for request in evidence.requests:
        ends = Counter(one.kind for one in _ends(evidence, request))
        rows = max(len(_rows(evidence, request)), 1)
        for kind, times in ends.items():
            allowed = _unclear_sends(evidence, request, "picture" if kind == "picture" else "words")
            if times > rows + min(allowed, rows):
                yield f"{request.mark}: {times} times {kind}, {allowed} sends of it were unclear"
        if len(ends) > rows and not _may_be_told_both(evidence, request, set(ends)):
            yield f"{request.mark}: told different ends: {sorted(ends)}"


def nothing_is_submitted_twice(evidence: Evidence) -> Iterable[str]:
    """Promise 3: after a submit that may have been taken there is no other, except a person's own."""
    taken: Counter[str] = Counter()
    for submit in evidence.submits:
        if taken[submit.nonce]:
            yield f"submitted again though it may have been taken: {submit.nonce[:6]}…"
        taken[submit.nonce] += submit.accepted or submit.unclear
    for request in evidence.requests:
        own = [row for row in _rows(evidence, request) if not row.again]
        if len(own) > 1:
            yield f"{request.mark}: recorded {len(own)} times"
    known = {row.nonce for row in evidence.rows}
    for nonce in taken.keys() - known:
        yield f"nobody has asked for what was submitted: {nonce[:6]}…"


def no_charge_is_hidden(evidence: Evidence) -> Iterable[str]:
    """Promise 4: what was drawn is never told as a failure, and a doubt has a cause."""
    drawn = {one.nonce: one for one in evidence.drawn}
    for request in evidence.requests:
        kinds = {one.kind for one in _ends(evidence, request)}
        rows = _rows(evidence, request)
        for row in rows:
            found = drawn.get(row.nonce)
            if found is not None and found.status == "SUCCESS" and kinds == {"failure"}:
                yield f"{request.mark}: drawn, and told as failed"
            if row.state == "unclear" and not _may_be_unclear(evidence, row):
                yield f"{request.mark}: unclear though the answer was clear"
        if kinds == {"word"} and any(row.nonce in drawn for row in rows):
            yield f"{request.mark}: drawn, and answered only with words"
        if "picture" in kinds and not any(row.nonce in drawn for row in rows):
            yield f"{request.mark}: a picture that was never drawn"


def each_picture_is_its_own(evidence: Evidence) -> Iterable[str]:
    """Promise 6: the bytes are those that the provider drew for this very request."""
    drawn = {one.remote_id: one for one in evidence.drawn}
    for request in evidence.requests:
        own = [drawn[row.remote_id] for row in _rows(evidence, request) if row.remote_id in drawn]
        for one in _answers(evidence, request):
            if one.kind != "picture":
                continue
            if request.mark not in one.text:
                yield f"{request.mark}: message {one.message_id} carries other words: {one.text[:40]!r}"
            if one.sha256 not in {picture.sha256 for picture in own}:
                yield f"{request.mark}: message {one.message_id} shows another picture"
        if any(request.mark not in picture.prompt for picture in own if not request.title):
            yield f"{request.mark}: bound to a task with other words"
    asked = {(request.chat_id, request.message_id) for request in evidence.requests}
    for one in evidence.shown:
        if one.kind == "picture" and (one.chat_id, one.reply_to) not in asked:
            yield f"chat {one.chat_id}: picture {one.message_id} answers nobody"
    digests = Counter(one.sha256 for one in evidence.drawn if one.sha256 is not None)
    yield from (f"{times} tasks have one picture, so nothing is proved" for times in digests.values() if times > 1)


def nothing_is_left_standing(evidence: Evidence) -> Iterable[str]:
    """After its end a request has no status message, except one that Telegram was unclear about."""
    for request in evidence.requests:
        if not _ends(evidence, request):
            continue
        left = sum(one.kind == "status" for one in _answers(evidence, request))
        if left > _unclear_sends(evidence, request, "words"):
            yield f"{request.mark}: {left} status messages are left standing"


def nothing_is_in_limbo(evidence: Evidence) -> Iterable[str]:
    """When all is quiet, nothing is under way in the database."""
    return (f"{number} {what}" for what, number in evidence.limbo.items() if number)


def the_quota_balances(evidence: Evidence) -> Iterable[str]:
    """Promise 8: what was done or may have been charged counts, what came to nothing does not."""
    for row in evidence.rows:
        match row.state:
            case "succeeded":
                right = row.counted == "kept"
            case "unclear":
                right = row.counted == "held"
            case "failed" if row.reason.partition("\n")[0] in {"lost", "stuck"}:
                right = row.counted == "held"
            case "failed" | "cancelled":
                right = row.counted == "returned"
            case _:
                right = row.counted == "held"
        if not right:
            yield f"task {row.task_id} is {row.state} and its count {row.counted}"


def secrets_stay_secret(evidence: Evidence) -> Iterable[str]:
    """Promise 9: neither token nor key is anywhere but where it belongs."""
    if not evidence.secrets:
        yield "no secrets were looked for"
    for where, text in evidence.texts.items():
        if any(secret in text for secret in evidence.secrets):
            yield f"a secret in {where}"


def telegrams_limits_are_kept(evidence: Evidence) -> Iterable[str]:
    """Nobody was told to wait."""
    if evidence.floods:
        yield f"{evidence.floods} calls were too much for Telegram"


def nothing_piles_up(evidence: Evidence) -> Iterable[str]:
    """Open files are back to where they were."""
    before, after = evidence.handles
    if after > before + MOST_NEW_HANDLES:
        yield f"{after} open files, {before} at first"


RULES: tuple[Rule, ...] = (
    nobody_is_lost,
    nothing_is_told_twice,
    nothing_is_submitted_twice,
    no_charge_is_hidden,
    each_picture_is_its_own,
    nothing_is_left_standing,
    nothing_is_in_limbo,
    the_quota_balances,
    secrets_stay_secret,
    telegrams_limits_are_kept,
    nothing_piles_up,
)


def audit(evidence: Evidence) -> list[str]:
    """All that is wrong, rule by rule; empty where everything was kept."""
    return [f"{rule.__name__}: {wrong}" for rule in RULES for wrong in rule(evidence)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """What a run came to, in numbers."""

    requests: int
    pictures: int
    unclear: int
    failures: int
    words: int
    extra: int


def summed(evidence: Evidence) -> Sum:
    """Count the ends."""
    ends = [{one.kind for one in _ends(evidence, request)} for request in evidence.requests]
    copies = [sum(one.kind in {"picture", "link"} for one in _ends(evidence, request)) for request in evidence.requests]
    rows = [len(_rows(evidence, request)) for request in evidence.requests]
    return Sum(
        requests=len(ends),
        pictures=sum(bool(kinds & {"picture", "link"}) for kinds in ends),
        unclear=sum(kinds == {"unclear"} for kinds in ends),
        failures=sum(kinds == {"failure"} for kinds in ends),
        words=sum(kinds == {"word"} for kinds in ends),
        extra=sum(max(shown - max(tasks, 1), 0) for shown, tasks in zip(copies, rows, strict=True)),
    )


def _answers(evidence: Evidence, request: Request) -> list[Shown]:
    return [one for one in evidence.shown if (one.chat_id, one.reply_to) == (request.chat_id, request.message_id)]


def _ends(evidence: Evidence, request: Request) -> list[Shown]:
    return [one for one in _answers(evidence, request) if one.kind in ENDS]


def _rows(evidence: Evidence, request: Request) -> list[Row]:
    return [
        row
        for row in evidence.rows
        if (row.chat_id, row.reply_to, row.title) == (request.chat_id, request.message_id, request.title)
        or (row.again and row.chat_id == request.chat_id and request.mark in row.prompt and row.title == request.title)
    ]


def _unclear_sends(evidence: Evidence, request: Request, carries: str) -> int:
    return sum(
        one.unclear and one.carries == carries and (one.chat_id, one.reply_to) == (request.chat_id, request.message_id)
        for one in evidence.sent
    )


def _may_be_told_both(evidence: Evidence, request: Request, ends: set[Kind]) -> bool:
    """A failure that came late after all; a question that may have arrived, which nobody can find and amend."""
    late = any("It arrived after all" in one.text for one in _answers(evidence, request))
    doubted = _unclear_sends(evidence, request, "words") > 0
    return (ends == {"failure", "picture"} and late) or (ends == {"unclear", "picture"} and doubted)


def _may_be_unclear(evidence: Evidence, row: Row) -> bool:
    """It was answered badly, or died under way; or before it arrived, and then there was a kill at all."""
    arrived = [submit for submit in evidence.submits if submit.nonce == row.nonce]
    return any(submit.unclear for submit in arrived) or (not arrived and bool(evidence.kills))
