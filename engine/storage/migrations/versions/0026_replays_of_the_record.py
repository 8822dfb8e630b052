"""Replays of the record through a draft: what was asked for, and what became of each case."""

import sqlalchemy as sa
from alembic import op

from engine.storage.tables.base import UtcDateTime

revision = "0026"
down_revision = "0025"

#: Workers hear of a replay when, and only when, it stands; as of timers and exports.
_WAKE = """
CREATE FUNCTION redress_replay_set() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('redress_due', extract(epoch FROM NEW.next_at)::text);
    RETURN NULL;
END $$;
CREATE TRIGGER redress_replay_set AFTER INSERT ON replay_run
    FOR EACH ROW WHEN (NEW.next_at IS NOT NULL) EXECUTE FUNCTION redress_replay_set();
"""


def upgrade() -> None:
    """Two tables, empty; PostgreSQL wakes workers for replays."""
    _create_run()
    _create_case()
    if op.get_bind().dialect.name == "postgresql":
        op.get_bind().connection.cursor().execute(_WAKE)


def _create_run() -> None:
    op.create_table(
        "replay_run",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("draft_id", sa.String(64), nullable=False),
        sa.Column("procedure_key", sa.String(40), nullable=False),
        sa.Column("base_number", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("bundle", sa.LargeBinary(), nullable=False),
        sa.Column("person_id", sa.String(64), nullable=False),
        sa.Column("since", sa.String(10)),
        sa.Column("until", sa.String(10)),
        sa.Column("which", sa.String(10), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("cases_done", sa.Integer(), nullable=False),
        sa.Column("cases_total", sa.Integer()),
        sa.Column("cases_found", sa.Integer()),
        sa.Column("totals", sa.Text()),
        sa.Column("problem", sa.Text()),
        sa.Column("requested_at", UtcDateTime(), nullable=False),
        sa.Column("finished_at", UtcDateTime()),
        sa.Column("next_at", UtcDateTime()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_replay_run")),
    )
    op.create_index(op.f("ix_replay_run_draft_id_requested_at"), "replay_run", ["draft_id", "requested_at"])
    op.create_index(op.f("ix_replay_run_digest"), "replay_run", ["digest"])
    waiting = sa.text("next_at IS NOT NULL")
    op.create_index("ix_replay_run_next_at", "replay_run", ["next_at"], sqlite_where=waiting, postgresql_where=waiting)


def _create_case() -> None:
    op.create_table(
        "replay_case",
        sa.Column("run_id", sa.String(64), nullable=False),
        sa.Column("case_id", sa.String(64), nullable=False),
        sa.Column("number", sa.String(60), nullable=False),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.Column("same", sa.Boolean()),
        sa.Column("stuck", sa.String(20)),
        sa.Column("stuck_at", sa.String(120)),
        sa.Column("newly_missed", sa.Integer(), nullable=False),
        sa.Column("newly_kept", sa.Integer(), nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("gone", sa.Integer(), nullable=False),
        sa.Column("assumed", sa.Boolean(), nullable=False),
        sa.Column("outcome", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("run_id", "case_id", name=op.f("pk_replay_case")),
    )
