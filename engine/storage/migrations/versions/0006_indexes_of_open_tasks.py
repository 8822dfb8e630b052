"""Open tasks are found by role, held ones by their holder: by indexes that hold nothing else."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_BEFORE = ("ix_work_item_status_estate_id_due_at", "ix_work_item_holder_id_status", "ix_work_item_assignee_id_status")
_NOW = (
    ("ix_work_item_open", "status = 'open'", ("role", "estate_id", "due_at")),
    ("ix_work_item_holder", "holder_id IS NOT NULL", ("holder_id", "status")),
    ("ix_work_item_assignee", "assignee_id IS NOT NULL", ("assignee_id", "status")),
)


def upgrade() -> None:
    """Three indexes take the place of three."""
    for name in _BEFORE:
        op.drop_index(name, "work_item")
    for name, holding, columns in _NOW:
        op.create_index(name, "work_item", list(columns), sqlite_where=sa.text(holding), postgresql_where=sa.text(holding))
