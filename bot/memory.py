"""Large blocks go back to the system as soon as they are freed; glibc would keep them, picture by picture."""

import ctypes

_MMAP_THRESHOLD = -3
_LARGE = 512 * 1024


def give_back_large_blocks() -> None:
    """Once, at a start. Without it a bot that has blended some photos holds hundreds of megabytes ever after."""
    try:
        ctypes.CDLL(None).mallopt(_MMAP_THRESHOLD, _LARGE)
    except (OSError, AttributeError, TypeError):  # another C library, with habits of its own
        return
