"""Which version of the model made a picture, and what that version can do with it."""

import re
from dataclasses import dataclass

NAMED = re.compile(r"--(?:v|version|niji)\s+(\d+(?:\.\d+)?)(?=\s|$)")
LATEST = 7.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """What may be pressed under a single of this version; `upscales` are (name in the customId, label)."""

    upscales: tuple[tuple[str, str], ...]
    varies: bool
    inpaints: bool
    widens: bool


def version_of(prompt: str) -> Version:
    """Return the version that a prompt names; the latest without a name."""
    found = NAMED.search(prompt)
    number = float(found[1]) if found else LATEST
    return Version(upscales=_upscales(number), varies=number >= 5.2, inpaints=number >= 5, widens=5 <= number < 8)


def _upscales(number: float) -> tuple[tuple[str, str], ...]:
    if 5 <= number < 6:
        return (("upsample_v5_2x", "Upscale (2x)"), ("upsample_v5_4x", "Upscale (4x)"))
    name = {6.0: "v6", 6.1: "v6r1", 7.0: "v7"}.get(number)
    if name is None:
        return ()
    return ((f"upsample_{name}_2x_subtle", "Upscale (Subtle)"), (f"upsample_{name}_2x_creative", "Upscale (Creative)"))
