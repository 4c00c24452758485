"""Who is what in a chat: the status of each account, what a restricted one may still do, and both as ChatMember."""

from dataclasses import dataclass
from typing import Any, Literal

from sandbox.telegram.accounts import User

Status = Literal["creator", "administrator", "member", "restricted", "left", "kicked"]
INSIDE = frozenset({"creator", "administrator", "member", "restricted"})
RULING = frozenset({"creator", "administrator"})

_FOR_ADMINISTRATORS = (
    *("can_manage_chat", "can_delete_messages", "can_manage_video_chats", "can_restrict_members"),
    *("can_promote_members", "can_change_info", "can_invite_users", "can_post_stories", "can_edit_stories"),
    *("can_delete_stories", "can_send_welcome_messages"),
)
_FOR_ALL = (
    *("can_send_messages", "can_send_audios", "can_send_documents", "can_send_photos", "can_send_videos"),
    *("can_send_video_notes", "can_send_voice_notes", "can_send_polls", "can_send_other_messages"),
    *("can_add_web_page_previews", "can_react_to_messages", "can_edit_tag", "can_change_info", "can_invite_users"),
    *("can_pin_messages", "can_manage_topics"),
)
_RULERS_ONLY = frozenset({"can_change_info", "can_pin_messages", "can_manage_topics", "can_edit_tag"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Rights:
    """What somebody who is no administrator may send."""

    messages: bool = True
    photos: bool = True
    documents: bool = True

    def allow(self, kind: str) -> bool:
        """Whether a text (`messages`) or a file of this kind may be sent."""
        return {"messages": self.messages, "photos": self.photos, "documents": self.documents}.get(kind, self.messages)

    def as_json(self) -> dict[str, Any]:
        """As ChatPermissions."""
        told = {right: self.messages and right not in _RULERS_ONLY for right in _FOR_ALL}
        return told | {"can_send_photos": self.photos, "can_send_documents": self.documents}


NO_RIGHTS = Rights(messages=False, photos=False, documents=False)


def member_json(user: User, status: Status, rights: Rights | None = None) -> dict[str, Any]:
    """A ChatMember; `rights` are those of a restricted one."""
    told: dict[str, Any] = {"status": status, "user": user.as_json()}
    if status == "creator":
        told["is_anonymous"] = False
    if status == "kicked":
        told["until_date"] = 0
    if status == "restricted":
        told |= {"is_member": True, "until_date": 0} | (rights or NO_RIGHTS).as_json()
    if status == "administrator":
        told |= {"can_be_edited": False, "is_anonymous": False}
        told |= dict.fromkeys(_FOR_ADMINISTRATORS, True) | {"can_promote_members": False}
    return told
