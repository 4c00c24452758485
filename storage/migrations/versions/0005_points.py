"""Points and turns: what a task costs and who pays, points that operators give, whose turn it is, how long it takes."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    with op.batch_alter_table("tasks", schema=None) as batch_op:
        batch_op.add_column(sa.Column("turn", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("kind", sa.String(length=16), nullable=True))
        batch_op.add_column(sa.Column("speed", sa.String(length=16), nullable=True))
        batch_op.create_index(batch_op.f("ix_tasks_kind_tasks_speed_tasks_state"), ["kind", "speed", "state"])

    with op.batch_alter_table("ledger", schema=None) as batch_op:
        batch_op.add_column(sa.Column("points", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("given", sa.Integer(), server_default="0", nullable=False))
        batch_op.create_index(batch_op.f("ix_ledger_state"), ["state"], unique=False)

    op.create_table(
        "purse",
        sa.Column("id", KEY, nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("why", sa.String(length=16), nullable=False),
        sa.Column("task_id", KEY, nullable=True),
        sa.Column("operator_id", sa.BigInteger(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name=op.f("fk_purse_task_id_tasks")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purse")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("purse", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_purse_user_id"), ["user_id"], unique=False)
