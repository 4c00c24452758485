"""A look at a prompt before it is paid for: what Midjourney would refuse, or take for several. Pure.

Nothing found here is forbidden: new parameters appear faster than releases of this program.
"""

import difflib
import re
from dataclasses import dataclass
from fractions import Fraction

from domain.doubt import BadRatio, Concern, Doubt, NoValue, OutOfRange, UnknownFlag, UnknownVersion
from services.parameters import KNOWN, Flag, family_of, flags_of

MOST_PICTURES = 10
"""Tasks that one press may make."""
RANGES = {
    "s": (0.0, 1000.0),
    "c": (0.0, 100.0),
    "w": (0.0, 3000.0),
    "q": (0.25, 4.0),
    "r": (1.0, float(MOST_PICTURES)),
    "stop": (10.0, 100.0),
    "iw": (0.0, 3.0),
    "sw": (0.0, 1000.0),
    "cw": (0.0, 100.0),
    "ow": (1.0, 1000.0),
    "exp": (0.0, 100.0),
    "seed": (0.0, 4294967295.0),
}
VERSIONS = ("1", "2", "3", "4", "5", "5.1", "5.2", "6", "6.1", "7", "8", "8.1")
NIJI_VERSIONS = ("4", "5", "6", "7")
USUAL_VERSION = "7"
"""Of both models: what is offered where nothing is near."""
STEEPEST = 14
"""The longest side of a picture is at most so many times the other."""
MOST_CONCERNS = 8
WIDEST_EXPANSION = 64
"""Half-made prompts that are held while braces are resolved."""

