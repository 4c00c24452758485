"""What is sent: a submission as the path and the JSON that ask for it."""

import base64
import re
from collections.abc import Mapping, Sequence
from typing import assert_never

from domain.task import (
    Answer,
    Attached,
    Blend,
    Change,
    Describe,
    Edit,
    Imagine,
    PictureId,
    Press,
    Role,
    Shorten,
    Submission,
    Swap,
    Video,
)
from domain.verdict import Accepted, Verdict, Window

Body = dict[str, str | int | bool | list[str]]
Pictures = Mapping[PictureId, bytes]

UPLOAD_PATH = "/mj/submit/upload-discord-images"
MIDJOURNEY = "MID_JOURNEY"
ANY_MOTION = "natural motion"
"""Where a person leaves it to Midjourney how a picture moves: engines refuse a video without words."""


def submit_request(submission: Submission, *, state: str, pictures: Pictures | None = None) -> tuple[str, Body]:
    """The path after the provider's root, and the body. Texts, but for numbers and lists: gateways are strict.

    `pictures`: the bytes of all that the submission names.
    """
    shown = {name: data_url(data) for name, data in (pictures or {}).items()}
    common: Body = {"botType": MIDJOURNEY, "notifyHook": "", "state": state}
    match submission:
        case Imagine(prompt=prompt, bot_type=bot_type, attached=attached):
            drawn_from = [shown[one.picture] for one in attached if one.role is Role.PROMPT]
            return "/mj/submit/imagine", common | {
                "botType": bot_type.value,
                "prompt": prompt,
                "base64Array": drawn_from,
            }
        case Blend(pictures=melted, dimensions=dimensions):
            images = [shown[picture] for picture in melted]
            return "/mj/submit/blend", common | {"base64Array": images, "dimensions": dimensions.value}
        case Describe(picture=picture):
            return "/mj/submit/describe", common | {"base64": shown[picture]}
        case Shorten(prompt=prompt):
            return "/mj/submit/shorten", common | {"prompt": prompt}
        case Video():
            return "/mj/submit/video", _video(submission, shown) | {"notifyHook": "", "state": state}
        case Edit(prompt=prompt, picture=picture):
            return "/mj/submit/edits", common | {"prompt": prompt, "image": shown[picture]}
        case Swap(face=face, target=target):
            swap: Body = {"sourceBase64": shown[face], "targetBase64": shown[target], "notifyHook": "", "state": state}
            return "/mj/insight-face/swap", swap
        case Press(parent=parent, custom_id=custom_id, same_channel=same_channel):
            press: Body = {"taskId": parent, "customId": custom_id, "notifyHook": "", "state": state}
            return "/mj/submit/action", press | ({"chooseSameChannel": "true"} if same_channel else {})
        case Change(parent=parent, action=action, index=index):
            change: Body = {"taskId": parent, "action": action, "index": index, "notifyHook": "", "state": state}
            return "/mj/submit/change", change
        case Answer(window=window, prompt=prompt, mask=mask):  # keeps the press's state
            masked = f"data:image/png;base64,{mask}" if mask else ""
            return "/mj/submit/modal", {"taskId": window, "prompt": prompt, "maskBase64": masked}
        case _:
            assert_never(submission)


def upload_body(attached: Sequence[Attached], pictures: Pictures) -> Body:
    """What puts these up, in this order."""
    return {"base64Array": [data_url(pictures[one.picture]) for one in attached]}


def with_addresses(prompt: str, attached: Sequence[Attached], addresses: Sequence[str]) -> str:
    """The prompt, with the addresses behind the flags that want them; a flag that is not there is put at the end."""
    by_role: dict[Role, list[str]] = {}
    for one, address in zip(attached, addresses, strict=True):
        by_role.setdefault(one.role, []).append(address)
    for role, found in by_role.items():
        bare = re.compile(rf"(?<!\S)--{role.value}(?=\s+--|\s*$)")
        flag = f"--{role.value} {' '.join(found)}"
        prompt = bare.sub(flag, prompt, count=1) if bare.search(prompt) else f"{prompt} {flag}"
    return prompt


def data_url(data: bytes) -> str:
    """The portable form of an image."""
    kind = "png" if data.startswith(b"\x89PNG") else "jpeg"
    return f"data:image/{kind};base64,{base64.b64encode(data).decode()}"


def plausible(verdict: Verdict, submission: Submission) -> Verdict:
    """Only a press opens a window. Read into any other answer, it would be answered: a second charge, or a circle."""
    if isinstance(verdict, Window) and not isinstance(submission, Press):
        return Accepted(remote_ids=(verdict.remote_id,))
    return verdict


def _video(video: Video, shown: Mapping[PictureId, str]) -> Body:
    body: Body = {"prompt": video.prompt or ANY_MOTION, "motion": video.motion.value}
    if video.loop:
        body["loop"] = True
    if video.extends is not None:
        return body | {"action": "extend", "taskId": video.extends, "index": video.index}
    return body | ({"image": shown[video.picture]} if video.picture is not None else {})
