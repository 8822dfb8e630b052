"""A run knows whether its due moment hangs on a calendar that is not published yet."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """One column, read out of the derivations that stand."""
    op.add_column("limit_run", sa.Column("provisional", sa.Boolean, nullable=False, server_default=sa.false()))
    runs = sa.table("limit_run", sa.column("provisional", sa.Boolean), sa.column("derivation"))
    op.execute(sa.update(runs).where(runs.c.derivation.contains('"provisional":true', autoescape=True)).values(provisional=True))
