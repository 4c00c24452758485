"""Each refusal has a sentence of its own that fits a toast."""

from datetime import timedelta

import pytest

from domain import errors
from messages.error import our_fault, refusal
from tests.messages.samples import EN, NOON, check, units

MIDNIGHT = NOON + timedelta(hours=11, minutes=59)
REFUSALS: tuple[errors.Refusal, ...] = (
    errors.NotAllowed(),
    errors.OperatorsOnly(),
    errors.DecidedAlready(),
    errors.OperatorMeant(),
    errors.AccountInTrouble(),
    errors.PromptEmpty(),
    errors.PromptTooLong(6000),
    errors.QuotaExceeded(limit=20, whose="user", opens_at=NOON + timedelta(hours=11, minutes=59)),
    errors.QuotaExceeded(limit=100_000, whose="chat", opens_at=NOON + timedelta(hours=23, minutes=59)),
    errors.QuotaExceeded(limit=20, whose="user", opens_at=NOON + timedelta(hours=11), rest=3, wanted=4),
    errors.QuotaExceeded(limit=20, whose="chat", opens_at=NOON + timedelta(hours=11), rest=3, wanted=4),
    *(
        errors.PointsMissing(wanted=999_999, rest=rest, given=given, limit=limit, whose=whose, opens_at=MIDNIGHT)
        for whose in ("user", "chat")
        for rest, given, limit in ((888_888, 0, 999_999), (888_888, 100_000, 999_999), (0, 0, 888_888))
    ),
    errors.LineFull(10),
    errors.LineFull(10, wanted=4),
    errors.ButtonGone(),
    errors.NotHere(),
    errors.NotYours(),
    errors.AdminsOnly(),
    errors.RoleHidden(),
    errors.AlreadyPressed("U1"),
    errors.QuestionOver(),
    errors.NothingMarked(),
    errors.EverythingMarked(),
    errors.RatioMissing(),
    errors.PicturesUnfit(errors.PicturesTrouble.TOO_MANY, count=6),
    errors.TooLateToCancel(),
    errors.NothingToCancel(),
    errors.NotAPicture(),
    errors.TwoPicturesWanted(),
    errors.OneAtATime(),
    errors.NotFlags(),
    errors.StyleName(),
    errors.TooManyStyles(20),
    errors.CommandClosed("describe"),
    errors.NoSuchPicture(),
)


def say(error: errors.Refusal) -> str:
    return refusal(error, NOON, EN).text


@pytest.mark.parametrize("error", REFUSALS, ids=repr)
def test_it_fits_a_toast_and_a_message(error: errors.Refusal) -> None:
    words = refusal(error, NOON, EN)
    check(words)
    assert units(words.text) <= 200


def test_none_is_forgotten_and_none_is_like_another() -> None:
    silent = {errors.Blocked}  # whoever is blocked is told nothing
    assert {type(error) for error in REFUSALS} == set(errors.Refusal.__subclasses__()) - silent
    fallback = say(errors.Refusal())
    said = [say(error) for error in REFUSALS]
    assert len({*said, fallback}) == len(REFUSALS) + 1


def test_a_full_day_says_when_it_opens() -> None:
    error = errors.QuotaExceeded(limit=1, whose="user", opens_at=NOON + timedelta(hours=2, minutes=5, seconds=59))
    assert say(error) == "Your 1 picture of today is used. It opens again in 2 h 5 min."


def test_missing_points_are_told_with_the_days_rest_and_the_time() -> None:
    error = errors.PointsMissing(wanted=16, rest=10, given=0, limit=20, whose="user", opens_at=MIDNIGHT)
    assert say(error) == "This takes 16 points: 6 more than you have left today (10). It opens again in 11 h 59 min."
    error = errors.PointsMissing(wanted=16, rest=5, given=2, limit=20, whose="user", opens_at=MIDNIGHT)
    assert say(error).startswith("This takes 16 points: 9 more than you have, 5 of today and 2 given.")
    error = errors.PointsMissing(wanted=16, rest=10, given=0, limit=10, whose="user", opens_at=MIDNIGHT)
    assert say(error).endswith("A day brings 10 points; the operator can give you more.")


def test_several_that_do_not_fit_are_told_what_would() -> None:
    error = errors.QuotaExceeded(limit=5, whose="user", opens_at=MIDNIGHT, rest=1, wanted=4)
    assert say(error).startswith("That makes 4 pictures, and 1 of yours is left today.")


def test_our_own_fault_is_called_ours() -> None:
    check(our_fault(EN))
