"""A version keeps what was known of it when it was proposed, and what its approver has waived."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    """Two columns that may be empty."""
    with op.batch_alter_table("procedure_version") as version:
        version.add_column(sa.Column("evidence", sa.Text()))
        version.add_column(sa.Column("waivers", sa.Text()))
