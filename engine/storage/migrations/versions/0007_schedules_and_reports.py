"""What the calendar starts, what was reported of a period, and to whom it went."""

import sqlalchemy as sa
from alembic import op

from engine.storage.tables.base import UtcDateTime

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Three tables, empty."""
    op.create_table(
        "schedule",
        sa.Column("procedure_key", sa.String(40), nullable=False),
        sa.Column("element_id", sa.String(120), nullable=False),
        sa.Column("estate_id", sa.String(64), nullable=False),
        sa.Column("after_at", UtcDateTime(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("procedure_key", "element_id", "estate_id", name=op.f("pk_schedule")),
    )
    op.create_index(op.f("ix_schedule_due_at"), "schedule", ["due_at"])
    op.create_table(
        "report",
        sa.Column("case_id", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("estate_id", sa.String(64), nullable=False),
        sa.Column("period_start", UtcDateTime(), nullable=False),
        sa.Column("period_end", UtcDateTime(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("figures", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("case_id", "kind", name=op.f("pk_report")),
    )
    op.create_index(op.f("ix_report_kind_period_end"), "report", ["kind", "period_end"])
    op.create_table(
        "receipt",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("case_id", sa.String(64), nullable=False),
        sa.Column("recipient", sa.String(60), nullable=False),
        sa.Column("name_zh", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("person_id", sa.String(64)),
        sa.Column("sent_at", UtcDateTime(), nullable=False),
        sa.Column("confirmed_at", UtcDateTime()),
        sa.Column("confirmed_by", sa.String(64)),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receipt")),
    )
    op.create_index(op.f("ix_receipt_case_id"), "receipt", ["case_id"])
    op.create_index(op.f("ix_receipt_person_id_confirmed_at"), "receipt", ["person_id", "confirmed_at"])
