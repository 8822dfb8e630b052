"""The register is read in its order by everybody: indexes for it; columns that people choose, and files that they export."""

import sqlalchemy as sa
from alembic import op

from engine.storage.tables.base import UtcDateTime

revision = "0016"
down_revision = "0015"

_FILTERS = ("status", "severity", "validity", "category", "channel", "department")
_OF_ITEMS = (
    ("ix_work_item_of_department", "department IS NOT NULL", ["department", "estate_id", "registered_at", "case_id"]),
    ("ix_work_item_of_role", "department IS NULL", ["role", "estate_id", "registered_at", "case_id"]),
    ("ix_work_item_of_holder", "holder_id IS NOT NULL", ["holder_id", "estate_id", "department", "role"]),
    ("ix_work_item_of_doer", "ended_by IS NOT NULL", ["ended_by", "estate_id", "department", "role"]),
    ("ix_work_item_named", "assignee_id IS NOT NULL AND assignee_id <> holder_id", ["assignee_id"]),
)
#: Workers hear of an export when, and only when, it stands; as of timers.
_WAKE = """
CREATE FUNCTION redress_export_set() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('redress_due', extract(epoch FROM NEW.next_at)::text);
    RETURN NULL;
END $$;
CREATE TRIGGER redress_export_set AFTER INSERT ON export
    FOR EACH ROW WHEN (NEW.next_at IS NOT NULL) EXECUTE FUNCTION redress_export_set();
"""


def upgrade() -> None:
    """Indexes, two columns filled from what is there, two tables; PostgreSQL wakes workers for exports."""
    for name in _FILTERS:
        op.create_index(op.f(f"ix_register_entry_{name}_registered_at"), "register_entry", [name, "registered_at"])
    op.create_index(
        "ix_register_entry_urgent",
        "register_entry",
        ["registered_at"],
        sqlite_where=sa.text("emergency = 1"),
        postgresql_where=sa.text("emergency"),
    )
    op.create_index(op.f("ix_register_entry_serial_year"), "register_entry", ["serial", "year"])
    op.create_index(
        "ix_register_entry_number_begins", "register_entry", ["number"], postgresql_ops={"number": "text_pattern_ops"}
    )
    _tell_work_items_and_followers()
    op.create_table(
        "column_choice",
        sa.Column("person_id", sa.String(64), nullable=False),
        sa.Column("columns", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_column_choice")),
    )
    _create_export()
    if op.get_bind().dialect.name == "postgresql":
        op.get_bind().connection.cursor().execute(_WAKE)


def _tell_work_items_and_followers() -> None:
    op.add_column("work_item", sa.Column("registered_at", UtcDateTime()))
    op.add_column("watcher", sa.Column("estate_id", sa.String(64)))
    for table, column in (("work_item", "registered_at"), ("watcher", "estate_id")):
        op.execute(f"UPDATE {table} SET {column} = (SELECT e.{column} FROM register_entry e WHERE e.case_id = {table}.case_id)")
    op.drop_index(op.f("ix_watcher_person_id"), "watcher")
    op.create_index(op.f("ix_watcher_person_id_estate_id"), "watcher", ["person_id", "estate_id"])
    for name, holding, columns in _OF_ITEMS:
        where = sa.text(holding)
        op.create_index(name, "work_item", columns, sqlite_where=where, postgresql_where=where)


def _create_export() -> None:
    op.create_table(
        "export",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("person_id", sa.String(64), nullable=False),
        sa.Column("format", sa.String(10), nullable=False),
        sa.Column("language", sa.String(10), nullable=False),
        sa.Column("filters", sa.Text(), nullable=False),
        sa.Column("typed", sa.Text()),
        sa.Column("columns", sa.Text(), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("rows_done", sa.Integer(), nullable=False),
        sa.Column("rows_total", sa.Integer()),
        sa.Column("digest", sa.String(64)),
        sa.Column("size", sa.Integer()),
        sa.Column("requested_at", UtcDateTime(), nullable=False),
        sa.Column("finished_at", UtcDateTime()),
        sa.Column("next_at", UtcDateTime()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_export")),
    )
    op.create_index(op.f("ix_export_person_id_requested_at"), "export", ["person_id", "requested_at"])
    waiting = sa.text("next_at IS NOT NULL")
    op.create_index("ix_export_next_at", "export", ["next_at"], sqlite_where=waiting, postgresql_where=waiting)
