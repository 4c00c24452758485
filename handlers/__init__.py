"""Updates in: unpack, call one service function, at most one reply. In this order; the first that fits takes it."""

from handlers import imagine, preferences, press, rooms, running, start, wishes, wording

HANDLERS = (
    *imagine.HANDLERS,
    *wishes.HANDLERS,
    *wording.HANDLERS,
    *preferences.HANDLERS,
    *press.HANDLERS,
    *running.HANDLERS,
    *rooms.HANDLERS,
    *start.HANDLERS,
    *press.LAST,
)
