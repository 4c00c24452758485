"""A task as the engine's JSON, shaped like what real engines of this kind send."""

from typing import Any

from sandbox.midjourney import texts
from sandbox.midjourney.answers import CHANNEL, INSTANCE
from sandbox.midjourney.task import Look, Task


def task_json(task: Task, seen: Look, *, base: str, side: int) -> dict[str, Any]:
    """Return the task as `fetch` shows it; picture addresses start with `base`, results are `side` wide."""
    shown: dict[str, Any] = {
        "id": task.id,
        "action": task.action,
        "status": seen.status,
        "prompt": task.prompt,
        "promptEn": task.prompt,
        "description": task.description,
        "submitTime": task.submitted,
        "startTime": task.started,
        "finishTime": seen.finished,
        "progress": f"{seen.percent}%",
        "imageUrl": None,
        "failReason": seen.reason,
        "state": task.state,
        "buttons": [],
        "properties": {
            "botType": task.bot,
            "discordInstanceId": INSTANCE,
            "notifyHook": task.hook,
            "nonce": task.nonce,
        },
    }
    match seen.status:
        case "IN_PROGRESS":
            address = f"{base}/pictures/{task.id}/{seen.step}.webp"
            preview = address if seen.step and task.work.form == "grid" else None
            said = {"properties": {"finalPrompt": task.final}, "finishTime": 0, "failReason": ""}
            shown |= {"imageUrl": preview, **said}
        case "MODAL":
            shown |= {"progress": "", "properties": _waiting(task)}
        case "FAILURE":
            shown |= {"progress": "", "properties": {"botType": task.bot}}
        case "CANCEL":
            shown |= {"progress": "", "properties": {}}
        case "SUCCESS":
            shown |= _result(task, base, side)
        case _:
            pass  # NOT_START and SUBMITTED show nothing more
    return shown


def _waiting(task: Task) -> dict[str, Any]:
    if task.window is None:
        return {}
    window = task.window
    return {
        "finalPrompt": window.offered,
        "needModel": True,
        "modalMessageId": window.message,
        "customId": window.custom_id,
    }


def _result(task: Task, base: str, side: int) -> dict[str, Any]:
    work = task.work
    shown: dict[str, Any] = {"buttons": work.buttons(task.job)}
    if work.form == "described":
        text = texts.numbered(work.texts)
        address = f"{base}/pictures/{task.id}/source.jpg"
        found = {"botType": task.bot, "finalPrompt": text, "finalZhPrompt": text}
        return shown | {"prompt": text, "promptEn": text, "imageUrl": address, "properties": found}
    if work.form == "shortened":
        analysis = texts.analysis(task.prompt or "", work.texts)
        return shown | {"properties": {"botType": task.bot, "finalPrompt": analysis, "finalZhPrompt": analysis}}
    if work.films:
        return shown | _films(task, base)
    if pixels := work.pixels(side):
        shown |= {"imageWidth": pixels[0], "imageHeight": pixels[1]}
    return shown | {"imageUrl": f"{base}/pictures/{task.id}/{task.job}.png", "properties": _told(task)}


def _films(task: Task, base: str) -> dict[str, Any]:
    """Show films as kind C does: an image's address is the first film's, too."""
    address = f"{base}/pictures/{task.id}/0"
    films = [
        {"url": f"{address}_{number}.mp4", "thumbnail": f"{address}_{number}_640_N.webp"}
        for number in range(len(task.work.films))
    ]
    first = films[0]["url"]
    return {"imageUrl": first, "imageUrls": films, "videoUrl": first, "videoUrls": films, "properties": _told(task)}


def _told(task: Task) -> dict[str, Any]:
    return {
        "botType": task.bot,
        "finalPrompt": task.final,
        "messageId": task.message,
        "messageHash": task.job,
        "messageContent": f"**{task.final}** - <@590422081204912129> (fast)",
        "flags": 0,
        "discordInstanceId": INSTANCE,
        "discordChannelId": CHANNEL,
        "notifyHook": task.hook,
        "progressMessageId": task.progress_message,
        "nonce": task.nonce,
    }
