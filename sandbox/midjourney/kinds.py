"""Kinds of work: how long each takes, what a press makes, which presses ask first; what every submit carries.

What a provider may be without has a name in ABILITIES.
"""

from collections.abc import Mapping
from dataclasses import dataclass

SPEED = {
    "imagine": 12.0,
    "blend": 12.0,
    "variation": 12.0,
    "zoom": 12.0,
    "pan": 12.0,
    "region": 12.0,
    "hd": 8.0,
    "describe": 6.0,
    "video": 20.0,
    "edits": 12.0,
    "swap": 5.0,
    "upscale": 3.0,
    "shorten": 3.0,
}
"""Seconds that each kind of task takes unless told otherwise."""
ACTIONS = {
    "upscale": ("UPSCALE", "upscale"),
    "subtle": ("UPSCALE", "hd"),
    "creative": ("UPSCALE", "hd"),
    "twice": ("UPSCALE", "hd"),
    "four times": ("UPSCALE", "hd"),
    "variation": ("VARIATION", "variation"),
    "low": ("VARIATION", "variation"),
    "high": ("VARIATION", "variation"),
    "region": ("VARIATION", "region"),
    "outpaint": ("ZOOM", "zoom"),
    "zoom": ("ZOOM", "zoom"),
    "left": ("PAN", "pan"),
    "right": ("PAN", "pan"),
    "up": ("PAN", "pan"),
    "down": ("PAN", "pan"),
    "animate high": ("VIDEO", "video"),
    "animate low": ("VIDEO", "video"),
    "film": ("VIDEO", "upscale"),
    "extend high": ("VIDEO_EXTEND", "video"),
    "extend low": ("VIDEO_EXTEND", "video"),
    "described": ("IMAGINE", "imagine"),
    "shortened": ("IMAGINE", "imagine"),
    "again": ("DESCRIBE", "describe"),
}
ALWAYS_WINDOW = frozenset({"zoom", "region", "described", "shortened"})
FILMED = frozenset({"animate high", "animate low", "film", "extend high", "extend low"})
REMIXED = frozenset({"variation", "reroll", "low", "high", "left", "right", "up", "down", *FILMED - {"film"}})
ABILITIES: Mapping[str, str] = {
    "blend": "/mj/submit/blend",
    "describe": "/mj/submit/describe",
    "shorten": "/mj/submit/shorten",
    "video": "/mj/submit/video",
    "edits": "/mj/submit/edits",
    "upload": "/mj/submit/upload-discord-images",
    "swap": "/mj/insight-face/swap",
    "seed": "/mj/task/{id}/image-seed",
}
"""What a provider may lack, and the path that is unknown then; without "video" its buttons do nothing, too."""
SWAP = ABILITIES["swap"]


def submit_of(path: str) -> str | None:
    """Return the name of a submit by its path (without a mode prefix), None for any other path."""
    if path == SWAP:
        return "swap"
    return path.removeprefix("/mj/submit/") if path.startswith("/mj/submit/") else None


def ability_of(path: str) -> str | None:
    """Return what a path asks for, if that is something a provider may lack."""
    if path.startswith("/mj/task/") and path.endswith("/image-seed"):
        return "seed"
    name = {"edit": "edits", "upload-discord-images": "upload"}.get(submit_of(path) or "", submit_of(path))
    return name if name in ABILITIES else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """What every submit may carry."""

    state: str = ""
    hook: str | None = None
    bot: str = "MID_JOURNEY"
