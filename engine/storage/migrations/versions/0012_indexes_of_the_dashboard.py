"""Open emergencies, running limits, open tasks by who has them, and the last tasks done are found without reading the rest."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

_LOAD = ("estate_id", "role", "department", "holder_id", "assignee_id", "opened_at", "due_at", "status")
_INDEXES = (
    ("ix_work_item_done", "work_item", "status = 'done'", ("element_id", "ended_at")),
    ("ix_work_item_load", "work_item", "status = 'open'", _LOAD),
    ("ix_limit_run_running", "limit_run", "stopped_at IS NULL AND breached_at IS NULL", ("due_at",)),
)


def upgrade() -> None:
    """Four indexes, of what is open or done alone."""
    op.create_index(
        "ix_register_entry_emergency",
        "register_entry",
        ["estate_id"],
        sqlite_where=sa.text("emergency = 1 AND status = 'open'"),
        postgresql_where=sa.text("emergency AND status = 'open'"),
    )
    for name, table, holding, columns in _INDEXES:
        op.create_index(name, table, list(columns), sqlite_where=sa.text(holding), postgresql_where=sa.text(holding))
