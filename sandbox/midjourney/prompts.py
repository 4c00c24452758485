"""Prompts as the engine sees them: forbidden words, parameters it doesn't know, the prompt it says it has used."""

import re

from sandbox.midjourney.works import Work

BANNED = frozenset({"nude", "naked", "gore", "gory", "nsfw"})
KNOWN = re.compile(
    r"ar|aspect|v|version|niji|s|stylize|c|chaos|no|seed|iw|cref|sref|oref|cw|sw|ow|tile|weird|w|raw|style|q|quality|"
    r"stop|fast|relax|turbo|zoom|r|repeat|p|profile|draft|exp|bs|motion|video|loop|end|hd|sv"
)
ZOOM = re.compile(r"--zoom\s+(\d(?:\.\d+)?)(?=\s|$)")


def banned_word(prompt: str) -> str | None:
    """Return the first word that is not allowed."""
    return next((word for word in re.findall(r"[a-z]+", prompt.lower()) if word in BANNED), None)


def fault_of(prompt: str) -> str | None:
    """Return why the makers would refuse the prompt once it is with them, as they say it."""
    unknown = [name for name in re.findall(r"(?:^|\s)--([A-Za-z]+)", prompt) if not KNOWN.fullmatch(name.lower())]
    if unknown:
        named = ", ".join(f"`--{name}`" for name in unknown)
        return f"[Invalid parameter] Unrecognized parameter(s): {named}"
    return None


def zoom_of(prompt: str) -> float | None:
    """Return the zoom that a prompt asks for, None if it is missing or not between 1 and 2."""
    found = ZOOM.search(prompt)
    return float(found[1]) if found and 1 <= float(found[1]) <= 2 else None


def final_prompt(prompt: str, bot: str) -> str:
    """Return the prompt with its version spelled out, as the makers echo it."""
    spelled = re.sub(r"--(v|niji) (\d)(?![\d.])", r"--\1 \2.0" if bot == "MID_JOURNEY" else r"--\1 \2", prompt.strip())
    if re.search(r"--(v|version|niji)\s", f"{spelled} "):
        return spelled
    return f"{spelled} --niji 7" if bot == "NIJI_JOURNEY" else f"{spelled} --v 7.0".strip()


def film_prompt(prompt: str, work: Work) -> str:
    """Return the prompt of films with how they move spelled out, as the makers echo it."""
    words = re.sub(r"\s*--(?:v|version|niji|motion|video)\s+\S+", "", prompt.strip())
    return f"{words} --motion {work.films[0].parts[-1]} --video 1".strip()
