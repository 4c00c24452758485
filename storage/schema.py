"""The tables, as SQLAlchemy sees them. Migrations bring a database here."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, MetaData, String, Table, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import DateTime, TypeDecorator

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_N_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

Key = BigInteger().with_variant(Integer, "sqlite")  # only a plain INTEGER counts by itself on SQLite


class Moment(TypeDecorator[datetime]):
    """A point in time: stored as UTC, read back aware."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To UTC without a zone, so that texts sort as times do."""
        del dialect
        return value.astimezone(UTC).replace(tzinfo=None) if value else None

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        """Back to an aware time."""
        del dialect
        return value.replace(tzinfo=UTC) if value else None


inbox = Table(
    "inbox",
    metadata,
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("payload", Text, nullable=False),
    Column("state", String(16), nullable=False),
    Column("attempts", Integer, nullable=False, default=0),
    Column("error", Text),
    Column("received_at", Moment, nullable=False),
    Index(None, "state"),
    Index(None, "received_at"),
)

tasks = Table(
    "tasks",
    metadata,
    Column("id", Key, primary_key=True),
    Column("state", String(16), nullable=False),
    Column("submission", Text, nullable=False),
    Column("prompt", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("nonce", String(64), nullable=False, unique=True),
    Column("user_id", BigInteger, nullable=False),
    Column("user_name", Text, nullable=False),
    Column("chat_id", BigInteger, nullable=False),
    Column("chat_kind", String(16), nullable=False),
    Column("topic_id", BigInteger),
    Column("reply_to", BigInteger),
    Column("language", String(35)),
    Column("provider", Text, nullable=False),
    Column("remote_id", String(64)),
    Column("parent_id", Key, ForeignKey("tasks.id")),
    Column("retry_of", Key, ForeignKey("tasks.id")),
    Column("attempts", Integer, nullable=False, default=0),
    Column("recorded_at", Moment, nullable=False),
    Column("due_at", Moment),
    Column("lease_until", Moment),
    Column("accepted_at", Moment),
    Column("busy_since", Moment),
    Column("ended_at", Moment),
    Column("progress", Integer),
    Column("preview_url", Text),
    Column("image_url", Text),
    Column("reason", Text),
    Column("queue_place", Integer),
    Column("changed_at", Moment),
    Column("missing_since", Moment),
    Column("missing_count", Integer, nullable=False, default=0),
    Column("unfinished_since", Moment),
    Column("later_looks", Text, nullable=False, default=""),
    Column("action", String(32)),
    Column("text", Text),
    Column("videos", Text),
    Column("turn", Integer, nullable=False, default=0, server_default="0"),
    Column("kind", String(16)),
    Column("speed", String(16)),
    Column("mode", String(16)),
    Index(None, "state", "due_at"),
    Index(None, "user_id", "state"),
    Index(None, "provider", "remote_id"),
    Index(None, "retry_of"),
    Index(None, "recorded_at"),
    Index(None, "kind", "speed", "state"),
    sqlite_autoincrement=True,
)

buttons = Table(
    "buttons",
    metadata,
    Column("id", Key, primary_key=True),
    Column("task_id", Key, ForeignKey("tasks.id"), nullable=False),
    Column("custom_id", Text, nullable=False),
    Column("label", Text, nullable=False),
    Column("emoji", Text, nullable=False),
    Column("pressed_at", Moment),
    Column("pressed_task", Key, ForeignKey("tasks.id")),
    Index(None, "task_id"),
    sqlite_autoincrement=True,  # a number that was once given to a button never comes to mean another
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", Key, primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("state", String(16), nullable=False),
    Column("task_id", Key, ForeignKey("tasks.id")),
    Column("chat_id", BigInteger, nullable=False),
    Column("topic_id", BigInteger),
    Column("reply_to", BigInteger),
    Column("body", Text, nullable=False),
    Column("priority", Integer, nullable=False),
    Column("due_at", Moment),
    Column("attempts", Integer, nullable=False, default=0),
    Column("unclear", Integer, nullable=False, default=0),
    Column("form", String(16)),
    Column("message_id", BigInteger),
    Column("file_id", Text),
    Column("shows", String(8)),
    Column("shown", String(64)),
    Column("last_at", Moment),
    Column("error", Text),
    Column("created_at", Moment, nullable=False),
    Index(None, "state", "due_at"),
    Index(None, "task_id", "kind"),
    Index(None, "chat_id", "message_id"),
    Index(None, "chat_id", "state"),
    sqlite_autoincrement=True,
)

ledger = Table(
    "ledger",
    metadata,
    Column("task_id", Key, ForeignKey("tasks.id"), primary_key=True, autoincrement=False),
    Column("user_id", BigInteger, nullable=False),
    Column("chat_id", BigInteger, nullable=False),
    Column("day", String(10), nullable=False),
    Column("state", String(16), nullable=False),
    Column("points", Integer, nullable=False, default=0, server_default="0"),
    Column("given", Integer, nullable=False, default=0, server_default="0"),
    Index(None, "day", "user_id"),
    Index(None, "day", "chat_id"),
    Index(None, "state"),
)

purse = Table(
    "purse",
    metadata,
    Column("id", Key, primary_key=True),
    Column("user_id", BigInteger, nullable=False),
    Column("points", Integer, nullable=False),
    Column("why", String(16), nullable=False),
    Column("task_id", Key, ForeignKey("tasks.id")),
    Column("operator_id", BigInteger),
    Column("at", Moment, nullable=False),
    Index(None, "user_id"),
    sqlite_autoincrement=True,
)

chats = Table(
    "chats",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("paused_until", Moment),
    Column("refused_at", Moment),
    Column("moved_from", BigInteger),
    Column("welcomed_at", Moment),
    Index(None, "moved_from"),
)

drafts = Table(
    "drafts",
    metadata,
    Column("id", Key, primary_key=True),
    Column("chat_id", BigInteger, nullable=False),
    Column("user_id", BigInteger, nullable=False),
    Column("prompt", Text, nullable=False),
    Column("attached", Text),
    Column("parent_id", Key, ForeignKey("tasks.id")),
    Column("pressed_task", Key, ForeignKey("tasks.id")),
    Column("created_at", Moment, nullable=False),
    Index(None, "created_at"),
    sqlite_autoincrement=True,
)

windows = Table(
    "windows",
    metadata,
    Column("id", Key, primary_key=True),
    Column("task_id", Key, ForeignKey("tasks.id"), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("user_id", BigInteger, nullable=False),
    Column("chat_id", BigInteger, nullable=False),
    Column("message_id", BigInteger),
    Column("remote_id", String(64), nullable=False),
    Column("body", Text, nullable=False),
    Column("state", String(16), nullable=False),
    Column("ends_at", Moment, nullable=False),
    Index(None, "task_id"),
    Index(None, "state", "ends_at"),
    Index(None, "chat_id", "message_id"),
    sqlite_autoincrement=True,
)

gatherings = Table(
    "gatherings",
    metadata,
    Column("id", Key, primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("chat_id", BigInteger, nullable=False),
    Column("user_id", BigInteger, nullable=False),
    Column("album", String(64)),
    Column("message_id", BigInteger),
    Column("body", Text, nullable=False),
    Column("state", String(16), nullable=False),
    Column("due_at", Moment),
    Column("created_at", Moment, nullable=False),
    Index(None, "state", "due_at"),
    Index(None, "chat_id", "album"),
    sqlite_autoincrement=True,
)

gathered = Table(
    "gathered",
    metadata,
    Column("gathering_id", Key, ForeignKey("gatherings.id"), primary_key=True, autoincrement=False),
    Column("message_id", BigInteger, primary_key=True, autoincrement=False),
    Column("picture", Text, nullable=False),
    Column("unique_id", String(64), nullable=False),
)

preferences = Table(
    "preferences",
    metadata,
    Column("scope_id", BigInteger, primary_key=True, autoincrement=False),
    Column("topic_id", BigInteger, primary_key=True, autoincrement=False),
    Column("name", String(64), primary_key=True),
    Column("value", Text, nullable=False),
)

capabilities = Table(
    "capabilities",
    metadata,
    Column("provider", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("until", Moment, nullable=False),
)

accounts = Table(
    "accounts",
    metadata,
    Column("provider", Text, primary_key=True),
    Column("paused_since", Moment, nullable=False),
    Column("key_refused", Boolean, nullable=False),
)

alerts = Table(
    "alerts",
    metadata,
    Column("name", Text, primary_key=True),
    Column("told_at", Moment, nullable=False),
)

operators = Table(
    "operators",
    metadata,
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("since", Moment, nullable=False),
)

claims = Table(
    "claims",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("created_at", Moment, nullable=False),
)

guests = Table(
    "guests",
    metadata,
    Column("id", Key, primary_key=True),
    Column("chat_id", BigInteger, nullable=False, unique=True),
    Column("kind", String(16), nullable=False),
    Column("name", Text, nullable=False, default=""),
    Column("standing", String(16), nullable=False),
    Column("daily_limit", Integer, nullable=False, default=0),
    Column("blocked_at", Moment),
    Column("members", Integer),
    Column("asked_by", BigInteger),
    Column("asked_name", Text, nullable=False, default=""),
    Column("asked_words", Text, nullable=False, default=""),
    Column("topic_id", BigInteger),
    Column("reply_to", BigInteger),
    Column("language", String(35)),
    Column("asked_at", Moment),
    Column("told_at", Moment),
    Column("decided_at", Moment),
    Column("decided_by", BigInteger),
    Column("decided_name", Text, nullable=False, default=""),
    Index(None, "standing"),
    sqlite_autoincrement=True,  # a card's button never comes to mean somebody else
)

cards = Table(
    "cards",
    metadata,
    Column("delivery_id", Key, ForeignKey("deliveries.id"), primary_key=True, autoincrement=False),
    Column("guest_id", Key, ForeignKey("guests.id"), nullable=False),
    Column("operator_id", BigInteger, nullable=False),
    Index(None, "guest_id"),
)

tongues = Table(
    "tongues",
    metadata,
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("language", String(35)),
)
