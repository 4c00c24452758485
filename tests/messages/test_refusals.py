"""Each refusal has a sentence of its own that fits a toast."""

from datetime import timedelta

import pytest

from domain import errors
from messages.error import our_fault, refusal
from tests.messages.samples import EN, NOON, check, units

REFUSALS: tuple[errors.Refusal, ...] = (
    errors.NotAllowed(),
    errors.AccountInTrouble(),
    errors.PromptEmpty(),
    errors.PromptTooLong(6000),
    errors.QuotaExceeded(limit=20, whose="user", opens_at=NOON + timedelta(hours=11, minutes=59)),
    errors.QuotaExceeded(limit=100_000, whose="chat", opens_at=NOON + timedelta(hours=23, minutes=59)),
    errors.LineFull(10),
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
    assert {type(error) for error in REFUSALS} == set(errors.Refusal.__subclasses__())
    fallback = say(errors.Refusal())
    said = [say(error) for error in REFUSALS]
    assert len({*said, fallback}) == len(REFUSALS) + 1


def test_a_full_day_says_when_it_opens() -> None:
    error = errors.QuotaExceeded(limit=1, whose="user", opens_at=NOON + timedelta(hours=2, minutes=5, seconds=59))
    assert say(error) == "Your 1 picture of today is used. It opens again in 2 h 5 min."


def test_our_own_fault_is_called_ours() -> None:
    check(our_fault(EN))
