"""What is sent: a submission as the path and the JSON that ask for it."""

from domain.task import Answer, Change, Imagine, Press, Submission
from domain.verdict import Accepted, Verdict, Window

Body = dict[str, str | int | list[str]]


def submit_request(submission: Submission, *, state: str) -> tuple[str, Body]:
    """The path after the provider's root, and the body. Texts but for one number: gateways are strict about types."""
    match submission:
        case Imagine(prompt=prompt, bot_type=bot_type):
            body: Body = {"botType": bot_type.value, "prompt": prompt, "base64Array": [], "notifyHook": ""}
            return "/mj/submit/imagine", body | {"state": state}
        case Press(parent=parent, custom_id=custom_id, same_channel=same_channel):
            press: Body = {"taskId": parent, "customId": custom_id, "notifyHook": "", "state": state}
            return "/mj/submit/action", press | ({"chooseSameChannel": "true"} if same_channel else {})
        case Change(parent=parent, action=action, index=index):
            change: Body = {"taskId": parent, "action": action, "index": index, "notifyHook": "", "state": state}
            return "/mj/submit/change", change
        case Answer(window=window, prompt=prompt):  # keeps the press's state
            return "/mj/submit/modal", {"taskId": window, "prompt": prompt, "maskBase64": ""}


def plausible(verdict: Verdict, submission: Submission) -> Verdict:
    """Only a press opens a window. Read into any other answer, it would be answered: a second charge, or a circle."""
    if isinstance(verdict, Window) and not isinstance(submission, Press):
        return Accepted(remote_ids=(verdict.remote_id,))
    return verdict
