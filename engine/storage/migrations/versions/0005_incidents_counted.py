"""An incident says where it belongs, how often it happened and how it ended; resolving one wakes the workers."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

#: A case that was stuck may have something due: the moment 0 says "look now".
WAKE = """
CREATE FUNCTION redress_incident_resolved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('redress_due', '0');
    RETURN NULL;
END $$;
CREATE TRIGGER redress_incident_resolved AFTER UPDATE ON incident
    FOR EACH ROW WHEN (OLD.resolved_at IS NULL AND NEW.resolved_at IS NOT NULL) EXECUTE FUNCTION redress_incident_resolved();
"""


def upgrade() -> None:
    """Seven columns, filled for what is there already; the trigger for PostgreSQL."""
    for column in (
        sa.Column("estate_id", sa.String(64)),
        sa.Column("version_id", sa.String(64)),
        sa.Column("subject_id", sa.String(64)),
        sa.Column("count", sa.Integer()),
        sa.Column("last_at", sa.DateTime(timezone=True)),
        sa.Column("resolved_by", sa.String(64)),
        sa.Column("resolution", sa.String(20)),
    ):
        op.add_column("incident", column)
    op.execute("UPDATE incident SET count = 1, last_at = at")
    op.execute("UPDATE incident SET estate_id = (SELECT estate_id FROM cases WHERE cases.id = incident.case_id)")
    with op.batch_alter_table("incident") as incident:
        incident.alter_column("count", existing_type=sa.Integer(), nullable=False)
        incident.alter_column("last_at", existing_type=sa.DateTime(timezone=True), nullable=False)
    if op.get_bind().dialect.name == "postgresql":
        op.get_bind().connection.cursor().execute(WAKE)
