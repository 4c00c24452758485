"""Who rules a chat, as Telegram tells when it is asked; remembered for a minute."""

from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog
from telegram import Bot, ChatMember
from telegram.error import TelegramError

from domain.errors import RoleHidden
from domain.requester import Requester

log = structlog.stdlib.get_logger("bot.members")

KNOWN_FOR = timedelta(minutes=1)
"""Somebody who was an admin a minute ago may still press."""
MOST_KNOWN = 10_000
RULING = (ChatMember.OWNER, ChatMember.ADMINISTRATOR)


class Members:
    """A cache of `getChatMember`."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._known: OrderedDict[tuple[int, int], tuple[bool, datetime]] = OrderedDict()

    async def is_admin(self, bot: Bot, requester: Requester) -> bool:
        """Whether this person is an admin of the chat. Raises `RoleHidden` where Telegram does not tell."""
        key = (requester.chat_id, requester.user_id)
        rules, until = self._known.get(key, (False, self._now()))
        if until > self._now():
            return rules
        try:
            member = await bot.get_chat_member(requester.chat_id, requester.user_id)
        except TelegramError as error:
            log.warning("who is an admin is not told", chat=requester.chat_id, error=type(error).__name__)
            raise RoleHidden from error
        rules = member.status in RULING
        self._known[key] = (rules, self._now() + KNOWN_FOR)
        self._known.move_to_end(key)
        if len(self._known) > MOST_KNOWN:
            self._known.popitem(last=False)
        return rules
