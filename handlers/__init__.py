"""Updates in: unpack, call one service function, at most one reply. In this order; the first that fits takes it."""

from handlers import imagine, press, rooms, running, start, windows

HANDLERS = (
    *windows.HANDLERS,
    *imagine.HANDLERS,
    *press.HANDLERS,
    *running.HANDLERS,
    *rooms.HANDLERS,
    *start.HANDLERS,
    *press.LAST,
)
