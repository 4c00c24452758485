"""The log: fields on one line each, ours and the libraries', with every secret taken out last.

Nothing a person wrote is logged: no prompts, no messages, no names. Ids and counts are enough to find things again.
Log with `structlog.stdlib.get_logger()`; bind task and chat once by `structlog.contextvars`.
"""

import json
import logging
import sys
import threading
from collections.abc import Iterable
from types import TracebackType
from typing import Literal, TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from bot.redact import Redactor

LOUD = ("httpx", "httpcore", "telegram", "aiosqlite", "sqlalchemy", "alembic", "uvicorn", "PIL")
"""Libraries that stay at WARNING whatever LOG_LEVEL says: httpx tells addresses, and Telegram's carry the token;
httpcore tells headers, telegram and the databases tell what people wrote."""


def configure(
    *, level: str, log_format: Literal["console", "json", "auto"], secrets: Iterable[str], stream: TextIO | None = None
) -> Redactor:
    """Send every log record, warning and uncaught exception of this process to `stream` (standard error).

    Gives back the redactor, for texts that leave by another way. May be called again; the last call counts.
    """
    stream = stream or sys.stderr
    redact = Redactor(secrets)
    render = _console if log_format == "console" or (log_format == "auto" and stream.isatty()) else _json
    fields: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *fields,
            structlog.processors.StackInfoRenderer(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,  # a logger made at import must not keep the settings of that time
    )
    handler = _Handler(stream)
    handler.setFormatter(
        _OneLine(
            redact,
            foreign_pre_chain=[structlog.stdlib.ExtraAdder(), _stack_as_ours, *fields],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                render,
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in LOUD:
        logging.getLogger(name).setLevel(max(root.level, logging.WARNING))
    logging.captureWarnings(capture=True)
    _log_what_nobody_catches()
    return redact


class _OneLine(structlog.stdlib.ProcessorFormatter):
    """Renders a record, then takes the secrets out: what comes from here goes to the stream as it is."""

    def __init__(self, redact: Redactor, *, foreign_pre_chain: list[Processor], processors: list[Processor]) -> None:
        super().__init__(foreign_pre_chain=foreign_pre_chain, processors=processors)
        self._redact = redact

    def format(self, record: logging.LogRecord) -> str:
        try:
            return self._redact(super().format(record))
        except Exception as error:  # logging itself would print the raw record, secrets and all
            lost = {"msg": "a log record could not be written", "name": __name__, "levelname": "ERROR"}
            where = {"of": record.name, "line": record.lineno, "error": type(error).__name__}
            return self._redact(super().format(logging.makeLogRecord({**lost, "levelno": logging.ERROR, **where})))


class _Handler(logging.StreamHandler[TextIO]):
    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        """Stay silent: the stream is gone, and logging's own answer prints the raw record, secrets and all."""


def _stack_as_ours(_logger: WrappedLogger, _name: str, event: EventDict) -> EventDict:
    """Logging renders the stack by itself; structlog would look for another one, here."""
    if stack := event.pop("stack_info", None):
        event["stack"] = stack
    event.pop("color_message", None)  # uvicorn says everything twice
    return event


def _json(_logger: WrappedLogger, _name: str, event: EventDict) -> str:
    return json.dumps(event, default=repr)


def _console(_logger: WrappedLogger, _name: str, event: EventDict) -> str:
    """One line; below it, indented so that it can't pass for a line of its own, the traceback."""
    below = [event.pop(name) for name in ("stack", "exception") if event.get(name)]
    head = f"{event.pop('timestamp')} {event.pop('level'):<8} {event.pop('event')}"
    line = _escaped(" ".join((head, *(f"{name}={value!r}" for name, value in event.items()))))
    return "\n".join((line, *(f"    {_escaped(part)}" for text in below for part in text.splitlines())))


def _escaped(text: str) -> str:
    """`text` with all that would end the line, or steer a terminal, spelled out."""
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in text)


def _log_what_nobody_catches() -> None:
    """The interpreter's last resorts print to standard error by themselves. asyncio's already logs."""
    log = logging.getLogger("bot")

    def uncaught(_kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        log.critical("uncaught", exc_info=error)

    def uncaught_in_thread(args: threading.ExceptHookArgs) -> None:
        if not isinstance(args.exc_value, SystemExit):  # that ends a thread quietly, as it always did
            thread = args.thread.name if args.thread else None
            log.critical("uncaught in a thread", exc_info=args.exc_value, extra={"in_thread": thread})

    def unraisable(args: "sys.UnraisableHookArgs") -> None:
        log.error(args.err_msg or "unraisable", exc_info=args.exc_value, extra={"of": args.object})

    sys.excepthook = uncaught
    threading.excepthook = uncaught_in_thread
    sys.unraisablehook = unraisable
