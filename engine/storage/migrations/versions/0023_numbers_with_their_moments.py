"""The numbers of a year are put in the order of the book without reading their cases."""

from alembic import op

revision = "0023"
down_revision = "0022"

_NAME = "ix_register_entry_number_begins"


def upgrade() -> None:
    """The index of what numbers begin with also holds their moments."""
    op.drop_index(_NAME, "register_entry")
    op.create_index(_NAME, "register_entry", ["number", "registered_at"], postgresql_ops={"number": "text_pattern_ops"})
