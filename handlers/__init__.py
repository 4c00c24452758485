"""Updates in: unpack, call one service function, at most one reply. In this order; the first that fits takes it."""

from handlers import imagine, photos, press, rooms, running, start

HANDLERS = (
    *photos.HANDLERS,
    *imagine.HANDLERS,
    *press.HANDLERS,
    *running.HANDLERS,
    *rooms.HANDLERS,
    *photos.LAST,
    *start.HANDLERS,
    *press.LAST,
)
