"""Open emergencies, and the last tasks done of each kind, are found without reading the rest."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Two small indexes."""
    op.create_index(
        "ix_register_entry_emergency",
        "register_entry",
        ["estate_id"],
        sqlite_where=sa.text("emergency = 1 AND status = 'open'"),
        postgresql_where=sa.text("emergency AND status = 'open'"),
    )
    done = sa.text("status = 'done'")
    op.create_index("ix_work_item_done", "work_item", ["element_id", "ended_at"], sqlite_where=done, postgresql_where=done)
