"""Steps of a draft that one action made in several files, taken back and made again together."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    """A column, empty: the steps that are there go by themselves, as before."""
    op.add_column("draft_step", sa.Column("together", sa.Integer()))
