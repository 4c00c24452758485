"""Updates in: unpack, call one service function, at most one reply. In this order; the first that fits takes it."""

from handlers import again, alterations, imagine, press, rooms, running, start

HANDLERS = (
    *imagine.HANDLERS,
    *alterations.HANDLERS,
    *press.HANDLERS,
    *again.HANDLERS,
    *running.HANDLERS,
    *rooms.HANDLERS,
    *start.HANDLERS,
    *press.LAST,
)
