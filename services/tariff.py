"""What a wish is in the price list, how fast it is done, and what it costs."""

from dataclasses import dataclass

from domain.price import Kind, Mode, kind_of
from domain.rules import Rules
from domain.task import Edit, Imagine, Submission, Video
from services.parameters import flags_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """A line of the price list."""

    kind: Kind
    mode: Mode
    points: int


def cost_of(submission: Submission, rules: Rules, chosen: str | None = None) -> Cost:
    """What it costs; `chosen` is the mode that the person has chosen for it, see `services.modes`."""
    kind, mode = kind_of(submission), Mode(chosen) if chosen else _mode_of(submission, rules)
    return Cost(kind=kind, mode=mode, points=rules.prices.of(kind, mode))


def _mode_of(submission: Submission, rules: Rules) -> Mode:
    """As the prompt says (`--turbo`), or else as the provider is set."""
    if not isinstance(submission, Imagine | Video | Edit):
        return rules.mode
    said = [flag.name.lower() for flag in flags_of(submission.prompt) if flag.family == "fast"]
    return Mode(said[-1]) if said else rules.mode