_RATIO = re.compile(r"([0-9]{1,4}):([0-9]{1,4})")
_LIKE_A_RATIO = re.compile(r"([0-9]{1,6}(?:\.[0-9]{1,4})?)\s*[:x×/*-]\s*([0-9]{1,6}(?:\.[0-9]{1,4})?)\S*")
_NUMBER = re.compile(r"-?(?:[0-9]{1,12}(?:\.[0-9]{0,6})?|\.[0-9]{1,6})")
_INNERMOST = re.compile(r"\{((?:[^{}\\]|\\.)*)\}", re.DOTALL)
_COMMA = re.compile(r"(?<!\\),")
_REPEAT = re.compile(r"\s*(?<!\S)--(?:repeat|r)\s+([0-9]{1,6})(?!\S)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Finding:
    concerns: tuple[Concern, ...]
    start: int
    end: int
    instead: str
    """Empty where nothing obvious repairs it."""


def look(prompt: str) -> Doubt | None:
    """Why to ask before this is sent; `None` for what is as it should be, which most prompts are."""
    prompts = expand(prompt)
    if not prompts:
        return Doubt(too_many=True)
    found = [_findings(one) for one in prompts]
    concerns = tuple(dict.fromkeys(one for findings in found for finding in findings for one in finding.concerns))
    if not concerns and prompts == (prompt,):
        return None
    every = [finding for findings in found for finding in findings]
    if not concerns or not all(finding.instead for finding in every):
        return Doubt(concerns=concerns[:MOST_CONCERNS], expanded=prompts)
    repaired = tuple(_repaired(one, findings) for one, findings in zip(prompts, found, strict=True))
    repair = " ".join(dict.fromkeys(finding.instead for finding in every))
    return Doubt(concerns=concerns[:MOST_CONCERNS], repair=repair, repaired=repaired, expanded=prompts)


def expand(prompt: str) -> tuple[str, ...]:
    """The prompts that this one stands for, by `{a, b}` and `--repeat n`; none where they are too many."""
    texts = [prompt]
    while any(_permutation(text) for text in texts):
        texts = list(dict.fromkeys(option for text in texts for option in _options(text)))
        if len(texts) > WIDEST_EXPANSION:
            return ()
    if texts != [prompt]:
        texts = [text.replace("\\,", ",").strip() for text in texts]
    prompts: list[str] = []
    for text in texts:
        times, one = _repeats(text)
        if times > MOST_PICTURES or len(prompts) + times > MOST_PICTURES:
            return ()
        prompts += [one] * times
    return tuple(prompts)


def _permutation(text: str) -> re.Match[str] | None:
    return next((one for one in _INNERMOST.finditer(text) if _COMMA.search(one[1])), None)


def _options(text: str) -> list[str]:
    found = _permutation(text)
    if found is None:
        return [text]
    return [text[: found.start()] + option.strip() + text[found.end() :] for option in _COMMA.split(found[1])]


def _repeats(text: str) -> tuple[int, str]:
    found = _REPEAT.search(text)
    if found is None or int(found[1]) < 1:
        return 1, text
    return int(found[1]), (text[: found.start()] + text[found.end() :]).strip()


def _findings(prompt: str) -> list[_Finding]:
    return [finding for flag in flags_of(prompt) if (finding := _finding(flag)) is not None]


def _finding(flag: Flag) -> _Finding | None:
    concerns: list[Concern] = []
    name, glued = flag.name, flag.glued.strip("=,;.:")
    if name.lower() not in KNOWN:
        name = next(iter(difflib.get_close_matches(name.lower(), sorted(KNOWN), 1)), "")
        concerns.append(UnknownFlag(flag=f"--{flag.name}", nearest=f"--{name}" if name else ""))
    elif flag.glued:
        concerns.append(UnknownFlag(flag=f"--{name}{flag.glued}", nearest=f"--{name} {glued}".rstrip()))
    if not name:
        return _Finding(concerns=tuple(concerns), start=flag.start, end=flag.end, instead="")
    given = glued or flag.after.strip()
    concern, value, taken = _value(name, given)
    if glued and concern is None:
        value = glued
    if concern is not None:
        concerns.append(concern)
    if not concerns:
        return None
    hopeless = concern is not None and not value
    end = flag.end if glued else flag.end + len(flag.after) - len(flag.after.lstrip()) + taken
    instead = "" if hopeless else f"--{name} {value}".rstrip()
    return _Finding(concerns=tuple(concerns), start=flag.start, end=end if taken else flag.end, instead=instead)


def _value(name: str, given: str) -> tuple[Concern | None, str, int]:
    """What is wrong with a value; the value as it should be, where that is known; and how much of `given` it takes."""
    word = given.split(maxsplit=1)[0] if given else ""
    family, flag = family_of(name), f"--{name}"
    if name.lower() == "niji":
        return _version(flag, word, NIJI_VERSIONS) if word[:1].isdecimal() else (None, "", 0)
    if family not in {"ar", "v", *RANGES}:
        return None, "", 0
    if not word:
        return NoValue(flag=flag), "", 0
    if family == "v":
        return _version(flag, word, VERSIONS)
    return _ratio(word, given) if family == "ar" else _number(flag, word, *RANGES[family])


def _version(flag: str, word: str, known: tuple[str, ...]) -> tuple[Concern | None, str, int]:
    number = _as_number(word)
    if number is not None and number in map(float, known):
        return None, word, len(word)
    nearest = USUAL_VERSION
    meant = _as_number(word.rstrip(",;"))
    if meant is not None:
        distance, closest = min((abs(float(one) - meant), one) for one in known)
        nearest = closest if distance < 1 else USUAL_VERSION
    return UnknownVersion(flag=flag, value=word, nearest=nearest), nearest, len(word)


def _ratio(word: str, given: str) -> tuple[Concern | None, str, int]:
    strict = _RATIO.fullmatch(word)
    if strict and _is_shape(int(strict[1]), int(strict[2])):
        return None, word, len(word)
    alike = _LIKE_A_RATIO.match(given)
    if alike is None:
        return BadRatio(value=word, nearest=""), "", len(word)
    nearest = _nearest_shape(Fraction(alike[1]), Fraction(alike[2]))
    return BadRatio(value=alike[0], nearest=nearest), nearest, alike.end()


def _is_shape(width: int, height: int) -> bool:
    return 0 < width <= STEEPEST * height and 0 < height <= STEEPEST * width


def _nearest_shape(width: Fraction, height: Fraction) -> str:
    if not width or not height:
        return "1:1"
    shape = min(max(width / height, Fraction(1, STEEPEST)), Fraction(STEEPEST)).limit_denominator(100)
    if width == int(width) <= 9999 and height == int(height) <= 9999 and width / height == shape:
        return f"{width}:{height}"
    return f"{shape.numerator}:{shape.denominator}"


def _number(flag: str, word: str, low: float, high: float) -> tuple[Concern | None, str, int]:
    number = _as_number(word)
    if number is not None and low <= number <= high:
        return None, word, len(word)
    meant = _as_number(word.rstrip(",;.%"))
    nearest = f"{min(max(meant, low), high):.10g}" if meant is not None else ""
    concern = OutOfRange(flag=flag, value=word, low=f"{low:.10g}", high=f"{high:.10g}", nearest=nearest)
    return concern, nearest, len(word)


def _as_number(word: str) -> float | None:
    return float(word) if _NUMBER.fullmatch(word) else None


def _repaired(prompt: str, findings: list[_Finding]) -> str:
    for finding in reversed(findings):
        rest = prompt[finding.end :]
        gap = "" if not rest or rest[0].isspace() else " "
        prompt = prompt[: finding.start] + finding.instead + gap + rest
    return prompt
