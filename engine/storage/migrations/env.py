"""How Alembic reaches the database: through the product's own door."""

from alembic import context

from engine.storage.tables import metadata

database = context.config.attributes["database"]

with database.write() as connection:
    context.configure(connection=connection, target_metadata=metadata, render_as_batch=database.is_sqlite, compare_type=True)
    context.run_migrations()
