"""A submission as it lies in a row: JSON with its kind, read back into the same value."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from domain.task import (
    Answer,
    Attached,
    Blend,
    BotType,
    Change,
    Describe,
    Dimensions,
    Edit,
    Imagine,
    Motion,
    PictureId,
    Press,
    RemoteId,
    Role,
    Shorten,
    Submission,
    Swap,
    Video,
)


def to_text(submission: Submission) -> str:
    """Freeze a submission into text."""
    return json.dumps({"kind": type(submission).__name__.lower(), **asdict(submission)}, ensure_ascii=False)


def from_text(text: str) -> Submission:
    """Read back what `to_text` wrote. Raises `ValueError` for anything else."""
    match json.loads(text):
        case {"kind": "imagine", "prompt": str(prompt), "bot_type": str(bot_type), **rest}:
            return Imagine(prompt=prompt, bot_type=BotType(bot_type), attached=_attached(rest.get("attached")))
        case {"kind": "blend", "pictures": [*pictures], "dimensions": str(dimensions)}:
            return Blend(pictures=tuple(map(PictureId, pictures)), dimensions=Dimensions(dimensions))
        case {"kind": "describe", "picture": str(picture)}:
            return Describe(picture=PictureId(picture))
        case {"kind": "shorten", "prompt": str(prompt)}:
            return Shorten(prompt=prompt)
        case {"kind": "video", "prompt": str(prompt), "motion": str(motion), **rest}:
            return _video(prompt, motion, rest)
        case {"kind": "edit", "prompt": str(prompt), "picture": str(picture)}:
            return Edit(prompt=prompt, picture=PictureId(picture))
        case {"kind": "swap", "face": str(face), "target": str(target)}:
            return Swap(face=PictureId(face), target=PictureId(target))
        case {"kind": "press", "parent": str(parent), "custom_id": str(custom_id), **rest}:
            return Press(parent=RemoteId(parent), custom_id=custom_id, same_channel=rest.get("same_channel") is True)
        case {"kind": "change", "parent": str(parent), "action": str(action), "index": int(index)}:
            return Change(parent=RemoteId(parent), action=action, index=index)
        case {"kind": "answer", "window": str(window), "prompt": str(prompt), **rest}:
            return Answer(window=RemoteId(window), prompt=prompt, mask=str(rest.get("mask", "")))
        case other:
            raise ValueError(f"not a submission: {type(other).__name__}")


def attached_to_text(attached: Iterable[Attached]) -> str:
    """Freeze pictures that were sent along, by themselves."""
    return json.dumps([asdict(one) for one in attached])


def attached_from_text(text: str) -> tuple[Attached, ...]:
    """Read back what `attached_to_text` wrote."""
    return _attached(json.loads(text))


def _video(prompt: str, motion: str, rest: Mapping[Any, Any]) -> Video:
    picture, extends = rest.get("picture"), rest.get("extends")
    return Video(
        prompt=prompt,
        picture=PictureId(picture) if picture is not None else None,
        motion=Motion(motion),
        loop=rest.get("loop") is True,
        extends=RemoteId(extends) if extends is not None else None,
        index=rest.get("index", 0),
    )


def _attached(rows: Any) -> tuple[Attached, ...]:
    return tuple(Attached(picture=PictureId(row["picture"]), role=Role(row["role"])) for row in rows or ())
