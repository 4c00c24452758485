"""What somebody is told whose share is used up: what is missing, what is left, when it opens again. Fits a toast."""

from datetime import datetime
from typing import assert_never

from domain.errors import LineFull, PointsMissing, QuotaExceeded
from messages import spans
from messages.locale import Locale


def why(error: QuotaExceeded | PointsMissing | LineFull, now: datetime, locale: Locale) -> str:
    """The refusal in words."""
    match error:
        case QuotaExceeded():
            return f"{_pictures(error, locale)} {spans.opens_in(error.opens_at - now, locale)}"
        case PointsMissing() if error.wanted > error.limit + error.given:
            return f"{_points(error, locale)} {_never(error, locale)}"
        case PointsMissing():
            return f"{_points(error, locale)} {spans.opens_in(error.opens_at - now, locale)}"
        case LineFull(wanted=1):
            sentence = locale.count(
                "You have {n} picture waiting already. Please ask again when it is done.",
                "You have {n} pictures waiting already. Please ask again when one of them is done.",
                error.waiting,
            )
            return sentence.format(n=error.waiting)
        case LineFull():
            sentence = locale.count(
                "At most {n} of your pictures may wait in line. Please ask again when it is done.",
                "At most {n} of your pictures may wait in line. Please ask again when some are done.",
                error.waiting,
            )
            return sentence.format(n=error.waiting)
        case _:
            assert_never(error)


def _pictures(error: QuotaExceeded, locale: Locale) -> str:
    n, rest = error.limit, error.rest
    match error.whose, bool(rest):
        case "user", False:
            said = locale.count("Your {n} picture of today is used.", "Your {n} pictures of today are used.", n)
        case _, False:
            said = locale.count(
                "This chat's {n} picture of today is used.", "This chat's {n} pictures of today are used.", n
            )
        case "user", _:
            said = locale.count(
                "That makes {wanted} pictures, and {rest} of yours is left today.",
                "That makes {wanted} pictures, and {rest} of yours are left today.",
                rest,
            )
        case _:
            said = locale.count(
                "That makes {wanted} pictures, and {rest} of this chat's is left today.",
                "That makes {wanted} pictures, and {rest} of this chat's are left today.",
                rest,
            )
    return said.format(n=n, rest=rest, wanted=error.wanted)


def _points(error: PointsMissing, locale: Locale) -> str:
    n = error.wanted
    match error.whose, bool(error.given):
        case "user", False:
            said = locale.count(
                "This takes {n} point: {missing} more than you have left today ({rest}).",
                "This takes {n} points: {missing} more than you have left today ({rest}).",
                n,
            )
        case "user", _:
            said = locale.count(
                "This takes {n} point: {missing} more than you have, {rest} of today and {given} given.",
                "This takes {n} points: {missing} more than you have, {rest} of today and {given} given.",
                n,
            )
        case _, False:
            said = locale.count(
                "This takes {n} point: {missing} more than this chat has left today ({rest}).",
                "This takes {n} points: {missing} more than this chat has left today ({rest}).",
                n,
            )
        case _:
            said = locale.count(
                "This takes {n} point: {missing} more than this chat has today ({rest}) and you were given ({given}).",
                "This takes {n} points: {missing} more than this chat has today ({rest}) and you were given ({given}).",
                n,
            )
    return said.format(n=n, missing=n - error.rest - error.given, rest=error.rest, given=error.given)


def _never(error: PointsMissing, locale: Locale) -> str:
    sentence = locale.count(
        "A day brings {n} point; the operator can give you more.",
        "A day brings {n} points; the operator can give you more.",
        error.limit,
    )
    return sentence.format(n=error.limit)
