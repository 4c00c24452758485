"""The file of usage: one line a request, written a page at a time, so that a year takes no more memory than a day."""

import csv
import io
import tempfile
from collections.abc import Iterable
from typing import IO

from domain.figures import Use
from services.spans import Span
from storage import figures
from storage.database import Database

COLUMNS = ("day", "time", "chat", "chat kind", "person", "name", "action", "mode", "state")
PAGE = 1000
MOST_BYTES = 45_000_000
"""Telegram takes files of 50 MB from a bot."""
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""How a cell begins that a spreadsheet would calculate, wherever its words came from."""


async def write(
    db: Database, span: Span, mode: str, *, page: int = PAGE, most: int = MOST_BYTES
) -> tuple[IO[bytes], int, bool]:
    """The file, at its beginning, to be closed by whoever asks; how many lines it has; whether all are there."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - it is handed on
    try:
        text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)  # Excel asks for the mark
        writer = csv.writer(text)
        writer.writerow(COLUMNS)
        count, after, whole = 0, 0, True
        while uses := await db.run(figures.select_uses, span.since, span.until, after, page):
            if file.tell() > most:
                whole = False
                break
            writer.writerows(_cells(one, mode) for one in uses)
            count, after = count + len(uses), uses[-1].id
        text.detach()
        file.seek(0)
    except BaseException:
        file.close()
        raise
    return file, count, whole


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def _cells(use: Use, mode: str) -> Iterable[str]:
    cells = (
        f"{use.recorded_at:%Y-%m-%d}",
        f"{use.recorded_at:%H:%M:%S}",
        str(use.chat_id),
        use.chat_kind,
        str(use.user_id),
        use.user_name,
        use.action,
        mode,
        use.state,
    )
    return map(harmless, cells)
