"""Updates in: unpack, call one service function, at most one reply. In this order; the first that fits takes it."""

from handlers import (
    again,
    alterations,
    imagine,
    memories,
    photos,
    preferences,
    press,
    rooms,
    running,
    settings,
    start,
    windows,
    wishes,
    wording,
)

HANDLERS = (
    *windows.HANDLERS,
    *photos.HANDLERS,
    *imagine.HANDLERS,
    *alterations.HANDLERS,
    *wishes.HANDLERS,
    *wording.HANDLERS,
    *preferences.HANDLERS,
    *settings.HANDLERS,
    *memories.HANDLERS,
    *press.HANDLERS,
    *again.HANDLERS,
    *running.HANDLERS,
    *rooms.HANDLERS,
    *photos.LAST,
    *start.HANDLERS,
    *press.LAST,
)
