"""What was sent is carried out once: a table of digests of what was."""

import sqlalchemy as sa
from alembic import op

from engine.storage.tables.base import UtcDateTime

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    """Nothing is known of what was sent before."""
    op.create_table(
        "carried_out",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.String(length=64), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_carried_out")),
    )
    op.create_index(op.f("ix_carried_out_at"), "carried_out", ["at"])
