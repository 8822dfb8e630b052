"""How Alembic reaches the database: through the product's own door."""

import sqlalchemy as sa
from alembic import context

from engine.storage.tables import metadata

database = context.config.attributes["database"]

#: Any number does, as long as it is the same in every process: those that start together migrate one after the other.
MIGRATING = 7318

with database.write() as connection:
    if not database.is_sqlite:
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(MIGRATING)))
    context.configure(connection=connection, target_metadata=metadata, render_as_batch=database.is_sqlite, compare_type=True)
    context.run_migrations()
