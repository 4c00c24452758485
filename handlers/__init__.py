"""Updates in: unpack, call one service function, at most one reply. In this order; the first that fits takes it."""

from handlers import again, alterations, imagine, photos, press, rooms, running, start, windows

HANDLERS = (
    *windows.HANDLERS,
    *photos.HANDLERS,
    *imagine.HANDLERS,
    *alterations.HANDLERS,
    *press.HANDLERS,
    *again.HANDLERS,
    *running.HANDLERS,
    *rooms.HANDLERS,
    *photos.LAST,
    *start.HANDLERS,
    *press.LAST,
)
