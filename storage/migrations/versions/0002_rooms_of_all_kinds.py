"""Chats of all kinds: where a supergroup came from, who may press there, whether it was welcomed; finer priorities."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    with op.batch_alter_table("chats", schema=None) as batch_op:
        batch_op.add_column(sa.Column("moved_from", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("press_policy", sa.String(length=16), nullable=True))
        batch_op.add_column(sa.Column("welcomed_at", sa.DateTime(), nullable=True))
        batch_op.create_index(batch_op.f("ix_chats_moved_from"), ["moved_from"], unique=False)
    with op.batch_alter_table("deliveries", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_deliveries_chat_id_deliveries_state"), ["chat_id", "state"], unique=False)
    # an acknowledgement has a place of its own now, between the answers (0) and the results (2)
    op.execute("UPDATE deliveries SET priority = priority + 1 WHERE priority > 0 OR kind = 'status'")
