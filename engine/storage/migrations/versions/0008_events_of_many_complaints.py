"""A complaint says of which event of many it is part."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """One column, and an index of the few rows that have it."""
    op.add_column("register_entry", sa.Column("event", sa.String(60)))
    holding = sa.text("event IS NOT NULL")
    op.create_index("ix_register_entry_event", "register_entry", ["event"], sqlite_where=holding, postgresql_where=holding)
