"""Improvement plans with their figure before and after, and the ledger of rewards and sanctions."""

import sqlalchemy as sa
from alembic import op

from engine.storage.tables.base import UtcDateTime

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    """Two tables, empty."""
    op.create_table(
        "service_plan",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("estate_id", sa.String(64), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("category", sa.String(60)),
        sa.Column("cases", sa.Text(), nullable=False),
        sa.Column("responsible_id", sa.String(64), nullable=False),
        sa.Column("due_on", sa.String(10), nullable=False),
        sa.Column("figure", sa.String(40), nullable=False),
        sa.Column("before_from", UtcDateTime(), nullable=False),
        sa.Column("before_until", UtcDateTime(), nullable=False),
        sa.Column("before_value", sa.String(40)),
        sa.Column("after_from", UtcDateTime()),
        sa.Column("after_until", UtcDateTime()),
        sa.Column("after_value", sa.String(40)),
        sa.Column("effect", sa.Text()),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("created_by", sa.String(64), nullable=False),
        sa.Column("settled_at", UtcDateTime()),
        sa.Column("settled_by", sa.String(64)),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_plan")),
    )
    op.create_index(op.f("ix_service_plan_estate_id_state"), "service_plan", ["estate_id", "state"])
    op.create_table(
        "conduct_entry",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("estate_id", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("person_id", sa.String(64)),
        sa.Column("department", sa.String(40)),
        sa.Column("level", sa.String(40)),
        sa.Column("amount", sa.String(40)),
        sa.Column("measure", sa.Text()),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("case_id", sa.String(64)),
        sa.Column("decided_by", sa.Text(), nullable=False),
        sa.Column("decided_on", sa.String(10), nullable=False),
        sa.Column("counters_id", sa.String(64)),
        sa.Column("entered_at", UtcDateTime(), nullable=False),
        sa.Column("entered_by", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conduct_entry")),
        sa.UniqueConstraint("counters_id", name=op.f("uq_conduct_entry_counters_id")),
        sa.UniqueConstraint("serial", name=op.f("uq_conduct_entry_serial")),
    )
    op.create_index(op.f("ix_conduct_entry_person_id"), "conduct_entry", ["person_id"])
    op.create_index(op.f("ix_conduct_entry_estate_id_entered_at"), "conduct_entry", ["estate_id", "entered_at"])
