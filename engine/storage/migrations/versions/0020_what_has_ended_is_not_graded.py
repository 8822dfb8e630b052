"""A work item that has ended says nothing of its case: what of it was copied for lists of open items goes."""

from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    """Nothing changes where the items had ended before their cases' grades were copied."""
    graded = "(severity IS NOT NULL OR emergency)"
    op.execute(f"UPDATE work_item SET severity = NULL, emergency = false WHERE status <> 'open' AND {graded}")
