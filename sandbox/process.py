"""The real bot as a process of its own: nothing of the operator's own settings reaches it, nothing of it is left."""

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Self

HOUSE = Path(__file__).parent.parent
"""Where `python -m bot` is."""
GRACE = 9.0
"""Seconds that the bot gets to stop by itself; it promises to need less, and the sandbox promises 10."""


class BotProcess:
    """`python -m bot`, running. It heads a process group of its own: Ctrl-C is the sandbox's, which then stops it."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    @classmethod
    async def start(cls, settings: Mapping[str, str], *, folder: Path, log: IO[bytes] | None) -> Self:
        """Start it with exactly these settings; it writes to `log`, or to the terminal where that is None.

        It runs in `folder`, which must be empty: the bot would read a `.env` there.
        """
        kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "TMPDIR") if name in os.environ}
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot",
            cwd=folder,
            env={**kept, "PYTHONPATH": str(HOUSE), **settings},
            stdin=asyncio.subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        return cls(process)

    async def ended(self) -> int:
        """Its exit code, once it has ended."""
        return await self._process.wait()

    async def kill(self) -> None:
        """End it by force, with whatever it started; harmless when it has ended."""
        if self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            await self._process.wait()

    async def stop(self, grace: float = GRACE) -> None:
        """End it kindly; after `grace` seconds by force, with whatever it started."""
        if self._process.returncode is None:
            self._process.terminate()
            try:
                await asyncio.wait_for(self._process.wait(), grace)
            except TimeoutError:
                await self.kill()
