"""A version may be proposed, signed and withdrawn before it holds; what an owner works on is kept as a draft."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Four columns, a moment that may be missing, one table."""
    with op.batch_alter_table("procedure_version") as version:
        version.alter_column("published_at", existing_type=sa.DateTime(timezone=True), nullable=True)
        version.add_column(sa.Column("base_number", sa.Integer()))
        version.add_column(sa.Column("proposed_by", sa.String(64)))
        version.add_column(sa.Column("proposed_at", sa.DateTime(timezone=True)))
        version.add_column(sa.Column("withdrawn_at", sa.DateTime(timezone=True)))
    op.create_table(
        "procedure_draft",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("procedure_key", sa.String(40), nullable=False),
        sa.Column("base_number", sa.Integer(), nullable=False),
        sa.Column("bundle", sa.LargeBinary(), nullable=False),
        sa.Column("person_id", sa.String(64), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_procedure_draft"),
    )
    op.create_index("ix_procedure_draft_procedure_key", "procedure_draft", ["procedure_key"])
