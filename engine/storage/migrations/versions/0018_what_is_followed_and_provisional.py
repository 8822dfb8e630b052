"""What is followed is narrowed without reading its items; provisional deadlines are found without reading the others."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"

_NARROWING = ("estate_id", "department", "element_id", "severity", "emergency")


def upgrade() -> None:
    """Indexes that hold what a list is narrowed by, and the one of the cases as it was before."""
    op.drop_index("ix_work_item_of_case", "work_item")
    op.create_index(op.f("ix_work_item_case_id"), "work_item", ["case_id"])
    op.drop_index("ix_work_item_held", "work_item")
    held = sa.text("status = 'open' AND holder_id IS NOT NULL")
    of_holder = ["holder_id", "due_at", "id", "role", *_NARROWING]
    op.create_index("ix_work_item_held", "work_item", of_holder, sqlite_where=held, postgresql_where=held)
    op.drop_index("ix_watcher_person_id_estate_id", "watcher")
    op.create_index(op.f("ix_watcher_person_id_estate_id_case_id"), "watcher", ["person_id", "estate_id", "case_id"])
    is_open, columns = sa.text("status = 'open'"), ["case_id", "status", "due_at", "id", *_NARROWING]
    op.create_index("ix_work_item_of_case", "work_item", columns, sqlite_where=is_open, postgresql_where=is_open)
    op.create_index(
        "ix_limit_run_provisional",
        "limit_run",
        ["case_id", "key"],
        sqlite_where=sa.text("provisional = 1 AND stopped_at IS NULL"),
        postgresql_where=sa.text("provisional AND stopped_at IS NULL"),
    )
