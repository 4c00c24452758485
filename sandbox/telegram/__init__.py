"""A Bot API emulator: a small honest Telegram with state, and a person's hands and eyes in it."""

from sandbox.telegram.clock import Clock, SystemClock
from sandbox.telegram.server import TelegramServer

__all__ = ["Clock", "SystemClock", "TelegramServer"]
