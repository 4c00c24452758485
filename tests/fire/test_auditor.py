"""The auditor judged: a clean run passes, and each rule turns red when what it guards is broken."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.fire.auditor import RULES, audit, summed
from tests.fire.evidence import Drawn, Evidence, Request, Row, Sent, Shown, Submit

ANN, BOB = 11, 12
WISHES = ((ANN, "<0001>", "one"), (BOB, "<0002>", "two"))


def row(chat: int, mark: str, nonce: str, **other: Any) -> Row:
    made = Row(
        task_id=chat,
        nonce=nonce,
        state="succeeded",
        reason="",
        chat_id=chat,
        reply_to=5,
        title="",
        prompt=f"a fox {mark}",
        remote_id=f"remote {nonce}",
        counted="kept",
        again=False,
    )
    return replace(made, **other)


def picture(chat: int, mark: str, nonce: str, **other: Any) -> Shown:
    made = Shown(chat_id=chat, message_id=7, reply_to=5, kind="picture", text=f"a fox {mark}", sha256=nonce)
    return replace(made, **other)


CLEAN = Evidence(
    requests=tuple(Request(mark=mark, chat_id=chat, message_id=5) for chat, mark, _ in WISHES),
    shown=tuple(picture(*wish) for wish in WISHES),
    sent=tuple(Sent(chat_id=chat, reply_to=5, carries="picture", unclear=False) for chat, _, _ in WISHES),
    submits=tuple(Submit(nonce=nonce, accepted=True, unclear=False) for _, _, nonce in WISHES),
    drawn=tuple(
        Drawn(remote_id=f"remote {nonce}", nonce=nonce, prompt=f"a fox {mark}", status="SUCCESS", sha256=nonce)
        for _, mark, nonce in WISHES
    ),
    rows=tuple(row(*wish) for wish in WISHES),
    limbo={"tasks under way": 0},
    texts={"bot.log": b"nothing"},
    secrets=(b"canary",),
    handles=(20, 22),
)
ONE = WISHES[0]
A_STATUS = picture(*ONE, message_id=6, kind="status", text="🎨 On its way…", sha256=None)
A_DOUBT = picture(*ONE, kind="unclear", text="❔ I sent this", sha256=None)
A_FAILURE = picture(*ONE, kind="failure", text="😔 The image service …", sha256=None)
AN_UNCLEAR_ROW = row(*ONE, state="unclear", counted="held", remote_id=None)


def with_first(part: str, *values: Any) -> Evidence:
    """The clean run with other values in place of one part's first."""
    changed: dict[str, Any] = {part: (*values, *getattr(CLEAN, part)[1:])}
    return replace(CLEAN, **changed)


BROKEN = {
    "lost": (with_first("shown"), "nobody_is_lost"),
    "only a status": (with_first("shown", A_STATUS), "nobody_is_lost"),
    "a second copy": (with_first("shown", picture(*ONE), picture(*ONE, message_id=8)), "nothing_is_told_twice"),
    "a picture and a failure": (with_first("shown", picture(*ONE), A_FAILURE), "nothing_is_told_twice"),
    "submitted twice": (with_first("submits", *[CLEAN.submits[0]] * 2), "nothing_is_submitted_twice"),
    "submitted again after no answer": (
        with_first("submits", replace(CLEAN.submits[0], accepted=False, unclear=True), CLEAN.submits[0]),
        "nothing_is_submitted_twice",
    ),
    "recorded twice": (with_first("rows", row(*ONE), row(*ONE, task_id=3)), "nothing_is_submitted_twice"),
    "nobody's submit": (with_first("rows", replace(row(*ONE), nonce="another")), "nothing_is_submitted_twice"),
    "drawn but told as failed": (with_first("shown", A_FAILURE), "no_charge_is_hidden"),
    "drawn but only words": (with_first("shown", picture(*ONE, kind="word")), "no_charge_is_hidden"),
    "never drawn": (with_first("drawn"), "no_charge_is_hidden"),
    "unclear without a cause": (with_first("rows", AN_UNCLEAR_ROW), "no_charge_is_hidden"),
    "another's picture": (with_first("shown", picture(*ONE, sha256="two")), "each_picture_is_its_own"),
    "another's words": (with_first("shown", picture(*ONE, text="a fox <0002>")), "each_picture_is_its_own"),
    "bound to another's task": (
        with_first("drawn", replace(CLEAN.drawn[0], prompt="a fox <0002>")),
        "each_picture_is_its_own",
    ),
    "a picture for nobody": (
        replace(CLEAN, shown=(*CLEAN.shown, picture(13, "<0003>", "three"))),
        "each_picture_is_its_own",
    ),
    "all pictures are one": (with_first("drawn", replace(CLEAN.drawn[0], sha256="two")), "each_picture_is_its_own"),
    "a status is left": (with_first("shown", picture(*ONE), A_STATUS), "nothing_is_left_standing"),
    "limbo": (replace(CLEAN, limbo={"tasks under way": 1}), "nothing_is_in_limbo"),
    "held for ever": (with_first("rows", row(*ONE, counted="held")), "the_quota_balances"),
    "not given back": (with_first("rows", row(*ONE, state="failed", counted="held")), "the_quota_balances"),
    "a doubt that is free": (with_first("rows", replace(AN_UNCLEAR_ROW, counted="returned")), "the_quota_balances"),
    "not counted": (with_first("rows", row(*ONE, counted=None)), "the_quota_balances"),
    "a secret": (replace(CLEAN, texts={"bot.db": b"..canary.."}), "secrets_stay_secret"),
    "no secrets looked for": (replace(CLEAN, secrets=()), "secrets_stay_secret"),
    "a flood": (replace(CLEAN, floods=1), "telegrams_limits_are_kept"),
    "handles": (replace(CLEAN, handles=(20, 40)), "nothing_piles_up"),
}


def test_a_clean_run_passes() -> None:
    assert audit(CLEAN) == []


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_broken_is_found_by_its_rule(name: str) -> None:
    evidence, rule = BROKEN[name]
    assert rule in {found.partition(":")[0] for found in audit(evidence)}


def test_each_rule_can_fail() -> None:
    assert {rule for _evidence, rule in BROKEN.values()} == {rule.__name__ for rule in RULES}


def test_an_extra_copy_is_let_pass_where_telegram_was_unclear_and_a_third_is_not() -> None:
    unclear = replace(CLEAN.sent[0], unclear=True)
    copies = [picture(*ONE, message_id=number) for number in (7, 8, 9)]
    told = replace(CLEAN, sent=(unclear, unclear, *CLEAN.sent), shown=(*copies[:2], *CLEAN.shown[1:]))
    assert audit(told) == []
    assert summed(told).extra == 1
    third = replace(told, shown=(*copies, *CLEAN.shown[1:]))
    assert any("nothing_is_told_twice" in found for found in audit(third))


def test_a_doubt_with_a_cause_is_as_designed() -> None:
    for submit in ((), (replace(CLEAN.submits[0], accepted=False, unclear=True),)):
        told = replace(
            CLEAN,
            rows=(AN_UNCLEAR_ROW, CLEAN.rows[1]),
            shown=(A_DOUBT, CLEAN.shown[1]),
            submits=(*submit, CLEAN.submits[1]),
            drawn=CLEAN.drawn[1:],
            kills=() if submit else (datetime.now(UTC),),
        )
        assert audit(told) == []
        assert summed(told).unclear == 1
