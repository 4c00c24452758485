"""Alembic's entry: runs within the connection and transaction that `storage.migrate` hands over."""

from alembic import context

from domain.failpoints import Point, passing
from storage.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=False,
    on_version_apply=lambda **_step: passing(Point.MIGRATION_STEP),
)
context.run_migrations()
