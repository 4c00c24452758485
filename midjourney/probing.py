"""The self-test's question to a provider: are you there, and do you know this key?"""

from dataclasses import dataclass
from enum import StrEnum

from domain.task import RemoteId
from midjourney.asking import Asking, Got, fetch_path
from midjourney.polls import Plain, Silence

NOBODY = RemoteId("1000000000000000")
"""An id from the year 2001, well formed and nobody's."""


class Finding(StrEnum):
    """What a probe found."""

    OK = "ok"
    UNAUTHORISED = "unauthorised"
    UNREACHABLE = "unreachable"
    ODD = "odd"
    """Something answers, but not as a provider does: perhaps the address is not the right one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """What a probe found."""

    finding: Finding
    what: str = ""
    """A status or an error's class, for the operator."""

    @property
    def good(self) -> bool:
        """Whether the provider is ready."""
        return self.finding is Finding.OK


async def probe(asking: Asking) -> Probe:
    """Ask for an empty list and, where there are no lists, about nobody's task. Never raises."""
    answer = await asking.list(())
    if answer is Plain.NOT_OFFERED:
        got = await asking.ask("GET", fetch_path(NOBODY))
        if isinstance(got, Got) and got.status == 404:
            return Probe(finding=Finding.ODD, what="HTTP 404")  # neither path is known there
        return _judged(got if isinstance(got, Silence) else asking.read_one(got))
    return _judged(answer)


def _judged(answer: object) -> Probe:
    match answer:
        case Silence(status=401 | 402 | 403, what=what):
            return Probe(finding=Finding.UNAUTHORISED, what=what)
        case Silence(status=None, what=what):
            return Probe(finding=Finding.UNREACHABLE, what=what)
        case Silence(what=what):
            return Probe(finding=Finding.ODD, what=what)
        case _:
            return Probe(finding=Finding.OK)
