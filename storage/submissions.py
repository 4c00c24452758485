"""A submission as it lies in a row: JSON with its kind, read back into the same value."""

import json
from dataclasses import asdict

from domain.task import Answer, BotType, Change, Imagine, Press, RemoteId, Submission


def to_text(submission: Submission) -> str:
    """Freeze a submission into text."""
    return json.dumps({"kind": type(submission).__name__.lower(), **asdict(submission)}, ensure_ascii=False)


def from_text(text: str) -> Submission:
    """Read back what `to_text` wrote. Raises `ValueError` for anything else."""
    match json.loads(text):
        case {"kind": "imagine", "prompt": str(prompt), "bot_type": str(bot_type)}:
            return Imagine(prompt=prompt, bot_type=BotType(bot_type))
        case {"kind": "press", "parent": str(parent), "custom_id": str(custom_id), **rest}:
            return Press(parent=RemoteId(parent), custom_id=custom_id, same_channel=rest.get("same_channel") is True)
        case {"kind": "change", "parent": str(parent), "action": str(action), "index": int(index)}:
            return Change(parent=RemoteId(parent), action=action, index=index)
        case {"kind": "answer", "window": str(window), "prompt": str(prompt)}:
            return Answer(window=RemoteId(window), prompt=prompt)
        case other:
            raise ValueError(f"not a submission: {type(other).__name__}")
