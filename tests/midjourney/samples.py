"""The payloads of the reference, by the beginning of their names."""

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent.parent / "samples"


def sample(name: str) -> Any:
    """A sample by the beginning of its name."""
    return json.loads(sample_bytes(name))


def sample_bytes(name: str) -> bytes:
    (found,) = FOLDER.glob(f"{name}*.json")
    return found.read_bytes()
