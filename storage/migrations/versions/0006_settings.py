"""Choices of a topic; who may press is one of them; the mode of a task, and where a draft's picture comes from."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    with op.batch_alter_table("tasks", schema=None) as batch_op:
        batch_op.add_column(sa.Column("mode", sa.String(length=16), nullable=True))

    # not in a batch: a table made anew would count its rows anew, and a draft's number must never mean another
    op.execute(
        "ALTER TABLE drafts ADD COLUMN parent_id INTEGER CONSTRAINT fk_drafts_parent_id_tasks REFERENCES tasks (id)"
    )

    op.create_table(
        "preferences_by_topic",
        sa.Column("scope_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("topic_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("scope_id", "topic_id", "name", name=op.f("pk_preferences")),
    )
    op.execute(
        "INSERT INTO preferences_by_topic (scope_id, topic_id, name, value) "
        "SELECT scope_id, 0, name, value FROM preferences"
    )
    op.drop_table("preferences")
    op.rename_table("preferences_by_topic", "preferences")

    op.execute(
        "INSERT INTO preferences (scope_id, topic_id, name, value) "
        "SELECT id, 0, 'presses', press_policy FROM chats WHERE press_policy IS NOT NULL"
    )
    with op.batch_alter_table("chats", schema=None) as batch_op:
        batch_op.drop_column("press_policy")
