"""All that can be asked: results in words and videos, open windows, pictures that are gathered, what people prefer."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    with op.batch_alter_table("tasks", schema=None) as batch_op:
        batch_op.add_column(sa.Column("action", sa.String(length=32), nullable=True))
        batch_op.add_column(sa.Column("text", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("videos", sa.Text(), nullable=True))

    with op.batch_alter_table("drafts", schema=None) as batch_op:
        batch_op.add_column(sa.Column("attached", sa.Text(), nullable=True))

    op.create_table(
        "windows",
        sa.Column("id", KEY, nullable=False),
        sa.Column("task_id", KEY, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("remote_id", sa.String(length=64), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("ends_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name=op.f("fk_windows_task_id_tasks")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_windows")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("windows", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_windows_task_id"), ["task_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_windows_state_windows_ends_at"), ["state", "ends_at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_windows_chat_id_windows_message_id"), ["chat_id", "message_id"], unique=False
        )

    op.create_table(
        "gatherings",
        sa.Column("id", KEY, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("album", sa.String(length=64), nullable=True),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("due_at", sa.DateTime(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gatherings")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("gatherings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_gatherings_state_gatherings_due_at"), ["state", "due_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_gatherings_chat_id_gatherings_album"), ["chat_id", "album"], unique=False)

    op.create_table(
        "gathered",
        sa.Column("gathering_id", KEY, autoincrement=False, nullable=False),
        sa.Column("message_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("picture", sa.Text(), nullable=False),
        sa.Column("unique_id", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["gathering_id"], ["gatherings.id"], name=op.f("fk_gathered_gathering_id_gatherings")),
        sa.PrimaryKeyConstraint("gathering_id", "message_id", name=op.f("pk_gathered")),
    )

    op.create_table(
        "preferences",
        sa.Column("scope_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("scope_id", "name", name=op.f("pk_preferences")),
    )
