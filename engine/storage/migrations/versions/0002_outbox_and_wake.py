"""What waits is found at once; an incident may have no case; PostgreSQL wakes workers and keeps Procrastinate's jobs."""

import sqlalchemy as sa
from alembic import op
from procrastinate.schema import SchemaManager

revision = "0002"
down_revision = "0001"

#: In the transaction of the command that set the timer: workers hear of it when, and only when, it stands.
WAKE = """
CREATE FUNCTION redress_timer_set() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('redress_due', extract(epoch FROM NEW.due_at)::text);
    RETURN NULL;
END $$;
CREATE TRIGGER redress_timer_set AFTER INSERT OR UPDATE ON timer
    FOR EACH ROW WHEN (NEW.due_at IS NOT NULL) EXECUTE FUNCTION redress_timer_set();
"""


def upgrade() -> None:
    """The index for both; the trigger and the job tables for PostgreSQL."""
    with op.batch_alter_table("incident") as incident:
        incident.alter_column("case_id", existing_type=sa.String(64), nullable=True)
    waiting = sa.text("sent_at IS NULL")
    op.create_index("ix_outbox_next_at", "outbox", ["next_at"], sqlite_where=waiting, postgresql_where=waiting)
    if op.get_bind().dialect.name == "postgresql":
        # A later Procrastinate brings migrations of its own; they become the next file here.
        for script in (SchemaManager.get_schema(), WAKE):
            op.get_bind().connection.cursor().execute(script)
