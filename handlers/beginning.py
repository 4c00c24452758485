"""The first transaction of a run: what the last one left is sorted before anybody acts."""

import json
from datetime import datetime

from telegram import Update

from domain.requester import Requester
from domain.rules import Rules
from handlers.context import owe_words, requester_of
from messages import error as view
from messages.locale import locale_for
from services import approval, copies, life
from storage.database import Transaction


def begin(tx: Transaction, rules: Rules, language: str, now: datetime, *, older: bool) -> None:
    """Sort it. `older`: it is a backup, or has missed something; whoever asks in it is told that it may be done."""
    approval.recover(tx, rules, now)
    if not older:
        life.recover(tx, now)
        return
    updates, cut_short = copies.sort(tx, rules, now)
    asked = (_who(stored.payload) for stored in updates)
    for requester in (*filter(None, asked), *(album.owner for album in cut_short)):
        owe_words(tx, requester, view.perhaps_done(locale_for(requester.language or language)), now)


def _who(payload: str) -> Requester | None:
    """Who asked by a message; of a press nobody waits for an answer that late."""
    try:
        update = Update.de_json(json.loads(payload), None)
        return requester_of(update) if update.message or update.channel_post else None
    except Exception:  # it would have been set aside
        return None
