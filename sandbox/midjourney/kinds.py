"""Kinds of work: how long each takes, what a press makes, which presses ask first; what every submit carries."""

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
    "upscale": 3.0,
    "shorten": 3.0,
}
"""Seconds that each kind of task takes unless told otherwise."""
ACTIONS = {
    "upscale": ("UPSCALE", "upscale"),
    "subtle": ("UPSCALE", "hd"),
    "creative": ("UPSCALE", "hd"),
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
    "described": ("IMAGINE", "imagine"),
    "shortened": ("IMAGINE", "imagine"),
    "again": ("DESCRIBE", "describe"),
}
ALWAYS_WINDOW = frozenset({"zoom", "region", "described", "shortened"})
REMIXED = frozenset({"variation", "reroll", "low", "high", "left", "right", "up", "down"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """What every submit may carry."""

    state: str = ""
    hook: str | None = None
    bot: str = "MID_JOURNEY"
