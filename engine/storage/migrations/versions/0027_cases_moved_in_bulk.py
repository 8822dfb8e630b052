"""Cases moved to another version in bulk: the order, and what became of each case."""

import sqlalchemy as sa
from alembic import op

from engine.storage.tables.base import UtcDateTime

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    """Two tables, empty."""
    op.create_table(
        "migration_run",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("procedure_key", sa.String(40), nullable=False),
        sa.Column("version_id", sa.String(64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("timers", sa.String(20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("person_id", sa.String(64), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("finished_at", UtcDateTime()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_migration_run")),
    )
    op.create_index(op.f("ix_migration_run_version_id_at"), "migration_run", ["version_id", "at"])
    op.create_table(
        "migrated_case",
        sa.Column("run_id", sa.String(64), nullable=False),
        sa.Column("case_id", sa.String(64), nullable=False),
        sa.Column("number", sa.String(60), nullable=False),
        sa.Column("from_version", sa.String(64), nullable=False),
        sa.Column("from_number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("problem_zh", sa.Text()),
        sa.Column("problem_en", sa.Text()),
        sa.Column("back_by", sa.String(64)),
        sa.Column("back_at", UtcDateTime()),
        sa.PrimaryKeyConstraint("run_id", "case_id", name=op.f("pk_migrated_case")),
    )
