"""What a gateway takes a submit for, and what it asks for that: learned from the path and the body alone."""

from typing import Any

CHANGES = frozenset({"UPSCALE", "VARIATION", "REROLL"})
NAMED = {
    **{name: name.upper() for name in ("imagine", "blend", "describe", "shorten", "modal", "edits", "video")},
    "edit": "EDITS",
    "swap": "SWAP_FACE",
    "upload-discord-images": "UPLOAD",
}
PRICES = {
    "IMAGINE": 10,
    "BLEND": 10,
    "VARIATION": 10,
    "HIGH_VARIATION": 10,
    "LOW_VARIATION": 10,
    "REROLL": 10,
    "PAN": 10,
    "ZOOM": 10,
    "MODAL": 10,
    "SHORTEN": 10,
    "DESCRIBE": 5,
    "UPSCALE": 5,
    "EDITS": 10,
    "SWAP_FACE": 5,
    "VIDEO": 40,
    "UPLOAD": 0,
    "INPAINT": 0,
    "CUSTOM_ZOOM": 0,
}
"""In hundredths. A window that always asks is free, since its answer is charged."""


def action_of(path: str, body: Any) -> str | None:
    """Return the gateway's name for what a submit asks for; None if it knows no price for that.

    Raises ValueError for a customId without `::`, which a gateway doesn't survive.
    """
    name = path.rpartition("/")[2]
    if name in NAMED:
        return NAMED[name]
    told = body if isinstance(body, dict) else {}
    if name == "action":
        return pressed(str(told.get("customId") or ""))
    if name == "change":
        action = told.get("action")
        return action if isinstance(action, str) and action in CHANGES else None
    return None


def price_of(path: str, body: Any) -> int:
    """Return what a submit costs; what has no name in the list costs as much as a picture."""
    return PRICES.get(action_of(path, body) or "", PRICES["IMAGINE"])


def pressed(custom_id: str) -> str | None:
    """Return the gateway's name for a button."""
    parts = custom_id.split("::")
    if len(parts) < 2:
        raise ValueError("index out of range [1] with length 1")
    kind = parts[2] if parts[1] == "JOB" and len(parts) > 2 else parts[1]
    match kind:
        case "Outpaint":
            return "ZOOM"
        case "CustomZoom":
            return "CUSTOM_ZOOM"
        case "Inpaint":
            return "INPAINT"
        case _ if "upsample" in kind:
            return "UPSCALE"
        case _ if "variation" in kind:
            return {"high_variation": "HIGH_VARIATION", "low_variation": "LOW_VARIATION"}.get(kind, "VARIATION")
        case _ if "pan" in kind:
            return "PAN"
        case _:
            return "REROLL" if "reroll" in kind else None
