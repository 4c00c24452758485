"""Updates in: unpack, call one service function, at most one reply. In this order; the first that fits takes it."""

from handlers import (
    again,
    alterations,
    guests,
    imagine,
    operators,
    photos,
    points,
    preferences,
    press,
    rooms,
    running,
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
    *press.HANDLERS,
    *again.HANDLERS,
    *running.HANDLERS,
    *points.HANDLERS,
    *rooms.HANDLERS,
    *guests.HANDLERS,
    *operators.HANDLERS,
    *photos.LAST,
    *start.HANDLERS,
    *press.LAST,
)
