"""How the stories of a draft went, and the cases that people play by hand in it."""

import sqlalchemy as sa
from alembic import op

from engine.storage.tables.base import UtcDateTime

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    """Two tables, empty."""
    op.create_table(
        "draft_rehearsal",
        sa.Column("draft_id", sa.String(64), nullable=False),
        sa.Column("rules", sa.String(64), nullable=False),
        sa.Column("played", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("draft_id", name=op.f("pk_draft_rehearsal")),
    )
    op.create_table(
        "draft_walk",
        sa.Column("draft_id", sa.String(64), nullable=False),
        sa.Column("person_id", sa.String(64), nullable=False),
        sa.Column("walk", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("draft_id", "person_id", name=op.f("pk_draft_walk")),
    )
