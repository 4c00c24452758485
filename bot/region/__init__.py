"""Vary (Region): the page on which a person paints what is to be drawn anew, and the door behind it.

`Mount("/app/region", routes=build_region(door))`; the page's address is `/app/region/`, with its last slash.
"""

from bot.region.door import Canvas, DoorClosed, RegionDoor
from bot.region.routes import build_region

__all__ = ["Canvas", "DoorClosed", "RegionDoor", "build_region"]
